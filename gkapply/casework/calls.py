"""What time calls for on one case, as turns to be taken and people to be told (见 ``sweep``)."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from gkapply.casework.audience import Audience
from gkapply.casework.flow import Turn
from gkapply.casework.notification import Tidings
from gkapply.casework.watched import Watched
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.law.channels import confirm_by
from gkapply.law.clocks import Clock
from gkapply.law.prompts import NEVER, SUPERVISOR_LEVEL, Call, Prompt, prompts
from workflows.application import CaseState
from workflows.duties import Duty

ALARM_ARRIVAL = "alarm_arrival"
LAST_DAYS = 2
"""Working days before the end of the reply term from which on an extension that was not told yet is asked after."""
_BEFORE_HANDLING = (CaseState.REGISTERED, CaseState.REVIEWING)


@dataclass(frozen=True, slots=True)
class Called:
    """One call of time: the row to be judged by, the turn, and who would be told of what."""

    trigger: str
    turn: Turn
    tidings: tuple[Tidings, ...]


def calls_on(case: Watched, audience: Audience, extending: bool, now: datetime) -> tuple[list[Called], date]:
    """What time calls for on the case now, and the next day on which it may call for more (today: later this day).

    ``extending``: an extension was drafted and has not gone out. Raises Refusal when the facts of the case are not lawful.
    """
    today = day_of(now)
    if case.received_on is None:
        return _arrival(case, audience, now)
    found, look_on = prompts(case.running_clocks(), today, case.calendar(), case.office_settings())
    concerning = [one for one in found if _concerns(case, one, audience)]
    return [_called(case, one, audience, extending, today) for one in concerning], look_on


def _concerns(case: Watched, prompt: Prompt, audience: Audience) -> bool:
    """Whether the call is for the office as the case stands, and has somebody above to go to."""
    if prompt.call is Call.ESCALATE and prompt.level > SUPERVISOR_LEVEL:
        return bool(audience.rung(case.organ_id, case.officer_id, prompt.level))
    if prompt.call is Call.PROPOSE_LAPSE:
        return case.lapse_proposed_on is None and not (case.correction_waiting or case.payment_waiting)
    return prompt.clock is not Clock.CORRECTION_NOTICE or case.state in _BEFORE_HANDLING


def _called(case: Watched, prompt: Prompt, audience: Audience, extending: bool, today: date) -> Called:
    codes = {"clock": prompt.clock.value, "due_on": prompt.due_on.isoformat()}
    handlers = audience.handlers(case.organ_id, case.officer_id)
    heads = audience.holding(case.organ_id, Duty.HEAD)
    tidings: list[Tidings] = []
    if prompt.call is Call.ESCALATE:
        tidings.append(
            _tidings(case, "overdue", audience.rung(case.organ_id, case.officer_id, prompt.level), prompt, codes)
        )
    elif prompt.call is Call.PROPOSE_LAPSE:
        tidings.append(_tidings(case, "lapse_proposed", handlers + heads, prompt, codes))
    else:
        left = case.calendar().count(today, prompt.due_on)
        if prompt.level == 0:
            tidings.append(_tidings(case, "due_today", handlers + heads, prompt, codes))
        else:
            kind = "target" if prompt.level == 1 and prompt.clock is Clock.REPLY else "reminder"
            tidings.append(_tidings(case, kind, handlers, prompt, {**codes, "left": left}))
        if extending and prompt.clock is Clock.REPLY and prompt.level <= LAST_DAYS:
            whom = handlers + audience.office(case.organ_id)
            tidings.append(_tidings(case, "extension_unsent", whom, prompt, codes))
    detail = {**codes, "level": prompt.level}
    return Called(prompt.call.value, Turn(case, {"clock": prompt.clock}, detail), tuple(tidings))


def _tidings(case: Watched, kind: str, users: tuple[int, ...], prompt: Prompt, codes: dict[str, Any]) -> Tidings:
    key = f"{case.uid}:{prompt.clock.value}:{prompt.due_on.isoformat()}"
    return Tidings(case.organ_id, users, kind, key, codes, prompt.level, case.id)


def _arrival(case: Watched, audience: Audience, now: datetime) -> tuple[list[Called], date]:
    """Alarms over what came in and was not opened for a working day, or not confirmed by its day (条例第三十一条)."""
    if case.state is not CaseState.RECEIVED:
        return [], NEVER
    found, look_on = [], NEVER
    for called, due_at in _alarms(case, audience.office(case.organ_id)):
        if now >= due_at:
            found.append(called)
        else:
            look_on = min(look_on, day_of(due_at))
    return found, look_on


def _alarms(case: Watched, office: tuple[int, ...]) -> Iterator[tuple[Called, datetime]]:
    """Each alarm that may come, and the moment from which on it is due."""
    calendar, arrived_on = case.calendar(), case.arrived_on
    entered = case.entered_at.astimezone(OFFICE_ZONE)
    codes = {"arrived_on": arrived_on.isoformat()}
    if case.first_seen_at is None:
        tidings = Tidings(case.organ_id, office, "unseen", f"{case.uid}:seen", codes, 0, case.id)
        turn = Turn(case, {"entered_on": entered.date()}, {"alarm": "unseen", **codes})
        # One whole working day later, at the same hour.
        whole_day = datetime.combine(calendar.add(entered.date(), 1), entered.timetz())
        yield Called(ALARM_ARRIVAL, turn, (tidings,)), whole_day
    last_day = confirm_by(case.channel, arrived_on, calendar)
    codes = {**codes, "due_on": last_day.isoformat()}
    tidings = Tidings(case.organ_id, office, "unconfirmed", f"{case.uid}:confirmed", codes, 0, case.id)
    turn = Turn(case, {"confirm_by": last_day}, {"alarm": "unconfirmed", **codes})
    yield Called(ALARM_ARRIVAL, turn, (tidings,)), datetime.combine(last_day + timedelta(days=1), time(), OFFICE_ZONE)
