"""What reached the organ by none of its published channels (其他来源的来件): entered, decided with a reason, never dropped.

A request that came to the hotline, a mailbox, 信访 or another unit is no request by a published channel: the office guides its
author to one, or takes it as it is where the author wishes so (国办公开办函〔2017〕19号 “充分尊重申请人的选择”). It counts as received
when the 公开机构 and the applicant confirm it.
"""

import json
from dataclasses import dataclass, field, fields
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import journal, numbering
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.application_check import Findings
from gkapply.casework.arrival_kinds import UNIT, WHENCE
from gkapply.casework.arrival_records import Arrival, ArrivalFile
from gkapply.casework.calendars import calendar_of
from gkapply.casework.documents import Upload
from gkapply.casework.incoming_mail import alarm_day
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.services import ring
from gkapply.casework.uploads import MOST_FILES, check_upload, keep_upload
from gkapply.clock import day_of
from gkapply.law import guards
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import Duty

KEEPERS = (Duty.REGISTRAR,)
READERS = (Duty.REGISTRAR, Duty.HEAD)
SERIES, MARK = "arrival", "L"
ARTICLE = "条例第二十八条"
LONGEST_TERM = 366
_LONGEST = {"ticket": 60, "unit": 120, "text": 5000, "name": 100, "contact": 200}


@dataclass(frozen=True, slots=True)
class Passed:
    """What was passed on: from where (a code of WHENCE), its number there, by which unit, when, by when, from whom, its words."""

    whence: str
    came_on: date | None
    ticket: str = ""
    unit: str = ""
    reached_on: date | None = None
    own_due_on: date | None = None
    name: str = ""
    contact: str = ""
    text: str = ""
    files: tuple[Upload, ...] = field(default=())


class AlreadyArrived(Refusal):
    """The number stands in the list already: ``first`` is the number of that entry."""

    def __init__(self, first: Arrival):
        super().__init__(
            f"{WHENCE[first.whence]} {first.ticket} 已经登记为 {first.reference}",
            do="请打开那一件核对",
            field="ticket",
        )
        self.first = first.reference


def check(passed: Passed, today: date) -> None:
    """Raises BadForm with everything that is wrong with what was passed on."""
    found = Findings()
    if passed.whence not in WHENCE:
        found.add("whence", "请选择来件从何处来", ARTICLE)
    if passed.came_on is None:
        found.add("came_on", "请填写转到公开机构的日期", ARTICLE, do="例如 2026-03-02")
    _check_days(passed, today, found)
    if passed.whence == UNIT:
        if not passed.unit.strip():
            found.add("unit", "请写明由哪个单位或者人员转来", "条例第三十一条")
    elif not passed.ticket.strip():
        found.add("ticket", "请登记工单号或者来文编号", ARTICLE, do="便于回复原渠道；没有编号的，写来件日期和经办人")
    if not passed.text.strip():
        found.add("text", "请照录来件的内容", ARTICLE)
    for name, most in _LONGEST.items():
        words = getattr(passed, name)
        if len(words) > most:
            found.add(name, f"最多{most}个字，现有{len(words)}个字", do="请精简后再提交，全文可以作为附件")
        found.test(refuse_secret_marks, words, name)
    for one in passed.files:
        found.test(check_upload, one, field="files")
    if len(passed.files) > MOST_FILES:
        found.add("files", f"附件最多{MOST_FILES}个，现有{len(passed.files)}个")
    found.settle()


def enter(session: Session, passed: Passed, token: str, actor: Actor, now: datetime) -> Arrival:
    """Enter what was passed on to the actor's organ. The same ``token`` is the same arrival, however often sent.

    Raises BadForm with everything that is wrong, AlreadyArrived for a number that is known, NotPermitted.
    """
    if actor.kind != "system":
        require(actor, *KEEPERS)
    check(passed, day_of(now))
    organ, today = session.get_one(Organ, actor.organ_id), day_of(now)
    # Doubles wait for each other at the counter of numbers; whoever comes second finds the first one's entry.
    ordinal = numbering.next_number(session, organ.id, SERIES, today.year)
    same = entered_with(session, token)
    if same is not None:
        numbering.give_number_back(session, organ.id, SERIES, today.year)
        return same
    key = f"{passed.whence}:{''.join(passed.ticket.split())}" if passed.ticket.strip() else None
    _require_new(session, organ.id, key)
    assert passed.came_on is not None, "check() raises while the day is missing"
    uid, own_due_on = uuid4().hex, passed.own_due_on
    arrival = Arrival(
        uid=uid,
        organ=organ,
        reference=f"{organ.code}-{today.year}-{MARK}{ordinal:04d}",
        whence=passed.whence,
        ticket=passed.ticket.strip(),
        ticket_key=key,
        unit=passed.unit.strip(),
        reached_on=passed.reached_on or passed.came_on,
        came_on=passed.came_on,
        own_due_on=own_due_on,
        act_by=min(passed.came_on, own_due_on) if own_due_on else passed.came_on,
        remind_on=remind_days(organ, passed.came_on, own_due_on)[0],
        text=passed.text.strip(),
        sealed=_sealed(session, uid, passed),
        submission_token=token,
        entered_at=now,
        entered_by=actor.signature,
        reason="",
        told_by="",
        reply="",
        decided_by="",
    )
    arrival.files = [_file(session, organ, one) for one in passed.files]
    session.add(arrival)
    session.flush()
    hashes = sorted(one.sha256 for one in arrival.files)
    note(session, arrival, "enter", actor, now, whence=arrival.whence, on=arrival.came_on.isoformat(), files=hashes)
    return arrival


def remind_days(organ: Organ, came_on: date, own_due_on: date | None) -> list[date]:
    """The days on which somebody is told while nothing is decided, in order: the office's own term is over, the other channel's
    ends on the next working day, the other channel's is over.
    """
    days = [alarm_day(organ, came_on)]
    if own_due_on is not None:
        calendar = calendar_of(organ)
        days += [calendar.workday_at(calendar.position(own_due_on) - 1), own_due_on + timedelta(days=1)]
    return sorted(days)


def entered_with(session: Session, token: str) -> Arrival | None:
    """What was entered with this token of a form, or this id of the OA, if anything."""
    return session.scalars(select(Arrival).where(Arrival.submission_token == token)).one_or_none()


def visible_arrivals(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the arrivals that ``actor`` sees: those of the actor's organ."""
    if actor.organ_id is None or not actor.holds(*READERS):
        return false()
    return Arrival.organ_id == actor.organ_id


def find(session: Session, reference: str, actor: Actor, *, for_step: bool = False) -> Arrival:
    """The arrival with that number. Raises NotFound for an absent and an invisible one alike."""
    query = select(Arrival).where(Arrival.reference == reference, visible_arrivals(actor))
    if for_step:
        query = query.with_for_update()
    else:
        query = query.options(joinedload(Arrival.case), selectinload(Arrival.files))
    arrival = session.scalars(query).one_or_none()
    if arrival is None:
        raise NotFound("没有这件来件，或者您无权查看", do="请核对编号")
    return arrival


def person_of(session: Session, arrival: Arrival) -> dict[str, str]:
    """Name and contact as given."""
    return dict(json.loads(ring(session).unseal(arrival.sealed, _place(arrival.uid))))


def note(session: Session, arrival: Arrival, deed: str, actor: Actor, now: datetime, **detail: object) -> None:
    """Have the deed written into the journal: by number, without a word of it."""
    detail |= {"arrival": arrival.reference}
    journal.record(
        session, arrival.organ_id, f"arrival.{deed}", actor.signature, now, case_id=arrival.case_id, **detail
    )


def _check_days(passed: Passed, today: date, found: Findings) -> None:
    for name in ("came_on", "reached_on"):
        day = getattr(passed, name)
        if day is None:
            continue
        try:
            guards.received_on(day, today, late_reason=ARTICLE, proof=True)
        except Refusal as refusal:
            found.add(name, refusal.reason, refusal.article, do=refusal.do)
    came_on = passed.came_on or today
    if passed.reached_on and passed.reached_on > came_on:
        found.add("reached_on", f"原渠道收到的日期 {passed.reached_on} 晚于转来的日期 {came_on}", ARTICLE)
    if passed.own_due_on and abs((passed.own_due_on - came_on).days) > LONGEST_TERM:
        found.add("own_due_on", "原渠道的办理期限与来件日期相差一年以上", do="请核对工单上的期限")


def _require_new(session: Session, organ_id: int, key: str | None) -> None:
    if key is None:
        return
    first = session.scalars(
        select(Arrival).where(Arrival.organ_id == organ_id, Arrival.ticket_key == key)
    ).one_or_none()
    if first is not None:
        raise AlreadyArrived(first)


def _file(session: Session, organ: Organ, upload: Upload) -> ArrivalFile:
    kept = keep_upload(session, upload, field="files")
    return ArrivalFile(
        uid=uuid4().hex, organ_id=organ.id, **{one.name: getattr(kept, one.name) for one in fields(kept)}
    )


def _sealed(session: Session, uid: str, passed: Passed) -> bytes:
    person = {"name": passed.name.strip(), "contact": passed.contact.strip()}
    return ring(session).seal(canonical(person).encode(), _place(uid))


def _place(uid: str) -> str:
    return f"arrival.sealed.{uid}"
