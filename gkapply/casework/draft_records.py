"""Drafts of applications (申请草稿): what a citizen has filled in so far and not sent, sealed, until it is sent or its days are over."""

from datetime import datetime

from sqlalchemy import ForeignKey, LargeBinary, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.database import Base, BigKey, Instant


class Draft(Base):
    """One draft. Whoever holds its token may read it; the database knows the token's hash alone."""

    __tablename__ = "application_draft"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    token_hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """The pages as they were typed, as JSON, sealed for ``draft.sealed.<uid>``."""
    started_at: Mapped[datetime] = mapped_column(Instant)
    saved_at: Mapped[datetime] = mapped_column(Instant)
    expires_at: Mapped[datetime] = mapped_column(Instant, index=True)

    files: Mapped[list["DraftFile"]] = relationship(
        back_populates="draft", order_by="DraftFile.id", cascade="all, delete-orphan"
    )


class DraftFile(Base):
    """A whole, examined file that goes with the draft; its bytes lie in the content store."""

    __tablename__ = "draft_file"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("application_draft.id"), index=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    role: Mapped[str] = mapped_column(String(20))
    """What it is handed in for: a code of ``application.PAPERS``."""
    sealed_name: Mapped[bytes] = mapped_column(LargeBinary)
    """The name that it came with, sealed for ``draft_file.name.<uid>``: people put their names into names of files."""
    size: Mapped[int] = mapped_column(BigKey)
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    added_at: Mapped[datetime] = mapped_column(Instant)

    draft: Mapped[Draft] = relationship(back_populates="files")
