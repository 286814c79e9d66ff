"""Disputes about a request (复议、诉讼、投诉举报) with every decision on them, as the register keeps them."""

from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.annual_report import DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from workflows.dispute import DisputeState

if TYPE_CHECKING:
    from gkapply.casework.bundled_papers import Bundle
    from gkapply.casework.papers import Letter

NOT_CLOSED = "closed_on IS NULL"


class Dispute(Base):
    """One dispute: who hears it, when it was filed, where it stands. Its terms are derived, never stored."""

    __tablename__ = "dispute"
    __table_args__ = (
        Index(
            "ix_dispute_open",
            "organ_id",
            "id",
            sqlite_where=text(NOT_CLOSED),
            postgresql_where=text(NOT_CLOSED),
        ),
        Index("ix_dispute_filed", "organ_id", "filed_on"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    kind: Mapped[DisputeKind] = mapped_column(code_column(DisputeKind))
    state: Mapped[DisputeState] = mapped_column(code_column(DisputeState), default=DisputeState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    authority: Mapped[str] = mapped_column(String(200))
    """复议机关, court or the authority that took the complaint."""
    number: Mapped[str] = mapped_column(String(100), default="")
    """案号, as the authority gave it."""
    filed_on: Mapped[date]
    """申请或者起诉之日: what came into the file later is no evidence (《行政复议法》第四十六条, 《行政诉讼法》第三十五条)."""
    copy_received_on: Mapped[date | None]
    """Day on which the organ got the copy: the term for answering runs from there."""
    simple: Mapped[bool] = mapped_column(default=False)
    """The review goes by the simple procedure."""
    instance: Mapped[int] = mapped_column(default=1)
    answered_on: Mapped[date | None]
    appealed_on: Mapped[date | None]
    appealed_by: Mapped[str] = mapped_column(String(20), default="")
    """applicant or organ."""
    redo_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"))
    """The case in which the reply is given anew."""
    registered_at: Mapped[datetime] = mapped_column(Instant)
    closed_on: Mapped[date | None]

    case: Mapped[Case] = relationship(back_populates="disputes", foreign_keys=[case_id])
    redo: Mapped[Case | None] = relationship(foreign_keys=[redo_id], backref="redo_orders")
    decisions: Mapped[list["DisputeDecision"]] = relationship(back_populates="dispute", order_by="DisputeDecision.id")
    documents: Mapped[list[Document]] = relationship(order_by=Document.id)
    bundles: Mapped[list["Bundle"]] = relationship(back_populates="dispute", order_by="Bundle.id")
    letters: Mapped[list["Letter"]] = relationship(back_populates="dispute", order_by="Letter.id")

    @property
    def decision(self) -> "DisputeDecision | None":
        """The latest decision, of whichever instance."""
        return self.decisions[-1] if self.decisions else None

    @property
    def orders_redo(self) -> bool:
        """Whether the decision that stands orders the organ to answer anew."""
        decision = self.decision
        return decision is not None and decision.orders_redo and self.state is not DisputeState.APPEALED


class DisputeDecision(Base):
    """What one instance decided. Written once; a second instance writes its own."""

    __tablename__ = "dispute_decision"
    __table_args__ = (Index("ix_dispute_decision_decided", "organ_id", "decided_on"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    instance: Mapped[int]
    result: Mapped[str] = mapped_column(String(20))
    """Code of ``DisputeResult``, of ``ComplaintResult`` for a complaint."""
    decided_on: Mapped[date]
    received_on: Mapped[date]
    """Day on which the organ got the decision: terms to go on run from there."""
    ruling: Mapped[bool] = mapped_column(default=False)
    """A ruling (裁定), whose appeal term is shorter."""
    procedure_only: Mapped[bool] = mapped_column(default=False)
    """Annulled for procedure only: the same result may be given again (《行政复议法》第六十四条第二款)."""
    orders_redo: Mapped[bool] = mapped_column(default=False)
    redo_by: Mapped[date | None]
    """The day that the decision itself sets for the new reply."""
    summary: Mapped[str] = mapped_column(Text, default="")
    recorded_at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))

    dispute: Mapped[Dispute] = relationship(back_populates="decisions")

    @property
    def annuls(self) -> bool:
        """Whether the reply was corrected: annulled, found unlawful, or to be given anew."""
        return self.result == DisputeResult.CORRECTED
