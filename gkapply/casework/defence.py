"""行政复议答复书 and 行政诉讼答辩状, drafted from the case: what was done on which day, on what basis, with which evidence.

The author goes on writing in the draft; approval and sending are those of every letter. Sending it enters that the organ has
answered.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import letterbook
from gkapply.casework.access import Actor
from gkapply.casework.answers import item_rows
from gkapply.casework.bundle_choice import AUTHORITY, chosen
from gkapply.casework.dating import reckoning
from gkapply.casework.dispute import evidence_until
from gkapply.casework.disputed import Dispute
from gkapply.casework.flow import fire
from gkapply.casework.milestones import milestones
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.notation import chinese_date

NO_NUMBER = "（案号待补）"


def draft_defence(session: Session, dispute: Dispute, actor: Actor, now: datetime) -> Letter:
    """Draft the answer to a review or a suit from what the file holds. Raises Refusal while an earlier draft stands."""
    fire(session, dispute, "draft_defence", actor, now)
    if any(one.state.value not in ("discarded",) for one in dispute.letters):
        raise Refusal(f"《{dispute.kind.answer_label}》已经起草", do="请在原稿上修改，或者作废后重新起草")
    kind = LetterKind.REVIEW_DEFENCE if dispute.kind is DisputeKind.REVIEW else LetterKind.SUIT_DEFENCE
    letter = letterbook.draft(session, dispute.case, kind, written(session, dispute), actor, now)
    letter.dispute = dispute
    return letter


def written(session: Session, dispute: Dispute) -> Mapping[str, Any]:
    """What the draft says at first, in the fields of its author."""
    case = dispute.case
    until = evidence_until(case) or dispute.filed_on
    replies = [
        one
        for one in (*case.letters, *case.answered_with)
        if LetterKind(one.kind).ends_case and one.number and one.signed_on
    ]
    number = replies[-1].number if replies and replies[-1].number else ""
    if dispute.kind is DisputeKind.REVIEW:
        request = f"请求依法维持本机关作出的{number}答复。" if replies else "请求依法审查本机关的答复情况。"
    else:
        request = "请求依法驳回原告的诉讼请求。"
    pieces = [one for one in chosen(session, case, AUTHORITY, until) if not one.left_out]
    return {
        "authority_name": dispute.authority,
        "dispute_number": dispute.number or NO_NUMBER,
        "applicant_name": case.applicant_names,
        "reply_number": number,
        "facts": _facts(case, until),
        "reasons": _reasons(case),
        "evidence": [one.title for one in pieces],
        "request": request,
    }


def _facts(case: Case, until: date) -> list[str]:
    """The course of handling with its days, up to the filing."""
    told = [
        f"{chinese_date(one.on)}，{one.label.replace('您', '申请人')}。" for one in milestones(case) if one.on <= until
    ]
    return [f"申请人申请公开：“{case.description}”。", *told, *_in_time(case)]


def _in_time(case: Case) -> list[str]:
    if case.received_on is None or case.replied_on is None:
        return []
    result = reckoning(case)
    if result.in_time is None or not result.in_time or result.reply_due_on is None:
        return []
    return [
        f"答复期限自收到申请之日的次日起算，依照条例第三十三条届满于{chinese_date(result.reply_due_on)}；"
        f"本机关于{chinese_date(case.replied_on)}答复，未超过法定期限，逐日说明见证据目录。"
    ]


def _reasons(case: Case) -> list[str]:
    """The basis of each item's answer, and what it rests on."""
    if any(item.outcome is None for item in case.items):
        return ["（请写明尚未作出答复的原因和理由）"]
    reasons = []
    for row in item_rows(case):
        because = "；".join(filter(None, [row["reason"], *(part["reason"] for part in row["withheld"])]))
        told = f"关于{row['ordinal_text']}“{row['quote']}”，本机关依照{row['basis']}作出答复。"
        reasons.append(f"{told}理由：{because}。" if because else told)
    return reasons
