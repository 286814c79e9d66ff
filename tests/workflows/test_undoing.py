"""Every step of a request and of a letter says what is done about it when it was a mistake, or why nothing can be."""

from types import SimpleNamespace
from typing import Any

import pytest

from gkapply.law.case_kinds import CaseKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.application import APPLICATION
from workflows.consultation import CONSULTATION
from workflows.deliberation import DELIBERATION
from workflows.dispute import DISPUTE
from workflows.duties import OFFICIAL_DUTIES
from workflows.letter import LETTER
from workflows.publication import PUBLICATION
from workflows.referral import REFERRAL
from workflows.step import Workflow
from workflows.undoing import COUNTERS, TAKE_BACK, counter_of
from workflows.undoing_rows import nothing_was_begun

ALL = {one.name: one for one in (APPLICATION, LETTER, CONSULTATION, DELIBERATION, DISPUTE, PUBLICATION, REFERRAL)}


@pytest.mark.parametrize("workflow", [APPLICATION, LETTER], ids=lambda one: one.name)
def test_every_step_stands_in_the_table(workflow: Workflow) -> None:
    assert set(COUNTERS[workflow.name]) == workflow.triggers()


@pytest.mark.parametrize("workflow", [APPLICATION, LETTER], ids=lambda one: one.name)
def test_a_counter_step_is_one_that_officials_take(workflow: Workflow) -> None:
    for trigger, counter in COUNTERS[workflow.name].items():
        assert len(counter.why) > 5, trigger
        if counter.by is not None:
            step = ALL[counter.by[0]].step(counter.by[1])
            assert step.via is None, trigger
            assert set(step.duties) & set(OFFICIAL_DUTIES), trigger


def test_what_was_sent_cannot_be_taken_back() -> None:
    sent = counter_of("letter.send")
    assert sent is not None
    assert sent.by is None
    assert counter_of("fact.enter") is None


def test_every_step_that_only_takes_back_answers_a_mistake() -> None:
    answered = {counter.by[1] for table in COUNTERS.values() for counter in table.values() if counter.by}
    assert answered >= TAKE_BACK


def handled(*letters: tuple[LetterKind, str], kind: CaseKind = CaseKind.APPLICATION, outcome: str | None = None) -> Any:
    made = [SimpleNamespace(kind=one, state=SimpleNamespace(value=state)) for one, state in letters]
    items = [SimpleNamespace(outcome=outcome)]
    return SimpleNamespace(kind=kind, items=items, letters=made, consultations=[])


def test_handling_goes_back_only_while_nothing_rests_on_it() -> None:
    nothing_was_begun(handled((LetterKind.RECEIPT, "sent"), (LetterKind.FEE_NOTICE, "discarded")), {})
    for case in (
        handled(outcome="disclosed"),
        handled((LetterKind.INQUIRY_NOTICE, "draft")),
        handled((LetterKind.FEE_NOTICE, "sent")),
        handled(kind=CaseKind.REDO),
    ):
        with pytest.raises(Refusal, match="审核"):
            nothing_was_begun(case, {})
