"""Secrecy reviews (保密审查) of what a reply gives out, one by one. The record alone; it only grows.

A review is over the content that was seen: another file, or an item decided otherwise, is not reviewed.
"""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.letters.notation import chinese_date


class SecrecyReview(Base):
    """What one person found of one paper or one item. Written once; the newest over the same content holds."""

    __tablename__ = "secrecy_review"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    document_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))
    """The paper; empty where an item was reviewed."""
    item: Mapped[int | None]
    """Ordinal of the item; empty where a paper was reviewed."""
    sha256: Mapped[str] = mapped_column(String(64))
    """Of the file, or of what the item gives (``releasing.content_of``)."""
    result: Mapped[SecrecyResult] = mapped_column(code_column(SecrecyResult))
    basis: Mapped[str] = mapped_column(Text)
    on_: Mapped[date]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    case: Mapped[Case] = relationship(back_populates="secrecy_reviews")
    document: Mapped[Document | None] = relationship()
    reviewer: Mapped[User] = relationship()

    @property
    def about(self) -> str:
        """What was reviewed: the item, or the paper by its name."""
        return f"第{self.item}项" if self.document is None else f"附件「{self.document.name}」"

    @property
    def words(self) -> str:
        """The record in one line."""
        return (
            f"{self.about}（SHA-256 {self.sha256}）：{self.result.label}。{self.basis}。"
            f"审查人{self.reviewer.name}，{chinese_date(self.on_)}"
        )
