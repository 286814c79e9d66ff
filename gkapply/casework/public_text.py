"""What the search over public entries looks through: one row for each entry, and the grams of every wording."""

from datetime import date, datetime

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant


class PublicText(Base):
    """One entry that anybody may read: of a catalogue, a reply that turned public …

    ``wording`` names its words (area, title, content): entries of several organs in the same words have it in common. Its upper half
    names the subject, which is the same for wordings that differ only in a year, a number or what stands in brackets.
    """

    __tablename__ = "public_text"
    __table_args__ = (
        UniqueConstraint("kind", "uid"),
        Index("ix_public_text_wording", "wording", "id"),
        Index("ix_public_text_organ", "organ_id", "area"),
        Index("ix_public_text_shown_from", "shown_from"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    uid: Mapped[str] = mapped_column(String(64))
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    area: Mapped[str] = mapped_column(String(60))
    title: Mapped[str] = mapped_column(String(300))
    summary: Mapped[str] = mapped_column(Text)
    """What it contains, in the words of the catalogue or of whoever published it."""
    wording: Mapped[int] = mapped_column(BigInteger)
    shown_from: Mapped[datetime] = mapped_column(Instant)
    taken: Mapped[int] = mapped_column(BigInteger, default=0)
    """How often it was opened. Counted without looking at who opened it."""
    taken_on: Mapped[date | None]
    taken_that_day: Mapped[int] = mapped_column(Integer, default=0)


class PublicGram(Base):
    """Which wordings hold a gram, and in what place. Made from ``PublicText`` alone, and can be made from it again."""

    __tablename__ = "public_gram"
    __table_args__ = (Index("ix_public_gram_wording", "wording"), {"sqlite_with_rowid": False})

    gram: Mapped[str] = mapped_column(String(16), primary_key=True)
    wording: Mapped[int] = mapped_column(BigInteger, primary_key=True)
    weight: Mapped[int] = mapped_column(Integer, primary_key=True)
    """What its place is worth: title, area or content. In the key, so that a search reads the index and nothing else."""


SUBJECT_BITS = 32


def subject_of(wording: int) -> int:
    """What a wording is about: its upper half."""
    return wording >> SUBJECT_BITS
