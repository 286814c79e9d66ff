"""What each notice to the applicant says besides the common skeleton."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.application import PROOF
from gkapply.casework.author_fields import optional
from gkapply.casework.composition_base import day_text, received_on
from gkapply.casework.dating import reckoning
from gkapply.casework.fee_working import require_current
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.fees import FeeMode
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import FEE_REMEDY, decision_paragraphs
from gkapply.letters.notation import chinese_date, working_days

MATERIALS = {
    "evidence": "记录不准确的证据",
    "application": "政府信息公开申请表",
    "identity": "身份证明",
    "authorisation": "授权委托书",
}
FEE_STANDARDS: Mapping[FeeMode, tuple[str, str]] = {
    FeeMode.ITEM: (
        "按件计收：同一申请人一个自然月内累计申请10件以下（含10件）的，不收费；11—30件（含30件）的部分，100元/件；31件以上的部分，"
        "以10件为一档，每增加一档，收费标准提高100元/件",
        "第{quantity}件申请",
    ),
    FeeMode.PAGE: (
        "按量计收：30页以下（含30页）的，不收费；31—100页（含100页）的部分，10元/页；101—200页（含200页）的部分，20元/页；"
        "201页以上的部分，40元/页",
        "{quantity}页",
    ),
}
"""Both tariffs of 国办函〔2020〕109号, one of which is chosen for a request, and how its quantity is written."""


def receipt(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """收件回执: what was handed in."""
    case = letter.case
    return {
        "materials": materials(case),
        "content_hash": case.content_hash,
        "due_text": chinese_date(case.due_on) if case.due_on else "",
    }


def materials(case: Case) -> list[str]:
    """What was handed in with the request, itself first."""
    handed_in = [paper for paper in case.documents if paper.role != PROOF]
    papers = [MATERIALS.get(paper.role, f"其他材料（{paper.name}）") for paper in handed_in]
    return [f"{case.kind.label}表", *(name for name in papers if name != MATERIALS["application"])]


def correction_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """补正告知书 (条例第三十条)."""
    return {
        "points": letter.field("points"),
        "guidance": letter.field("guidance"),
        "answer_within_text": working_days(letter.field("answer_within")),
        "answer_by_text": "",
    }


def extension_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """延期答复告知书: the last day before and after (条例第三十三条第二款)."""
    case, days = letter.case, letter.field("working_days")
    before = reckoning(case).reply_due_on
    fact = Fact(FactKind.EXTENSION, on, working_days=days, told_on=on)
    after = reckon(received_on(case), (*case.law_facts(), fact), case.calendar(), case.clock_settings()).reply_due_on
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


def explanation_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """说明理由告知书 (条例第三十五条)."""
    return {
        "counts_text": letter.field("counts_text"),
        "period_text": letter.field("period_text"),
        "answer_within_text": working_days(letter.field("answer_within")),
    }


def delay_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """延迟答复告知书: a day of its own, not a number of working days (条例第三十五条)."""
    return {"delay_reason": letter.field("reason"), "until_text": day_text(letter, "until")}


def fee_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """收费通知书: basis, standard, amount and way of paying (国办函〔2020〕109号). Raises Refusal for an unknown mode."""
    mode = letter.field("mode")
    if mode not in FEE_STANDARDS:
        raise Refusal("计收方式只能是按件或者按量", "国办函〔2020〕109号", field="mode")
    standard, quantity = FEE_STANDARDS[mode]
    require_current(session, letter.case, letter.written, on)
    return {
        "mode": mode,
        "quantity_text": quantity.format(quantity=letter.field("quantity")),
        "standard_text": standard,
        "working": list(letter.field("working")),
        "yuan_text": f"{letter.field('yuan')}元",
        "pay_how": letter.field("pay_how"),
        "pay_within_text": str(period(PeriodName.PAYMENT, on)),
        "remedies": [FEE_REMEDY],
    }


def lapse_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """不再处理告知书: the dates and the proof that the term was known (条例第三十条; 国办函〔2020〕109号)."""
    cause, name = letter.field("cause"), letter.signing_name
    if cause not in ("correction", "payment"):
        raise Refusal("不再处理的原因只能是逾期不补正或者逾期不缴费", "条例第三十条", field="cause")
    return {
        "cause": cause,
        "told_on_text": day_text(letter, "told_on"),
        "told_delivered_text": day_text(letter, "delivered_on"),
        "told_proof": letter.field("delivery_proof"),
        "term_ended_text": day_text(letter, "term_ended_on"),
        "remedies": list(
            decision_paragraphs(
                review_authority=name.review_authority,
                court=name.court,
                on=on,
                against="本机关不再处理该申请",
                letter="本告知书",
                delivered_online=letter.case.way == "online",
                online_review=name.online_review or None,
            )
        ),
    }


def withdrawal_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """终止办理告知书: the applicant's own act."""
    return {"withdrawn_on_text": day_text(letter, "withdrawn_on"), "withdrawn_how": letter.field("how")}


def entrustment_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """委托办理告知书 (国办公开办函〔2014〕67号)."""
    return {"entrusted_organ": letter.field("entrusted_organ"), "entrust_reason": letter.field("reason")}


def split_notice(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """拆分办理告知书: the numbers of the parts with what each is about."""
    return {
        "split_reason": optional(letter.written, "reason"),
        "children": [{"number": one["number"], "quote": one["quote"]} for one in letter.field("children")],
    }
