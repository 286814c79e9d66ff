"""Referrals (转办) of a case to units, and the papers that came back with the answers. The records alone."""

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.unit_records import Unit
from gkapply.database import Base, BigKey, Instant, code_column
from workflows.referral import OPEN, ReferralState

LEAD, JOINT, RECORDS = "lead", "joint", "records"
REFERRAL_KINDS: Mapping[str, str] = {LEAD: "主办", JOINT: "协办", RECORDS: "调取材料"}
WAITS = "state IN ('sent', 'accepted')"


class Referral(Base):
    """One referral of a case to one unit: what is wanted by when, who took it, what came of it."""

    __tablename__ = "referral"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal"),
        # What time looks at, and what lies with whom.
        Index("ix_referral_waits", "organ_id", "due_on", "id", sqlite_where=text(WAITS), postgresql_where=text(WAITS)),
        Index("ix_referral_remind", "remind_on", sqlite_where=text(WAITS), postgresql_where=text(WAITS)),
        Index("ix_referral_unit_id", "unit_id", "due_on", "id"),
        Index("ix_referral_link_hash", "link_hash", unique=True),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ whose case it is."""
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    ordinal: Mapped[int]
    unit_id: Mapped[int] = mapped_column(ForeignKey("unit.id"))
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("referral.id"), index=True)
    """The referral of which this one hands a part on."""
    kind: Mapped[str] = mapped_column(String(20))
    """A code of REFERRAL_KINDS."""
    state: Mapped[ReferralState] = mapped_column(code_column(ReferralState), default=ReferralState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    matter: Mapped[str] = mapped_column(Text)
    shows_applicant: Mapped[bool] = mapped_column(default=False)
    """Whether the unit needs to know who applied; it never sees more than the names."""
    sent_on: Mapped[date]
    sent_at: Mapped[datetime] = mapped_column(Instant)
    sent_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    due_on: Mapped[date]
    """Last day of the part-term (办结时限), inside the reply term."""
    remind_on: Mapped[date]
    """The day on which time next has to tell somebody of it."""
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far has been reminded: a level of ``referral_terms``."""
    urged: Mapped[int] = mapped_column(default=0, server_default="0")
    """How often the office has urged by hand."""
    urged_on: Mapped[date | None]
    taken_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    """Who of the unit took it; None while it lies in the unit's pool, or is answered by link."""
    accepted_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    """The day of the answer, of the return or of the withdrawal."""
    answer: Mapped[str] = mapped_column(Text, default="", server_default="")
    answered_by: Mapped[str] = mapped_column(String(40), default="", server_default="")
    reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Why it was sent back or withdrawn."""
    settled_on: Mapped[date | None]
    """The day on which the office took note of the return."""
    link_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the token of the one-time link, for a unit without accounts; the token itself is stored nowhere."""
    opened_at: Mapped[datetime | None] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="referrals")
    unit: Mapped[Unit] = relationship()
    sender: Mapped[User] = relationship(foreign_keys=[sent_by])
    taker: Mapped[User | None] = relationship(foreign_keys=[taken_by])
    parent: Mapped["Referral | None"] = relationship(remote_side=[id])
    papers: Mapped[list[Document]] = relationship(secondary="referral_paper", order_by="Document.id", viewonly=True)

    @property
    def enclosed(self) -> list[Document]:
        """The files that came with the answer; its words, kept as a paper before them, are shown as they are."""
        return self.papers[1:] if self.answer else list(self.papers)

    @property
    def is_open(self) -> bool:
        """Whether something is still awaited from the unit."""
        return self.state in OPEN

    @property
    def number(self) -> str:
        """How the office calls it: the number of the case, and which of its referrals."""
        return f"{self.case.reference}-转{self.ordinal}"

    def is_late_on(self, today: date) -> bool:
        """Whether it is open and its part-term is over."""
        return self.is_open and self.due_on < today


class ReferralPaper(Base):
    """A paper of the case that came with the answer to a referral."""

    __tablename__ = "referral_paper"

    referral_id: Mapped[int] = mapped_column(ForeignKey("referral.id"), primary_key=True)
    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
