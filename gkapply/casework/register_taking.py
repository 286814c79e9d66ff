"""Rows of a register become requests: some hundred in one unit, each table written by one statement.

They are not entered step by step: a request that the office dealt with before has its history elsewhere. It is born where it stands,
marked as taken over, and the row that it comes from is kept beside it.
"""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any
from uuid import uuid4

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.calendars import calendar_of
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.records import Applicant, Case, Item
from gkapply.casework.register_applicants import applicant_of, persons_of
from gkapply.casework.register_compare import place_of
from gkapply.casework.register_import_records import RegisterImport, RegisterRow
from gkapply.casework.register_ledger import Ledger, enter, enter_questions
from gkapply.casework.register_numbers import case_number, own_number
from gkapply.casework.register_proof import TAKEN, digest_of_piece
from gkapply.casework.register_standing import Kept, columns, facts_of
from gkapply.casework.services import ring
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.law.register_rows import RegisterRow as Said
from gkapply.law.register_rows import number_key

_OPENING = time(9)
_WAYS = {"当面": "pickup", "邮寄": "post", "网上": "online", "电子邮件": "email", "传真": "fax"}
_CARRIERS = {"online": "electronic", "email": "electronic"}


@dataclass(frozen=True, slots=True)
class Waiting:
    """A row that waits to be taken: what it says, the digest of all that is kept of it, and what its facts come to."""

    said: Said
    digest: str
    content: Mapping[str, Any]
    standing: Kept | None = None

    def ledger(self, case_id: int) -> Ledger | None:
        """The facts for the ledger of the case. One that is open has at least its day of receipt; history without facts has none."""
        if self.standing is None:
            return Ledger(case_id, self.said.received_on, (), ()) if self.said.is_open else None
        return Ledger(case_id, self.said.received_on, facts_of(self.standing), self.standing["notes"])


def take(
    session: Session, run: RegisterImport, organ: Organ, piece: int, rows: Sequence[Waiting], now: datetime
) -> list[int]:
    """Make requests of these rows, which are new here, and return their keys in the order of the rows."""
    connection = session.connection()
    written = [_case(session, organ, one, now) for one in rows]
    connection.execute(insert(Case.__table__), written)  # type: ignore[arg-type]
    known = select(Case.uid, Case.id).where(Case.uid.in_([one["uid"] for one in written]))
    keys = dict(connection.execute(known).all())
    ids = [keys[one["uid"]] for one in written]
    persons = persons_of(session, organ.id, [one.said for one in rows])
    applicants = [
        applicant_of(session, organ.id, case_id, one.said, persons) for case_id, one in zip(ids, rows, strict=True)
    ]
    connection.execute(insert(Applicant.__table__), applicants)  # type: ignore[arg-type]
    items = [
        {"organ_id": organ.id, "case_id": case_id, "ordinal": 1, "quote": one.said.description}
        for case_id, one in zip(ids, rows, strict=True)
    ]
    connection.execute(insert(Item.__table__), items)  # type: ignore[arg-type]
    _enter_ledgers(session, run, organ, zip(ids, rows, strict=True), now)
    keep(session, run, piece, [(case_id, 1, 1, one) for case_id, one in zip(ids, rows, strict=True)], now)
    return ids


def keep(
    session: Session, run: RegisterImport, piece: int, rows: Sequence[tuple[int, int, int, Waiting]], now: datetime
) -> None:
    """Keep what the file said of these requests (key, version, edition, row), and have the journal vouch for all of it at once."""
    kept, keys, organ_id = [], ring(session), run.organ_id
    for case_id, version, edition, one in rows:
        key = number_key(one.said.number)
        kept.append(
            {
                "organ_id": organ_id,
                "case_id": case_id,
                "case_version": version,
                "run_id": run.id,
                "piece": piece,
                "line": one.said.line,
                "edition": edition,
                "number": one.said.number,
                "number_key": key,
                "digest": one.digest,
                "sealed": keys.seal(canonical(one.content).encode(), place_of(organ_id, key, edition)),
            }
        )
    session.connection().execute(insert(RegisterRow.__table__), kept)  # type: ignore[arg-type]
    journal.record(
        session,
        organ_id,
        TAKEN,
        run.begun_by,
        now,
        run=run.id,
        piece=piece,
        rows=len(kept),
        digest=digest_of_piece([(case_id, edition, one.digest) for case_id, _, edition, one in rows]),
    )


def _enter_ledgers(
    session: Session, run: RegisterImport, organ: Organ, rows: Iterable[tuple[int, Waiting]], now: datetime
) -> None:
    ledgers = [found for case_id, one in rows if (found := one.ledger(case_id)) is not None]
    enter(session, organ.id, ledgers, run.begun_by, now, {"register": run.id})
    enter_questions(session, organ.id, ledgers, organ.office_settings(), calendar_of(organ), day_of(now))


def _case(session: Session, organ: Organ, one: Waiting, now: datetime) -> dict[str, Any]:
    said = one.said
    number = case_number(said.number) or own_number(session, organ.id, said.received_on.year)
    return {
        "uid": uuid4().hex,
        "organ_id": organ.id,
        "number": number,
        "reference": f"{organ.code}-{number}",
        "version": 1,
        # Nobody knows when the old register took it up; the day of receipt stands for it, so that each year's register has its own.
        "entered_at": datetime.combine(said.received_on, _OPENING, OFFICE_ZONE),
        "first_seen_at": now,
        "taken_over": True,
        **asked_for(organ, said),
        **columns(said, one.standing, day_of(now)),
    }


def asked_for(organ: Organ, said: Said) -> dict[str, Any]:
    """The columns of a case that say what was asked for, by whom and how. The register has no carrier and no way: they follow from
    送达方式, else from whether there is an address.
    """
    way = _WAYS.get(said.delivery) or ("post" if said.address else "pickup")
    carrier = _CARRIERS.get(way, "paper")
    return {
        "received_on": said.received_on,
        "channel": said.channel,
        "applicant_kind": said.kind,
        "description": said.description,
        "carrier": carrier,
        "way": way,
        "content_hash": _content_hash(organ, said, carrier, way),
    }


def _content_hash(organ: Organ, said: Said, carrier: str, way: str) -> str:
    content = {
        "organ": organ.code,
        "description": said.description,
        "information_name": "",
        "information_number": "",
        "carrier": carrier,
        "way": way,
        "files": [],
    }
    return hashlib.sha256(canonical(content).encode()).hexdigest()
