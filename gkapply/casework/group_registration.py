"""成批登记: one text and a list of applicants become one request each, previewed and then entered in one unit.

All or nothing: the unit makes the numbers follow one another, and a unit that breaks leaves nothing behind. Each request carries a token
derived from the list, so that entered twice it is the same n requests. Each has its own journal entries, term, fee count and reply; what
they have in common is what the letter said (一事一申请, 条例第二十九条).
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import intake
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.application import Application
from gkapply.casework.application_check import BadForm, Findings, check
from gkapply.casework.documents import Upload
from gkapply.casework.group_records import GroupEntry
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ, SigningName
from gkapply.casework.people_data import masked
from gkapply.casework.receipt import Receipt, check_receipt
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.casework.several_items import Wanted
from gkapply.casework.uploads import Uploads
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound

TOKEN = "group"


@dataclass(frozen=True, slots=True)
class Row:
    """One applicant of a list that is not entered yet, numbers masked."""

    line: int
    name: str
    identity: str
    phone: str
    address: str


@dataclass(frozen=True, slots=True)
class Group:
    """A list as its page shows it: the applicants before it is entered, the requests afterwards."""

    uid: str
    count: int
    description: str
    received_on: date | None
    needs_proof: bool
    """The day of receipt is past: its proof comes with the confirmation."""
    entered_at: datetime | None
    rows: Sequence[Row]
    cases: Sequence[Case]


def check_common(common: Application, today: date) -> None:
    """Raises BadForm for what is wrong with what all apply for, whoever they are."""
    check(replace(common, name=TOKEN), today, on_paper=True)


def prepare(
    session: Session,
    rows: Sequence[tuple[int, Application]],
    receipt: Receipt,
    actor: Actor,
    now: datetime,
    *,
    signing_name: SigningName | None = None,
) -> str:
    """Keep the checked rows until they are confirmed; the uid of the list. The actor's earlier list that was not entered makes room.

    Raises BadForm for what is wrong with the receipt, but for its proof, which comes with the confirmation.
    """
    found = Findings()
    check_receipt(receipt, day_of(now), found)
    found.errors.pop("proof", None)
    found.settle()
    mine = (GroupEntry.organ_id == actor.organ_id, GroupEntry.user_id == actor.user_id, GroupEntry.entered_at.is_(None))
    session.execute(delete(GroupEntry).where(*mine))
    uid = uuid4().hex
    kept = {
        "receipt": {name: _plain(value) for name, value in asdict(replace(receipt, proof=None)).items()},
        "signing_name": signing_name.id if signing_name else None,
        "rows": [[line, asdict(one)] for line, one in rows],
    }
    sealed = ring(session).seal(canonical(kept).encode(), _place(uid))
    given = {"organ_id": actor.organ_id, "user_id": actor.user_id}
    session.add(GroupEntry(uid=uid, **given, sealed=sealed, rows=len(rows), prepared_at=now))
    session.flush()
    return uid


def enter(
    session: Session, uid: str, uploads: Uploads, proof: Upload | None, actor: Actor, now: datetime
) -> Sequence[str]:
    """Enter every request of the list; their references. A second time gives back the same.

    Raises BadForm when something does not hold any more (a day, the proof of a past day, a file); then nothing is entered.
    """
    group = _own(session, uid, actor, for_update=True)
    if group.entered_at is not None:
        return [case.reference for case in _cases(session, group, actor)]
    kept = _kept(session, group)
    receipt = replace(_receipt(kept["receipt"]), proof=proof)
    organ = session.get_one(Organ, group.organ_id)
    name = session.get(SigningName, kept["signing_name"]) if kept["signing_name"] else None
    references = []
    for place, (line, said) in enumerate(kept["rows"], start=1):
        given = (session, organ, _application(said), uploads, receipt, actor, now)
        try:
            case = intake.register(*given, token=_token(uid, place), signing_name=name)
        except BadForm as wrong:
            raise _of_line(line, said["name"], wrong) from wrong
        references.append(case.reference)
    group.sealed, group.entered_at = b"", now
    return references


def discard(session: Session, uid: str, actor: Actor) -> None:
    """Forget a list that was not entered; nothing happens to one that was."""
    mine = (GroupEntry.uid == uid, GroupEntry.organ_id == actor.organ_id, GroupEntry.entered_at.is_(None))
    session.execute(delete(GroupEntry).where(*mine))


def group_of(session: Session, uid: str, actor: Actor) -> Group:
    """The list with that uid. Raises NotFound."""
    group = _own(session, uid, actor)
    if group.entered_at is not None:
        cases = _cases(session, group, actor)
        said = cases[0].description if cases else ""
        received_on = cases[0].received_on if cases else None
        return Group(uid, group.rows, said, received_on, False, group.entered_at, (), cases)
    kept = _kept(session, group)
    rows = [(line, _application(said)) for line, said in kept["rows"]]
    receipt = _receipt(kept["receipt"])
    past = receipt.fixes_the_day and receipt.on < day_of(group.prepared_at)
    return Group(
        uid,
        group.rows,
        rows[0][1].description,
        receipt.on if receipt.fixes_the_day else None,
        past,
        None,
        [Row(line, one.name, masked(one.id_number), masked(one.phone), one.address[:6]) for line, one in rows],
        (),
    )


def group_of_case(case: Case) -> str:
    """The uid of the list that the request came with; empty for every other one."""
    parts = (case.submission_token or "").split("-")
    return parts[1] if len(parts) == 3 and parts[0] == TOKEN else ""


def _cases(session: Session, group: GroupEntry, actor: Actor) -> Sequence[Case]:
    """The requests of the list in the order of their numbers."""
    tokens = [_token(group.uid, place) for place in range(1, group.rows + 1)]
    query = select(Case).where(Case.submission_token.in_(tokens), visible_cases(actor))
    query = query.options(joinedload(Case.organ), selectinload(Case.applicants)).order_by(Case.id)
    return session.scalars(query).all()


def _own(session: Session, uid: str, actor: Actor, *, for_update: bool = False) -> GroupEntry:
    query = select(GroupEntry).where(GroupEntry.uid == uid, GroupEntry.organ_id == actor.organ_id)
    group = session.scalars(query.with_for_update() if for_update else query).one_or_none()
    if group is None:
        raise NotFound("没有这份名单，或者它已经被后来的名单代替", do="请重新填写")
    return group


def _kept(session: Session, group: GroupEntry) -> Mapping[str, Any]:
    return dict(json.loads(ring(session).unseal(group.sealed, _place(group.uid))))


def _application(said: Mapping[str, Any]) -> Application:
    return Application(**{**said, "others": (), "further": tuple(Wanted(**one) for one in said["further"])})


def _receipt(said: Mapping[str, Any]) -> Receipt:
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in ("on", "reached_on")}
    return Receipt(**{**said, **days})


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


def _of_line(line: int, name: str, wrong: BadForm) -> BadForm:
    """The same faults, with the applicant at whom they came up."""
    found = Findings()
    for field, error in wrong.errors.items():
        found.add(field, f"第{line}行{name}：{error.reason}", error.article, do=error.do)
    return BadForm(found.errors)


def _token(uid: str, place: int) -> str:
    return f"{TOKEN}-{uid}-{place}"


def _place(uid: str) -> str:
    return f"group_entry.sealed.{uid}"
