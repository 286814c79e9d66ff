"""The one way in which officials are told of something (消息): each person once for each subject and level.

A row names its reader, its kind and its subject; it holds codes, days and numbers, never a person's name or text. It stands
on the reader's page at once, and what was not read there goes into one mail a day (``digest``).
"""

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, func, or_, select, text, update
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Mapped, Session, mapped_column

from gkapply.casework.journal import canonical
from gkapply.casework.notification_kinds import KINDS, words
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.records import Case
from gkapply.casework.substitution import substitutes_on
from gkapply.clock import day_of
from gkapply.database import Base, BigKey, Instant
from workflows.duties import Duty

PAGE = 50
UNREAD = "read_at IS NULL"
UNSENT = "read_at IS NULL AND mailed_at IS NULL"


class Notification(Base):
    """One person told of one thing at one level."""

    __tablename__ = "notification"
    __table_args__ = (
        UniqueConstraint("user_id", "kind", "key", "level"),
        Index("ix_notification_reader", "user_id", "id"),
        Index("ix_notification_case", "case_id"),
        Index("ix_notification_unread", "user_id", sqlite_where=text(UNREAD), postgresql_where=text(UNREAD)),
        Index("ix_notification_unsent", "user_id", sqlite_where=text(UNSENT), postgresql_where=text(UNSENT)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ whose matter it is."""
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    for_user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Whom the reader stands in for (代理); empty when told in person."""
    kind: Mapped[str] = mapped_column(String(30))
    key: Mapped[str] = mapped_column(String(120))
    """The subject: a case, letter, question or run, and the day that it turns on."""
    level: Mapped[int] = mapped_column(default=0)
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    codes: Mapped[str] = mapped_column(Text)
    """Canonical JSON of what the text is filled with."""
    told_at: Mapped[datetime] = mapped_column(Instant)
    read_at: Mapped[datetime | None] = mapped_column(Instant)
    mailed_at: Mapped[datetime | None] = mapped_column(Instant)


@dataclass(frozen=True, slots=True)
class Tidings:
    """Something that people are to be told: ``codes`` holds codes, ISO days and numbers only."""

    organ_id: int
    users: tuple[int, ...]
    kind: str
    key: str
    codes: dict[str, Any]
    level: int = 0
    case_id: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A notification as its reader sees it."""

    id: int
    organ_id: int
    label: str
    text: str
    article: str
    reference: str
    """The case to open; empty when there is none."""
    told_at: datetime
    read_at: datetime | None
    enquiry: str
    """The number of the enquiry to open; empty when there is none."""
    referral: str
    """The uid of the referral to open; empty when there is none."""
    mail: str
    """The number of the envelope in the mail book, likewise."""
    arrival: str
    """The number of what came from elsewhere, likewise."""
    stands_in_for: str
    """The name of the colleague in whose place the reader is told; empty otherwise."""


_TELL = {
    "sqlite": sqlite.insert(Notification).inline().on_conflict_do_nothing(),
    "postgresql": postgresql.insert(Notification).inline().on_conflict_do_nothing(),
}


def tell(
    session: Session,
    organ_id: int,
    users: Iterable[int],
    *,
    kind: str,
    key: str,
    now: datetime,
    level: int = 0,
    case: Case | None = None,
    **codes: Any,
) -> None:
    """Tell each of ``users`` (ids), and whoever stands in for them today, once for this kind, ``key`` and ``level``.

    ``key`` names the subject and the fact of which it is told (``f"{case.uid}:{day}"``). ``codes`` fill the kind's text:
    codes, ISO days, numbers. Raises KeyError for an unknown kind.
    """
    case_id = case.id if case else None
    tell_all(session, [Tidings(organ_id, tuple(users), kind, key, codes, level, case_id)], now)


def tell_all(session: Session, tidings: Sequence[Tidings], now: datetime) -> None:
    """Tell all of it in one statement, as ``tell`` would one by one."""
    if not tidings:
        return
    stand_ins = substitutes_on(session, {user for one in tidings for user in one.users}, day_of(now))
    rows = []
    for one in tidings:
        row = {
            "organ_id": one.organ_id,
            "kind": KINDS[one.kind].code,
            "key": one.key,
            "level": one.level,
            "case_id": one.case_id,
            "codes": canonical(one.codes),
            "told_at": now,
        }
        direct = dict.fromkeys(one.users)
        rows += [{**row, "user_id": user, "for_user_id": None} for user in direct]
        for user in direct:
            rows += [{**row, "user_id": other, "for_user_id": user} for other in stand_ins.get(user, ())]
    if rows:
        connection = session.connection()
        connection.execute(_TELL[connection.dialect.name], rows)


def holders(
    session: Session, organ_ids: Iterable[int], duties: Iterable[Duty], on: date
) -> dict[tuple[int, Duty], list[int]]:
    """(organ, duty) → ids of the users who hold it on that day, closed accounts left out."""
    query = (
        select(DutyHolding.organ_id, DutyHolding.duty, DutyHolding.user_id)
        .join(User, User.id == DutyHolding.user_id)
        .where(
            DutyHolding.organ_id.in_(set(organ_ids)),
            DutyHolding.duty.in_([duty.value for duty in duties]),
            DutyHolding.ended_at.is_(None),
            DutyHolding.valid_from <= on,
            or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= on),
            User.closed_at.is_(None),
        )
        .order_by(DutyHolding.user_id)
    )
    found: dict[tuple[int, Duty], list[int]] = {}
    for organ_id, duty, user_id in session.execute(query):
        if organ_id is not None:
            found.setdefault((organ_id, Duty(duty)), []).append(user_id)
    return found


def messages(session: Session, user_id: int, *, before: int | None = None, limit: int = PAGE) -> Sequence[Message]:
    """The user's messages, the newest first, from below the key ``before``."""
    query = (
        select(Notification, Case.reference, User.name)
        .outerjoin(Case, Case.id == Notification.case_id)
        .outerjoin(User, User.id == Notification.for_user_id)
        .where(Notification.user_id == user_id)
        .order_by(Notification.id.desc())
        .limit(limit)
    )
    if before is not None:
        query = query.where(Notification.id < before)
    return [_message(row, reference or "", name or "") for row, reference, name in session.execute(query)]


def unsent(session: Session, user_id: int) -> Sequence[Message]:
    """What the user has neither read on the page nor been sent by mail, the oldest first."""
    query = (
        select(Notification, Case.reference, User.name)
        .outerjoin(Case, Case.id == Notification.case_id)
        .outerjoin(User, User.id == Notification.for_user_id)
        .where(Notification.user_id == user_id, Notification.read_at.is_(None), Notification.mailed_at.is_(None))
        .order_by(Notification.id)
    )
    return [_message(row, reference or "", name or "") for row, reference, name in session.execute(query)]


def unread(session: Session, user_id: int) -> int:
    """How many messages the user has not read."""
    query = select(func.count()).where(Notification.user_id == user_id, Notification.read_at.is_(None))
    return session.scalar(query) or 0


def mark_read(session: Session, user_id: int, now: datetime, *, only: int | None = None) -> None:
    """The user has read all of their messages, or ``only`` the one with that id."""
    mine = Notification.user_id == user_id, Notification.read_at.is_(None)
    statement = update(Notification).where(*mine).values(read_at=now)
    session.execute(statement if only is None else statement.where(Notification.id == only))


def mark_mailed(session: Session, user_id: int, through: int, now: datetime) -> None:
    """What the user had not read up to the message with the id ``through`` has gone out by mail."""
    mine = Notification.user_id == user_id, Notification.read_at.is_(None), Notification.mailed_at.is_(None)
    session.execute(update(Notification).where(*mine, Notification.id <= through).values(mailed_at=now))


def _message(row: Notification, reference: str, stands_in_for: str) -> Message:
    kind, codes = KINDS[row.kind], json.loads(row.codes)
    return Message(
        id=row.id,
        organ_id=row.organ_id,
        label=kind.label,
        text=words(row.kind, reference, codes),
        article=kind.article,
        reference=reference,
        told_at=row.told_at,
        read_at=row.read_at,
        enquiry=codes.get("enquiry", ""),
        referral=codes.get("referral", ""),
        mail=codes.get("mail", ""),
        arrival=codes.get("arrival", ""),
        stands_in_for=stands_in_for,
    )
