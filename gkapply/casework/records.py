"""The request and what hangs on it: applicant, items, dated facts, notes and papers."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import TYPE_CHECKING, cast

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.branches import Branches
from gkapply.casework.calendars import calendar_of
from gkapply.casework.case_text import Searched, unsearched_index
from gkapply.casework.cooperating import Cooperating
from gkapply.casework.deliberating import Deliberating
from gkapply.casework.demanded import Demanded, to_read_index
from gkapply.casework.entries import Document, Fact, Note
from gkapply.casework.following import Following
from gkapply.casework.ledger import law_facts
from gkapply.casework.likened import UNREAD, Likened
from gkapply.casework.people import Organ, SigningName, User
from gkapply.casework.releasing import Releasing
from gkapply.casework.reported import Reported, report_indexes
from gkapply.casework.taken_over import TakenOver
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.case_kinds import CaseKind
from gkapply.law.clocks import Running, reckon
from gkapply.law.facts import Fact as LawFact
from gkapply.law.settings import ClockSettings, OfficeSettings
from gkapply.law.workdays import Calendar
from workflows.application import CaseState

if TYPE_CHECKING:
    from gkapply.casework.disputed import Dispute
    from gkapply.casework.fee_register import Fee
    from gkapply.casework.papers import Consultation, Letter
    from gkapply.casework.reviewed import SecrecyReview

OPEN = "ended_on IS NULL"
ON_THE_DESK = "archived_on IS NULL"
LOOK_AT_ONCE = date(2000, 1, 1)
"""``Case.look_on`` of a case whose clocks have changed since time last looked: the next sweep takes it."""
VOID_NOTE = "void_proposed"
"""Kind of the note that keeps a proposal of 未成立 and who made it."""


class Case(
    Branches, Releasing, Following, Cooperating, Searched, Likened, Deliberating, TakenOver, Reported, Demanded, Base
):
    """A request (申请) as the law sees it. Its state is moved by ``flow.fire`` alone; ``due_on`` is a cache of its facts."""

    __tablename__ = "case_file"
    __table_args__ = (
        UniqueConstraint("organ_id", "number"),
        Index("ix_case_file_due", "due_on", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        Index(
            "ix_case_file_desk",
            "organ_id",
            "state",
            "due_on",
            "id",
            sqlite_where=text(ON_THE_DESK),
            postgresql_where=text(ON_THE_DESK),
        ),
        # The desk walks this one by urgency.
        Index(
            "ix_case_file_urgency",
            "organ_id",
            "due_on",
            "id",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
        Index("ix_case_file_look", "look_on", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        # A run over an organ's open cases walks this one, whatever it does to their due days meanwhile.
        Index("ix_case_file_open", "organ_id", "id", sqlite_where=text(OPEN), postgresql_where=text(OPEN)),
        unsearched_index(),
        to_read_index(),
        Index("ix_case_file_unread", "id", sqlite_where=text(UNREAD), postgresql_where=text(UNREAD)),
        # The register walks this one, the newest first.
        Index("ix_case_file_entered", "organ_id", "entered_at", "id"),
        *report_indexes(),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    number: Mapped[str] = mapped_column(String(20))
    """YYYY-NNNN, gap-free per organ and year of entry."""
    reference: Mapped[str] = mapped_column(String(42), unique=True)
    """Organ code and number, the name by which everybody outside the organ knows the request."""
    kind: Mapped[CaseKind] = mapped_column(
        code_column(CaseKind), default=CaseKind.APPLICATION, server_default=CaseKind.APPLICATION.value
    )
    origin_id: Mapped[int | None] = mapped_column(ForeignKey("case_file.id"), index=True)
    """The case that this one comes from: the request it was split off, or the one that is to be answered anew."""
    state: Mapped[CaseState] = mapped_column(code_column(CaseState), default=CaseState.NEW)
    version: Mapped[int] = mapped_column(default=0)

    channel: Mapped[str] = mapped_column(String(20))
    submission_token: Mapped[str | None] = mapped_column(String(64), unique=True)
    content_hash: Mapped[str] = mapped_column(String(64))
    query_code_generation: Mapped[int] = mapped_column(default=1)
    entered_at: Mapped[datetime] = mapped_column(Instant)
    submitted_at: Mapped[datetime | None] = mapped_column(Instant)
    received_on: Mapped[date | None]
    """收到申请之日: the first one, which the annual report counts."""
    late_reason: Mapped[str] = mapped_column(Text, default="")
    """Reason of a late registration (补登); empty otherwise."""

    description: Mapped[str] = mapped_column(Text)
    """What is applied for, literally as written by the applicant."""
    information_name: Mapped[str] = mapped_column(String(200), default="")
    information_number: Mapped[str] = mapped_column(String(100), default="")
    carrier: Mapped[str] = mapped_column(String(20))
    way: Mapped[str] = mapped_column(String(20))
    accepts_other_form: Mapped[bool] = mapped_column(default=False)
    assistance: Mapped[str] = mapped_column(String(200), default="")
    suggests_disclosure: Mapped[str] = mapped_column(Text, default="")

    clock_from: Mapped[date | None]
    due_on: Mapped[date | None]
    due_provisional: Mapped[bool] = mapped_column(default=False)
    stopped_since: Mapped[date | None]
    replied_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    ended_on: Mapped[date | None]
    archived_on: Mapped[date | None]

    first_seen_at: Mapped[datetime | None] = mapped_column(Instant)
    """When a registrar first opened what came in."""
    lapse_proposed_on: Mapped[date | None]
    """Day on which time proposed to treat the request as given up (视为放弃); a person decides."""
    lapse_waits_until: Mapped[date | None]
    """The head let the applicant have time until then before the proposal is decided."""
    look_on: Mapped[date] = mapped_column(default=LOOK_AT_ONCE, server_default=LOOK_AT_ONCE.isoformat())
    """The next day on which time may have something to do here (a reminder, a proposal): the sweep walks it by index."""

    officer_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    signing_name_id: Mapped[int | None] = mapped_column(ForeignKey("signing_name.id"))
    void_reason: Mapped[str] = mapped_column(Text, default="")
    report_row: Mapped[str | None] = mapped_column(String(8))
    report_reason: Mapped[str] = mapped_column(Text, default="")
    retention: Mapped[str] = mapped_column(String(10), default="")

    organ: Mapped[Organ] = relationship()
    origin: Mapped["Case | None"] = relationship(remote_side=[id], back_populates="offspring")
    offspring: Mapped[list["Case"]] = relationship(back_populates="origin", order_by="Case.id")
    officer: Mapped[User | None] = relationship()
    signing_name: Mapped[SigningName | None] = relationship()
    applicants: Mapped[list["Applicant"]] = relationship(back_populates="case", order_by="Applicant.ordinal")
    items: Mapped[list["Item"]] = relationship(back_populates="case", order_by="Item.ordinal")
    facts: Mapped[list["Fact"]] = relationship(back_populates="case", order_by="Fact.id")
    documents: Mapped[list["Document"]] = relationship(back_populates="case", order_by="Document.id")
    notes: Mapped[list["Note"]] = relationship(back_populates="case", order_by="Note.id")
    letters: Mapped[list["Letter"]] = relationship(back_populates="case", order_by="Letter.id")
    answered_with: Mapped[list["Letter"]] = relationship(secondary="letter_case", order_by="Letter.id", viewonly=True)
    consultations: Mapped[list["Consultation"]] = relationship(back_populates="case", order_by="Consultation.ordinal")
    disputes: Mapped[list["Dispute"]] = relationship(
        back_populates="case", order_by="Dispute.id", foreign_keys="Dispute.case_id"
    )
    fee: Mapped["Fee | None"] = relationship(back_populates="case")
    secrecy_reviews: Mapped[list["SecrecyReview"]] = relationship(back_populates="case", order_by="SecrecyReview.id")

    @property
    def applicant(self) -> "Applicant":
        """The first-named applicant: the contact of the case."""
        return self.applicants[0]

    @property
    def applicant_names(self) -> str:
        """Everybody who applies, in their order."""
        return "、".join(one.name for one in self.applicants)

    @property
    def void_proposed_by(self) -> str:
        """The signature of the official who last proposed 未成立; empty when nobody did."""
        return next((note.actor for note in reversed(self.notes) if note.kind == VOID_NOTE), "")

    def law_facts(self) -> Sequence[LawFact]:
        """The dated facts that the clocks count, in the law's own terms."""
        return law_facts(self.facts)

    def calendar(self) -> Calendar:
        """The working-day calendar of the organ."""
        return calendar_of(self.organ)

    def running_clocks(self) -> tuple[Running, ...]:
        """Every clock of a received case that has not ended. Raises Refusal for unlawful facts."""
        return reckon(cast(date, self.received_on), self.law_facts(), self.calendar(), self.clock_settings()).running

    def office_settings(self) -> OfficeSettings:
        """What the organ has chosen where the law leaves it a choice."""
        return self.organ.office_settings()

    def clock_settings(self) -> ClockSettings:
        """The organ's own choices about the clocks."""
        return self.organ.office_settings().clock_of(self.kind)


class Applicant(Base):
    """A person or organisation as it applied: a snapshot on the case; numbers and contact are sealed."""

    __tablename__ = "applicant"
    __table_args__ = (
        # The counter looks for known applicants by the beginning of a name, in whatever order the database sorts letters.
        Index("ix_applicant_name", "organ_id", "name", postgresql_ops={"name": "varchar_pattern_ops"}),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    ordinal: Mapped[int]
    kind: Mapped[str] = mapped_column(String(20))
    """One of the six columns of table 三."""
    name: Mapped[str] = mapped_column(String(200))
    person_id: Mapped[int | None] = mapped_column(ForeignKey("person.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Identity number, telephone, address, mail, agent …: canonical JSON under AES-GCM."""

    case: Mapped[Case] = relationship(back_populates="applicants")


class Item(Base):
    """One thing applied for (申请事项) and its outcome."""

    __tablename__ = "item"
    __table_args__ = (UniqueConstraint("case_id", "ordinal"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    ordinal: Mapped[int]
    quote: Mapped[str] = mapped_column(Text)
    outcome: Mapped[str | None] = mapped_column(String(40))
    """Code of ``gkapply.law.replies.ReplyKind``; empty until decided."""
    evidence: Mapped[str] = mapped_column(Text, default="{}")
    """Canonical JSON: evidence code → what the officer gave."""
    answers: Mapped[str] = mapped_column(Text, default="{}", server_default="{}")
    """Canonical JSON of the seven questions as answered so far: question → answer and what was given with it."""
    decided_at: Mapped[datetime | None] = mapped_column(Instant)
    decided_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case] = relationship(back_populates="items")
