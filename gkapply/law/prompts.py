"""What time calls for on a case: a reminder before a term ends, an escalation after it, a proposal of lapse.

Pure: from the clocks that run, the day, the calendar and the office's settings. The sweep and the guards of the workflow
read the same answer. Whether somebody has been told already is not asked here.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gkapply.law.clocks import Clock, Running
from gkapply.law.settings import OfficeSettings
from gkapply.law.workdays import Calendar

NEVER = date(9999, 12, 31)
"""The next day to look at a case on which time alone brings nothing more."""
REMINDED = frozenset({Clock.REPLY, Clock.CORRECTION_NOTICE, Clock.CORRECTION_ANSWER, Clock.PAYMENT})
LAPSING = frozenset({Clock.CORRECTION_ANSWER, Clock.PAYMENT})
"""Terms of the applicant after which the request may be treated as given up (视为放弃), 条例第三十条, 国办函〔2020〕109号."""

SUPERVISOR_LEVEL, HIGHEST_LEVEL = 2, 4
"""Rungs of an escalation that reach supervising organs (主管部门): the nearest above, and one further above for each more."""


class Call(StrEnum):
    """What time calls for; the value is the trigger of the workflow's row."""

    REMIND = "remind"
    ESCALATE = "escalate"
    PROPOSE_LAPSE = "propose_lapse"


@dataclass(frozen=True, slots=True)
class Prompt:
    """One call of time on one clock.

    ``level``: for a reminder the working days before the end at which it is due (0 = the last day), for an escalation the
    rung (0 officer and head, 1 signer, 2 the nearest supervising organ, 3 and 4 those above it), else 0.
    """

    call: Call
    clock: Clock
    due_on: date
    level: int


def prompts(
    running: Iterable[Running], today: date, calendar: Calendar, settings: OfficeSettings
) -> tuple[list[Prompt], date]:
    """What the clocks call for on ``today``, and the next day on which they may call for more (NEVER: by time alone, none).

    Of the reminders the most urgent that is reached is called for, of the rungs every one: each goes to other people.
    """
    found: list[Prompt] = []
    later = NEVER
    here = calendar.position(today)
    for one in running:
        if one.due_on is None or one.clock not in REMINDED:
            continue
        due = calendar.position(one.due_on)
        days = list(_schedule(one.clock, due, settings))
        reminders = [each for each in days if each[1] is Call.REMIND and each[0] <= here]
        if reminders and today <= one.due_on:
            _, call, level = reminders[-1]
            found.append(Prompt(call, one.clock, one.due_on, level))
        for position, call, level in days:
            if position > here:
                later = min(later, calendar.workday_at(position))
            elif call is not Call.REMIND:
                found.append(Prompt(call, one.clock, one.due_on, level))
    return found, later


def _schedule(clock: Clock, due: int, settings: OfficeSettings) -> Iterator[tuple[int, Call, int]]:
    """(position of the working day, call, level) of everything that a clock ending at ``due`` will call for, in order."""
    for level in sorted({settings.remind_first, settings.remind_second, settings.remind_third, 0}, reverse=True):
        if due > level:
            yield due - level, Call.REMIND, level
    if clock is Clock.REPLY:
        first = due + 1
        yield first, Call.ESCALATE, 0
        yield first + settings.escalate_signer_after, Call.ESCALATE, 1
        for level in range(SUPERVISOR_LEVEL, HIGHEST_LEVEL + 1):
            further = (level - SUPERVISOR_LEVEL) * settings.escalate_further_after
            yield first + settings.escalate_supervisor_after + further, Call.ESCALATE, level
    elif clock in LAPSING:
        yield due + settings.lapse_grace + 1, Call.PROPOSE_LAPSE, 0
