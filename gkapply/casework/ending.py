"""A request ends without a reply: its row of the annual report, and what was still under way for it."""

from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import joint_reply
from gkapply.casework.access import system_in
from gkapply.casework.flow import fire
from gkapply.casework.records import Case
from gkapply.law import annual_rows
from gkapply.law.case_kinds import CaseKind
from workflows.consultation import ConsultationState
from workflows.letter import LetterState

UNSENT = (LetterState.DRAFT, LetterState.REVIEW, LetterState.SIGNATURE, LetterState.SIGNED)
"""States of a letter that has not left the office."""


def end(session: Session, case: Case, on: date, row: str, reason: str, now: datetime) -> None:
    """Close ``case`` on ``on`` in that row of table 三; letters not yet sent and questions not yet answered go with it.

    A request that was never received counts in no report. Its step has been fired, and its fact entered, by the caller.
    """
    case.ended_on, case.void_reason = on, ""
    if case.received_on is not None and case.kind is CaseKind.APPLICATION:
        named = annual_rows.result_row(row)
        case.report_row, case.report_reason = row, f"{reason}，计入“{named.group}{named.label}”"
    actor = system_in(case.organ_id)
    for letter in case.all_letters:
        if letter.state in UNSENT:
            fire(session, letter, "end_with_case", actor, now)
            joint_reply.let_go(session, letter, case, actor, now)
    for question in case.consultations:
        if question.state in (ConsultationState.DRAFT, ConsultationState.ASKED):
            fire(session, question, "end_with_case", actor, now)
    for deliberation in case.deliberations:
        if deliberation.is_open:
            fire(session, deliberation, "end_with_case", actor, now)
