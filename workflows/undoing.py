"""What is done about a step taken by mistake (办错的步骤): the lawful counter-step of each, or why there is none.

Nothing that was done is ever edited or deleted: a counter-step is a step of its own, with its reason, beside the mistake.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Room = Literal["application", "letter", "consultation", "deliberation", "dispute", "publication", "referral"]


@dataclass(frozen=True, slots=True)
class Counter:
    """What is done about one step. ``by``: workflow and trigger of the counter-step; None where there is none.

    ``why`` says what the counter-step changes, or why there is none and what is done instead.
    """

    by: tuple[Room, str] | None
    why: str


def _by(trigger: str, why: str, room: Room = "application") -> Counter:
    return Counter((room, trigger), why)


def _none(why: str) -> Counter:
    return Counter(None, why)


TAKE_BACK = frozenset({"take_back_acceptance", "take_back_correction", "take_back_delivery"})
"""Steps that are nothing but counter-steps: they are reached from the history, never offered as a next step."""

_APPLICANTS = _none("这是申请人自己的行为，本机关不能代为更正；申请人要求改变的，按其新的意思另行登记")
_SENT = _none("文书已经发出，不能收回；内容有误的，依法另行作出更正或者补充的文书并送达")
_BY_TIME = _none("这是系统按期限作出的提醒，不改变期限和办理状态，不需要更正")
_WITH_LETTER = "随文书一起办理；更正文书的步骤，案件随之改变"
_RECORDED = _by("record_note", "再记一条工作记录，写明前一条何处有误；前一条保留在案卷中")
_DRAFTED = _by("discard", "作废这份尚未送审的文书，之后可以重新起草", "letter")
_CAME_IN = _by("propose_void", "提请负责人认定未成立；收到日期、渠道等有误的，在内部备注和工作记录中写明")
_ENDED = _none("申请已经终止，未发出的文书已随案作废；确属办错的，请按原收到日期另行登记（补登），并在两件之间建立关联")

OF_APPLICATION: Mapping[str, Counter] = {
    "submit": _APPLICANTS,
    "submit_as_received": _APPLICANTS,
    "take_in": _CAME_IN,
    "register": _CAME_IN,
    "confirm": _CAME_IN,
    "record_contact": _by("record_contact", "再登记一次联系情况并写明前一次登记有误；前一次保留"),
    "advise_channel": _by("confirm", "申请人坚持本渠道的，与申请人确认并登记"),
    "propose_void": _by("reject_void", "负责人不同意认定未成立，申请继续办理"),
    "approve_void": _none("申请已认定未成立；确属办错的，请按原来件日期另行登记（补登），原件保留备查"),
    "reject_void": _by("propose_void", "再次提请认定未成立，由负责人重新决定"),
    "assign": _by("reassign", "改由其他承办人办理；期限不变"),
    "claim": _by("reassign", "改由其他承办人办理；期限不变"),
    "reassign": _by("reassign", "再次改派；期限不变"),
    "refer": _by("withdraw", "撤回这次转办，写明理由，承办单位会收到通知", "referral"),
    "ask_correction": _SENT,
    "submit_correction": _APPLICANTS,
    "receive_correction": _by(
        "take_back_correction",
        "撤销“收到补正”这一期限事实，申请回到待补正，答复期限按撤销后的事实重新推算；补正材料保留在案卷中",
    ),
    "accept": _by(
        "take_back_acceptance", "申请回到审核中，可以补正告知；期限不变。只在没有起草文书、没有认定、没有征求意见时可以"
    ),
    "check_term": _none("事实只登记一次；有误的，以更正后的台账重新导入（更新），或者在工作记录中写明"),
    **dict.fromkeys(
        (
            "resume_correcting",
            "resume_paying",
            "resume_handling",
            "resume_withdrawn",
            "settle_by_register",
            "reopen_by_register",
        ),
        _none("这是依照原台账的记载作出的；台账有误的，更正后重新导入（更新）"),
    ),
    "itemise": _by("itemise", "重新拆分申请事项；已有的认定须重新作出"),
    "record_note": _RECORDED,
    "add_paper": _RECORDED,
    "reissue_code": _by("reissue_code", "再次重发查询码，之前的查询码随即失效"),
    "change_contact": _by("change_contact", "再次变更，改为正确的联系方式"),
    "change_way": _by("change_way", "再次变更，改为正确的获取方式"),
    "review_secrecy": _by("review_secrecy", "重新记录保密审查，以最后一次为准"),
    "record_search": _by("record_search", "重新记录检索，写明前一次何处有误；两次都保留"),
    "propose_opinion": _DRAFTED,
    "ask_opinion": _by("withdraw", "撤回征求意见，停止计算到撤回之日为止，期限重新推算", "consultation"),
    "allow_inner_question": _none("负责人的准许没有发出征求意见书时不发生任何后果；不再需要的，不发出即可"),
    "hear_opinion": _by("weigh", "意见登记保留；内容有误的，在衡量意见时写明", "consultation"),
    "propose_extension": _DRAFTED,
    "extend": _SENT,
    "propose_correction": _DRAFTED,
    "propose_explanation": _DRAFTED,
    "ask_explanation": _SENT,
    "submit_explanation": _APPLICANTS,
    "receive_explanation": _none("收到理由说明不改变答复期限；登记有误的，由负责人在认定理由是否合理时写明"),
    "judge_explanation": _none("负责人的认定是答复的依据；尚未答复的，可以按新的事实重新要求说明理由"),
    "propose_delay": _DRAFTED,
    "delay": _SENT,
    "propose_fee": _DRAFTED,
    "notice_fee": _SENT,
    "submit_payment": _APPLICANTS,
    "receive_payment": _none("缴费是期限恢复计算的依据，须与财务票据一致；票据有误的，请由财务更正并以工作记录写明"),
    "decide_item": _by("decide_item", "重新认定这一项，以最后一次为准；已起草的答复书须重新生成"),
    "draft_reply": _DRAFTED,
    "submit_reply": _by("return_review", _WITH_LETTER, "letter"),
    "return_reply": _by("submit_review", _WITH_LETTER, "letter"),
    "sign_reply": _by("cancel", _WITH_LETTER, "letter"),
    "cancel_reply": _by("draft_reply", "重新起草答复书，重新送审和签发，另取文号"),
    "dispatch_reply": _SENT,
    "note_delivery": _by("take_back_delivery", _WITH_LETTER, "letter"),
    "propose_disclosure_notice": _DRAFTED,
    "withdraw": _APPLICANTS,
    "record_withdrawal": _ENDED,
    "end_without_applicant": _ENDED,
    "confirm_lapse": _none(
        "申请人补正、缴费到达的，分别以“补正到达，恢复办理”“缴费到账，恢复办理”恢复；没有到达的，另行登记（补登）"
    ),
    "reject_lapse": _by("confirm_lapse", "所给的时间过后，由负责人重新认定"),
    "reopen_corrected": _by("accept", "申请回到审核中；补正仍不明确的，转入办理后据实答复"),
    "reopen_paid": _none("缴费到账是恢复办理的依据，须与财务票据一致；票据有误的，请由财务更正并以工作记录写明"),
    "propose_closing_notice": _DRAFTED,
    "split_off": _none("拆分出的申请是独立的一件；不需要的，按其内容答复"),
    "divide": _none("拆分后各件独立办理、独立编号，不能合并；可以一并答复"),
    "entrust": _none("委托办理已告知申请人；改由本机关办理的，以工作记录写明，以本机关名义答复"),
    "ask_assistance": _DRAFTED,
    "note_assistance": _by("note_assistance", "再登记一次协办答复并写明前一次登记有误；两次都保留"),
    "transfer_courtesy": _SENT,
    "answer_on_the_spot": _none("当场答复已经交给申请人；答复有误的，依法另行更正"),
    "draft_combined": _DRAFTED,
    "draft_group": _DRAFTED,
    "join_reply": _by("discard", _WITH_LETTER, "letter"),
    "resume": _by("draft_reply", "重新起草答复书"),
    "propose_deliberation": _by("withdraw", "由负责人撤回会商，并写明理由", "deliberation"),
    "tick_deliberation": _by("waive_deliberation", "由负责人决定免予会商，并写明理由"),
    "waive_deliberation": _by("propose_deliberation", "提请会商；免予会商的决定保留"),
    "explain_departure": _by("explain_departure", "重新说明，以最后一次为准"),
    "alarm_arrival": _BY_TIME,
    "remind": _BY_TIME,
    "escalate": _BY_TIME,
    "propose_lapse": _by("reject_lapse", "负责人不认定视为放弃，继续等待"),
    "register_dispute": _by("amend", "更正争议的登记，原登记保留在经过中", "dispute"),
    "begin_redo": _none("重新答复由复议决定或者判决责令，不能撤销；立案信息有误的，以工作记录写明"),
    "record_new_facts": _none("新的事实和理由写入案卷后不再删改；有误的，再记录一次并写明"),
    "link_same": _none("多人申请相同信息只用于提请转主动公开；指出有误的，由负责人决定不主动公开"),
    "record_instruction": _by("carry_out_instruction", "登记落实情况时写明批示登记有误"),
    "carry_out_instruction": _by("record_instruction", "重新登记批示；前一次保留"),
    "archive": _none("案卷已经归档，不能再变动；确有遗漏的，由归档员按档案管理规定补充归档"),
    "take_back_acceptance": _by("accept", "再次转入办理"),
    "take_back_correction": _by("receive_correction", "按实际的日期重新登记收到补正，期限随之重新推算"),
}
"""For every step of a request."""

OF_LETTER: Mapping[str, Counter] = {
    "draft": _by("discard", "作废这份草稿，之后可以重新起草", "letter"),
    "issue_receipt": _SENT,
    "issue_record": _SENT,
    "revise": _by("revise", "再次修改，以最后一次的文本为准", "letter"),
    "discard": _none("作废的草稿不能恢复；请从案件页面重新起草"),
    "end_with_case": _ENDED,
    "submit_review": _by("return_review", "由审核人退回，改正后再送审", "letter"),
    "submit_signature": _by("return_signature", "由签发环节退回，改正后再送签", "letter"),
    "pass_rung": _by("return_review", "由现在的审核环节退回，改正后重新送审", "letter"),
    "pass_review": _by("return_signature", "由签发环节退回，改正后重新送审", "letter"),
    "return_review": _by("submit_review", "改正或者不作修改，重新送审；退回意见保留", "letter"),
    "sign_reply": _by("cancel", "尚未发出的，撤销这份文书，文号留存备查，重新起草", "letter"),
    "sign_extension": _by("cancel", "尚未发出的，撤销这份文书，文号留存备查，重新起草", "letter"),
    "sign_notice": _by("cancel", "尚未发出的，撤销这份文书，文号留存备查，重新起草", "letter"),
    "return_signature": _by("submit_signature", "改正或者不作修改，重新送签；退回意见保留", "letter"),
    "approve_on_paper": _by("confirm_paper", "由签批人本人核对并确认；与纸质不符的，退回后重新登记", "letter"),
    "confirm_paper": _none("签批人已经确认纸质签批；文书尚未发出的，可以撤销后重新办理"),
    "ask_adviser": _by("withdraw_adviser", "撤回征求法律顾问意见", "letter"),
    "withdraw_adviser": _by("ask_adviser", "重新征求法律顾问意见", "letter"),
    "give_advice": _none("法律顾问的意见由其本人提出，不能由本机关更正；需要补充的，再次征求"),
    "cancel": _none("撤销的文书不能恢复，文号不再使用；请重新起草"),
    "seal": _by("seal", "再次登记用印并写明前一次登记有误；两次都保留在用印登记中", "letter"),
    "send": _SENT,
    "note_delivery": _by(
        "take_back_delivery",
        "文书回到已发出待送达，登记的送达结果标为登记有误；由送达起算的期限随之撤销、重新推算，救济期限尚未起算",
        "letter",
    ),
    "send_again": _by("come_back", "登记这次投递的退件；没有实际投递的，写明原因", "letter"),
    "note_result": _none("同一收件人的结果以最后一次登记为准；全部送达后登记有误的，可以撤销送达登记"),
    "come_back": _by("send", "登记再次发出，按实际情况登记送达；答复之日不变", "letter"),
    "take_back_delivery": _by("note_delivery", "按实际的日期重新登记送达", "letter"),
}
"""For every step of a letter."""

COUNTERS: Mapping[str, Mapping[str, Counter]] = {"application": OF_APPLICATION, "letter": OF_LETTER}
"""Workflow → trigger → what is done about it."""


def counter_of(deed: str) -> Counter | None:
    """What is done about a deed of the journal (``application.accept``); None for a deed that is no step of a request or letter."""
    room, _, trigger = deed.partition(".")
    return COUNTERS.get(room, {}).get(trigger)
