"""What a case says of joint consultations (会商): which circumstances still demand one, and where it departs from a conclusion."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import func, inspect, or_, select
from sqlalchemy.orm import object_session

from gkapply.law.deliberation_triggers import (
    Adopted,
    ItemSeen,
    Occurrence,
    Snapshot,
    Trigger,
    occurrences,
    uncovered,
)
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.letters import LetterKind
from gkapply.law.replies import reply_kind
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.law.settings import OfficeSettings
from workflows.dispute import PENDING
from workflows.release_guards import PUBLIC_INTEREST

if TYPE_CHECKING:
    from gkapply.casework.deliberation_records import Deliberation, DeliberationCause, DeliberationWaiver
    from gkapply.casework.papers import Approval, Consultation, Letter
    from gkapply.casework.records import Applicant, Item
    from gkapply.casework.releasing import Release

RETURNS = ("return_review", "return_signature")
BY_HAND = frozenset(one.value for one in Trigger if one.by_hand)


@dataclass(frozen=True, slots=True)
class Departure:
    """An item that is decided otherwise than concluded, and nobody has said why."""

    item: int
    concluded: str
    decided: str
    deliberation: "Deliberation"


class Deliberating:
    """Readings of a case; nothing here is stored."""

    if TYPE_CHECKING:
        id: Any
        organ_id: Any
        origin_id: Any
        description: Any
        information_name: Any
        information_number: Any
        items: list[Item]
        applicants: list[Applicant]
        consultations: list[Consultation]
        deliberations: list[Deliberation]
        deliberation_causes: list[DeliberationCause]
        deliberation_waivers: list[DeliberationWaiver]

        @property
        def all_letters(self) -> list[Letter]:
            """The letters that answer this request."""

        @property
        def releases(self) -> Sequence[Release]:
            """What is to be given out."""

        def office_settings(self) -> OfficeSettings:
            """What the organ has chosen."""

    @property
    def demands(self) -> tuple[Occurrence, ...]:
        """Every circumstance of the case that demands a 会商, by the settings of its office."""
        chosen = self.office_settings()
        return occurrences(self._seen(chosen.deliberated), chosen.deliberated, chosen.deliberation_bounds)

    @property
    def undeliberated(self) -> tuple[Occurrence, ...]:
        """Those of them that no conclusion and no waiver covers: they bar the reply from approval."""
        found = self.demands
        return uncovered(found, self._covered, self.adopted) if found else ()

    @property
    def concluded(self) -> "Sequence[Deliberation]":
        """The consultations that have a conclusion, the oldest first."""
        return [one for one in self.deliberations if one.is_concluded]

    @property
    def adopted(self) -> Mapping[int, Adopted]:
        """Item → what the newest conclusion about it adopted."""
        found: dict[int, Adopted] = {}
        for one in self.concluded:
            about = frozenset(Trigger(code.split(":", 1)[0]) for code in one.about)
            found.update({item: Adopted(outcome, about) for item, outcome in one.adopted.items()})
        return found

    @property
    def departures(self) -> Sequence[Departure]:
        """Items that are decided otherwise than concluded without a reason in the file."""
        newest = {item: one for one in self.concluded for item in one.adopted}
        return [
            Departure(item.ordinal, reply_kind(wanted).label, reply_kind(item.outcome).label, newest[item.ordinal])
            for item in self.items
            if item.outcome and item.ordinal in newest
            if item.outcome != (wanted := newest[item.ordinal].adopted[item.ordinal])
            if not any(
                (each.item, each.outcome) == (item.ordinal, item.outcome) for each in newest[item.ordinal].explained
            )
        ]

    @property
    def _covered(self) -> frozenset[str]:
        named = [code for one in self.concluded for code in one.about]
        waived = [code for one in self.deliberation_waivers for code in json.loads(one.codes)]
        return frozenset((*named, *waived))

    def _seen(self, on: frozenset[Trigger]) -> Snapshot:
        replies = [one for one in self.all_letters if LetterKind(one.kind).ends_case]
        decided = [approval for letter in replies for approval in letter.approvals]
        third_parties = [one for one in self.consultations if one.party_kind == "third_party"]
        asked = {one.name for one in self.consultations if one.party_kind != "third_party" and one.asked_on}
        fees = [one for one in self.all_letters if one.kind == LetterKind.FEE_NOTICE]
        return Snapshot(
            items=tuple(self._items()),
            overridden=tuple(one.uid for one in third_parties if one.weighed == PUBLIC_INTEREST),
            objections=tuple(one.uid for one in third_parties if one.refuses),
            disputes=self._pending_disputes() if Trigger.DISPUTE in on else {},
            returns=sum(one.deed in RETURNS for one in decided),
            objected=_objected(decided, self.id),
            other_organs=len(asked),
            applicants=len(self.applicants) if Trigger.GROUP not in on else self._group_size(),
            fees=tuple(one.uid for one in fees if one.state.value != "discarded"),
            by_hand={
                one.code.split(":", 1)[1]: (one.trigger, one.why)
                for one in self.deliberation_causes
                if one.trigger in BY_HAND
            },
        )

    def _items(self) -> Iterator[ItemSeen]:
        doubted = {
            one.code
            for one in self.releases
            if one.review is not None and one.outcome is not None and one.review.result is SecrecyResult.WITHHELD
        }
        for item in self.items:
            evidence = json.loads(item.evidence)
            yield ItemSeen(
                item.ordinal,
                item.outcome or "",
                tuple(part["as"] for part in evidence.get("withheld_parts", ())),
                bool(evidence.get("public_interest_reason")),
                f"item:{item.ordinal}" in doubted,
            )

    def _group_size(self) -> int:
        """How many apply: together in this request, or each in one of a group of replies."""
        session, groups = object_session(self), {one.group_uid for one in self.all_letters if one.group_uid}
        if session is None or not groups:
            return len(self.applicants)
        letters: Any = _related(self, "letters")
        query = select(func.count()).where(letters.organ_id == self.organ_id, letters.group_uid.in_(groups))
        return max(len(self.applicants), session.scalar(query) or 0)

    def _pending_disputes(self) -> dict[str, str]:
        """Key → words of each review or suit without a result: about this request, its kin, or others for the same."""
        session = object_session(self)
        if session is None or self.id is None:
            return {}
        cases: Any = type(self)
        disputes: Any = _related(self, "disputes")
        kin = [one for one in (self.id, self.origin_id) if one is not None]
        same = [cases.id.in_(kin), cases.origin_id.in_(kin), cases.description == self.description]
        if self.information_number:
            same.append(cases.information_number == self.information_number)
        if self.information_name:
            same.append(cases.information_name == self.information_name)
        query = (
            select(disputes.uid, disputes.kind, cases.reference)
            .join(cases, cases.id == disputes.case_id)
            .where(
                disputes.organ_id == self.organ_id,
                disputes.closed_on.is_(None),
                disputes.state.in_(PENDING),
                disputes.kind != DisputeKind.COMPLAINT,
                or_(*same),
            )
            .order_by(disputes.id)
        )
        return {uid: f"申请 {reference} 的{kind.label}尚未审结" for uid, kind, reference in session.execute(query)}


def _related(case: Deliberating, name: str) -> Any:
    """The record that the case is related to under that name: its room is above this one."""
    return inspect(type(case)).relationships[name].mapper.class_


def _objected(decided: "Sequence[Approval]", case_id: int | None) -> str | None:
    """The results of the case to which an approver objected last."""
    found = [json.loads(one.objected) for one in sorted(decided, key=lambda one: one.id) if one.objected]
    results: str | None = found[-1].get(str(case_id)) if found else None
    return results


def results_of(case: Deliberating) -> str:
    """The results of all items in one line, as an objection to them is kept."""
    return Snapshot(items=tuple(case._items())).results
