"""What pages say of joint consultations (会商): the panel of a case, one with its members and opinions, what a reply rests on."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import link_door
from gkapply.casework.access import Actor
from gkapply.casework.deliberation_minutes import dissent, view
from gkapply.casework.deliberation_papers import shown
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember, DeliberationOpinion
from gkapply.casework.entries import Document
from gkapply.casework.history import names_of
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.casework.stances import Stance
from gkapply.law.deliberation_triggers import Trigger
from gkapply.law.replies import reply_kind
from workflows.case_states import CaseState
from workflows.deliberation import DeliberationState
from workflows.deliberation_rows import UNTIL_SIGNED
from workflows.duties import Duty

LATER = (CaseState.DELIVERING, CaseState.REPLIED, CaseState.ARCHIVED)


@dataclass(frozen=True, slots=True)
class CauseLine:
    """One circumstance that still demands a 会商; ``in_hand``: one that is about it goes on."""

    label: str
    basis: str
    why: str
    seen_at: datetime | None
    seen_by: str
    in_hand: bool


@dataclass(frozen=True, slots=True)
class ConclusionLine:
    """What was concluded: on the case page, for the reviewer, in the list of precedents."""

    uid: str
    reference: str
    ordinal: int
    number: str
    state: DeliberationState
    topic: str
    until: date
    conclusion: str
    grounds: str
    outcomes: Sequence[tuple[int, str]]
    """Item → what was adopted, in words."""
    dissent: str
    departures: Sequence[tuple[int, str, str]]
    """Item, what is decided instead, the reason given."""
    triggers: Sequence[str]
    held_on: date | None


@dataclass(frozen=True, slots=True)
class WaiverLine:
    """What the head let go without a 会商, and why."""

    triggers: Sequence[str]
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class CasePanel:
    """The 会商 of a case: what demands one, those that go on or are over, waivers, and until when one would have to end."""

    causes: Sequence[CauseLine]
    consultations: Sequence[ConclusionLine]
    waivers: Sequence[WaiverLine]
    departing: Sequence[tuple[int, str, str]]
    """Item, what was concluded, what is decided, without a reason so far."""
    due_on: date | None
    days_left: int | None


@dataclass(frozen=True, slots=True)
class OpinionLine:
    """One opinion; ``counts``: no later one has taken its place."""

    stance: Stance
    text: str
    at: datetime
    entered_by: str
    """Who wrote it down at the meeting; empty for one given in person."""
    files: Sequence[Document]
    digest: str
    counts: bool


@dataclass(frozen=True, slots=True)
class MemberLine:
    """One member; ``address`` and ``code`` are those of the link while it is open, for whoever hands it on."""

    part: str
    name: str
    by_link: bool
    opened_at: datetime | None
    released_at: datetime | None
    release_reason: str
    opinions: Sequence[OpinionLine]
    address: str
    code: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything about one 会商."""

    line: ConclusionLine
    case_reference: str
    causes: Sequence[CauseLine]
    by_circulation: bool
    place: str
    proposer: str
    proposed_at: datetime
    called_at: datetime | None
    members: Sequence[MemberLine]
    papers: Sequence[Document]
    disagreement: str
    authority: str
    referred_on: date | None
    answered_on: date | None
    answer: str
    ended_reason: str
    chair: str
    recorder: str
    minutes: str
    """uid of the 会商纪要 in the file; empty while there is none."""
    heard: int
    due_on: date | None
    days_left: int | None


def panel(session: Session, case: Case, today: date) -> CasePanel | None:
    """What the page of the case says; None when there is nothing."""
    demanding = case.state in UNTIL_SIGNED
    waiting = case.undeliberated if demanding else ()
    found = CasePanel(
        causes=_causes(session, case, [one.code for one in waiting]),
        consultations=[line(one) for one in case.deliberations],
        waivers=[
            WaiverLine(labels(json.loads(one.codes)), one.reason, one.user.name, one.at)
            for one in case.deliberation_waivers
        ],
        departing=[(one.item, one.concluded, one.decided) for one in case.departures] if demanding else [],
        due_on=case.due_on,
        days_left=_left(case, today),
    )
    return found if found.causes or found.consultations or found.waivers else None


def _left(case: Case, today: date) -> int | None:
    return None if case.due_on is None else case.calendar().count(today, case.due_on)


def _causes(session: Session, case: Case, codes: Sequence[str]) -> list[CauseLine]:
    """The circumstances of these codes; when they were first seen, where that was kept."""
    known = {one.code: one for one in case.deliberation_causes}
    names = names_of(session, {one.seen_by for one in known.values()})
    going_on = {code for one in case.deliberations if one.is_open for code in one.about}
    there = {one.code: one for one in case.demands}
    found = []
    for code in codes:
        kept, now = known.get(code), there.get(code)
        trigger = Trigger(code.split(":", 1)[0])
        why = now.why if now else kept.why if kept else ""
        seen_at, seen_by = (kept.seen_at, names[kept.seen_by]) if kept else (None, "")
        found.append(CauseLine(trigger.label, trigger.basis, why, seen_at, seen_by, code in going_on))
    return found


def labels(codes: Sequence[str]) -> list[str]:
    """The triggers of circumstances in words, each once."""
    return list(dict.fromkeys(Trigger(code.split(":", 1)[0]).label for code in codes))


def line(one: Deliberation) -> ConclusionLine:
    """One 会商 in short."""
    return ConclusionLine(
        uid=one.uid,
        reference=one.case.reference,
        ordinal=one.ordinal,
        number=one.number or "",
        state=one.state,
        topic=one.topic,
        until=one.until,
        conclusion=one.conclusion,
        grounds=one.grounds,
        outcomes=[(item, reply_kind(outcome).label) for item, outcome in one.adopted.items()],
        dissent=dissent(one),
        departures=[(each.item, reply_kind(each.outcome).label, each.reason) for each in one.explained],
        triggers=labels(one.about),
        held_on=one.held_on,
    )


def rests_on(cases: Sequence[Case]) -> list[ConclusionLine]:
    """The conclusions that a reply about these cases rests on, for whoever reviews or signs it."""
    return [line(one) for case in cases for one in case.concluded]


def sheet(session: Session, one: Deliberation, actor: Actor, today: date, site: str) -> Sheet:
    """Everything about one 会商. Links, on ``site`` unless a public address is set, are for whoever may hand them on."""
    return Sheet(
        line=line(one),
        case_reference=one.case.reference,
        causes=_causes(session, one.case, one.about),
        by_circulation=one.by_circulation,
        place=one.place,
        proposer=one.proposer.name if one.proposer else "",
        proposed_at=one.proposed_at,
        called_at=one.called_at,
        members=[_member(session, each, site if hands_on(one, actor) else "") for each in one.members],
        papers=shown(one.case, json.loads(one.papers)),
        disagreement=one.disagreement,
        authority=one.authority,
        referred_on=one.referred_on,
        answered_on=one.answered_on,
        answer=one.answer,
        ended_reason=one.ended_reason,
        chair=one.chair.name if one.chair else "",
        recorder=one.recorder,
        minutes=one.minutes.uid if one.minutes else "",
        heard=sum(each.opinion is not None for each in one.standing_members),
        due_on=one.case.due_on,
        days_left=_left(one.case, today),
    )


def hands_on(one: Deliberation, actor: Actor) -> bool:
    """Whether the actor may see links and codes, to hand them to their members: proposer, officer, whoever calls it."""
    own = actor.user_id is not None and actor.user_id in (one.proposed_by, one.case.officer_id)
    return own or (actor.organ_id == one.organ_id and actor.holds(Duty.HEAD))


def _member(session: Session, member: DeliberationMember, site: str) -> MemberLine:
    open_link = (
        member.link_hash is not None
        and member.released_at is None
        and member.deliberation.state in (DeliberationState.GATHERING, DeliberationState.DISAGREED)
    )
    token, code = ring(session).deliberation_link(member.uid) if open_link and site else ("", "")
    return MemberLine(
        part=member.part,
        name=member.name,
        by_link=member.link_hash is not None,
        opened_at=member.opened_at,
        released_at=member.released_at,
        release_reason=member.release_reason,
        opinions=[_opinion(session, each) for each in reversed(member.opinions)],
        address=link_door.address_of(session, "deliberate", token, site) if token else "",
        code=code,
    )


def _opinion(session: Session, one: DeliberationOpinion) -> OpinionLine:
    wanted = json.loads(one.files)
    papers = [paper for paper in one.member.deliberation.case.documents if paper.uid in wanted] if wanted else []
    entered_by = names_of(session, [one.actor])[one.actor] if one.entered else ""
    return OpinionLine(Stance(one.stance), one.text, one.at, entered_by, papers, one.digest, one is one.member.opinion)


__all__ = ["CasePanel", "ConclusionLine", "Sheet", "hands_on", "labels", "line", "panel", "rests_on", "sheet", "view"]
