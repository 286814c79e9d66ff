"""No step leads a reply to approval while a joint consultation (会商) is demanded: every row of both workflows is tried."""

from collections.abc import Iterator
from datetime import date
from types import SimpleNamespace
from typing import Any

import pytest

from gkapply.law.deliberation_triggers import Occurrence, Trigger
from gkapply.law.ladders import Path, route
from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import national_calendar
from workflows.application import APPLICATION, CaseState
from workflows.duties import Duty
from workflows.letter import LETTER, LetterState
from workflows.step import Step

TODAY = date(2026, 3, 9)
S, C = LetterState, CaseState
BEFORE = (S.NEW, S.DRAFT, S.REVIEW, S.SIGNATURE)
APPROVED = (S.REVIEW, S.SIGNATURE, S.SIGNED, S.SENT, S.DELIVERED)
"""A letter in one of these is on its way to approval, or past it."""
UNAPPROVED = (C.REGISTERED, C.REVIEWING, C.CORRECTING, C.HANDLING, C.EXPLAINING, C.PAYING, C.APPROVING)
DECIDED = (C.APPROVING, C.DELIVERING, C.REPLIED)
DEMAND = Occurrence(Trigger.CALLED, "k", "社会关注度高")
DECIDING = [kind for kind in LetterKind if kind.ends_case or kind is LetterKind.DISCLOSURE_NOTICE]
ON_THE_WAY = ("approve_on_paper", "pass_rung")
"""Rows that keep the state and are an approval all the same."""


def case(*demands: Occurrence) -> Any:
    """A request on which everything else is in order."""
    item = SimpleNamespace(ordinal=1, outcome="disclosed_public", evidence="{}")
    organ = SimpleNamespace(office_settings=OfficeSettings)
    return SimpleNamespace(
        reference="AYX-2026-0001", organ=organ, items=[item], consultations=[], letters=[], kind="application",
        received_on=TODAY, calendar=national_calendar, releases=(), undeliberated=demands, departures=(), notes=[],
        answered_with=[],
    )  # fmt: skip


def letter(kind: LetterKind, state: LetterState, path: Path, place: int, *demands: Occurrence) -> Any:
    """A letter of that kind on that rung, written by one and passed by others."""
    rungs, about = route(kind, path), case(*demands)
    return SimpleNamespace(
        kind=kind.value, state=state, rungs=rungs, place=place, present_rung=rungs[min(place, len(rungs) - 1)],
        authors=frozenset({1}), reviewers=frozenset(), review_holds=True, case=about, cases=[about], advice=[],
        dispute_id=None, field={"override": False, "until": "2026-05-06", "working_days": 5}.get,
    )  # fmt: skip


def given(duty: Duty) -> dict[str, Any]:
    actor = SimpleNamespace(user_id=9, duties=frozenset({duty}), kind="user", holds=lambda *_: True)
    return {"actor": actor, "today": TODAY, "agrees": True}


def lets(step: Step, thing: Any) -> list[str]:
    """What the row says when each of its duties takes the step: empty where it goes, the reason where not."""
    said = []
    for duty in step.duties:
        try:
            if step.guard is not None:
                step.guard(thing, given(duty))
            return []
        except Refusal as refusal:
            said.append(refusal.reason)
    return said


def approving() -> list[Step]:
    """The rows by which a letter comes nearer to its signature, or leaves without one; time's own rows end it."""
    return [
        step
        for step in LETTER.steps
        if set(step.sources) & set(BEFORE) and (step.dest in APPROVED or step.trigger in ON_THE_WAY)
    ]


def situations(step: Step, *demands: Occurrence) -> Iterator[tuple[LetterKind, Any]]:
    """Every deciding letter on every ladder and rung from which the row starts."""
    for kind in DECIDING:
        for path in Path:
            rungs = route(kind, path)
            for state in (one for one in BEFORE if one in step.sources):
                places = range(len(rungs) - 1) if state is S.REVIEW else (len(rungs) - 1,)
                for place in places:
                    yield kind, letter(kind, state, path, place, *demands)


def test_the_rows_that_approve_are_these() -> None:
    """A new row by which a letter is approved has to be thought of here."""
    assert {step.trigger for step in approving()} == {
        "issue_receipt", "issue_record", "submit_review", "submit_signature", "pass_rung", "pass_review", "sign_reply",
        "sign_extension", "sign_notice", "approve_on_paper",
    }  # fmt: skip


def test_every_deciding_letter_can_be_approved_by_some_row_of_each_state() -> None:
    """Without a demand the same situations go through: what follows proves something."""
    went = {(kind, thing.state) for step in approving() for kind, thing in situations(step) if not lets(step, thing)}
    ordinary = [kind for kind in DECIDING if kind.ladder is not Ladder.NONE]
    assert {(kind, state) for kind in ordinary for state in (S.DRAFT, S.REVIEW, S.SIGNATURE)} <= went
    assert (LetterKind.ON_THE_SPOT_RECORD, S.NEW) in went


@pytest.mark.parametrize("step", approving(), ids=lambda step: step.trigger)
def test_a_demanded_consultation_bars_every_row_of_every_deciding_letter(step: Step) -> None:
    """Wherever the row lets a letter go on, on any ladder, at any rung, it refuses its twin that waits for a 会商."""
    slipped = []
    for (kind, clean), (_, waiting) in zip(situations(step), situations(step, DEMAND), strict=True):
        if not lets(step, clean) and not any("须先经会商" in said for said in lets(step, waiting)):
            slipped.append((kind.value, clean.state.value, clean.present_rung.code))
    assert slipped == []


def test_the_case_itself_is_barred_on_every_way_to_a_reply() -> None:
    rows = [step for step in APPLICATION.steps if set(step.sources) & set(UNAPPROVED) and step.dest in DECIDED]
    assert {step.trigger for step in rows} == {"submit_reply", "sign_reply", "answer_on_the_spot"}
    for step in rows:
        assert lets(step, case()) == [], step.trigger
        assert any("须先经会商" in said for said in lets(step, case(DEMAND))), step.trigger


def test_a_combined_reply_waits_for_each_of_its_cases() -> None:
    one = letter(LetterKind.REPLY_COMBINED, S.DRAFT, Path.REVIEWED, 0)
    step = LETTER.step("submit_review")
    assert lets(step, one) == []
    one.cases.append(case(DEMAND))
    assert any("须先经会商" in said for said in lets(step, one))


def test_a_leader_may_send_back_on_paper_what_waits_for_a_consultation() -> None:
    one = letter(LetterKind.REPLY_REFUSED, S.SIGNATURE, Path.REVIEWED, 1, DEMAND)
    guard = LETTER.step("approve_on_paper").guard
    assert guard is not None
    guard(one, {**given(Duty.REGISTRAR), "agrees": False})


def test_a_fee_notice_waits_for_the_fee_alone() -> None:
    step = LETTER.step("sign_notice")
    of = LetterKind.FEE_NOTICE
    assert lets(step, letter(of, S.SIGNATURE, Path.SHORTEST, 0, DEMAND)) == []
    fee = Occurrence(Trigger.FEE, "f", "已起草收费通知书")
    assert any("须先经会商" in said for said in lets(step, letter(of, S.SIGNATURE, Path.SHORTEST, 0, fee)))


@pytest.mark.parametrize("kind", [LetterKind.REVIEW_DEFENCE, LetterKind.SUIT_DEFENCE])
def test_a_defence_of_a_given_reply_waits_for_none(kind: LetterKind) -> None:
    assert lets(LETTER.step("sign_reply"), letter(kind, S.SIGNATURE, Path.REVIEWED, 1, DEMAND)) == []


def test_what_departs_from_the_conclusion_is_barred_until_explained() -> None:
    one = letter(LetterKind.REPLY_DISCLOSED, S.SIGNATURE, Path.REVIEWED, 1)
    one.case.departures = [SimpleNamespace(item=1, concluded="不予公开", decided="予以公开")]
    assert any("与会商结论不一致" in said for said in lets(LETTER.step("sign_reply"), one))
