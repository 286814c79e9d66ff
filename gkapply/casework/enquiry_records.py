"""Consultations of citizens (咨询) and where they were handed on to. The records alone.

Not to be mixed up with the reply kind ENQUIRY (咨询答复): that answers a request which turned out to ask for no information.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.enquiry_outcomes import Outcome
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column

OPEN = "ended_at IS NULL"
LONGEST_SUBJECT = 60


class Enquiry(Base):
    """One question of a citizen, who names no identity. It is no request: no statutory term runs."""

    __tablename__ = "enquiry"
    __table_args__ = (
        Index("ix_enquiry_open", "organ_id", "due_on", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_enquiry_remind", "remind_on", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index("ix_enquiry_organ_id", "organ_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ that has it now; only there it is seen."""
    reference: Mapped[str] = mapped_column(String(42), unique=True)
    """Code of the organ asked first, year and number (AYX-2026-Z0001); it stays when the question is handed on."""
    channel: Mapped[str] = mapped_column(String(20))
    submission_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    subject: Mapped[str] = mapped_column(String(LONGEST_SUBJECT))
    text: Mapped[str] = mapped_column(Text)
    """The question as it was written, or as the registrar wrote it down."""
    sealed: Mapped[bytes | None] = mapped_column(LargeBinary)
    """The mail address or mobile number that was left, sealed for ``enquiry.sealed.<uid>``."""
    asked_at: Mapped[datetime] = mapped_column(Instant)
    asked_on: Mapped[date]
    due_on: Mapped[date]
    """Last day of the office's own term (内部期限); handing on does not move it."""
    remind_on: Mapped[date]
    """The working day before."""
    told: Mapped[int] = mapped_column(default=0, server_default="0")
    """How far its organ has been reminded: ``enquiry_terms.SOON``, ``OVER``; 0: not yet."""
    outcome: Mapped[Outcome | None] = mapped_column(code_column(Outcome))
    answer: Mapped[str] = mapped_column(Text, default="")
    signed_as: Mapped[str] = mapped_column(String(120), default="")
    """The disclosure office's name under the answer."""
    answered_at: Mapped[datetime | None] = mapped_column(Instant)
    answered_by: Mapped[str] = mapped_column(String(40), default="")
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    request_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    """Token of the request that the citizen's draft would become (``drafts.submission_token``)."""
    request_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    """The request that it became."""

    organ: Mapped[Organ] = relationship()
    request: Mapped[Case | None] = relationship()
    moves: Mapped[list["EnquiryMove"]] = relationship(back_populates="enquiry", order_by="EnquiryMove.id")


class EnquiryMove(Base):
    """One handing on to another organ: from where, where to, why. The citizen sees it."""

    __tablename__ = "enquiry_move"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    enquiry_id: Mapped[int] = mapped_column(ForeignKey("enquiry.id"), index=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ that handed it on."""
    to_organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))

    enquiry: Mapped[Enquiry] = relationship(back_populates="moves")
    organ: Mapped[Organ] = relationship(foreign_keys=[organ_id])
    to_organ: Mapped[Organ] = relationship(foreign_keys=[to_organ_id])
