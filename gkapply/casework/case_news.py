"""Which steps of a request its applicant is told of, with the sentence that says what happened (进展提醒).

A step that sends a letter is told by the letter. What is not told stands in SILENT with the reason, so that no step is forgotten.
"""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import people_data, sending
from gkapply.casework.message_kinds import Kind
from gkapply.casework.records import Case
from gkapply.casework.services import texts
from gkapply.law import identifiers
from gkapply.law.refusal import Refusal

NEWS: Mapping[str, str] = {
    "take_in": "来件已经收到，受理机关将与您联系确认",
    "register": "申请已经收到并登记，答复期限开始计算",
    "confirm": "受理机关已经确认收到申请，答复期限开始计算",
    "receive_correction": "受理机关已经收到补正，答复期限重新计算",
    "receive_explanation": "受理机关已经收到您的理由说明",
    "receive_payment": "受理机关已经核对缴费，答复期限重新计算",
    "reopen_corrected": "已经恢复办理，答复期限重新计算",
    "reopen_paid": "已经恢复办理，答复期限重新计算",
    "withdraw": "您已经撤回申请，不再办理",
    "record_withdrawal": "已经登记您撤回申请，不再办理",
    "confirm_lapse": "已经认定视为放弃申请，不再办理",
    "divide": "申请已经拆分为多件，各件分别答复",
    "change_contact": "登记的联系方式已经变更",
    "change_way": "获取政府信息的方式已经变更",
    "reissue_code": "查询码已经重发，原查询码失效",
}
"""Trigger → what the message says."""
GUARDING = frozenset({"change_contact", "change_way", "reissue_code"})
"""Told so that nobody does it unseen: what comes later does not make up for it."""
SILENT: Mapping[str, str] = {
    "submit": "told with the 登记编号",
    "submit_as_received": "told with the 登记编号",
    "approve_void": "nothing was applied for",
    "assign": "within the office",
    "accept": "within the office",
    "claim": "within the office",
    "take_back_acceptance": "within the office",
    "take_back_correction": "a mistake of the office: the applicant is asked nothing anew",
    "judge_explanation": "told by the letter that follows",
    "submit_explanation": "the applicant does it, and sees it",
    "split_off": "told with the division",
    "answer_on_the_spot": "the applicant is there",
    "end_without_applicant": "there is nobody to tell",
    "begin_redo": "told by the new reply",
    "archive": "within the office",
    "reopen_by_register": "put right in the office's own register",
    "settle_by_register": "put right in the office's own register",
    **dict.fromkeys(
        ("resume_correcting", "resume_paying", "resume_handling", "resume_withdrawn"),
        "happened before the register was taken over",
    ),
    **dict.fromkeys(("ask_correction", "ask_explanation", "notice_fee", "dispatch_reply"), "told by the letter"),
    **dict.fromkeys(("submit_reply", "return_reply", "sign_reply", "cancel_reply", "resume"), "within the office"),
}
"""Steps that move a request and are not told, each with the reason."""


def tell_step(session: Session, case: Case, trigger: str, now: datetime) -> None:
    """Have the applicant told of the step that was just taken, if it is told at all, they can be reached and want to be."""
    if trigger not in NEWS or case.mails_stopped or not case.office_settings().tell_progress:
        return
    if can_be_reached(session, case):
        key = f"{Kind.PROGRESS}:{case.uid}:{case.version}"
        sending.tell(session, Kind.PROGRESS, about=trigger, key=key, case=case, now=now)


def can_be_reached(session: Session, case: Case) -> bool:
    """Whether the file holds a mail address, or a mobile number while there is a gateway for text messages."""
    held = people_data.contact_of(session, case.applicant)
    return bool(held["email"]) or (texts(session) and _is_mobile(held["phone"]))


def _is_mobile(number: str) -> bool:
    try:
        identifiers.mobile(number)
    except Refusal:
        return False
    return True
