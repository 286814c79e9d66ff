"""The rows by which like requests are found in a large file: written in the unit that enters a request or changes its words.

Nothing is held in memory, so that several processes agree. Long lists tell little and are read only where there are no shorter
ones: the cost of a question does not grow with the file.
"""

import json
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, text, update
from sqlalchemy.orm import Session, load_only, selectinload

from gkapply.casework import outbox
from gkapply.casework.demanded import read_again
from gkapply.casework.likeness_sketch import sketch
from gkapply.casework.likeness_words import wording_hash
from gkapply.casework.records import Case
from gkapply.database import transaction
from gkapply.law.case_kinds import CaseKind

CANDIDATES = 40
"""How many requests that share most grams are looked at closer."""
LONGEST_LIST = 2000
"""Of a list that is as long as this no more is counted: its gram is common."""
ROWS_READ = 6000
LEAST_LISTS = 4
BATCH, UNITS = 500, 10
"""Requests of one unit, and units of one errand, while an upgraded installation is filled."""
CORRECTION = "correction"
_UNREAD = Case.wording_hash.is_(None), Case.kind == CaseKind.APPLICATION

_VALUES = {
    "sqlite": "SELECT value AS gram FROM json_each(:grams)",
    "postgresql": "SELECT CAST(value AS integer) AS gram FROM json_array_elements_text(CAST(:grams AS json))",
}
_ADD = {
    name: text(
        f"INSERT INTO likeness_gram (organ_id, gram, case_id) SELECT :organ, gram, :case FROM ({values}) AS given"
    )
    for name, values in _VALUES.items()
}
_DROP = {
    name: text(
        f"DELETE FROM likeness_gram WHERE organ_id = :organ AND case_id = :case AND gram IN (SELECT gram FROM ({values}) AS given)"
    )
    for name, values in _VALUES.items()
}
_LENGTHS = {
    name: text(
        "SELECT given.gram, (SELECT count(*) FROM (SELECT 1 FROM likeness_gram AS one WHERE one.organ_id = :organ"
        f" AND one.gram = given.gram LIMIT :longest) AS listed) FROM ({values}) AS given"
    )
    for name, values in _VALUES.items()
}
_SHARING = {
    name: text(
        f"SELECT case_id, count(*) AS shared FROM likeness_gram WHERE organ_id = :organ AND gram IN (SELECT gram FROM ({values}) AS given)"
        " GROUP BY case_id ORDER BY shared DESC, case_id DESC LIMIT :most"
    )
    for name, values in _VALUES.items()
}


def text_of(case: Case) -> str:
    """What the request asks for as it stands now: as corrected, else as first written, with the name and number of the information."""
    corrected = [paper.text for paper in case.documents if paper.role == CORRECTION and paper.text]
    return joined(case.description, case.information_name, case.information_number, corrected[-1] if corrected else "")


def joined(description: str, name: str, number: str, corrected: str) -> str:
    """The text of a request from its parts. A correction that is much shorter than the request only adds to it."""
    if corrected and 2 * len(corrected) >= len(description):
        return corrected
    parts = [description, *(one for one in (name, number) if one and one not in description), corrected]
    return "\n".join(part for part in parts if part)


def prepare(case: Case) -> None:
    """Give a new request the hash of its words, before it is written."""
    if case.kind is CaseKind.APPLICATION:
        case.wording_hash = wording_hash(text_of(case))


def add(session: Session, case: Case) -> None:
    """Let the request be found from now on. It is written already; only applications (申请) are likened."""
    if case.kind is CaseKind.APPLICATION:
        _write(session.connection(), case, sketch(text_of(case)))


def reword(session: Session, case: Case, before: str) -> None:
    """The words asked for have changed from ``before`` (``text_of`` it then): the rows follow."""
    after = text_of(case)
    if case.kind is not CaseKind.APPLICATION or after == before:
        return
    session.flush()
    forget(session.connection(), case, before)
    case.wording_hash = wording_hash(after)
    read_again(case)
    _write(session.connection(), case, sketch(after))


def forget(connection: Connection, case: Case, before: str) -> None:
    """Take away the rows that the words ``before`` have brought."""
    given = {"organ": case.organ_id, "case": case.id, "grams": json.dumps(sketch(before))}
    connection.execute(_DROP[connection.dialect.name], given)


def _write(connection: Connection, case: Case, grams: Sequence[int]) -> None:
    given = {"organ": case.organ_id, "case": case.id, "grams": json.dumps(grams)}
    connection.execute(_ADD[connection.dialect.name], given)


def candidates(connection: Connection, organ_ids: Sequence[int], words: str, most: int = CANDIDATES) -> list[int]:
    """The ids of the requests to these organs that share the most grams with the text, those that share most first."""
    grams, dialect = json.dumps(sketch(words)), connection.dialect.name
    found: list[tuple[int, int]] = []
    for organ_id in organ_ids:
        given = {"organ": organ_id, "grams": grams, "longest": LONGEST_LIST}
        lengths = connection.execute(_LENGTHS[dialect], given).all()
        chosen = _telling([(length, gram) for gram, length in lengths if length])
        if chosen:
            asked = {"organ": organ_id, "grams": json.dumps(chosen), "most": most}
            found += [(shared, case_id) for case_id, shared in connection.execute(_SHARING[dialect], asked)]
    return [case_id for _, case_id in sorted(found, reverse=True)[:most]]


def _telling(lists: Sequence[tuple[int, int]]) -> list[int]:
    """The grams with the shortest lists, as many as may be read; a few in any case."""
    chosen: list[int] = []
    rows = 0
    for length, gram in sorted(lists):
        rows += length
        if rows > ROWS_READ and len(chosen) >= LEAST_LISTS:
            break
        chosen.append(gram)
    return chosen


def first_unread(session: Session) -> int | None:
    """The first request that is not indexed yet: of an installation upgraded from an edition without likeness."""
    return session.scalar(select(Case.id).where(*_UNREAD).order_by(Case.id).limit(1))


def fill(now: datetime, *, units: int = UNITS, batch: int = BATCH) -> int:
    """Index the next requests that are not, unit by unit; what is left is an errand of its own. Returns how many were read."""
    read = 0
    for _ in range(units):
        with transaction() as session:
            done = _fill(session, batch)
        read += done
        if done < batch:
            return read
    with transaction() as session:
        left = first_unread(session)
        if left is not None:
            outbox.post(session, outbox.FILL_LIKENESS, f"{outbox.FILL_LIKENESS}:{left}", now)
    return read


def _fill(session: Session, batch: int) -> int:
    columns = (Case.organ_id, Case.kind, Case.description, Case.information_name, Case.information_number)
    query = select(Case).where(*_UNREAD).order_by(Case.id).limit(batch)
    cases = session.scalars(query.options(load_only(*columns), selectinload(Case.documents))).all()
    connection = session.connection()
    for case in cases:
        words = text_of(case)
        forget(connection, case, words)
        _write(connection, case, sketch(words))
        session.execute(update(Case).where(Case.id == case.id).values(wording_hash=wording_hash(words)))
    return len(cases)
