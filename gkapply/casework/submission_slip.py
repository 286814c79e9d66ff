"""What an applicant can keep of a submission on the web (提交凭据): what came in, when, to whom, its hash, and what happens next.

It is not the 收件回执, which is a letter of the office and is issued with the confirmation: the slip says so, and that the day of
receipt is the day of confirmation (条例第三十一条第三项; 最高人民法院指导案例26号).
"""

import json
from collections.abc import Sequence
from datetime import datetime

from gkapply.casework import ledger
from gkapply.casework.intake import arrived_on
from gkapply.casework.internal_term import term_of
from gkapply.casework.records import Case
from gkapply.clock import OFFICE_ZONE
from gkapply.law.channels import HALL, confirm_by
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.letters.notation import chinese_date

TITLE = "政府信息公开申请提交凭据"


def received_by_sending(case: Case) -> bool:
    """Whether the day of sending was the day of receipt: by the organ's choice, or handed in at its receipt point."""
    facts = [fact for fact in ledger.standing(case.facts) if fact.kind == ledger.RECEIVED]
    return any({"basis", "point"} & json.loads(fact.detail).keys() for fact in facts)


def receipt_is_out(case: Case) -> bool:
    """Whether the 收件回执 can be fetched on the page of the request."""
    return any(letter.kind == LetterKind.RECEIPT and letter.file_sha for letter in case.letters)


def next_steps(case: Case) -> Sequence[str]:
    """What happens next and when, one sentence each."""
    if case.ended_on is not None:
        return ["本件已经办结，结果见“查询进度”页。"]
    term, today = term_of(case), case.received_on or arrived_on(case)
    correction = period(PeriodName.CORRECTION_NOTICE, today)
    steps = []
    if case.received_on is None:
        last = chinese_date(confirm_by(case.channel, arrived_on(case), case.calendar()))
        steps += [
            f"受理机关最迟在{last}与您联系确认，请保持联系方式畅通。确认之日为收到申请之日。",
            "确认后，受理机关出具《收件回执》，您可以在“查询进度”页下载。",
        ]
    steps.append(
        f"申请内容不明确的，受理机关自收到申请之日起{correction.amount}个工作日内一次告知您补正（{correction.article}）。"
    )
    until = f"，即{chinese_date(case.due_on)}前" if case.due_on else ""
    steps.append(
        f"受理机关自收到申请之日起{term.days}个工作日内{until}答复（{term.article}）；收到之日不计入，需要延长的会另行告知。"
    )
    return steps


def as_text(case: Case, code: str | None, address: str) -> str:
    """The slip as plain text. ``code`` is None in a browser that did not send the form; ``address``: of the query page."""
    lines = [
        TITLE,
        "",
        f"受理机关：{case.organ.name}",
        f"登记编号：{case.reference}",
        f"查询码：{code or '（只在提交申请的浏览器中显示）'}",
        f"提交时间：{_moment(case.submitted_at or case.entered_at)}（北京时间）",
        f"申请内容校验值（SHA-256）：{case.content_hash}",
        f"查询进度：{address}",
        *_contact(case),
        "",
        _day_of_receipt(case),
        "",
        "接下来：",
        *(f"{number}. {step}" for number, step in enumerate(next_steps(case), start=1)),
        "",
        "本凭据证明申请已经提交，不是收件回执。请妥善保存，查询码不要告诉他人。",
    ]
    return "\r\n".join(lines) + "\r\n"


def _day_of_receipt(case: Case) -> str:
    if case.received_on is None:
        return "收到申请之日：以双方确认之日为准，不是提交之日（条例第三十一条第三项）。"
    at_once = "视为在大厅窗口当面提交" if case.channel == HALL else "受理机关对网上提交的申请以提交之日为收到申请之日"
    how = at_once if received_by_sending(case) else "双方确认之日"
    return f"收到申请之日：{chinese_date(case.received_on)}（{how}，条例第三十一条第三项）。"


def _contact(case: Case) -> list[str]:
    contact = "，".join(part for part in (case.organ.contact_unit, case.organ.contact_phone) if part)
    return [f"联系方式：{contact}"] if contact else []


def _moment(at: datetime) -> str:
    local = at.astimezone(OFFICE_ZONE)
    return f"{chinese_date(local.date())}{local:%H:%M:%S}"
