"""The row of a workflow: one lawful step."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Literal

from workflows.duties import Duty

Guard = Callable[[Any, Mapping[str, Any]], None]
"""Called with the thing (case, letter, consultation) and what the deed was given; returns nothing, or raises Refusal.

A guard may run merely to answer the question whether a step is possible, so it never writes.
"""


class Stage(StrEnum):
    """The seven links (条例第四十五条 and the offices' flow charts) on which every state stands."""

    RECEIVE = "接收"
    REGISTER = "登记"
    REVIEW = "审核"
    HANDLE = "办理"
    REPLY = "答复"
    DELIVER = "送达"
    ARCHIVE = "归档"


class State(StrEnum):
    """Base of a workflow's states: the code, the label that users read, the link on which it stands."""

    label: str
    stage: Stage

    def __new__(cls, value: str, label: str, stage: Stage) -> "State":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.stage = stage
        return member


@dataclass(frozen=True, slots=True)
class Step:
    """One lawful step: what it is called, from where to where, by whose duty, under which article.

    ``dest`` None means that the thing stays in its state. ``via`` names the other workflow whose step takes this one
    along (the signature of a reply moves the case); such a step has no button and no address of its own.
    """

    trigger: str
    label: str
    sources: tuple[State, ...]
    dest: State | None
    duties: tuple[Duty, ...]
    article: str
    guard: Guard | None = None
    via: Literal["letter", "consultation", "application"] | None = None


@dataclass(frozen=True, slots=True)
class Workflow:
    """A flat machine: its states, its rows, where a new thing begins and where a life may end."""

    name: str
    label: str
    states: type[State]
    start: State
    ends: tuple[State, ...]
    steps: tuple[Step, ...]

    def step(self, trigger: str) -> Step:
        """The row with that trigger. Raises KeyError: an unknown trigger is a fault of the program."""
        for row in self.steps:
            if row.trigger == trigger:
                return row
        raise KeyError(trigger)

    def triggers(self) -> frozenset[str]:
        """All triggers of the workflow."""
        return frozenset(row.trigger for row in self.steps)

    def from_state(self, state: State) -> Sequence[Step]:
        """The rows that start from ``state``, in the order of the table."""
        return [row for row in self.steps if state in row.sources]
