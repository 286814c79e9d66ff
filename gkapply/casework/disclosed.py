"""What stands in the reading room (公开阅览), its versions and files, and what was decided about traces of persons in them.

A version is cleaned by one person and checked by another; what is shown is never changed, a correction is a new version.
"""

import json
from datetime import date, datetime
from typing import TYPE_CHECKING

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant

if TYPE_CHECKING:
    from gkapply.casework.publications import Publication

SHOWN = "shown > 0"


class DisclosedItem(Base):
    """One reply in the reading room (公开件), known to the public by a number of its own, never by that of a request."""

    __tablename__ = "disclosed_item"
    __table_args__ = (
        # The public list walks these.
        Index("ix_disclosed_item_shown", "shown_since", "id", sqlite_where=text(SHOWN), postgresql_where=text(SHOWN)),
        Index(
            "ix_disclosed_item_organ",
            "organ_id",
            "shown_since",
            "id",
            sqlite_where=text(SHOWN),
            postgresql_where=text(SHOWN),
        ),
        Index(
            "ix_disclosed_item_area",
            "area",
            "shown_since",
            "id",
            sqlite_where=text(SHOWN),
            postgresql_where=text(SHOWN),
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), unique=True)
    number: Mapped[str | None] = mapped_column(String(50), unique=True)
    """公开件编号, given when it is first shown."""
    shown: Mapped[int] = mapped_column(default=0)
    """Ordinal of the version that everybody can read; 0: none."""
    shown_since: Mapped[datetime | None] = mapped_column(Instant)
    """When it was first shown."""
    area: Mapped[str] = mapped_column(String(60), default="")
    """Area of the version that is shown."""

    publication: Mapped["Publication"] = relationship(back_populates="item")
    organ: Mapped[Organ] = relationship()
    versions: Mapped[list["DisclosedVersion"]] = relationship(
        back_populates="item", order_by="DisclosedVersion.ordinal"
    )
    history: Mapped[list["DisclosedEvent"]] = relationship(back_populates="item", order_by="DisclosedEvent.id")

    @property
    def shown_version(self) -> "DisclosedVersion | None":
        """The version that everybody can read."""
        return next((one for one in self.versions if one.ordinal == self.shown), None)

    @property
    def draft(self) -> "DisclosedVersion | None":
        """The version that has not been shown yet."""
        return next((one for one in self.versions if one.shown_at is None), None)


class DisclosedVersion(Base):
    """One text with its files. Written until it is handed over for the check, then fixed by its digest."""

    __tablename__ = "disclosed_version"
    __table_args__ = (UniqueConstraint("item_id", "ordinal"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("disclosed_item.id"))
    ordinal: Mapped[int]
    title: Mapped[str] = mapped_column(String(200))
    area: Mapped[str] = mapped_column(String(60))
    replied_on: Mapped[date | None]
    text: Mapped[str] = mapped_column(Text)
    change: Mapped[str] = mapped_column(Text, default="")
    """What this version corrects, for everybody to read; empty in the first."""
    writers: Mapped[str] = mapped_column(Text, default="[]")
    """Users who wrote it or handed it over: canonical JSON."""
    checked_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    checked_at: Mapped[datetime | None] = mapped_column(Instant)
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of what was checked."""
    shown_at: Mapped[datetime | None] = mapped_column(Instant)

    item: Mapped[DisclosedItem] = relationship(back_populates="versions")
    files: Mapped[list["DisclosedFile"]] = relationship(
        back_populates="version", order_by="DisclosedFile.id", cascade="all, delete-orphan"
    )
    excuses: Mapped[list["TraceExcuse"]] = relationship(back_populates="version", order_by="TraceExcuse.id")
    checker: Mapped[User | None] = relationship()

    @property
    def authors(self) -> frozenset[int]:
        """Everybody who wrote it or handed it over: none of them checks it."""
        return frozenset(json.loads(self.writers))

    def add_writer(self, user_id: int | None) -> None:
        """Another hand was on it."""
        if user_id is not None:
            self.writers = json.dumps(sorted({*self.authors, user_id}))


class DisclosedFile(Base):
    """A file of a version: a cleaned one that was uploaded, or a paper of the file as it was given out."""

    __tablename__ = "disclosed_file"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("disclosed_version.id"), index=True)
    name: Mapped[str] = mapped_column(String(200))
    media_type: Mapped[str] = mapped_column(String(100))
    size: Mapped[int]
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    looked_at_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who confirmed to have looked at what no program can read in it."""

    version: Mapped[DisclosedVersion] = relationship(back_populates="files")


class TraceExcuse(Base):
    """Why something found in a version is no personal data (不是个人信息). The value is kept as a keyed digest only."""

    __tablename__ = "trace_excuse"
    __table_args__ = (UniqueConstraint("version_id", "digest"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    version_id: Mapped[int] = mapped_column(ForeignKey("disclosed_version.id"))
    digest: Mapped[str] = mapped_column(String(64))
    kind: Mapped[str] = mapped_column(String(20))
    reason: Mapped[str] = mapped_column(Text)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)

    version: Mapped[DisclosedVersion] = relationship(back_populates="excuses")
    user: Mapped[User] = relationship()


class DisclosedEvent(Base):
    """That a version was shown, returned or taken down, by whom and why. Written once."""

    __tablename__ = "disclosed_history"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("disclosed_item.id"), index=True)
    version: Mapped[int]
    """Ordinal of the version."""
    deed: Mapped[str] = mapped_column(String(20))
    """The trigger of the step."""
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    item: Mapped[DisclosedItem] = relationship(back_populates="history")
    user: Mapped[User] = relationship()
