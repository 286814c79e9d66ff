"""What would become of the clocks if something were done on a day: asked before it is done, and changing nothing."""

from collections.abc import Sequence
from datetime import date

from gkapply.law.clocks import Reckoning
from gkapply.law.facts import Fact, FactKind
from gkapply.law.guards import next_fact
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import Calendar


def if_extended(
    received_on: date,
    facts: Sequence[Fact],
    calendar: Calendar,
    settings: ClockSettings,
    on: date,
    working_days: int,
) -> Reckoning | Refusal:
    """The clocks if the term were extended by so many working days and the applicant told on that day.

    The Refusal is handed back, not raised, where the law forbids it then (条例第三十三条第二款): the page shows either.
    """
    try:
        extension = Fact(FactKind.EXTENSION, on, working_days=working_days, told_on=on)
        return next_fact(received_on, facts, extension, calendar, settings)
    except Refusal as refusal:
        return refusal
