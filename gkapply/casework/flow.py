"""The one door through which a state changes.

One shared machine per workflow with no model registered, so that nothing is kept per case; the rows of ``workflows/``
ride on the transitions. The machine has no rollback: the unit of work is the rollback, so never catch a Refusal inside a
transaction and go on.
"""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, Protocol

from sqlalchemy import update
from sqlalchemy.orm import Session
from transitions import EventData, Machine, MachineError, Transition

from gkapply.casework import case_indexing, case_news, journal, watching
from gkapply.casework.access import Actor, system_in
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.publications import Publication
from gkapply.casework.reappraisal_records import Reappraisal
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from workflows.annual_report import ANNUAL_REPORT
from workflows.application import APPLICATION
from workflows.consultation import CONSULTATION
from workflows.deliberation import DELIBERATION
from workflows.dispute import DISPUTE
from workflows.letter import LETTER
from workflows.publication import PUBLICATION
from workflows.reappraisal import REAPPRAISAL
from workflows.referral import REFERRAL
from workflows.step import Step, Workflow

log = logging.getLogger(__name__)


class Moving(Protocol):
    """What can be moved: it has a state and a version."""

    state: Any
    version: int


class MovingCase(Moving, Protocol):
    """A case as far as a step taken with many at once needs it: loaded under lock, no record of the session."""

    id: int
    organ_id: int


@dataclass(frozen=True, slots=True, eq=False)
class Turn:
    """One case that a step is to be taken with: what its guard is given, what its journal entry says besides."""

    case: MovingCase
    given: Mapping[str, Any] = field(default_factory=dict)
    detail: Mapping[str, Any] = field(default_factory=dict)


class _StepTransition(Transition):
    """A transition that remembers the workflow row it was made from."""

    def __init__(self, *arguments: Any, step: Step, **options: Any):
        super().__init__(*arguments, **options)
        self.step = step


class _StepMachine(Machine):
    transition_cls = _StepTransition


def _require_lawful(event: EventData) -> None:
    """Ask the row's guard; it raises Refusal."""
    row = event.transition
    assert isinstance(row, _StepTransition)
    if row.step.guard is not None:
        row.step.guard(event.model, event.kwargs)


@dataclass(frozen=True, slots=True)
class Option:
    """A step that could be taken from where the thing stands, or why not and by whom."""

    step: Step
    refusal: Refusal | None

    @property
    def possible(self) -> bool:
        """Whether this actor may take it now."""
        return self.refusal is None

    @property
    def permitted(self) -> bool:
        """Whether the actor holds the duty (the law may still refuse)."""
        return not isinstance(self.refusal, NotPermitted)


class Flow:
    """One workflow and its machine."""

    def __init__(self, workflow: Workflow):
        self.workflow = workflow
        self.steps: Mapping[str, Step] = {step.trigger: step for step in workflow.steps}
        self._machine = _StepMachine(
            model=None,
            initial=None,
            states=workflow.states,
            send_event=True,
            auto_transitions=False,
            before_state_change=[_require_lawful],
        )
        for step in workflow.steps:
            self._machine.add_transition(step.trigger, list(step.sources), step.dest, step=step)

    def move(self, thing: Moving, trigger: str, actor: Actor, now: datetime, **given: Any) -> Step:
        """Take one lawful step with ``thing`` in memory: duty, state, guard, then the new state and version.

        ``given`` is handed to the guard together with ``actor`` and ``today``. Raises NotPermitted, WrongState or Refusal.
        """
        step = self.steps[trigger]
        require_duty(step, actor)
        try:
            moved = self._machine.events[trigger].trigger(thing, actor=actor, today=day_of(now), **given)
        except MachineError as error:
            raise self.wrong_state(thing, step) from error
        if not moved:
            raise Refusal(f"「{step.label}」没有执行", step.article)
        thing.version += 1
        return step

    def require(self, thing: Moving, trigger: str, actor: Actor) -> Step:
        """The row, if the actor holds the duty and the thing stands where the row starts (its guard is not asked).

        Raises NotPermitted or WrongState.
        """
        step = self.steps[trigger]
        require_duty(step, actor)
        if thing.state not in step.sources:
            raise self.wrong_state(thing, step)
        return step

    def available(self, thing: Moving, actor: Actor, now: datetime) -> Sequence[Option]:
        """Every step that starts from where ``thing`` stands, each with the reason why this actor may not take it now."""
        given = {"actor": actor, "today": day_of(now)}
        options = []
        for step in self.workflow.from_state(thing.state):
            refusal: Refusal | None = None
            try:
                require_duty(step, actor)
                if step.guard is not None:
                    step.guard(thing, given)
            except Refusal as caught:
                refusal = caught
            options.append(Option(step, refusal))
        return options

    def wrong_state(self, thing: Moving, step: Step) -> WrongState:
        """The refusal for a step that does not start from here."""
        return WrongState(f"{self.workflow.label}处于「{thing.state.label}」，不能「{step.label}」", step.article)


def require_duty(step: Step, actor: Actor) -> None:
    """Raises NotPermitted unless the actor holds one of the step's duties."""
    if actor.duties.isdisjoint(step.duties):
        who = "、".join(duty.label for duty in step.duties)
        raise NotPermitted(f"「{step.label}」由{who}办理，您没有这一职责", step.article)


APPLICATIONS = Flow(APPLICATION)
LETTERS = Flow(LETTER)
CONSULTATIONS = Flow(CONSULTATION)
DISPUTES = Flow(DISPUTE)
PUBLICATIONS = Flow(PUBLICATION)
REFERRALS = Flow(REFERRAL)
DELIBERATIONS = Flow(DELIBERATION)
REAPPRAISALS = Flow(REAPPRAISAL)
ANNUAL_REPORTS = Flow(ANNUAL_REPORT)
FLOWS: Mapping[type, Flow] = {
    Case: APPLICATIONS,
    Letter: LETTERS,
    Consultation: CONSULTATIONS,
    Dispute: DISPUTES,
    Publication: PUBLICATIONS,
    Referral: REFERRALS,
    Deliberation: DELIBERATIONS,
    Reappraisal: REAPPRAISALS,
    AnnualReport: ANNUAL_REPORTS,
}
OfOrgan = Reappraisal | AnnualReport
"""What belongs to an organ and to no case."""
Thing = Case | Letter | Consultation | Dispute | Publication | Referral | Deliberation | OfOrgan
"""What ``fire`` moves."""


def flow_of(thing: Thing) -> Flow:
    """The workflow that ``thing`` lives by."""
    return FLOWS[type(thing)]


def fire(
    session: Session,
    thing: Thing,
    trigger: str,
    actor: Actor,
    now: datetime,
    *,
    detail: Mapping[str, Any] | None = None,
    **given: Any,
) -> Step:
    """Take one lawful step and have it journaled in this unit. Nothing else assigns a state.

    ``detail`` goes into the journal: codes, days, numbers and hashes, never a person's name or text. A step of a letter or
    a question raises the version of its case as well; an annual report belongs to no case. Raises NotPermitted, WrongState or
    Refusal.
    """
    flow = flow_of(thing)
    step = flow.move(thing, trigger, actor, now, **given)
    if isinstance(thing, OfOrgan):
        told = {"of": thing.uid, "state": str(thing.state), "version": thing.version, **(detail or {})}
        journal.record(session, thing.organ_id, f"{flow.workflow.name}.{trigger}", actor.signature, now, **told)
        return step
    if isinstance(thing, Case):
        case, more = thing, dict[str, str]()
    else:
        case, more = thing.case, {"of": thing.uid}
        case.version += 1
    case_indexing.moved(session, thing)
    if case.id is None:  # what was there before is written once, when the unit ends
        session.flush()
    journal.record(
        session,
        case.organ_id,
        f"{flow.workflow.name}.{trigger}",
        actor.signature,
        now,
        case_id=case.id,
        state=str(thing.state),
        version=case.version,
        **more,
        **(detail or {}),
    )
    if isinstance(thing, Case):
        case_news.tell_step(session, thing, trigger, now)
    watching.tell_step(session, case, actor, now)
    return step


def fire_many(session: Session, trigger: str, turns: Sequence[Turn], now: datetime, **changes: Any) -> Sequence[Turn]:
    """Time takes the same step with many cases, each judged by its row and guard as by ``fire``; returns those that moved.

    The caller holds the rows' locks. One statement writes the new state, version and ``changes`` (columns of the case); a
    step that changes nothing of the case leaves its version, so that nobody's open form goes stale over a reminder. The
    journal gets one entry for each. A case that its row refuses is logged and left as it is.
    """
    step = APPLICATIONS.steps[trigger]
    actors = {organ_id: system_in(organ_id) for organ_id in {turn.case.organ_id for turn in turns}}
    taken = []
    for turn in turns:
        before = turn.case.version
        try:
            APPLICATIONS.move(turn.case, trigger, actors[turn.case.organ_id], now, **turn.given)
        except Refusal as refusal:
            log.warning("case %d is left as it is (%s): %s", turn.case.id, trigger, refusal)
            continue
        if step.dest is None and not changes:
            turn.case.version = before
        taken.append(turn)
    if taken and (changes or step.dest is not None):
        values = dict(changes) if step.dest is None else {**changes, "state": step.dest}
        ids = [turn.case.id for turn in taken]
        statement = update(Case).where(Case.id.in_(ids)).values(version=Case.version + 1, **values)
        session.execute(statement, execution_options={"synchronize_session": False})
    for turn in taken:
        journal.record(
            session,
            turn.case.organ_id,
            f"{APPLICATIONS.workflow.name}.{trigger}",
            "system",
            now,
            case_id=turn.case.id,
            state=str(turn.case.state),
            version=turn.case.version,
            **turn.detail,
        )
    return taken
