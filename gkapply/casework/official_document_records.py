"""The register of attributes of official documents (公文公开属性登记): what each document is, how open, why, when looked at again."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.attributes import Attribute, ground_words
from gkapply.law.replies import ReplyKind

STANDING = "ended_how = ''"


class OfficialDocument(Base):
    """One document of the organ. Of what is itself secret nothing stands here, not even the title (《保守国家秘密法》第三十一条)."""

    __tablename__ = "official_document"
    __table_args__ = (
        UniqueConstraint("organ_id", "known_by"),
        Index("ix_official_document_organ", "organ_id", "id"),
        Index(
            "ix_official_document_review",
            "organ_id",
            "next_review_on",
            "id",
            sqlite_where=text(STANDING),
            postgresql_where=text(STANDING),
        ),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    known_by: Mapped[str] = mapped_column(String(64))
    """SHA-256 of what tells it from other documents of the organ (``official_documents.known_by``)."""
    title: Mapped[str] = mapped_column(Text)
    number: Mapped[str] = mapped_column(String(100), default="")
    """文号; empty for a document without one."""
    formed_on: Mapped[date | None]
    attribute: Mapped[Attribute] = mapped_column(code_column(Attribute))
    ground: Mapped[str] = mapped_column(String(40), default="")
    """Code of the refusal that it rests on (``REFUSALS``), for what is not published."""
    reason: Mapped[str] = mapped_column(Text, default="")
    next_review_on: Mapped[date | None]
    """When it is to be reappraised (条例第十八条)."""
    keeper: Mapped[str] = mapped_column(String(100), default="")
    """The unit that drafted or keeps it."""
    normative: Mapped[bool] = mapped_column(default=False)
    """行政规范性文件."""
    ends_on: Mapped[date | None]
    """Last day on which it is in force, where it says so."""
    published_where: Mapped[str] = mapped_column(Text, default="")
    published_on: Mapped[date | None]
    publish_by: Mapped[date | None]
    """Last day for publishing what was turned public (条例第二十六条); empty otherwise."""
    ended_how: Mapped[str] = mapped_column(String(20), default="")
    """Why it is no longer looked at: a code of ``official_documents.ENDINGS``; empty while it stands."""
    ended_on: Mapped[date | None]
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    version: Mapped[int] = mapped_column(default=0)
    registered_at: Mapped[datetime] = mapped_column(Instant)
    registered_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    changed_at: Mapped[datetime] = mapped_column(Instant)

    organ: Mapped[Organ] = relationship()
    registrar: Mapped[User] = relationship()

    @property
    def ground_words(self) -> str:
        """On what it rests that it is not published; empty where nothing is needed."""
        return ground_words(ReplyKind(self.ground)) if self.ground else ""

    @property
    def called(self) -> str:
        """Title and 文号 as a letter names a document."""
        return f"《{self.title.strip('《》')}》（{self.number}）" if self.number else f"《{self.title.strip('《》')}》"
