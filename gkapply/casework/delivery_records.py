"""The delivery ledger's rows (送达台账): every attempt to deliver a letter to one recipient, and what became of it. Both only grow.

An attempt without a result is on its way; of several results the last one holds.
"""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.database import Base, BigKey, Instant
from gkapply.law.delivery_ways import DeliveryWay, Outcome

if TYPE_CHECKING:
    from gkapply.casework.papers import Letter

NUMBERED = "tracking <> ''"


class DeliveryAttempt(Base):
    """One letter handed over for one recipient."""

    __tablename__ = "delivery_attempt"
    __table_args__ = (
        Index("ix_delivery_attempt_letter", "letter_id", "recipient", "id"),
        Index(
            "ix_delivery_attempt_tracking",
            "organ_id",
            "tracking",
            sqlite_where=text(NUMBERED),
            postgresql_where=text(NUMBERED),
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"))
    recipient: Mapped[str] = mapped_column(String(60))
    """Key of the recipient within the letter (``recipients.Recipient.key``); never a name."""
    way: Mapped[str] = mapped_column(String(20))
    """Code of ``law.delivery_ways.DeliveryWay``."""
    handed_on: Mapped[date]
    """Day of posting (交邮之日), of handing over, of sending online, of the announcement."""
    handed_at: Mapped[str] = mapped_column(String(5))
    """Time of day, HH:MM; empty where nobody noted it."""
    carrier: Mapped[str] = mapped_column(String(60))
    """The service of the post, or the organ entrusted."""
    tracking: Mapped[str] = mapped_column(String(60))
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))

    letter: Mapped["Letter"] = relationship(back_populates="attempts")
    proof: Mapped[Document | None] = relationship()
    results: Mapped[list["DeliveryResult"]] = relationship(back_populates="attempt", order_by="DeliveryResult.id")

    @property
    def channel(self) -> DeliveryWay:
        """The way itself."""
        return DeliveryWay(self.way)

    @property
    def result(self) -> "DeliveryResult | None":
        """What became of it, as last entered; None while it is on its way, also again because that was a mistake."""
        last = self.results[-1] if self.results else None
        return None if last is None or last.outcome == Outcome.MISTAKEN else last

    @property
    def outcome(self) -> Outcome | None:
        """The code of its result."""
        return Outcome(self.result.outcome) if self.result is not None else None


class DeliveryResult(Base):
    """What became of one attempt, as entered once."""

    __tablename__ = "delivery_result"
    __table_args__ = (Index("ix_delivery_result_attempt", "attempt_id", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    attempt_id: Mapped[int] = mapped_column(ForeignKey("delivery_attempt.id"))
    outcome: Mapped[str] = mapped_column(String(20))
    """Code of ``law.delivery_ways.Outcome``."""
    on_: Mapped[date | None]
    """Day of delivery or return; empty only in what was taken over from before the ledger."""
    signed_by: Mapped[str] = mapped_column(String(60))
    """Who signed, in the carrier's words (本人, 家人, 收发室)."""
    reason: Mapped[str] = mapped_column(String(200))
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    entered_at: Mapped[datetime] = mapped_column(Instant)
    entered_by: Mapped[str] = mapped_column(String(40))

    attempt: Mapped[DeliveryAttempt] = relationship(back_populates="results")
    proof: Mapped[Document | None] = relationship()
