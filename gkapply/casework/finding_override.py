"""Overrides of what the letter check found (体检错误的放行): asked for with a reason, confirmed by a second person.

The record alone. It only grows, and holds for one sentence of one text: another snapshot needs another override.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.papers import Letter
from gkapply.casework.people import User
from gkapply.database import Base, BigKey, Instant

ASKED, CONFIRMED = "ask_override", "confirm_override"
LABELS: Mapping[str, str] = {ASKED: "说明放行体检错误的理由", CONFIRMED: "确认放行体检错误"}
"""What the deeds are called on the pages and in the approval record."""


class FindingOverride(Base):
    """One deed on one finding: asked for (with the reason) or confirmed. Written once."""

    __tablename__ = "finding_override"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    deed: Mapped[str] = mapped_column(String(20))
    point: Mapped[str] = mapped_column(String(20))
    sentence_hash: Mapped[str] = mapped_column(String(64))
    """SHA-256 of point, sentence and problem: which finding it is."""
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    letter: Mapped[Letter] = relationship()
    user: Mapped[User] = relationship()
