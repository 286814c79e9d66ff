"""Every field of a letter from the case: what the law fixes, what the file holds, what the author wrote.

The remedies come from the grounds of all items and the signing name, never from a clerk's hand. A letter is composed twice,
when it is frozen and when it is signed; the two must agree.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import answers, ledger
from gkapply.casework.application import PROOF
from gkapply.casework.dating import reckoning
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import decision_paragraphs, paragraphs
from gkapply.law.replies import letter_for
from gkapply.letters.fields import complete, letter_fields
from gkapply.letters.notation import chinese_date, working_days

AUTHORS_FIELDS: Mapping[LetterKind, tuple[str, ...]] = {
    LetterKind.CORRECTION_NOTICE: ("points", "guidance", "answer_within", "override"),
    LetterKind.EXTENSION_NOTICE: ("working_days", "reason"),
    LetterKind.DISCLOSURE_NOTICE: ("decided_text", "disclose_reason"),
}
"""What the author of a letter writes; everything else is composed. Kinds without an entry have nothing to write."""

HOW_RECEIVED = {
    "online": "通过互联网提交",
    "counter": "当面提交",
    "signed_post": "通过邮寄提交",
    "ordinary_post": "以平常信函提交",
    "fax": "以传真提交",
    "email": "以电子邮件提交",
    "oral": "口头提出、由本机关代为填写",
}
MATERIALS = {"application": "政府信息公开申请表", "identity": "身份证明", "authorisation": "授权委托书"}


def require_fields(kind: LetterKind, fields: Mapping[str, Any]) -> None:
    """Raises Refusal when the author left out one of the fields of the kind."""
    for name in AUTHORS_FIELDS.get(kind, ()):
        if fields.get(name) in (None, "", []):
            raise Refusal(f"《{kind.label}》还有内容没有填写", kind.basis, field=name, do="请填写完整后再保存")


def compose(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """All fields that the template of ``letter`` may print, number and date still empty; ``on`` is the day of composing.

    Raises Refusal when something that the letter must say is not known or not lawful on that day.
    """
    kind = LetterKind(letter.kind)
    fields = {
        **_office(letter),
        **_addressee(session, letter),
        **_request(letter.case),
        **_course(letter.case),
        **_PARTICULAR.get(kind, _reply)(session, letter, on),
    }
    declared = {field.name for field in letter_fields(kind.value)}
    return complete(kind.value, {name: value for name, value in fields.items() if name in declared})


def finalise(snapshot: str, *, number: str, on: date) -> str:
    """The approved snapshot with its 文号 and date: what the file is rendered from."""
    frozen = json.loads(snapshot)
    if "document_number" in frozen["fields"]:
        frozen["fields"]["document_number"] = number
    frozen["fields"]["date_text"] = chinese_date(on)
    return canonical(frozen)


def _office(letter: Letter) -> dict[str, Any]:
    organ = letter.case.organ
    return {
        "organ_name": letter.signing_name.full_name,
        "document_number": "",
        "date_text": "",
        "contact_name": organ.contact_unit,
        "contact_phone": organ.contact_phone,
        "contact_address": organ.contact_address,
    }


def _addressee(session: Session, letter: Letter) -> dict[str, Any]:
    question = letter.consultation
    if (
        LetterKind(letter.kind) in (LetterKind.THIRD_PARTY_INQUIRY, LetterKind.DISCLOSURE_NOTICE)
        and question is not None
    ):
        you = "贵方" if question.party_kind == "third_party" else "贵机关"
        return {"addressee": question.name, "you": you}
    case = letter.case
    agent = contact_of(session, case.applicant).get("agent_name", "")
    names = "、".join(one.name for one in case.applicants)
    return {
        "addressee": f"{names}（代理人：{agent}）" if agent else names,
        "you": "您" if case.applicant.kind == NATURAL_PERSON else "贵单位",
    }


def _request(case: Case) -> dict[str, Any]:
    return {
        "request_number": case.reference,
        "received_on_text": chinese_date(case.received_on) if case.received_on else "",
        "received_how": HOW_RECEIVED[case.channel],
        "request_quote": case.description,
        "query_address": "",
        "query_hint": "请在本机关政府信息公开网上申请平台“进度查询”页，凭登记编号和查询码查询办理进度",
    }


def _course(case: Case) -> dict[str, Any]:
    """What happened on the way: correction and extension, as the letters tell it."""
    told = {fact.kind: fact for fact in ledger.standing(case.facts)}
    asked, received = told.get(FactKind.CORRECTION_ASKED), told.get(FactKind.CORRECTION_RECEIVED)
    extension = told.get(FactKind.EXTENSION)
    corrections = [paper.text for paper in case.documents if paper.role.startswith("correction") and paper.text]
    return {
        "correction_asked_text": chinese_date(asked.on_) if asked else "",
        "correction_received_text": chinese_date(received.on_) if received else "",
        "correction_quote": corrections[-1] if received and corrections else "",
        "extended_text": chinese_date(extension.told_on) if extension and extension.told_on else "",
    }


def _receipt(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    case = letter.case
    handed_in = [paper for paper in case.documents if paper.role != PROOF]
    papers = [MATERIALS.get(paper.role, f"其他材料（{paper.name}）") for paper in handed_in]
    return {
        "materials": ["政府信息公开申请表", *(name for name in papers if name != MATERIALS["application"])],
        "content_hash": case.content_hash,
        "due_text": chinese_date(case.due_on) if case.due_on else "",
    }


def _correction_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    return {
        "points": letter.field("points"),
        "guidance": letter.field("guidance"),
        "answer_within_text": working_days(letter.field("answer_within")),
        "answer_by_text": "",
    }


def _extension_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    case, days = letter.case, letter.field("working_days")
    before = reckoning(case).reply_due_on
    fact = Fact(FactKind.EXTENSION, on, working_days=days, told_on=on)
    after = reckon(_received(case), (*case.law_facts(), fact), case.calendar(), case.clock_settings()).reply_due_on
    if before is None or after is None:
        raise Refusal(
            "答复期限正因征求意见停止计算，新的答复期限尚不能确定",
            "条例第三十三条第三款",
            do="请在意见收到或者期限届满之后再告知延期",
        )
    return {
        "extension_reason": letter.field("reason"),
        "extension_days": str(days),
        "due_text": chinese_date(before),
        "new_due_text": chinese_date(after),
    }


def _received(case: Case) -> date:
    if case.received_on is None:
        raise Refusal("申请尚未确认收到，期限不起算", "条例第三十一条")
    return case.received_on


def _question(session: Session, letter: Letter, on: date) -> dict[str, Any]:
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
        "asked_on_text": chinese_date(question.asked_on) if question.asked_on else "",
    }


def _disclosure_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
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


def _reply(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    case, name = letter.case, letter.signing_name
    fitting = letter_for(answers.kind_of(item) for item in case.items)
    if fitting != letter.kind:
        raise Refusal(
            f"各项的答复类型已经改变，应当使用《{fitting.label}》", "条例第三十六条", do="请作废本稿，重新起草答复书"
        )
    return {
        "facts": answers.course_of_handling(case),
        "items": answers.item_rows(case),
        "enclosures": answers.enclosures(case),
        "remedies": list(
            paragraphs(
                answers.answered_items(case),
                review_authority=name.review_authority,
                court=name.court,
                on=on,
                delivered_online=case.way == "online",
                online_review=name.online_review or None,
            )
        ),
    }


_Particular = Callable[[Session, Letter, date], dict[str, Any]]
_PARTICULAR: Mapping[LetterKind, _Particular] = {
    LetterKind.RECEIPT: _receipt,
    LetterKind.CORRECTION_NOTICE: _correction_notice,
    LetterKind.EXTENSION_NOTICE: _extension_notice,
    LetterKind.THIRD_PARTY_INQUIRY: _question,
    LetterKind.INQUIRY_NOTICE: _question,
    LetterKind.DISCLOSURE_NOTICE: _disclosure_notice,
}
"""What each kind says besides the common skeleton; every other kind is a reply."""
