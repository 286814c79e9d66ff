"""What every letter says of its case: office, request, and the course of it."""

from datetime import date
from typing import Any

from gkapply.casework import ledger
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.channels import CHANNELS
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal
from gkapply.letters.notation import chinese_date


def request_of(case: Case) -> dict[str, Any]:
    """The request as it was applied for, word for word."""
    records = case.kind is CaseKind.RECORD_CORRECTION
    return {
        "request_number": case.reference,
        "received_on_text": chinese_date(case.received_on) if case.received_on else "",
        "received_how": CHANNELS[case.channel].how,
        "request_quote": case.description,
        "request_kind": case.kind.label if records else CaseKind.APPLICATION.label,
        "request_wish": "要求更正" if records else "申请公开",
        "query_address": "",
        "query_hint": "请在本机关政府信息公开网上申请平台“进度查询”页，凭登记编号和查询码查询办理进度",
    }


def course_of(case: Case) -> dict[str, Any]:
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


def received_on(case: Case) -> date:
    """The day of receipt. Raises Refusal while it is not confirmed (条例第三十一条)."""
    if case.received_on is None:
        raise Refusal("申请尚未确认收到，期限不起算", "条例第三十一条")
    return case.received_on


def day_text(letter: Letter, name: str) -> str:
    """A day that the author gave as an ISO date, as a letter writes it. Raises Refusal when it is no date."""
    try:
        return chinese_date(date.fromisoformat(str(letter.field(name))))
    except ValueError:
        raise Refusal("日期应写作2026-03-02的形式", field=name) from None
