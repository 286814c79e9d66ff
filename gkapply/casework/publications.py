"""Proposals to publish what was applied for (依申请转主动公开), with the requests that each rests on."""

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.disclosed import DisclosedItem, DisclosedVersion
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column
from workflows.publication import PublicationState


class Publication(Base):
    """One proposal: what it is about, why it was made, what the head decided, when and where it was published."""

    __tablename__ = "publication"
    __table_args__ = (Index("ix_publication_state", "organ_id", "state", "id"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    """The request that gave rise to it."""
    state: Mapped[PublicationState] = mapped_column(code_column(PublicationState), default=PublicationState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    why: Mapped[str] = mapped_column(String(20))
    """Code of WHY in ``turning_public``."""
    information: Mapped[str] = mapped_column(Text)
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    decided_on: Mapped[date | None]
    decision_reason: Mapped[str] = mapped_column(Text, default="")
    publish_by: Mapped[date | None]
    published_on: Mapped[date | None]
    published_where: Mapped[str] = mapped_column(Text, default="")

    case: Mapped[Case] = relationship()
    requests: Mapped[list["PublicationRequest"]] = relationship(
        back_populates="publication", order_by="PublicationRequest.case_id"
    )
    item: Mapped[DisclosedItem | None] = relationship(back_populates="publication")
    """What of it was prepared for the reading room."""

    @property
    def is_shown(self) -> bool:
        """Whether a version of it stands in the reading room."""
        return self.item is not None and self.item.shown > 0

    @property
    def draft(self) -> DisclosedVersion | None:
        """The version that is being prepared or waits to be shown."""
        return None if self.item is None else self.item.draft

    @property
    def cases(self) -> list[Case]:
        """The requests that it rests on."""
        return [one.case for one in self.requests]


class PublicationRequest(Base):
    """One request for the information that a proposal is about."""

    __tablename__ = "publication_request"

    publication_id: Mapped[int] = mapped_column(ForeignKey("publication.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, index=True)

    publication: Mapped[Publication] = relationship(back_populates="requests")
    case: Mapped[Case] = relationship()


NUMBERED = "information_number <> ''"
Index("ix_case_file_content", Case.organ_id, Case.content_hash)
Index(
    "ix_case_file_information",
    Case.organ_id,
    Case.information_number,
    sqlite_where=text(NUMBERED),
    postgresql_where=text(NUMBERED),
)
"""Whether the same was applied for before is asked when each reply is sent."""
