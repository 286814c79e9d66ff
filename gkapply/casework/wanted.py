"""What an applicant is asked for, as the page of their request says it: correction, explanation, payment."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.term_of_applicant import term_of_applicant
from gkapply.law.letters import LetterKind
from workflows.case_states import CaseState


@dataclass(frozen=True, slots=True)
class CorrectionWanted:
    """What the applicant is asked to correct, until when (None: the term runs from the receipt of the notice)."""

    points: Sequence[str]
    guidance: str
    answer_within: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class ExplanationWanted:
    """How many requests in which period the applicant is to explain, until when."""

    counts: str
    period: str
    answer_within: int
    due_on: date | None


@dataclass(frozen=True, slots=True)
class PaymentWanted:
    """What the applicant is to pay, how it comes about, where, until when."""

    yuan: int
    working: Sequence[str]
    pay_how: str
    due_on: date | None


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is asked for now. ``late``: the request lapsed, and what is handed in all the same is judged by a person."""

    correction: CorrectionWanted | None
    correction_handed_in_on: date | None
    explanation: ExplanationWanted | None
    payment: PaymentWanted | None
    payment_handed_in_on: date | None
    late: bool

    @property
    def something(self) -> bool:
        """Whether there is anything to do or to wait for."""
        return bool(
            self.correction
            or self.correction_handed_in_on
            or self.explanation
            or self.payment
            or self.payment_handed_in_on
        )


def wanted(case: Case, read: Sequence[Letter]) -> Wanted:
    """What the case asks of its applicant; ``read``: the letters that are in the applicant's hands."""
    state = case.state
    lapsed = state is CaseState.LAPSED
    correcting = case.correction_is_open and (lapsed or state is CaseState.CORRECTING)
    unpaid = case.fee is not None and case.fee.paid_on is None
    paying = unpaid and (lapsed or state is CaseState.PAYING)
    correction, payment = case.correction_waiting, case.payment_waiting
    return Wanted(
        correction=_correction(case, read) if correcting else None,
        correction_handed_in_on=correction.on_ if correction is not None else None,
        explanation=_explanation(case, read) if state is CaseState.EXPLAINING else None,
        payment=_payment(case, read) if paying else None,
        payment_handed_in_on=payment.on_ if payment is not None else None,
        late=lapsed,
    )


def _newest(read: Sequence[Letter], kind: LetterKind) -> Letter | None:
    found = [letter for letter in read if letter.kind == kind]
    return found[-1] if found else None


def _correction(case: Case, read: Sequence[Letter]) -> CorrectionWanted | None:
    letter = _newest(read, LetterKind.CORRECTION_NOTICE)
    if letter is None:
        return None
    term = term_of_applicant(case)
    return CorrectionWanted(letter.field("points"), letter.field("guidance"), letter.field("answer_within"), term)


def _explanation(case: Case, read: Sequence[Letter]) -> ExplanationWanted | None:
    letter = _newest(read, LetterKind.EXPLANATION_NOTICE)
    if letter is None:
        return None
    asked = letter.written
    return ExplanationWanted(
        asked["counts_text"], asked["period_text"], asked["answer_within"], case.explanation_due_on
    )


def _payment(case: Case, read: Sequence[Letter]) -> PaymentWanted | None:
    letter = _newest(read, LetterKind.FEE_NOTICE)
    if letter is None:
        return None
    notice = letter.written
    return PaymentWanted(notice["yuan"], notice["working"], notice["pay_how"], term_of_applicant(case))
