"""What the applicant is waited for, and until when: the correction or the payment."""

from datetime import date

from gkapply.casework.records import Case
from gkapply.law.clocks import Clock, reckon
from gkapply.law.facts import FactKind

CORRECTION, PAYMENT = "correction", "payment"


def cause_of(case: Case) -> str:
    """What the applicant did not do: CORRECTION or PAYMENT."""
    return CORRECTION if case.correction_is_open else PAYMENT


def term_of_applicant(case: Case) -> date | None:
    """The last day of the applicant's term for correcting or paying, whether or not the request has lapsed since."""
    if case.received_on is None:
        return None
    facts = [fact for fact in case.law_facts() if fact.kind is not FactKind.LAPSED]
    wanted = Clock.CORRECTION_ANSWER if case.correction_is_open else Clock.PAYMENT
    running = reckon(case.received_on, facts, case.calendar(), case.clock_settings()).running
    return next((clock.due_on for clock in running if clock.clock is wanted), None)
