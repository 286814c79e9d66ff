"""The book of incoming mail (收文登记): every envelope entered on the day on which it came, and settled (收文).

What is signed for counts as received on the day of the signature, by whomever of the organ (条例第三十一条第二项): not on the day on
which a clerk opens it. So the entry keeps its day, also when it is made later (补登), and nothing is ever deleted.
"""

import json
import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import uuid4

from sqlalchemy import ColumnElement, false, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import access_log, journal, numbering
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.application_check import Findings
from gkapply.casework.calendars import calendar_of
from gkapply.casework.documents import Upload
from gkapply.casework.incoming_kinds import MAIL, MailOutcome
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.services import ring
from gkapply.casework.uploads import Kept, check_upload, keep_upload
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.law import guards
from gkapply.law.channels import ARTICLE, SIGNED_FOR
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import Duty

KEEPERS = (Duty.REGISTRAR,)
"""Who enters and settles mail."""
READERS = (Duty.REGISTRAR, Duty.HEAD)
"""Who reads the book: senders stand in it in clear."""
SERIES = "incoming"
MARK = "S"
_TIME = re.compile(r"([01]?\d|2[0-3])[:：]?([0-5]\d)")
_LONGEST = {"tracking": 30, "signed_by": 60, "passed_to": 60, "sender": 300, "late_reason": 500}


@dataclass(frozen=True, slots=True)
class Envelope:
    """An envelope as the mail room enters it: when it came, what kind of mail, who signed, from whom, who has it now."""

    channel: str
    came_on: date | None
    came_at: str = ""
    tracking: str = ""
    signed_by: str = ""
    sender: str = ""
    passed_to: str = ""
    late_reason: str = ""
    photo: Upload | None = None


class AlreadyEntered(Refusal):
    """The number of the mail stands in the book already: ``first`` is the number of that entry."""

    def __init__(self, first: IncomingMail):
        super().__init__(
            f"邮件号码 {first.tracking} 已经登记为 {first.reference}（{first.came_on}）",
            do="请打开那一条核对；那一条有误的，先将其作废再登记",
            field="tracking",
        )
        self.first = first.reference


def number_of(written: str) -> str:
    """A number of mail in its one form: without spaces, in capitals."""
    return re.sub(r"[\s-]", "", written).upper()


def check(envelope: Envelope, today: date) -> None:
    """Raises BadForm with everything that is wrong with the envelope."""
    found = Findings()
    if envelope.channel not in MAIL:
        found.add("channel", "请选择邮件种类", ARTICLE)
    if envelope.came_on is None:
        found.add("came_on", "请填写收到日期", ARTICLE, do="例如 2026-03-02")
    else:
        # The day itself is judged by the same rule as a request's; reason and proof are asked for below.
        try:
            guards.received_on(envelope.came_on, today, late_reason=ARTICLE, proof=True)
        except Refusal as refusal:
            found.add("came_on", refusal.reason, refusal.article, do=refusal.do)
        if envelope.came_on < today and not envelope.late_reason.strip():
            found.add("late_reason", "收到日期早于今天，请写明补登的理由", ARTICLE, do="收到日期不因补登而改变")
    if envelope.came_at.strip() and not _TIME.fullmatch(envelope.came_at.strip()):
        found.add("came_at", "时间请写成 9:30 的样子")
    if envelope.channel in SIGNED_FOR and not envelope.tracking.strip():
        found.add("tracking", "请登记邮件号码", ARTICLE, do="见信封或者签收单")
    if not envelope.sender.strip():
        found.add("sender", "请照信封写下寄件人", do="信封上没有写的，填“未写明”")
    for name, most in _LONGEST.items():
        words = getattr(envelope, name)
        if len(words) > most:
            found.add(name, f"最多{most}个字", do="请精简后再提交")
        found.test(refuse_secret_marks, words, name)
    if envelope.photo is not None:
        found.test(check_upload, envelope.photo, field="photo")
    found.settle()


def enter(session: Session, envelope: Envelope, token: str, actor: Actor, now: datetime) -> IncomingMail:
    """Enter an envelope. The same ``token`` is the same entry, however often sent.

    Raises BadForm with everything that is wrong, AlreadyEntered for a number that stands in the book, NotPermitted.
    """
    require(actor, *KEEPERS)
    check(envelope, day_of(now))
    organ, today = session.get_one(Organ, actor.organ_id), day_of(now)
    # Doubles wait for each other at the counter of numbers; whoever comes second finds the first one's entry.
    ordinal = numbering.next_number(session, organ.id, SERIES, today.year)
    same = session.scalars(select(IncomingMail).where(IncomingMail.submission_token == token)).one_or_none()
    if same is not None:
        numbering.give_number_back(session, organ.id, SERIES, today.year)
        return same
    key = number_of(envelope.tracking) or None
    _require_new(session, organ.id, key)
    assert envelope.came_on is not None, "check() raises while the day is missing"
    photo = keep_upload(session, envelope.photo) if envelope.photo else Kept("", "", 0, "")
    late = envelope.came_on < today
    uid = uuid4().hex
    mail = IncomingMail(
        uid=uid,
        organ=organ,
        reference=f"{organ.code}-{today.year}-{MARK}{ordinal:04d}",
        channel=envelope.channel,
        came_on=envelope.came_on,
        came_at=_time(envelope.came_at, envelope.came_on, now),
        tracking=key or "",
        tracking_key=key,
        signed_by=envelope.signed_by.strip(),
        passed_to=envelope.passed_to.strip(),
        sealed=ring(session).seal(canonical({"sender": envelope.sender.strip()}).encode(), _place(uid)),
        late_reason=envelope.late_reason.strip() if late else "",
        photo_name=photo.name,
        photo_type=photo.media_type,
        photo_sha=photo.sha256,
        submission_token=token,
        entered_at=now,
        entered_by=actor.signature,
        alarm_on=alarm_day(organ, envelope.came_on),
        reason="",
        ended_by="",
    )
    session.add(mail)
    session.flush()
    on = mail.came_on.isoformat()
    note(session, mail, "enter", actor, now, channel=mail.channel, on=on, late=late, photo=mail.photo_sha)
    return mail


def alarm_day(organ: Organ, came_on: date) -> date:
    """The first day on which the head is told that something of ``came_on`` lies unsettled: the working days of the setting are over."""
    within = organ.office_settings().mail_alarm_after
    return (calendar_of(organ).add(came_on, within) if within else came_on) + timedelta(days=1)


def visible_mail(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the entries that ``actor`` sees: those of the actor's organ."""
    if actor.organ_id is None or not actor.holds(*READERS):
        return false()
    return IncomingMail.organ_id == actor.organ_id


def find(session: Session, reference: str, actor: Actor, *, for_step: bool = False) -> IncomingMail:
    """The entry with that number. Raises NotFound for an absent and an invisible one alike."""
    query = select(IncomingMail).where(IncomingMail.reference == reference, visible_mail(actor))
    query = query.with_for_update() if for_step else query.options(joinedload(IncomingMail.case))
    mail = session.scalars(query).one_or_none()
    if mail is None:
        raise NotFound("没有这条收文登记，或者您无权查看", do="请核对编号")
    return mail


def sender_of(session: Session, mail: IncomingMail) -> str:
    """The sender as it stood on the envelope."""
    return str(json.loads(ring(session).unseal(mail.sealed, _place(mail.uid)))["sender"])


def note_photo(session: Session, mail: IncomingMail, actor: Actor, now: datetime) -> None:
    """Write down that the photo of the envelope is looked at. Raises NotFound where there is none."""
    if not mail.photo_sha:
        raise NotFound("这条收文没有信封照片")
    access_log.note_access(session, actor, "file.fetched", now, incoming=mail.reference)


def end(session: Session, mail: IncomingMail, outcome: MailOutcome, reason: str, actor: Actor, now: datetime) -> None:
    """The entry is settled. Raises WrongState when it is already."""
    mail.outcome, mail.reason, mail.ended_at, mail.ended_by = outcome, reason.strip(), now, actor.signature
    if outcome is MailOutcome.MISTAKE:
        mail.tracking_key = None
    note(session, mail, "settle", actor, now, outcome=outcome.value, purpose=mail.purpose.value if mail.purpose else "")


def note(session: Session, mail: IncomingMail, deed: str, actor: Actor, now: datetime, **detail: object) -> None:
    """Have the deed written into the journal: by number, without a word of the envelope."""
    detail |= {"incoming": mail.reference}
    journal.record(session, mail.organ_id, f"incoming.{deed}", actor.signature, now, case_id=mail.case_id, **detail)


def _require_new(session: Session, organ_id: int, key: str | None) -> None:
    if key is None:
        return
    here = IncomingMail.organ_id == organ_id, IncomingMail.tracking_key == key
    first = session.scalars(select(IncomingMail).where(*here)).one_or_none()
    if first is not None:
        raise AlreadyEntered(first)


def _time(written: str, came_on: date, now: datetime) -> str:
    """HH:MM; the present time when nothing was written and it came today."""
    found = _TIME.fullmatch(written.strip())
    if found:
        return f"{int(found[1]):02d}:{found[2]}"
    return now.astimezone(OFFICE_ZONE).strftime("%H:%M") if came_on == day_of(now) else ""


def _place(uid: str) -> str:
    return f"incoming_mail.sealed.{uid}"
