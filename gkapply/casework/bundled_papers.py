"""Bundles (卷宗) that were ordered, the papers in each, and the PDF that a paper was once turned into."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.disputed import Dispute
from gkapply.database import Base, BigKey, Instant


class Bundle(Base):
    """One volume of a file for a dispute: what goes inside is fixed when it is ordered, its file is made afterwards."""

    __tablename__ = "bundle"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    dispute_id: Mapped[int] = mapped_column(ForeignKey("dispute.id"), index=True)
    reader: Mapped[str] = mapped_column(String(20))
    """authority: the whole file; applicant: without what names third persons."""
    until: Mapped[date]
    """Nothing later than this day is inside."""
    ordered_at: Mapped[datetime] = mapped_column(Instant)
    ordered_by: Mapped[str] = mapped_column(String(40))
    built_at: Mapped[datetime | None] = mapped_column(Instant)
    file_sha: Mapped[str] = mapped_column(String(64), default="")
    pages: Mapped[int] = mapped_column(default=0)

    dispute: Mapped[Dispute] = relationship(back_populates="bundles")
    parts: Mapped[list["BundlePart"]] = relationship(back_populates="bundle", order_by="BundlePart.ordinal")


class BundlePart(Base):
    """One paper of a bundle, or one that was left out, with the reason."""

    __tablename__ = "bundle_part"
    __table_args__ = (UniqueConstraint("bundle_id", "ordinal"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    bundle_id: Mapped[int] = mapped_column(ForeignKey("bundle.id"))
    ordinal: Mapped[int]
    section: Mapped[int]
    title: Mapped[str] = mapped_column(Text)
    on_: Mapped[date | None]
    media_type: Mapped[str] = mapped_column(String(100))
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    left_out: Mapped[str] = mapped_column(Text, default="")
    """Why the paper is not inside; empty for one that is."""
    pdf_sha: Mapped[str | None] = mapped_column(String(64), index=True)
    """Its pages as bound: None until looked at, empty where a cover sheet stands for it."""

    bundle: Mapped[Bundle] = relationship(back_populates="parts")


class CleanedCopy(Base):
    """Of which paper or letter a paper of the file is the cleaned copy (遮盖件)."""

    __tablename__ = "cleaned_copy"

    document_id: Mapped[int] = mapped_column(ForeignKey("document.id"), primary_key=True, autoincrement=False)
    original_sha: Mapped[str] = mapped_column(String(64), index=True)


class Rendition(Base):
    """The PDF that a paper was turned into, once for all: a second conversion would give other bytes."""

    __tablename__ = "rendition"

    source_sha: Mapped[str] = mapped_column(String(64), primary_key=True)
    pdf_sha: Mapped[str] = mapped_column(String(64), index=True)
    made_at: Mapped[datetime] = mapped_column(Instant)
