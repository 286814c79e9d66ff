"""Full-text search of the desk: cases that have every word somewhere in their texts, the newest first.

The same cases as LIKE would find, among those that the actor sees. The index says which cases may have a word of three characters or
more; their texts say whether they do. On PostgreSQL the newest texts are looked through first: of a word that stands everywhere the index
would gather every case before it could tell the newest.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import ColumnElement, and_, any_, bindparam, column, exists, func, select, table, text
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Session
from sqlalchemy.types import BigInteger

from gkapply.casework import case_index
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.case_grams import enough_of, grams_of_word, is_one_gram, words_of
from gkapply.casework.case_text import CaseText
from gkapply.casework.records import Case

PROBED, PROBED_FIRST = 10_000, 1000
"""Newest texts that PostgreSQL looks through before it asks the index: the many only for a word that stands often in the few."""
GATHERED_AT_ONCE, CHECKED_AT_FIRST = 5000, 100
"""How many cases that may have the words PostgreSQL's index tells at once, and of how many the texts are looked at first."""


class Within(StrEnum):
    """Which cases are searched."""

    ALL = "all"
    OPEN = "open"
    ARCHIVED = "archived"


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is searched for: folded words, among which cases, and before which one (the last of the page before)."""

    words: Sequence[str]
    within: Within = Within.ALL
    before: int | None = None


def matching(actor: Actor, words: str) -> ColumnElement[bool]:
    """The condition on ``Case`` that the actor sees it and every one of ``words`` stands in some text of it.

    The texts of each case are read that the other conditions leave: it belongs into lists that are narrow without it.
    """
    return and_(visible_cases(actor), *(_holds(word) for word in words_of(words)))


def found(session: Session, actor: Actor, wanted: Wanted, limit: int) -> list[int]:
    """Ids of the cases that have every word, the newest first, at most ``limit``; none where no word is asked for."""
    if not wanted.words or actor.organ_id is None:
        return []
    floor = _oldest_open(session, actor) if wanted.within is Within.OPEN else 0
    if floor is None:
        return []
    if session.get_bind().dialect.name == "sqlite":
        return _by_the_index(session, actor, wanted, limit, floor)
    for texts in (PROBED_FIRST, PROBED):
        newest = _newest(session, actor, wanted, limit, floor, texts)
        if len(newest) == limit:
            return newest
        if len(newest) * PROBED < 2 * limit * PROBED_FIRST:
            break  # the many would not fill the page either
    return _gathered(session, actor, wanted, limit, floor)


def _holds(word: str) -> ColumnElement[bool]:
    return exists().where(CaseText.case_id == Case.id, CaseText.text.contains(word, autoescape=True))


def _stands_in(text_: ColumnElement[str], word: str) -> ColumnElement[bool]:
    """The same on PostgreSQL in half the time."""
    return func.strpos(text_, word) > 0


def _admitted(actor: Actor, within: Within) -> list[ColumnElement[bool]]:
    """Which cases may be found at all."""
    archived = {Within.OPEN: [Case.archived_on.is_(None)], Within.ARCHIVED: [Case.archived_on.is_not(None)]}
    return [visible_cases(actor), *archived.get(within, [])]


def _checked(words: Sequence[str]) -> list[ColumnElement[bool]]:
    """What the index cannot vouch for: that a longer word really stands in one of the texts."""
    return [_holds(word) for word in words if not is_one_gram(word)]


def _oldest_open(session: Session, actor: Actor) -> int | None:
    """Before it none is open: few are, and they are new."""
    return session.scalar(select(func.min(Case.id)).where(*_admitted(actor, Within.OPEN)))


def _question(session: Session, actor: Actor, words: Sequence[str]) -> str:
    """FTS5 reads every gram's cases one by one, GIN leaps: the one is asked for fewer grams, the other for all."""
    dialect = session.get_bind().dialect.name
    each = (grams_of_word(word) for word in words)
    grams = [gram for several in each for gram in (several if dialect == "postgresql" else enough_of(several))]
    return case_index.question(dialect, actor.organ_id or 0, list(dict.fromkeys(grams)))


_INDEX = table(case_index.NAME, column("rowid"))
_ROW = _INDEX.c.rowid
_CASE_OF_ROW = bindparam("next_organ", type_=BigInteger) - 1 - _ROW


def _by_the_index(session: Session, actor: Actor, wanted: Wanted, limit: int, floor: int) -> list[int]:
    """FTS5 gives the organ's cases from the newest on, one by one: nothing is gathered that no page shows."""
    organ_id = actor.organ_id or 0
    asked = {
        "question": _question(session, actor, wanted.words),
        "next_organ": case_index.first_row(organ_id + 1),
        "from": case_index.Entry(organ_id, (wanted.before or case_index.NEWEST) - 1).row,
        "to": case_index.Entry(organ_id, floor).row,
    }
    query = (
        select(Case.id)
        .select_from(_INDEX)
        .join(Case, Case.id == _CASE_OF_ROW)
        .where(text(f"{case_index.NAME} MATCH :question"), _ROW.between(bindparam("from"), bindparam("to")))
        .where(*_admitted(actor, wanted.within), *_checked(wanted.words))
        .order_by(_ROW)
        .limit(limit)
    )
    return list(session.scalars(query, asked))


def _newest(session: Session, actor: Actor, wanted: Wanted, limit: int, floor: int, most: int) -> list[int]:
    """What so many newest texts have; of the last case some texts may be missing, on which only a page that is not full depends."""
    texts = select(CaseText.case_id, CaseText.text).where(
        CaseText.organ_id == actor.organ_id, CaseText.case_id >= floor
    )
    if wanted.before is not None:
        texts = texts.where(CaseText.case_id < wanted.before)
    newest = texts.order_by(CaseText.case_id.desc()).limit(most).subquery()
    longest, *others = sorted(wanted.words, key=len, reverse=True)
    query = (
        select(newest.c.case_id)
        .distinct()
        .join(Case, Case.id == newest.c.case_id)
        .where(_stands_in(newest.c.text, longest), *map(_holds, others), *_admitted(actor, wanted.within))
        .order_by(newest.c.case_id.desc())
        .limit(limit)
    )
    return list(session.scalars(query))


_MAY_HAVE = text(
    "WITH hit AS MATERIALIZED (SELECT case_id FROM case_gram WHERE grams @@ CAST(:question AS tsquery)) "
    "SELECT case_id FROM hit WHERE case_id >= :floor AND case_id < :before ORDER BY case_id DESC LIMIT :most"
)
"""Not without MATERIALIZED: the planner would walk the primary key and look at every case's grams."""
_NO_CASE_YET = 1 << 62


def _gathered(session: Session, actor: Actor, wanted: Wanted, limit: int, floor: int) -> list[int]:
    """GIN gives all cases that may have the words at once; the newest of them are looked at, then those before them."""
    asked = {"question": _question(session, actor, wanted.words), "floor": floor, "most": GATHERED_AT_ONCE}
    some = select(Case.id).where(Case.id == any_(bindparam("ids", type_=ARRAY(BigInteger))))
    check = some.where(*_admitted(actor, wanted.within), *_checked(wanted.words)).order_by(Case.id.desc()).limit(limit)
    before, kept = wanted.before or _NO_CASE_YET, list[int]()
    while True:
        ids = session.scalars(_MAY_HAVE, {**asked, "before": before}).all()
        for some_ids in _growing(ids):
            kept += session.scalars(check, {"ids": some_ids})
            if len(kept) >= limit:
                return kept[:limit]
        if len(ids) < GATHERED_AT_ONCE:
            return kept
        before = ids[-1]


def _growing(ids: Sequence[int]) -> Iterator[list[int]]:
    """A few, then more and more: most pages are full with the first."""
    start, size = 0, CHECKED_AT_FIRST
    while start < len(ids):
        yield list(ids[start : start + size])
        start, size = start + size, size * 4
