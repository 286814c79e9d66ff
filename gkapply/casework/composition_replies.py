"""What each reply says besides the common skeleton: the items of one request, or of several answered together."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import answers
from gkapply.casework.composition_base import course_of, request_of
from gkapply.casework.papers import Letter
from gkapply.casework.people import SigningName
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import AnsweredItem, paragraphs
from gkapply.law.replies import letter_for


def reply(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """A reply, or the record of one given on the spot: every item answered, remedies by the grounds of all."""
    case = letter.case
    fitting = letter_for(answers.kind_of(item) for item in case.items)
    if letter.kind not in (fitting, LetterKind.ON_THE_SPOT_RECORD):
        raise Refusal(
            f"各项的答复类型已经改变，应当使用《{fitting.label}》", "条例第三十六条", do="请作废本稿，重新起草答复书"
        )
    return {
        "facts": answers.course_of_handling(case),
        "items": answers.item_rows(case),
        "enclosures": answers.enclosures(case),
        "remedies": _remedies(letter, answers.answered_items(case), on),
    }


def combined(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """一并答复: every request by its number with what was applied for, each item answered; one set of remedies for all."""
    cases = letter.cases
    requests: list[dict[str, Any]] = []
    enclosures: list[str] = []
    answered: list[AnsweredItem] = []
    for case in cases:
        if any(answers.kind_of(item).for_records for item in case.items):
            raise Refusal("更正申请不能与政府信息公开申请一并答复", "条例第四十一条", field="requests")
        told = request_of(case)
        requests.append(
            {
                **{
                    name: told[name] for name in ("request_number", "received_on_text", "received_how", "request_quote")
                },
                **course_of(case),
                "facts": answers.course_of_handling(case),
                "answers": answers.item_rows(case, enclosed=len(enclosures)),
            }
        )
        enclosures += answers.enclosures(case)
        answered += answers.answered_items(case, within=f"{case.reference}号申请")
    return {"requests": requests, "enclosures": enclosures, "remedies": _remedies(letter, answered, on)}


def _remedies(letter: Letter, answered: Sequence[AnsweredItem], on: date) -> list[str]:
    return remedies_in_the_name_of(letter.signing_name, letter.case, answered, on)


def remedies_in_the_name_of(name: SigningName, case: Case, answered: Sequence[AnsweredItem], on: date) -> list[str]:
    """The remedies paragraphs of a reply signed in that name on that day.

    Authority, court and online channel are the name's. Raises Refusal when one is missing.
    """
    return list(
        paragraphs(
            answered,
            review_authority=name.review_authority,
            court=name.court,
            on=on,
            delivered_online=case.way == "online",
            online_review=name.online_review or None,
            complaint=case.office_settings().complaint_told,
        )
    )
