"""Joint consultations (会商): what demanded them, who was asked, what was said, what was concluded, waived or departed from."""

import json
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, backref, mapped_column, relationship

from gkapply.casework.entries import Document
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.database import Base, BigKey, Instant, code_column
from workflows.deliberation import OPEN, DeliberationState


class DeliberationCause(Base):
    """A circumstance that demands a 会商 (须会商的情形), as it was first seen, or ticked by a person. Written once."""

    __tablename__ = "deliberation_cause"
    __table_args__ = (UniqueConstraint("case_id", "code"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"))
    trigger: Mapped[str] = mapped_column(String(20))
    """Code of ``law.deliberation_triggers.Trigger``."""
    code: Mapped[str] = mapped_column(String(300))
    """``Occurrence.code``: tells one circumstance from another of its trigger."""
    why: Mapped[str] = mapped_column(Text)
    seen_at: Mapped[datetime] = mapped_column(Instant)
    seen_by: Mapped[str] = mapped_column(String(40))

    case: Mapped[Case] = relationship(backref=backref("deliberation_causes", order_by="DeliberationCause.id"))


class DeliberationWaiver(Base):
    """The head's decision that certain circumstances need no 会商, with the reason. Written once."""

    __tablename__ = "deliberation_waiver"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    codes: Mapped[str] = mapped_column(Text)
    """JSON list of the circumstances (``Occurrence.code``)."""
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    case: Mapped[Case] = relationship(backref=backref("deliberation_waivers", order_by="DeliberationWaiver.id"))
    user: Mapped[User] = relationship()


class DeliberationDeparture(Base):
    """Why an item is decided otherwise than concluded (说明与会商结论不一致的理由). Written once."""

    __tablename__ = "deliberation_departure"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    item: Mapped[int]
    outcome: Mapped[str] = mapped_column(String(40))
    """What is decided instead: a code of ``ReplyKind``."""
    reason: Mapped[str] = mapped_column(Text)
    at: Mapped[datetime] = mapped_column(Instant)
    user_id: Mapped[int] = mapped_column(ForeignKey("user.id"))

    user: Mapped[User] = relationship()


class Deliberation(Base):
    """One 会商 about one case. Its state is moved by ``flow.fire`` alone; what was concluded is written once, by ``conclude``."""

    __tablename__ = "deliberation"
    __table_args__ = (
        UniqueConstraint("case_id", "ordinal"),
        Index("ix_deliberation_organ", "organ_id", "state", "id"),
        Index("ix_deliberation_number", "organ_id", "number", unique=True),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    ordinal: Mapped[int]
    state: Mapped[DeliberationState] = mapped_column(code_column(DeliberationState), default=DeliberationState.NEW)
    version: Mapped[int] = mapped_column(default=0)
    causes: Mapped[str] = mapped_column(Text, default="[]")
    """JSON list of the circumstances that it is about (``Occurrence.code``)."""
    topic: Mapped[str] = mapped_column(Text)
    """What is asked (会商事项)."""
    by_circulation: Mapped[bool] = mapped_column(default=False)
    """In writing from one to the next (书面传签) instead of at a meeting."""
    place: Mapped[str] = mapped_column(String(200), default="")
    until: Mapped[date]
    """Last day for opinions, inside the reply term."""
    papers: Mapped[str] = mapped_column(Text, default="[]")
    """JSON list of the uids of the papers that every member sees."""
    proposed_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    proposed_at: Mapped[datetime] = mapped_column(Instant)
    called_at: Mapped[datetime | None] = mapped_column(Instant)

    disagreement: Mapped[str] = mapped_column(Text, default="")
    """On what nobody agreed (分歧)."""
    authority: Mapped[str] = mapped_column(String(200), default="")
    referred_on: Mapped[date | None]
    answered_on: Mapped[date | None]
    answer: Mapped[str] = mapped_column(Text, default="")

    number: Mapped[str | None] = mapped_column(String(60))
    """编号 of the minutes, given with the conclusion."""
    held_on: Mapped[date | None]
    conclusion: Mapped[str] = mapped_column(Text, default="")
    grounds: Mapped[str] = mapped_column(Text, default="")
    outcomes: Mapped[str] = mapped_column(Text, default="{}")
    """JSON: item → code of the ``ReplyKind`` that was adopted for it."""
    recorder: Mapped[str] = mapped_column(String(60), default="")
    concluded_at: Mapped[datetime | None] = mapped_column(Instant)
    concluded_by: Mapped[int | None] = mapped_column(ForeignKey("user.id"))
    ended_reason: Mapped[str] = mapped_column(Text, default="")
    minutes_id: Mapped[int | None] = mapped_column(ForeignKey("document.id"))

    case: Mapped[Case] = relationship(backref=backref("deliberations", order_by="Deliberation.id"))
    proposer: Mapped[User | None] = relationship(foreign_keys=[proposed_by])
    chair: Mapped[User | None] = relationship(foreign_keys=[concluded_by])
    minutes: Mapped[Document | None] = relationship()
    members: Mapped[list["DeliberationMember"]] = relationship(
        back_populates="deliberation", order_by="DeliberationMember.id"
    )
    explained: Mapped[list[DeliberationDeparture]] = relationship(order_by=DeliberationDeparture.id)

    @property
    def is_open(self) -> bool:
        """Whether it still goes on."""
        return self.state in OPEN

    @property
    def is_concluded(self) -> bool:
        """Whether its conclusion holds."""
        return self.state is DeliberationState.CONCLUDED

    @property
    def about(self) -> Sequence[str]:
        """Codes of the circumstances that it is about."""
        return list(json.loads(self.causes))

    @property
    def adopted(self) -> Mapping[int, str]:
        """Item → outcome that was adopted."""
        return {int(item): outcome for item, outcome in json.loads(self.outcomes).items()}

    @property
    def standing_members(self) -> Sequence["DeliberationMember"]:
        """Those who were not released."""
        return [one for one in self.members if one.released_at is None]

    def member_of(self, actor: Any) -> "DeliberationMember | None":
        """The member as whom ``actor`` speaks: by account, or by the link held."""
        found = [
            one
            for one in self.standing_members
            if (actor.user_id is not None and one.user_id == actor.user_id)
            or (actor.kind == "member" and one.id == actor.member_id)
        ]
        return found[0] if found else None


class DeliberationMember(Base):
    """Who is asked: an account of the organ, or somebody outside it by a one-time link."""

    __tablename__ = "deliberation_member"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    deliberation_id: Mapped[int] = mapped_column(ForeignKey("deliberation.id"), index=True)
    part: Mapped[str] = mapped_column(String(60))
    """As what they take part: 保密、法制、承办单位 …"""
    name: Mapped[str] = mapped_column(String(100))
    """Unit and name, as the minutes name them."""
    user_id: Mapped[int | None] = mapped_column(ForeignKey("user.id"), index=True)
    sealed: Mapped[bytes] = mapped_column(LargeBinary, default=b"")
    """Telephone of a member by link: canonical JSON under AES-GCM; empty for an account."""
    link_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    """SHA-256 of the token of the one-time link; the token itself is stored nowhere."""
    opened_at: Mapped[datetime | None] = mapped_column(Instant)
    added_at: Mapped[datetime] = mapped_column(Instant)
    released_at: Mapped[datetime | None] = mapped_column(Instant)
    release_reason: Mapped[str] = mapped_column(Text, default="")

    deliberation: Mapped[Deliberation] = relationship(back_populates="members")
    user: Mapped[User | None] = relationship()
    opinions: Mapped[list["DeliberationOpinion"]] = relationship(
        back_populates="member", order_by="DeliberationOpinion.id"
    )

    @property
    def opinion(self) -> "DeliberationOpinion | None":
        """The newest opinion: the one that counts."""
        return self.opinions[-1] if self.opinions else None


class DeliberationOpinion(Base):
    """What a member said, once. A later one takes its place and both are kept. Written once."""

    __tablename__ = "deliberation_opinion"

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    member_id: Mapped[int] = mapped_column(ForeignKey("deliberation_member.id"), index=True)
    stance: Mapped[str] = mapped_column(String(20))
    """Code of ``casework.stances.Stance``."""
    text: Mapped[str] = mapped_column(Text)
    files: Mapped[str] = mapped_column(Text, default="[]")
    """JSON list of the uids of the papers enclosed."""
    at: Mapped[datetime] = mapped_column(Instant)
    actor: Mapped[str] = mapped_column(String(40))
    """Who gave or, of what was said at the meeting, entered it."""
    entered: Mapped[bool] = mapped_column(default=False)
    """Said at the meeting and written down by the recorder."""
    digest: Mapped[str] = mapped_column(String(64))
    """SHA-256 over what was said: the confirmation that the member keeps."""

    member: Mapped[DeliberationMember] = relationship(back_populates="opinions")
