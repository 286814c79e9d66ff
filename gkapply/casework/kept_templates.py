"""Templates that an office made its own (本机关模板): the record alone, which many read without making a letter."""

from datetime import date, datetime
from enum import StrEnum

from sqlalchemy import ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.people import Organ, User
from gkapply.database import Base, BigKey, Instant


class TemplateState(StrEnum):
    """How a version stands, by what has happened to it."""

    label: str

    # The default: to a type checker, looking a state up by its code is this call with the code alone.
    def __new__(cls, value: str, label: str = "") -> "TemplateState":
        """A member is its code; ``label`` is what users read."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    DRAFT = "draft", "待发布"
    RELEASED = "released", "已发布"
    WITHDRAWN = "withdrawn", "已撤回"


class OfficeTemplate(Base):
    """One version of an organ's own template of a kind of letter. Its file is never replaced: a change is a new version."""

    __tablename__ = "office_template"
    __table_args__ = (UniqueConstraint("organ_id", "kind", "version"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    kind: Mapped[str] = mapped_column(String(30))
    version: Mapped[int]
    """1 for the first upload of the kind, and so on."""
    sha256: Mapped[str] = mapped_column(String(64), index=True)
    note: Mapped[str] = mapped_column(Text)
    """What was changed and why."""
    for_subtree: Mapped[bool]
    """Whether the organs below that have none of their own use it too."""
    uploaded_at: Mapped[datetime] = mapped_column(Instant)
    uploaded_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    released_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    valid_from: Mapped[date | None]
    valid_to: Mapped[date | None]
    withdrawn_at: Mapped[datetime | None] = mapped_column(Instant)
    withdrawn_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    withdraw_reason: Mapped[str] = mapped_column(Text, default="")

    organ: Mapped[Organ] = relationship()
    uploader: Mapped[User] = relationship(foreign_keys=[uploaded_by])
    releaser: Mapped[User | None] = relationship(foreign_keys=[released_by])
    withdrawer: Mapped[User | None] = relationship(foreign_keys=[withdrawn_by])

    @property
    def state(self) -> TemplateState:
        """How it stands."""
        if self.withdrawn_at is not None:
            return TemplateState.WITHDRAWN
        return TemplateState.RELEASED if self.released_at is not None else TemplateState.DRAFT
