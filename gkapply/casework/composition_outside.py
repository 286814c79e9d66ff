"""What each letter to somebody else than the applicant says, and the letter that tells the applicant of a question."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import answer_link, answers, people_data
from gkapply.casework.author_fields import optional
from gkapply.casework.composition_base import day_text
from gkapply.casework.papers import Letter
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import decision_paragraphs
from gkapply.letters.notation import chinese_date, working_days


def question(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """Both letters of a question: the one to the party and the one that tells the applicant."""
    question = letter.consultation
    if question is None:
        raise Refusal("这份文书没有对应的征求意见事项", "条例第三十二条")
    return {
        "party_kind": question.party_kind,
        "party_name": question.name,
        "information": question.information,
        "inquiry_reason": question.reason,
        "answer_within_text": working_days(question.answer_within),
        "answer_online": answer_link.how_to_answer(session, question),
        "asked_on_text": chinese_date(question.asked_on) if question.asked_on else "",
    }


def disclosure_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """决定公开告知书 to a third party (条例第三十二条)."""
    question, name = letter.consultation, letter.signing_name
    if question is None:
        raise Refusal("决定公开告知书须对应一件已征求意见的第三方", "条例第三十二条")
    return {
        "asked_on_text": chinese_date(question.asked_on) if question.asked_on else "",
        "opinion_text": answers.opinion_sentence(question, "贵方"),
        "decided_text": letter.field("decided_text"),
        "disclose_reason": letter.field("disclose_reason"),
        "disclose_on_text": "",
        "remedies": list(decision_paragraphs(review_authority=name.review_authority, court=name.court, on=on)),
    }


def assistance_letter(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """协办函: what the other organ is asked to do, and until when; the clock runs on."""
    return {
        "assistance": letter.field("what"),
        "deadline_text": day_text(letter, "deadline"),
        "copies_to": optional(letter.written, "copies"),
    }


def transfer_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """移送函: a courtesy, for the Regulation knows no 转送 of requests."""
    return {
        "transfer_reason": letter.field("reason"),
        "to_address": optional(letter.written, "address"),
        "copies_to": optional(letter.written, "copies"),
        "applicant_text": _applicant(session, letter) if letter.written.get("consent") else "",
    }


def _applicant(session: Session, letter: Letter) -> str:
    """Who applies, and how to reach them: for another organ only with the applicant's consent."""
    applicant = letter.case.applicant
    contact = people_data.contact_of(session, applicant)
    reached = ((label, contact.get(name, "")) for name, label in _REACHED_BY)
    return "，".join([applicant.name, *(f"{label}{value}" for label, value in reached if value)])


_REACHED_BY = (("phone", "联系电话"), ("email", "电子邮箱"), ("address", "通信地址"))


def defence(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """行政复议答复书 and 行政诉讼答辩状."""
    return {
        "dispute_number": letter.field("dispute_number"),
        "applicant_name": letter.field("applicant_name"),
        "reply_number": optional(letter.written, "reply_number"),
        "defence_facts": list(letter.field("facts")),
        "defence_reasons": list(letter.field("reasons")),
        "defence_evidence": list(letter.field("evidence")),
        "defence_request": letter.field("request"),
    }
