"""The book of incoming mail as it is read: what is open by its day, the whole book backwards, a month on paper and as csv."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Select, func, literal, select, tuple_
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import access_log
from gkapply.casework.access import Actor
from gkapply.casework.docket_places import Place
from gkapply.casework.incoming_kinds import MAIL
from gkapply.casework.incoming_mail import sender_of, visible_mail
from gkapply.casework.incoming_records import IncomingMail
from gkapply.casework.seal_sheet import month_of
from gkapply.law.refusal import Refusal

PAGE = 50
OPEN, BOOK = "open", "book"
VIEWS: Mapping[str, str] = {OPEN: "待处理", BOOK: "全部收文"}
HEADS = (
    "收文编号",
    "收到日期",
    "时间",
    "种类",
    "邮件号码",
    "签收人",
    "寄件人",
    "转交",
    "处理结果",
    "申请",
    "说明",
)


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of the book."""

    reference: str
    kind: str
    came_on: date
    came_at: str
    tracking: str
    signed_by: str
    sender: str
    passed_to: str
    outcome: str
    """Empty while it is open."""
    case: str
    said: str
    late: bool
    overdue: bool
    """Not settled by the end of its day."""
    photo: bool

    @property
    def cells(self) -> tuple[str, ...]:
        """The line under HEADS."""
        return (
            self.reference,
            self.came_on.isoformat(),
            self.came_at,
            self.kind,
            self.tracking,
            self.signed_by,
            self.sender,
            self.passed_to,
            self.outcome or "待处理",
            self.case,
            self.said,
        )


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the book and where the next one begins; ``more`` is None on the last."""

    lines: Sequence[Line]
    more: Place | None


def listed(session: Session, actor: Actor, today: date, view: str, after: Place | None = None) -> Page:
    """A page: what is open, the longest waiting first, or the whole book, the newest first. Raises Refusal for an unknown view."""
    if view not in VIEWS:
        raise Refusal("没有这个列表", do="请从列表上方选择", field="view")
    query = _mail(actor)
    if view == OPEN:
        query = query.where(IncomingMail.ended_at.is_(None)).order_by(IncomingMail.came_on, IncomingMail.id)
        if after is not None and after.due_on is not None:
            place = tuple_(literal(after.due_on), literal(after.id))
            query = query.where(tuple_(IncomingMail.came_on, IncomingMail.id) > place)
    else:
        query = query.order_by(IncomingMail.id.desc())
        if after is not None:
            query = query.where(IncomingMail.id < after.id)
    found = session.scalars(query.limit(PAGE + 1)).all()
    more = Place(found[PAGE - 1].came_on, found[PAGE - 1].id) if len(found) > PAGE else None
    return Page([line(session, one, today) for one in found[:PAGE]], more)


def month(session: Session, actor: Actor, wanted: str, today: date, now: datetime, why: str) -> Iterator[Line]:
    """Everything that came in a month (YYYY-MM), in the order of the days; its reading is noted, since senders stand in it."""
    begins, ends = month_of(wanted)
    access_log.note_access(session, actor, f"incoming.{why}", now, month=wanted)
    query = _mail(actor).where(IncomingMail.came_on.between(begins, ends))
    found = session.scalars(query.order_by(IncomingMail.came_on, IncomingMail.id)).all()
    return (line(session, one, today) for one in found)


def waiting(actor: Actor, today: date) -> Select[int, int]:
    """Asks how many envelopes are open, and how many of them were not settled by the end of their day."""
    query = select(func.count(), func.count().filter(IncomingMail.came_on < today))
    return query.where(visible_mail(actor), IncomingMail.ended_at.is_(None))


def line(session: Session, mail: IncomingMail, today: date) -> Line:
    """The entry as lists and its page show it on ``today``."""
    said = "；".join(word for word in (mail.purpose.label if mail.purpose else "", mail.reason) if word)
    return Line(
        mail.reference,
        MAIL[mail.channel],
        mail.came_on,
        mail.came_at,
        mail.tracking,
        mail.signed_by,
        sender_of(session, mail),
        mail.passed_to,
        mail.outcome.label if mail.outcome else "",
        mail.case.reference if mail.case else "",
        said,
        bool(mail.late_reason),
        mail.ended_at is None and mail.came_on < today,
        bool(mail.photo_sha),
    )


def _mail(actor: Actor) -> Select[IncomingMail]:
    return select(IncomingMail).where(visible_mail(actor)).options(joinedload(IncomingMail.case))
