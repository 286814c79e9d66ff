"""The steps that a case page offers: those that the viewer may take now, and the others with the reason and who could."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from gkapply.casework.access import Actor
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.flow import Option, Thing
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, WrongState
from gkapply.web.subjects import CASE, CONSULTATION, DELIBERATION, DISPUTE, LETTER, PUBLICATION, Subject


@dataclass(frozen=True, slots=True)
class Offer:
    """One step of the case, a letter or a question: its label, its address, and why not, if so."""

    label: str
    href: str
    who: str
    refusal: Refusal | None


@dataclass(frozen=True, slots=True)
class Offers:
    """The steps of one thing, parted by what the viewer can do with them."""

    title: str
    """The letter or question that they belong to; empty for the case itself."""
    possible: Sequence[Offer]
    refused: Sequence[Offer]
    """The viewer holds the duty, the law or the state of the file stands against it."""
    others: Sequence[Offer]
    """Somebody else's duty."""


def offers(case: Case, actor: Actor, now: datetime) -> list[Offers]:
    """Every step that starts from where the case, its letters and its questions stand; things without any are left out.

    A file in the archive offers what may still be entered about it, and nothing of its letters and questions.
    """
    if case.archived_on is not None:
        return _with_any([_offers("", "steps.case", {"reference": case.reference}, CASE, case, actor, now)])
    found = [_offers("", "steps.case", {"reference": case.reference}, CASE, case, actor, now)]
    for letter in case.all_letters:
        title = f"《{LetterKind(letter.kind).label}》{letter.state.label}"
        found.append(_offers(title, "steps.letter", {"uid": letter.uid}, LETTER, letter, actor, now))
    for question in case.consultations:
        title = f"征求{question.name}意见：{question.state.label}"
        found.append(_offers(title, "steps.question", {"uid": question.uid}, CONSULTATION, question, actor, now))
    return _with_any(found)


def dispute_offers(dispute: Dispute, actor: Actor, now: datetime) -> list[Offers]:
    """Every step that starts from where the dispute and its letters stand."""
    found = [_offers("", "steps.of_dispute", {"uid": dispute.uid}, DISPUTE, dispute, actor, now)]
    for letter in dispute.letters:
        title = f"《{LetterKind(letter.kind).label}》{letter.state.label}"
        found.append(_offers(title, "steps.letter", {"uid": letter.uid}, LETTER, letter, actor, now))
    return _with_any(found)


def deliberation_offers(one: Deliberation, actor: Actor, now: datetime) -> list[Offers]:
    """Every step that starts from where the joint consultation stands."""
    return _with_any([_offers("", "steps.of_deliberation", {"uid": one.uid}, DELIBERATION, one, actor, now)])


def publication_offers(publication: Publication, actor: Actor, now: datetime) -> list[Offers]:
    """Every step that starts from where the proposal stands."""
    return _with_any(
        [_offers("", "steps.of_publication", {"uid": publication.uid}, PUBLICATION, publication, actor, now)]
    )


def _with_any(found: list[Offers]) -> list[Offers]:
    return [one for one in found if one.possible or one.refused or one.others]


def _offers(
    title: str,
    endpoint: str,
    key: Mapping[str, Any],
    subject: Subject,
    thing: Thing,
    actor: Actor,
    now: datetime,
) -> Offers:
    here = [
        option
        for option in subject.flow.available(thing, actor, now)
        # A step of another approval ladder is none of this letter's.
        if option.step.trigger in subject.pages and not isinstance(option.refusal, WrongState)
    ]
    told = [
        (option, _offer(option, subject.pages[option.step.trigger].entry_for(thing), endpoint, key)) for option in here
    ]
    return Offers(
        title,
        [offer for option, offer in told if option.possible],
        [offer for option, offer in told if not option.possible and option.permitted],
        [offer for option, offer in told if not option.permitted],
    )


def _offer(option: Option, entry: str, endpoint: str, key: Mapping[str, Any]) -> Offer:
    step = option.step
    href = url_for(entry, **key) if entry else url_for(endpoint, trigger=step.trigger, **key)
    return Offer(step.label, href, "、".join(duty.label for duty in step.duties), option.refusal)
