"""批量提交: a sheet of requests is previewed, confirmed once, and entered row by row.

The confirmation is the promise: an errand is posted with it, so that rows are entered even when the browser or the server goes
away. Rows are entered in groups, each under the lock of the sheet, and each row's request carries a token of its own, derived from
the sheet: confirmed twice, or entered by two processes, it is the same n requests.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import case_links, citizens, intake, journal, limits, outbox
from gkapply.casework.application import Application
from gkapply.casework.application_check import check
from gkapply.casework.batch_check import SheetRow, understood, whole
from gkapply.casework.batch_sheet import Reading, Row
from gkapply.casework.citizen_profile import applicant_of_profile
from gkapply.casework.citizen_records import CitizenBatch, CitizenCase
from gkapply.casework.journal import canonical
from gkapply.casework.new_case import require_open
from gkapply.casework.people import Organ
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.channels import confirm_by
from gkapply.law.refusal import NotFound, Refusal

GROUP = 10
"""Rows entered in one unit: short enough that nobody else waits long for the register."""
MOST_KEPT = 20
"""Sheets that the page lists."""
DOOR = "batch"
NETWORK_MANY = 3
"""As many times more sheets than one account may one network address confirm in an hour: a law firm, a hall."""


@dataclass(frozen=True, slots=True)
class SheetEntry:
    """One row that has become a request. ``code`` is empty where it is not to be shown."""

    line: int
    reference: str
    organ: str
    title: str
    code: str
    confirm_by: date | None
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """A sheet as its page shows it: what it asks for before the confirmation, what has become of it afterwards."""

    uid: str
    count: int
    entered: int
    uploaded_at: datetime
    confirmed_at: datetime | None
    finished_at: datetime | None
    applicant: str
    rows: Sequence[SheetRow]
    entries: Sequence[SheetEntry]
    refused: Sequence[tuple[int, str]]


def prepare(session: Session, citizen_id: int, rows: Sequence[SheetRow], now: datetime) -> str:
    """Keep the rows until they are confirmed, with the applicant as the profile is now; the uid of the sheet.

    A sheet of the account that was not confirmed makes room for this one.
    """
    stale = delete(CitizenBatch).where(CitizenBatch.citizen_id == citizen_id, CitizenBatch.confirmed_at.is_(None))
    session.execute(stale)
    uid = uuid4().hex
    kept = {"applicant": asdict(applicant_of_profile(session, citizen_id)), "rows": [asdict(row) for row in rows]}
    sealed = ring(session).seal(canonical(kept).encode(), _place(uid))
    session.add(CitizenBatch(uid=uid, citizen_id=citizen_id, sealed=sealed, rows=len(rows), uploaded_at=now))
    session.flush()
    return uid


def discard(session: Session, citizen_id: int, uid: str) -> None:
    """Forget a sheet that was not confirmed; nothing happens to one that was."""
    mine = (CitizenBatch.citizen_id == citizen_id, CitizenBatch.uid == uid, CitizenBatch.confirmed_at.is_(None))
    session.execute(delete(CitizenBatch).where(*mine))


def confirm(citizen_id: int, uid: str, network: str, per_hour: int, now: datetime) -> None:
    """Send every request of the sheet. A second confirmation is the same one.

    An account may confirm ``per_hour`` sheets in an hour, apart from the bound on single requests. Raises NotFound, BadSheet when an
    organ takes no requests any more, Blocked.
    """
    with transaction() as session:
        batch = _own(session, citizen_id, uid, for_update=True)
        if batch.confirmed_at is None:
            rows = [Row(row.line, row.organ_code, row.wish) for row in _kept(session, batch)[1]]
            understood(session, citizen_id, Reading(rows), day_of(now))
            _count(session, citizen_id, network, per_hour, now)
            batch.confirmed_at = now
            outbox.post(session, outbox.ENTER_BATCH, f"{outbox.ENTER_BATCH}:{uid}", now, batch=uid)
            journal.record(session, None, "citizen.batch", citizens.ACTOR, now, citizen=citizen_id, items=batch.rows)
    carry_on(uid, now)


def carry_on(uid: str, now: datetime) -> None:
    """Enter what is not entered yet of a confirmed sheet, group by group; done twice it is done once."""
    while True:
        with transaction() as session:
            query = select(CitizenBatch).where(CitizenBatch.uid == uid).with_for_update()
            batch = session.scalars(query).one_or_none()
            if batch is None or batch.confirmed_at is None or batch.finished_at is not None:
                return
            _enter_group(session, batch)
            if batch.entered == batch.rows:
                batch.sealed, batch.finished_at = b"", now


def _enter_group(session: Session, batch: CitizenBatch) -> None:
    applicant, rows = _kept(session, batch)
    group = rows[batch.entered : batch.entered + GROUP]
    organs = {organ.code: organ for organ in session.scalars(select(Organ)).all()}
    refused = json.loads(batch.refused)
    # In the order of their organs, since each organ's counter is locked until the unit is over: two sheets never wait for each other.
    for row in sorted(group, key=lambda row: (organs[row.organ_code].id, row.line)):
        reason = _enter_row(session, batch, organs[row.organ_code], whole(applicant, row.wish), row.line)
        refused += [[row.line, reason]] if reason else []
    batch.entered += len(group)
    batch.refused = canonical(sorted(refused))


def _enter_row(session: Session, batch: CitizenBatch, organ: Organ, application: Application, line: int) -> str:
    """Enter one request as of the moment of the confirmation; else why it cannot be entered any more."""
    assert batch.confirmed_at is not None
    sent_at = batch.confirmed_at
    try:
        require_open(organ, day_of(sent_at))
        check(application, day_of(sent_at))
    except Refusal as refusal:
        return str(refusal)
    case = intake.submit(session, organ, application, {}, f"{batch.uid}-{line}", sent_at)
    case_links.keep_sent(session, batch.citizen_id, case, sent_at, batch_id=batch.id, line=line)
    return ""


def sheet(session: Session, citizen_id: int, uid: str, *, with_codes: bool = False) -> Sheet:
    """A sheet of the account. ``with_codes``: this browser confirmed it, and may see the query codes. Raises NotFound."""
    batch = _own(session, citizen_id, uid)
    applicant, rows = _kept(session, batch)
    links = session.scalars(
        select(CitizenCase)
        .where(CitizenCase.batch_id == batch.id)
        .order_by(CitizenCase.line)
        .options(joinedload(CitizenCase.case).joinedload(Case.organ))
    ).all()
    return Sheet(
        uid=uid,
        count=batch.rows,
        entered=batch.entered,
        uploaded_at=batch.uploaded_at,
        confirmed_at=batch.confirmed_at,
        finished_at=batch.finished_at,
        applicant=applicant.name,
        rows=rows if batch.confirmed_at is None else [],
        entries=[_entry(session, link, with_codes) for link in links],
        refused=[(line, reason) for line, reason in json.loads(batch.refused)],
    )


def sheets(session: Session, citizen_id: int) -> Sequence[CitizenBatch]:
    """The sheets of the account that were confirmed, the newest first."""
    mine = (CitizenBatch.citizen_id == citizen_id, CitizenBatch.confirmed_at.is_not(None))
    return session.scalars(select(CitizenBatch).where(*mine).order_by(CitizenBatch.id.desc()).limit(MOST_KEPT)).all()


def _entry(session: Session, link: CitizenCase, with_codes: bool) -> SheetEntry:
    case = link.case
    last_day = confirm_by(case.channel, day_of(case.entered_at), case.calendar())
    return SheetEntry(
        line=link.line or 0,
        reference=case.reference,
        organ=case.organ.name,
        title=case.information_name or case.description,
        code=query_code(session, case) if with_codes else "",
        confirm_by=last_day if case.received_on is None else None,
        due_on=case.due_on,
    )


def _own(session: Session, citizen_id: int, uid: str, *, for_update: bool = False) -> CitizenBatch:
    query = select(CitizenBatch).where(CitizenBatch.uid == uid, CitizenBatch.citizen_id == citizen_id)
    batch = session.scalars(query.with_for_update() if for_update else query).one_or_none()
    if batch is None:
        raise NotFound("没有这张表，或者它已经被后来上传的表代替", do="请重新上传")
    return batch


def _kept(session: Session, batch: CitizenBatch) -> tuple[Application, list[SheetRow]]:
    """Applicant and rows as they were kept; nothing once they are entered."""
    if not batch.sealed:
        return Application(), []
    kept: Mapping[str, Any] = json.loads(ring(session).unseal(batch.sealed, _place(batch.uid)))
    rows = [SheetRow(**{**row, "wish": Application(**row["wish"])}) for row in kept["rows"]]
    return Application(**kept["applicant"]), rows


def _place(uid: str) -> str:
    return f"citizen_batch.sealed.{uid}"


def _count(session: Session, citizen_id: int, network: str, per_hour: int, now: datetime) -> None:
    """Raises Blocked when account or network has confirmed as many sheets in the hour as it may; else counts this one."""
    account, many = f"citizen:{citizen_id}", limits.Limit(DOOR, per_hour * NETWORK_MANY)
    reason = f"一个账号每小时最多批量提交{per_hour}张表"
    limits.require_within_for(session, limits.Limit(DOOR, per_hour), account, now, reason)
    limits.require_within(session, many, network, now)
    limits.count(session, many, account, network, now, succeeded=True)
