"""Rounds of reappraisal (定期评估审查) with their work list, what was found of each thing, and the secrecy reviews before release."""

import hashlib
import json
from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.catalogue_records import CatalogueEdition
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.people import Organ, User
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.attributes import Attribute, ground_words
from gkapply.law.reappraisal import Outcome, Source, outcomes_for
from gkapply.law.replies import ReplyKind
from gkapply.law.secrecy_results import SecrecyResult
from workflows.reappraisal import ReappraisalState

SHOWN = "released_at IS NOT NULL"
LETS_THROUGH = (SecrecyResult.OPEN, SecrecyResult.SEPARATED)
"""Findings of a secrecy review after which something may turn public."""


class Reappraisal(Base):
    """One round of an organ. Its state is moved by ``flow.fire`` alone."""

    __tablename__ = "reappraisal"
    __table_args__ = (
        Index("ix_reappraisal_organ", "organ_id", "id"),
        # The public page walks this one, the newest first.
        Index("ix_reappraisal_shown", "year", "id", sqlite_where=text(SHOWN), postgresql_where=text(SHOWN)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    state: Mapped[ReappraisalState] = mapped_column(code_column(ReappraisalState), default=ReappraisalState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    year: Mapped[int]
    since: Mapped[date]
    until: Mapped[date]
    """First and last day on which a reply that refused something was given."""
    begun_at: Mapped[datetime] = mapped_column(Instant)
    begun_by: Mapped[int] = mapped_column(ForeignKey("user.id"))
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    submitted_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    return_reason: Mapped[str] = mapped_column(Text, default="")
    """Why it was returned last."""
    confirmed_at: Mapped[datetime | None] = mapped_column(Instant)
    confirmed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when everybody can read it; empty while nobody can."""
    note: Mapped[str] = mapped_column(Text, default="")
    """What is said of it in words on the public page."""

    organ: Mapped[Organ] = relationship()
    beginner: Mapped[User] = relationship(foreign_keys=[begun_by])
    submitter: Mapped[User | None] = relationship(foreign_keys=[submitted_by])
    confirmer: Mapped[User | None] = relationship(foreign_keys=[confirmed_by])
    items: Mapped[list["ReappraisalItem"]] = relationship(
        back_populates="reappraisal", order_by="ReappraisalItem.ordinal"
    )


class ReappraisalItem(Base):
    """One thing that is looked at again. It is decided until the round is confirmed, then it stays."""

    __tablename__ = "reappraisal_item"
    __table_args__ = (
        UniqueConstraint("reappraisal_id", "code"),
        Index("ix_reappraisal_item_code", "organ_id", "code", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    reappraisal_id: Mapped[int] = mapped_column(ForeignKey("reappraisal.id"))
    ordinal: Mapped[int]
    source: Mapped[Source] = mapped_column(code_column(Source))
    code: Mapped[str] = mapped_column(String(80))
    """What it is, so that it is known again in another round: ``item:7``, ``document:3`` …"""
    before: Mapped[Attribute] = mapped_column(code_column(Attribute))
    """How open it was when it was put on the list."""
    was: Mapped[str] = mapped_column(Text, default="[]")
    """JSON list of the grounds (codes of ``REFUSALS``) on which it was withheld."""
    asked: Mapped[int] = mapped_column(default=0)
    """How many applicants were given it, of what is asked for often."""
    case_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    point: Mapped[int | None]
    """Ordinal of the item of that request."""
    document_id: Mapped[int | None] = mapped_column(ForeignKey("official_document.id"), index=True)
    publication_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"))
    """What stands in the reading room."""
    edition_id: Mapped[int | None] = mapped_column(ForeignKey("catalogue_edition.id"))
    outcome: Mapped[str] = mapped_column(String(20), default="")
    """Code of ``law.reappraisal.Outcome``; empty until decided."""
    ground: Mapped[str] = mapped_column(String(40), default="")
    """On which ground it stays withheld."""
    reason: Mapped[str] = mapped_column(Text, default="")
    declassified: Mapped[str] = mapped_column(Text, default="")
    """By what it is no state secret any more (解密依据)."""
    public_title: Mapped[str] = mapped_column(String(200), default="")
    """What the public page calls it."""
    next_review_on: Mapped[date | None]
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    led_to_id: Mapped[int | None] = mapped_column(ForeignKey("publication.id"))
    """The 转主动公开 by which it becomes public."""

    reappraisal: Mapped[Reappraisal] = relationship(back_populates="items")
    case: Mapped[Case | None] = relationship()
    document: Mapped[OfficialDocument | None] = relationship()
    publication: Mapped[Publication | None] = relationship(foreign_keys=[publication_id])
    edition: Mapped[CatalogueEdition | None] = relationship()
    led_to: Mapped[Publication | None] = relationship(foreign_keys=[led_to_id])
    decider: Mapped[User | None] = relationship()
    reviews: Mapped[list["ReappraisalReview"]] = relationship(back_populates="item", order_by="ReappraisalReview.id")

    @property
    def grounds(self) -> Sequence[ReplyKind]:
        """On what it was withheld."""
        return [ReplyKind(code) for code in json.loads(self.was)]

    @property
    def was_words(self) -> str:
        """The grounds on which it was withheld, in words."""
        return "、".join(ground_words(one) for one in self.grounds)

    @property
    def kept_words(self) -> str:
        """The ground on which it stays withheld, in words; empty where it does not."""
        return ground_words(ReplyKind(self.ground)) if self.ground else ""

    @property
    def was_secret(self) -> bool:
        """Whether it was withheld as a state secret."""
        return ReplyKind.REFUSED_STATE_SECRET in self.grounds

    @property
    def found(self) -> Outcome | None:
        """What was found of it."""
        return Outcome(self.outcome) if self.outcome else None

    @property
    def possible(self) -> tuple[Outcome, ...]:
        """What may be found of it."""
        return outcomes_for(self.source, self.before, archivable=self.document_id is not None)

    @property
    def digest(self) -> str:
        """SHA-256 of what a secrecy review is over: what it is, how it is to be called, by what it is no secret."""
        return hashlib.sha256(f"{self.code}\n{self.public_title}\n{self.declassified}".encode()).hexdigest()

    @property
    def review(self) -> "ReappraisalReview | None":
        """The newest secrecy review over what it says now."""
        return next((one for one in reversed(self.reviews) if one.digest == self.digest), None)

    @property
    def is_released(self) -> bool:
        """Whether nothing stands against it: it does not turn public, or a review lets it through."""
        if self.outcome != Outcome.TO_PUBLIC:
            return True
        return self.review is not None and self.review.result in LETS_THROUGH


class ReappraisalReview(Base):
    """A secrecy review (保密审查) of something that is to turn public. Written once; the newest over the same content holds."""

    __tablename__ = "reappraisal_review"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("reappraisal_item.id"), index=True)
    digest: Mapped[str] = mapped_column(String(64))
    result: Mapped[SecrecyResult] = mapped_column(code_column(SecrecyResult))
    basis: Mapped[str] = mapped_column(Text)
    on_: Mapped[date]
    reviewer_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    recorded_at: Mapped[datetime] = mapped_column(Instant)

    item: Mapped[ReappraisalItem] = relationship(back_populates="reviews")
    reviewer: Mapped[User] = relationship()
