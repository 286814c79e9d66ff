"""Letters with their approvals, and questions to others."""

import json
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column, relationship

from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.climbing import Climbing
from gkapply.casework.delivery_records import DeliveryAttempt
from gkapply.casework.disputed import Dispute
from gkapply.casework.entries import Document
from gkapply.casework.fee_register import Fee
from gkapply.casework.people import SigningName, User
from gkapply.casework.records import Case
from gkapply.casework.seal_use import SealUse
from gkapply.database import Base, BigKey, Instant, code_column
from gkapply.law.letters import LetterKind
from workflows.consultation import ConsultationState
from workflows.letter import LetterState

ASKED = "state = 'asked'"
UNDONE = "deed IN ('return_review', 'return_signature', 'cancel')"


class Consultation(Base):
    """One question to one third party or organ (征求意见)."""

    __tablename__ = "consultation"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal"),
        # What time looks at: the questions that wait for an answer.
        Index("ix_consultation_asked", "opinion_due_on", sqlite_where=text(ASKED), postgresql_where=text(ASKED)),
        Index("ix_consultation_link_hash", "link_hash", unique=True),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    ordinal: Mapped[int]
    group_uid: Mapped[str] = mapped_column(String(32), default="", server_default="")
    """Questions put to several parties at once, with one reason and one notice to the applicant, share it."""
    state: Mapped[ConsultationState] = mapped_column(code_column(ConsultationState), default=ConsultationState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    party_kind: Mapped[str] = mapped_column(String(20))
    """third_party, co_producer or organ."""
    party: Mapped[str] = mapped_column(String(40))
    """The label under which the facts name the party; never its name."""
    name: Mapped[str] = mapped_column(String(200))
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Address and telephone of the party: canonical JSON under AES-GCM."""
    information: Mapped[str] = mapped_column(Text)
    reason: Mapped[str] = mapped_column(Text)
    answer_within: Mapped[int]
    asked_on: Mapped[date | None]
    received_on: Mapped[date | None]
    opinion_due_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    opinion: Mapped[str] = mapped_column(String(20), default="")
    """agree, disagree, partly or empty."""
    opinion_text: Mapped[str] = mapped_column(Text, default="")
    opinion_parts: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Which parts the party agrees to have disclosed, when it agrees partly."""
    returned_on: Mapped[date | None]
    withdrawn_on: Mapped[date | None]
    withdraw_reason: Mapped[str] = mapped_column(Text, default="", server_default="")
    proof_due_on: Mapped[date | None]
    """The day by which its receipt is to be proved; later somebody has to look after it."""
    link_hash: Mapped[str | None] = mapped_column(String(64))
    """SHA-256 of the token of the one-time link, from the signature on; the token itself is stored nowhere."""
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    """When the party first opened the link after identifying itself."""
    weighed: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """What the office made of the opinion: a code of ``weighing.WEIGHINGS``, or empty."""
    weighing: Mapped[str] = mapped_column(Text, default="", server_default="")
    weighed_at: Mapped[datetime | None] = mapped_column(Instant)
    weighed_by: Mapped[str] = mapped_column(String(40), default="", server_default="")

    case: Mapped[Case] = relationship(back_populates="consultations")
    letters: Mapped[list["Letter"]] = relationship(back_populates="consultation", order_by="Letter.id")

    @property
    def is_open(self) -> bool:
        """Whether the party can still answer in time."""
        return self.state in (ConsultationState.DRAFT, ConsultationState.ASKED)

    @property
    def refuses(self) -> bool:
        """Whether a third party does not want all of it disclosed."""
        return self.party_kind == "third_party" and self.opinion in ("disagree", "partly")

    @property
    def came_late(self) -> bool:
        """Whether the opinion came after the stop had ended: it changes no date but is weighed."""
        ends = [day for day in (self.opinion_due_on, self.returned_on, self.withdrawn_on) if day is not None]
        return self.answered_on is not None and any(day < self.answered_on for day in ends)

    @property
    def awaits_weighing(self) -> bool:
        """Whether the reply has to wait until somebody has written down what the office made of the opinion."""
        return self.answered_on is not None and not self.weighed and (self.refuses or self.came_late)

    def is_asked_with(self, other: "Consultation") -> bool:
        """Whether both were put at once, with one notice to the applicant."""
        return self is other or bool(self.group_uid and self.group_uid == other.group_uid)

    @property
    def article(self) -> str:
        """The article under which this party is asked."""
        return {"third_party": "条例第三十二条", "co_producer": "条例第三十四条"}.get(
            self.party_kind, "条例第三十三条第三款"
        )


class LetterCase(Base):
    """A request that a letter answers besides the one in whose file it lies (一并答复)."""

    __tablename__ = "letter_case"

    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), primary_key=True, index=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))


class Letter(Climbing, Base):
    """A letter (文书): draft fields, then a frozen snapshot that approvals and the signature are over, then a file."""

    __tablename__ = "letter"
    __table_args__ = (
        UniqueConstraint("signing_name_id", "number"),
        Index("ix_letter_state", "organ_id", "state"),
        Index("ix_letter_number", "organ_id", "number", unique=True),
        Index("ix_letter_signed", "organ_id", "signed_on"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    consultation_id: Mapped[int | None] = mapped_column(ForeignKey("consultation.id"))
    dispute_id: Mapped[int | None] = mapped_column(ForeignKey("dispute.id"), index=True)
    kind: Mapped[str] = mapped_column(String(30))
    group_uid: Mapped[str] = mapped_column(String(32), default="", server_default="", index=True)
    """Replies to many who applied for the same share it, and are approved together."""
    state: Mapped[LetterState] = mapped_column(code_column(LetterState), default=LetterState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    author_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    writers: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """Users besides the author who revised or submitted it: canonical JSON."""
    signing_name_id: Mapped[int] = mapped_column(ForeignKey("signing_name.id"))
    fields: Mapped[str] = mapped_column(Text)
    """What the author wrote: canonical JSON."""
    snapshot: Mapped[str] = mapped_column(Text, default="")
    """Canonical JSON of every field of the letter and its template's hash, as submitted (审签稿)."""
    snapshot_hash: Mapped[str] = mapped_column(String(64), default="")
    route: Mapped[str] = mapped_column(Text, default="", server_default="")
    """The rungs of its ladder, fixed at its submission (``law.ladders.write_route``)."""
    rung: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """Code of the rung at which it waits; empty before its submission."""
    number: Mapped[str | None] = mapped_column(String(60))
    """文号, issued at the signature."""
    signed_on: Mapped[date | None]
    signed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    final: Mapped[str] = mapped_column(Text, default="")
    """The approved snapshot with number and date: what the file is rendered from."""
    file_sha: Mapped[str] = mapped_column(String(64), default="")
    sealed_on: Mapped[date | None]
    """The day of the newest use of a seal."""
    sealed_sha: Mapped[str] = mapped_column(String(64), default="", server_default="")
    """The stamped scan (盖章扫描件), if one was handed in."""
    way: Mapped[str] = mapped_column(String(20), default="")
    tracking: Mapped[str] = mapped_column(String(60), default="")
    sent_on: Mapped[date | None]
    delivered_on: Mapped[date | None]
    proof_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    case: Mapped[Case] = relationship(back_populates="letters")
    consultation: Mapped[Consultation | None] = relationship(back_populates="letters")
    dispute: Mapped[Dispute | None] = relationship(back_populates="letters")
    author: Mapped[User | None] = relationship(foreign_keys=[author_id])
    signing_name: Mapped[SigningName] = relationship()
    proof: Mapped[Document | None] = relationship()
    fee: Mapped[Fee | None] = relationship(back_populates="letter")
    """What a 收费通知书 has noticed."""
    approvals: Mapped[list["Approval"]] = relationship(back_populates="letter", order_by="Approval.id")
    rounds: Mapped[list["LetterRound"]] = relationship(back_populates="letter", order_by="LetterRound.id")
    attempts: Mapped[list[DeliveryAttempt]] = relationship(back_populates="letter", order_by="DeliveryAttempt.id")
    """Every attempt to deliver it; ``way``, ``tracking``, ``sent_on``, ``delivered_on`` and ``proof`` repeat what decides."""

    seal_uses: Mapped[list[SealUse]] = relationship(back_populates="letter", order_by="SealUse.id")
    advice: Mapped[list[AdviserOpinion]] = relationship(back_populates="letter", order_by="AdviserOpinion.id")
    """What legal advisers were asked about its texts."""
    also_answers: Mapped[list[Case]] = relationship(secondary="letter_case", order_by="Case.id", viewonly=True)

    @property
    def cases(self) -> list[Case]:
        """Every request that the letter is about, in the order in which they are locked: several only in a 一并答复."""
        if self.kind != LetterKind.REPLY_COMBINED:
            return [self.case]
        return sorted([self.case, *self.also_answers], key=lambda case: case.id)

    @property
    def authors(self) -> frozenset[int]:
        """Everybody who wrote the text or submitted it: none of them approves it."""
        return frozenset({*json.loads(self.writers or "[]"), *([self.author_id] if self.author_id else [])})

    def add_writer(self, user_id: int | None) -> None:
        """Another hand was on the text."""
        if user_id is not None and user_id not in self.authors:
            self.writers = json.dumps(sorted({*json.loads(self.writers or "[]"), user_id}))

    @property
    def written(self) -> dict[str, Any]:
        """What the author wrote."""
        return dict(json.loads(self.fields))

    def field(self, name: str) -> Any:
        """One of the author's fields. Raises KeyError when the kind has no such field."""
        return self.written[name]


class Approval(Base):
    """One decision on a letter: over which snapshot, by whom, with what words. Written once."""

    __tablename__ = "approval"
    __table_args__ = (
        # What a supervisor counts: the letters that were sent back, or taken back after the signature.
        Index("ix_approval_undone", "organ_id", "at", sqlite_where=text(UNDONE), postgresql_where=text(UNDONE)),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    deed: Mapped[str] = mapped_column(String(20))
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))
    at: Mapped[datetime] = mapped_column(Instant)
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    comment: Mapped[str] = mapped_column(Text, default="")
    marks: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """Marks on the returned text (批注), as ``casework.marks`` writes them."""
    objected: Mapped[str] = mapped_column(Text, default="", server_default="")
    """Of a return: case → the results of its items that the approver does not agree with (JSON); empty where only the text is."""
    rung: Mapped[str] = mapped_column(String(20), default="", server_default="")
    """Code of the rung that was taken; empty for what stands on none."""
    entered_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    """Who entered a decision made on paper (纸质签批，代录); empty when ``user`` decided here."""
    on_: Mapped[date | None]
    """Day on which the paper was signed."""
    scan_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    letter: Mapped[Letter] = relationship(back_populates="approvals")
    user: Mapped[User] = relationship(foreign_keys=[user_id])
    clerk: Mapped[User | None] = relationship(foreign_keys=[entered_by])
    scan: Mapped[Document | None] = relationship()


class LetterRound(Base):
    """The text that was handed to the reviewers in one round, so that the next round can show what changed. Written once."""

    __tablename__ = "letter_round"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    letter_id: Mapped[int] = mapped_column(ForeignKey("letter.id"), index=True)
    snapshot_hash: Mapped[str] = mapped_column(String(64))
    snapshot: Mapped[str] = mapped_column(Text)
    findings: Mapped[str] = mapped_column(Text, default="[]", server_default="[]")
    """What the letter check found in it: canonical JSON of points and problems, without the text."""
    at: Mapped[datetime] = mapped_column(Instant)

    letter: Mapped[Letter] = relationship(back_populates="rounds")
