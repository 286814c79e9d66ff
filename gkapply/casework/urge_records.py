"""Urging (督办) by a supervising organ: what it asked, what was answered, what it made of the answer. Each written once."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant


class UrgeState(StrEnum):
    """How an urge stands, by what has been written."""

    label: str

    # The default: to a type checker, looking a state up by its code is this call with the code alone.
    def __new__(cls, value: str, label: str = "") -> "UrgeState":
        """A member is its code; ``label`` is what users read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    WAITING = "waiting", "待回复"
    OVERDUE = "overdue", "逾期未回复"
    ANSWERED = "answered", "已回复，待认可"
    ACCEPTED = "accepted", "已认可"
    URGED_AGAIN = "urged_again", "未认可，再次督办"


class Urge(Base):
    """One urge of an organ above about one case, or about an organ as a whole (``case`` None)."""

    __tablename__ = "urge"
    __table_args__ = (
        UniqueConstraint("by_organ_id", "number"),
        Index("ix_urge_organ", "organ_id", "id"),
        Index("ix_urge_case", "case_id", "id"),
        Index("ix_urge_due", "due_on", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ that is urged."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    by_organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The supervising organ."""
    number: Mapped[str] = mapped_column(String(40))
    """督办〔2026〕3号: a series of the supervising organ, without gaps."""
    reason: Mapped[str] = mapped_column(Text)
    on_: Mapped[date]
    due_on: Mapped[date]
    """Last day for the answer."""
    follows_id: Mapped[int | None] = mapped_column(ForeignKey("urge.id"), unique=True)
    """The urge whose answer was not accepted."""
    urged_at: Mapped[datetime] = mapped_column(Instant)
    urged_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    organ: Mapped[Organ] = relationship(foreign_keys=[organ_id])
    by_organ: Mapped[Organ] = relationship(foreign_keys=[by_organ_id])
    case: Mapped[Case | None] = relationship()
    author: Mapped[User] = relationship()
    follows: Mapped["Urge | None"] = relationship(remote_side=[id])
    answer: Mapped["UrgeAnswer | None"] = relationship(back_populates="urge")
    verdict: Mapped["UrgeVerdict | None"] = relationship(back_populates="urge")

    def state(self, today: date) -> UrgeState:
        """How it stands on that day."""
        if self.verdict is not None:
            return UrgeState.ACCEPTED if self.verdict.accepted else UrgeState.URGED_AGAIN
        if self.answer is not None:
            return UrgeState.ANSWERED
        return UrgeState.OVERDUE if self.due_on < today else UrgeState.WAITING

    @property
    def answered_late(self) -> bool:
        """Whether the answer came after its term."""
        return self.answer is not None and self.answer.on_ > self.due_on


class UrgeAnswer(Base):
    """What the organ answered, with a paper if there was one."""

    __tablename__ = "urge_answer"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    urge_id: Mapped[int] = mapped_column(ForeignKey("urge.id"), unique=True)
    text: Mapped[str] = mapped_column(Text)
    on_: Mapped[date]
    file_sha: Mapped[str] = mapped_column(String(64), index=True)
    file_name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    answered_at: Mapped[datetime] = mapped_column(Instant)
    answered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    urge: Mapped[Urge] = relationship(back_populates="answer")
    author: Mapped[User] = relationship()


class UrgeVerdict(Base):
    """What the supervising organ made of the answer; one that is not accepted is followed by another urge."""

    __tablename__ = "urge_verdict"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    urge_id: Mapped[int] = mapped_column(ForeignKey("urge.id"), unique=True)
    accepted: Mapped[bool]
    text: Mapped[str] = mapped_column(Text)
    judged_at: Mapped[datetime] = mapped_column(Instant)
    judged_by: Mapped[int] = mapped_column(ForeignKey("user.id"))

    urge: Mapped[Urge] = relationship(back_populates="verdict")
    author: Mapped[User] = relationship()
