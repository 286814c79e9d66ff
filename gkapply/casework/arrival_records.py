"""What reached the organ by none of its published channels (其他来源的来件), and its files. The records alone."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.arrival_kinds import ArrivalOutcome
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column

OPEN = "ended_at IS NULL"


class Arrival(Base):
    """One thing that the hotline, a mailbox, 信访, another unit or organ has passed on. It is never deleted."""

    __tablename__ = "arrival"
    __table_args__ = (
        UniqueConstraint("organ_id", "ticket_key", name="uq_arrival_ticket"),
        Index("ix_arrival_list", "organ_id", "id"),
        Index("ix_arrival_open", "organ_id", "act_by", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_arrival_remind", "remind_on", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    reference: Mapped[str] = mapped_column(String(42), unique=True)
    """Code of the organ, year and number (AYX-2026-L0001)."""
    whence: Mapped[str] = mapped_column(String(20))
    """A code of ``arrival_kinds.WHENCE``."""
    ticket: Mapped[str] = mapped_column(String(60))
    """The number that it has where it comes from (工单号)."""
    ticket_key: Mapped[str | None] = mapped_column(String(90))
    """Where it comes from and its number, while the entry stands: once in an organ."""
    unit: Mapped[str] = mapped_column(String(120))
    """Who passed it on."""
    reached_on: Mapped[date]
    """The day on which it reached that unit."""
    came_on: Mapped[date]
    """The day on which it was passed on to the 公开机构."""
    own_due_on: Mapped[date | None]
    """The last day of the term that the other channel sets (12345 的办理期限)."""
    act_by: Mapped[date]
    """The day by which the office should decide: its own, or the other channel's where that is earlier."""
    remind_on: Mapped[date]
    """The next day on which somebody is to be told: ``arrivals.remind_days``."""
    text: Mapped[str] = mapped_column(Text)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Name and contact as given, sealed for ``arrival.sealed.<uid>``."""
    submission_token: Mapped[str] = mapped_column(String(64), unique=True)
    """Of the form; for what came through the folder of the OA, its id there."""
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))
    outcome: Mapped[ArrivalOutcome | None] = mapped_column(code_column(ArrivalOutcome))
    reason: Mapped[str] = mapped_column(Text)
    told_by: Mapped[str] = mapped_column(String(20))
    """How it was said to whom it concerns: a code of ``arrival_kinds.TOLD_BY``."""
    told_on: Mapped[date | None]
    reply: Mapped[str] = mapped_column(Text)
    """What was answered to the other channel."""
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[str] = mapped_column(String(40))
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    """With the decision; of what is accepted as a request, with its registration."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)

    organ: Mapped[Organ] = relationship()
    case: Mapped[Case | None] = relationship()
    files: Mapped[list["ArrivalFile"]] = relationship(back_populates="arrival", order_by="ArrivalFile.id")


class ArrivalFile(Base):
    """One file that came with an arrival."""

    __tablename__ = "arrival_file"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    arrival_id: Mapped[int] = mapped_column(ForeignKey("arrival.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64))

    arrival: Mapped[Arrival] = relationship(back_populates="files")
