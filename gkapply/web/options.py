"""The steps that a page offers: those that the viewer may take now, the others with the reason, the article and who could."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from flask import url_for

from gkapply.casework.access import Actor
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.duty_names import People, holders, who
from gkapply.casework.flow import REFERRALS, Flow, Option, Thing
from gkapply.casework.papers import Letter
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, WrongState
from gkapply.web.subjects import CASE, CONSULTATION, DELIBERATION, DISPUTE, LETTER, PUBLICATION, Subject
from workflows.duties import OFFICIAL_DUTIES, Duty
from workflows.step import Step
from workflows.undoing import TAKE_BACK


@dataclass(frozen=True, slots=True)
class Offer:
    """One step of the case, a letter or a question: its label, its address, and why not, if so."""

    label: str
    href: str
    who: str
    """The duties that take it, by name where these are few."""
    refusal: Refusal | None
    could: str = ""
    """Who could take it where the law keeps only the viewer from it."""


@dataclass(frozen=True, slots=True)
class Absent:
    """A step that does not start from where the thing stands: from where it does, and who takes it."""

    label: str
    why: str
    who: str
    article: str


@dataclass(frozen=True, slots=True)
class Offers:
    """The steps of one thing, parted by what the viewer can do with them."""

    title: str
    """The letter or question that they belong to; empty for what the page is about."""
    possible: Sequence[Offer]
    refused: Sequence[Offer]
    """The viewer holds the duty, the law or the state of the file stands against it."""
    others: Sequence[Offer]
    """Somebody else's duty."""
    absent: Sequence[Absent] = ()
    """What does not start from here; only for what the page is about."""


@dataclass(frozen=True, slots=True)
class Viewer:
    """Who looks, when, and who else works in the organ."""

    actor: Actor
    now: datetime
    people: People = field(default_factory=dict)


def offers(case: Case, viewer: Viewer) -> list[Offers]:
    """Every step that starts from where the case, its letters and its questions stand; things without any are left out.

    A file in the archive offers what may still be entered about it, and nothing of its letters and questions.
    """
    found = [_offers("", "steps.case", {"reference": case.reference}, CASE, case, viewer)]
    if case.archived_on is not None:
        return _with_any(found)
    for letter in case.all_letters:
        found.append(_offers(_title(letter), "steps.letter", {"uid": letter.uid}, LETTER, letter, viewer))
    for question in case.consultations:
        title = f"征求{question.name}意见：{question.state.label}"
        found.append(_offers(title, "steps.question", {"uid": question.uid}, CONSULTATION, question, viewer))
    return _with_any(found)


def letter_offers(letter: Letter, viewer: Viewer) -> list[Offers]:
    """Every step that starts from where the letter stands."""
    return _with_any([_offers("", "steps.letter", {"uid": letter.uid}, LETTER, letter, viewer)])


def dispute_offers(dispute: Dispute, viewer: Viewer) -> list[Offers]:
    """Every step that starts from where the dispute and its letters stand."""
    found = [_offers("", "steps.of_dispute", {"uid": dispute.uid}, DISPUTE, dispute, viewer)]
    for letter in dispute.letters:
        found.append(_offers(_title(letter), "steps.letter", {"uid": letter.uid}, LETTER, letter, viewer))
    return _with_any(found)


def deliberation_offers(one: Deliberation, viewer: Viewer) -> list[Offers]:
    """Every step that starts from where the joint consultation stands."""
    return _with_any([_offers("", "steps.of_deliberation", {"uid": one.uid}, DELIBERATION, one, viewer)])


def publication_offers(publication: Publication, viewer: Viewer) -> list[Offers]:
    """Every step that starts from where the proposal stands."""
    return _with_any([_offers("", "steps.of_publication", {"uid": publication.uid}, PUBLICATION, publication, viewer)])


def referral_cannot(referral: Referral, viewer: Viewer) -> list[Offers]:
    """What cannot be done with the referral now, and why; what can has its forms on the page of the referral."""
    here = REFERRALS.available(referral, viewer.actor, viewer.now)
    told = [(option, _offer(option, referral, viewer, "")) for option in here]
    refused = [offer for option, offer in told if not option.possible and option.permitted]
    others = [offer for option, offer in told if not option.permitted]
    return _with_any([Offers("", (), refused, others, _absent(REFERRALS, REFERRALS.steps, referral, viewer))])


def _title(letter: Letter) -> str:
    return f"《{LetterKind(letter.kind).label}》{letter.state.label}"


def _with_any(found: list[Offers]) -> list[Offers]:
    return [one for one in found if one.possible or one.refused or one.others or one.absent]


def _offers(
    title: str, endpoint: str, key: Mapping[str, Any], subject: Subject, thing: Thing, viewer: Viewer
) -> Offers:
    here = [
        option
        for option in subject.flow.available(thing, viewer.actor, viewer.now)
        # A step of another approval ladder is none of this letter's; what only takes back is reached from the history.
        if option.step.trigger in subject.pages
        and option.step.trigger not in TAKE_BACK
        and not isinstance(option.refusal, WrongState)
    ]
    told = []
    for option in here:
        trigger = option.step.trigger
        entry = subject.pages[trigger].entry_for(thing)
        href = url_for(entry, **key) if entry else url_for(endpoint, trigger=trigger, **key)
        told.append((option, _offer(option, thing, viewer, href)))
    return Offers(
        title,
        [offer for option, offer in told if option.possible],
        [offer for option, offer in told if not option.possible and option.permitted],
        [offer for option, offer in told if not option.permitted],
        () if title else _absent(subject.flow, subject.pages, thing, viewer),
    )


def _offer(option: Option, thing: Thing, viewer: Viewer, href: str) -> Offer:
    step = option.step
    could = _who_could(step, thing, viewer) if option.refusal is not None and option.permitted else ""
    return Offer(step.label, href, who(_officials(step), viewer.people), option.refusal, could)


def _who_could(step: Step, thing: Thing, viewer: Viewer) -> str:
    """The colleagues whom the guard that refuses the viewer lets pass: whoever wrote a letter does not approve it."""
    organ_id = viewer.actor.organ_id
    colleagues = holders(step.duties, viewer.people, organ_id) if organ_id is not None and step.guard else ()
    others = [one for one in colleagues if one.user_id != viewer.actor.user_id]
    return "、".join(one.name for one in others if _passes(step, thing, one, viewer.now))


def _passes(step: Step, thing: Thing, actor: Actor, now: datetime) -> bool:
    assert step.guard is not None
    try:
        step.guard(thing, {"actor": actor, "today": day_of(now)})
    except Refusal:
        return False
    return True


def _absent(flow: Flow, pages: Container[str], thing: Thing, viewer: Viewer) -> list[Absent]:
    """The steps of officials that do not start from where the thing stands."""
    found = []
    for step in flow.workflow.steps:
        if (
            step.trigger not in pages
            or step.trigger in TAKE_BACK
            or step.via is not None
            or thing.state in step.sources
            or not _officials(step)
        ):
            continue
        places = "、".join(f"“{state.label}”" for state in step.sources if state is not flow.workflow.start)
        if places:
            why = f"现在是“{thing.state.label}”，在{places}时办理"
            found.append(Absent(step.label, why, who(_officials(step), viewer.people), step.article))
    return found


def _officials(step: Step) -> list[Duty]:
    return [duty for duty in step.duties if duty in OFFICIAL_DUTIES]
