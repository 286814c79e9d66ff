"""One step through the door without a database, against the bare trigger of the state machine library."""

import gc
from collections.abc import Iterator
from datetime import UTC, datetime

from transitions import Machine

from benchmarks.measure import Goal, in_turn
from gkapply.casework.access import Actor
from gkapply.casework.flow import APPLICATIONS
from workflows.application import APPLICATION, CaseState
from workflows.duties import Duty

STEPS = 4000


class Thing:
    """What can be moved."""

    def __init__(self) -> None:
        self.state = CaseState.REGISTERED
        self.version = 1


def run() -> Iterator[Goal]:
    """The door's cost, and that nothing is kept for a case that has passed through it."""
    bare = Machine(model=None, initial=None, states=CaseState, auto_transitions=False)
    for step in APPLICATION.steps:
        bare.add_transition(step.trigger, list(step.sources), step.dest)
    head = Actor("user", 1, frozenset({Duty.HEAD}), user_id=1)
    now = datetime(2026, 3, 2, 2, tzinfo=UTC)

    def door() -> int:
        for _ in range(STEPS):
            APPLICATIONS.move(Thing(), "assign", head, now)
        return STEPS

    def library() -> int:
        assign = bare.events["assign"]
        for _ in range(STEPS):
            assign.trigger(Thing())
        return STEPS

    seconds = in_turn({"door": door, "library": library})
    yield Goal(
        "a step through the door, against the library's bare trigger",
        seconds["door"] / seconds["library"],
        3,
        remark=f"{seconds['door'] * 1e6:.1f} µs",
    )
    gc.collect()
    before = len(gc.get_objects())
    door()
    gc.collect()
    yield Goal("objects kept per case moved", max(len(gc.get_objects()) - before, 0) / STEPS, 0.01, "objects")
