"""The book of incoming mail (收文登记): one row for each envelope that reached the office. The records alone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.incoming_kinds import MailOutcome, Purpose
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column

OPEN = "ended_at IS NULL"


class IncomingMail(Base):
    """One envelope as the mail room entered it, and what became of it. It is never deleted."""

    __tablename__ = "incoming_mail"
    __table_args__ = (
        UniqueConstraint("organ_id", "tracking_key", name="uq_incoming_mail_tracking"),
        Index("ix_incoming_mail_book", "organ_id", "id"),
        Index("ix_incoming_mail_day", "organ_id", "came_on", "id"),
        Index(
            "ix_incoming_mail_open", "organ_id", "came_on", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)
        ),
        Index("ix_incoming_mail_alarm", "alarm_on", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    reference: Mapped[str] = mapped_column(String(42), unique=True)
    """Code of the organ, year and number (AYX-2026-S0001)."""
    channel: Mapped[str] = mapped_column(String(20))
    """Kind of mail: a code of ``incoming_kinds.MAIL``."""
    came_on: Mapped[date]
    """The day on which the office signed for it or found it in its box: for what is signed for, the day of receipt."""
    came_at: Mapped[str] = mapped_column(String(5))
    """The time of that day, HH:MM."""
    tracking: Mapped[str] = mapped_column(String(30))
    tracking_key: Mapped[str | None] = mapped_column(String(30))
    """The number of the mail while the entry stands: once in an organ. None without number, and for an entry made by mistake."""
    signed_by: Mapped[str] = mapped_column(String(60))
    passed_to: Mapped[str] = mapped_column(String(60))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The sender as written on the envelope, sealed for ``incoming_mail.sealed.<uid>``."""
    late_reason: Mapped[str] = mapped_column(Text)
    """Why it was entered on a later day (补登)."""
    photo_name: Mapped[str] = mapped_column(String(200))
    photo_type: Mapped[str] = mapped_column(String(100))
    photo_sha: Mapped[str] = mapped_column(String(64))
    """The photo of the envelope; empty without one."""
    submission_token: Mapped[str] = mapped_column(String(64), unique=True)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))
    alarm_on: Mapped[date]
    """First day on which the head is told when nobody has settled it."""
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    outcome: Mapped[MailOutcome | None] = mapped_column(code_column(MailOutcome))
    purpose: Mapped[Purpose | None] = mapped_column(code_column(Purpose))
    """What it is to the request that it belongs to."""
    reason: Mapped[str] = mapped_column(Text)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str] = mapped_column(String(40))
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    """The request that it became or belongs to."""

    organ: Mapped[Organ] = relationship()
    case: Mapped[Case | None] = relationship()
