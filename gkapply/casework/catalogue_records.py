"""The catalogue of disclosure items (政务公开事项标准目录): editions of an organ's area, each kept whole, and their entries."""

from datetime import datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant

COLUMNS = (
    "heading",
    "name",
    "content",
    "basis",
    "term",
    "subject",
    "channel",
    "audience",
    "way",
    "level",
    "address",
)
"""The columns of an entry besides its area and organ, in the order of the standard catalogue."""


PUBLIC_KIND = "catalogue"
"""Under which the search over what is public knows entries."""


class EditionState(StrEnum):
    """How an edition stands, by what has happened to it."""

    label: str

    # The default: to a type checker, looking a state up by its code is this call with the code alone.
    def __new__(cls, value: str, label: str = "") -> "EditionState":
        """A member is its code; ``label`` is what users read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    DRAFT = "draft", "编制中"
    SUBMITTED = "submitted", "待核对发布"
    RETURNED = "returned", "已退回"
    DROPPED = "dropped", "已放弃"
    PUBLISHED = "published", "现行"
    REPLACED = "replaced", "已被新版取代"


DECISIONS = (EditionState.PUBLISHED, EditionState.RETURNED, EditionState.DROPPED)


class CatalogueEdition(Base):
    """One edition of the catalogue of an organ in one area. What was submitted is never changed, what was published never removed."""

    __tablename__ = "catalogue_edition"
    __table_args__ = (
        UniqueConstraint("organ_id", "area", "version"),
        Index(
            "ix_catalogue_edition_current",
            "area",
            "organ_id",
            unique=True,
            sqlite_where=text("decision = 'published' AND replaced_at IS NULL"),
            postgresql_where=text("decision = 'published' AND replaced_at IS NULL"),
        ),
        Index("ix_catalogue_edition_made_in", "made_in_id", "id"),
        Index("ix_catalogue_edition_checker", "checker_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """Whose items they are."""
    area: Mapped[str] = mapped_column(String(60))
    made_in_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    """The organ that compiles it: the same, or one above that keeps it for the organ."""
    based_on: Mapped[int] = mapped_column(default=0)
    """Version of the published edition that it starts from; 0: none."""
    version: Mapped[int | None]
    """1 for the first published edition of the organ's area, and so on."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What was changed and why, for the public change list (更新记录)."""
    size: Mapped[int] = mapped_column(default=0)
    """How many entries it has."""
    file_sha: Mapped[str] = mapped_column(String(64), default="", index=True)
    """The file that it was imported from, kept; empty for one entered by hand."""
    begun_at: Mapped[datetime] = mapped_column(Instant)
    begun_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    checker_id: Mapped[int | None] = mapped_column(ForeignKey("organ.id"))
    """The organ whose head decides; fixed at the submission."""
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decision: Mapped[str] = mapped_column(String(20), default="")
    """One of DECISIONS; empty while none was taken."""
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was returned."""
    replaced_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the next edition was published."""

    organ: Mapped[Organ] = relationship(foreign_keys=[organ_id])
    made_in: Mapped[Organ] = relationship(foreign_keys=[made_in_id])
    checker: Mapped[Organ | None] = relationship(foreign_keys=[checker_id])
    beginner: Mapped[User] = relationship(foreign_keys=[begun_by])
    submitter: Mapped[User | None] = relationship(foreign_keys=[submitted_by])
    decider: Mapped[User | None] = relationship(foreign_keys=[decided_by])
    entries: Mapped[list["CatalogueEntry"]] = relationship(
        back_populates="edition", order_by="CatalogueEntry.ordinal", cascade="all, delete-orphan"
    )

    @property
    def state(self) -> EditionState:
        """How it stands."""
        if self.decision:
            return EditionState.REPLACED if self.replaced_at is not None else EditionState(self.decision)
        return EditionState.DRAFT if self.submitted_at is None else EditionState.SUBMITTED


class CatalogueEntry(Base):
    """One item (公开事项) of an edition, with the columns of the standard catalogue."""

    __tablename__ = "catalogue_entry"
    __table_args__ = (UniqueConstraint("edition_id", "uid"), Index("ix_catalogue_entry_uid", "uid"))

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    edition_id: Mapped[int] = mapped_column(ForeignKey("catalogue_edition.id"))
    uid: Mapped[str] = mapped_column(String(32))
    """The same through all editions."""
    ordinal: Mapped[int]
    heading: Mapped[str] = mapped_column(String(200))
    """一级事项."""
    name: Mapped[str] = mapped_column(String(200))
    """事项名称（二级事项）."""
    content: Mapped[str] = mapped_column(Text)
    """公开内容（要素）."""
    basis: Mapped[str] = mapped_column(Text)
    """公开依据."""
    term: Mapped[str] = mapped_column(String(300))
    """公开时限."""
    subject: Mapped[str] = mapped_column(String(200))
    """公开主体."""
    channel: Mapped[str] = mapped_column(Text)
    """公开渠道和载体."""
    audience: Mapped[str] = mapped_column(String(100))
    """公开对象: 全社会, or 特定群体 and which."""
    way: Mapped[str] = mapped_column(String(20))
    """公开方式: 主动, 依申请 or both."""
    level: Mapped[str] = mapped_column(String(40))
    """公开层级: 县级, 乡级 …, joined by 、."""
    address: Mapped[str] = mapped_column(String(500), default="")
    """Where it is published; empty: not stated."""

    edition: Mapped[CatalogueEdition] = relationship(back_populates="entries")

    def values(self) -> dict[str, str]:
        """What stands in its columns."""
        return {name: getattr(self, name) for name in COLUMNS}
