"""The workflows as tables: nothing unreachable, nothing ambiguous, every row says who and by which article."""

from collections.abc import Iterable

import pytest

from workflows.annual_report import ANNUAL_REPORT
from workflows.application import APPLICATION, CaseState
from workflows.consultation import CONSULTATION
from workflows.deliberation import DELIBERATION
from workflows.dispute import DISPUTE
from workflows.duties import ADMINISTRATORS, Duty
from workflows.letter import LETTER
from workflows.publication import PUBLICATION
from workflows.reappraisal import REAPPRAISAL
from workflows.register_rows import BY_A_LATER_REGISTER
from workflows.step import Stage, State, Workflow
from workflows.undoing import TAKE_BACK

WORKFLOWS = (APPLICATION, LETTER, CONSULTATION, DISPUTE, PUBLICATION, DELIBERATION, REAPPRAISAL, ANNUAL_REPORT)
every_workflow = pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda one: one.name)


def reached_from(workflow: Workflow, start: State) -> set[State]:
    """Every state that some walk of rows from ``start`` comes to, ``start`` included."""
    found, waiting = {start}, [start]
    while waiting:
        state = waiting.pop()
        for step in workflow.from_state(state):
            if step.dest is not None and step.dest not in found:
                found.add(step.dest)
                waiting.append(step.dest)
    return found


@every_workflow
def test_every_state_is_reachable(workflow: Workflow) -> None:
    assert reached_from(workflow, workflow.start) == set(workflow.states)


@every_workflow
def test_an_end_is_reachable_from_every_state(workflow: Workflow) -> None:
    stuck = [state for state in workflow.states if reached_from(workflow, state).isdisjoint(workflow.ends)]
    assert stuck == []


def test_the_archive_is_reachable_from_every_state_of_a_request() -> None:
    assert all(CaseState.ARCHIVED in reached_from(APPLICATION, state) for state in CaseState)


@every_workflow
def test_a_trigger_names_one_row(workflow: Workflow) -> None:
    triggers = [step.trigger for step in workflow.steps]
    assert len(triggers) == len(set(triggers))


@every_workflow
def test_every_row_names_duty_article_and_label(workflow: Workflow) -> None:
    for step in workflow.steps:
        assert step.sources, step.trigger
        assert step.duties, step.trigger
        assert step.label.strip(), step.trigger
        assert step.article.strip(), step.trigger


@every_workflow
def test_administrators_take_no_step_of_a_case(workflow: Workflow) -> None:
    assert not [step.trigger for step in workflow.steps if ADMINISTRATORS.intersection(step.duties)]


@every_workflow
def test_nothing_follows_an_end_but_late_notes_and_what_takes_a_mistake_back(workflow: Workflow) -> None:
    moved_on = {
        step.trigger for end in workflow.ends for step in workflow.from_state(end) if step.dest not in (None, end)
    }
    # A report that was published is drawn up anew as its next version, when it was wrong.
    again = {"reopen"} if workflow is ANNUAL_REPORT else BY_A_LATER_REGISTER
    assert moved_on <= TAKE_BACK | again


def test_the_links_of_a_request_are_the_seven_in_their_order() -> None:
    order = list(dict.fromkeys(state.stage for state in CaseState))
    assert order == [
        Stage.RECEIVE, Stage.REGISTER, Stage.REVIEW, Stage.HANDLE, Stage.REPLY, Stage.DELIVER, Stage.ARCHIVE,
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("trigger", "duties"),
    [
        ("sign_reply", {Duty.SIGNER}),
        ("sign_extension", {Duty.HEAD}),
        ("pass_review", {Duty.REVIEWER, Duty.HEAD, Duty.SIGNER}),
    ],
)
def test_who_approves_is_what_the_law_says(trigger: str, duties: Iterable[Duty]) -> None:
    assert set(LETTER.step(trigger).duties) == duties


def test_an_unknown_trigger_is_a_fault() -> None:
    with pytest.raises(KeyError):
        APPLICATION.step("no_such_step")
