"""The life of a request (政府信息公开申请), from the applicant's form to the archive.

A stop of the clock, a consultation or an extension is a fact, not a state: only what changes who has to act next does.
"""

from workflows import application_guards as guards
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class CaseState(State):
    """Where a request stands."""

    NEW = "new", "未入库", Stage.RECEIVE
    RECEIVED = "received", "待确认", Stage.RECEIVE
    REGISTERED = "registered", "已登记待分办", Stage.REGISTER
    REVIEWING = "reviewing", "审核中", Stage.REVIEW
    CORRECTING = "correcting", "待补正", Stage.REVIEW
    HANDLING = "handling", "办理中", Stage.HANDLE
    APPROVING = "approving", "答复审签中", Stage.REPLY
    DELIVERING = "delivering", "待送达", Stage.DELIVER
    REPLIED = "replied", "已答复", Stage.DELIVER
    VOIDED = "voided", "未成立", Stage.ARCHIVE
    ARCHIVED = "archived", "已归档", Stage.ARCHIVE


S, D = CaseState, Duty

BEFORE_HANDLING = (S.RECEIVED, S.REGISTERED, S.REVIEWING)
AFTER_ASKING = (S.HANDLING, S.APPROVING, S.DELIVERING, S.REPLIED)
"""A late opinion is kept and weighed as long as the file is open; it changes no date."""
BEING_WORKED_ON = (S.REGISTERED, S.REVIEWING, S.CORRECTING, S.HANDLING, S.APPROVING, S.DELIVERING)


APPLICATION = Workflow(
    name="application",
    label="政府信息公开申请",
    states=CaseState,
    start=S.NEW,
    ends=(S.ARCHIVED,),
    steps=(
        Step("submit", "网上提交申请", (S.NEW,), S.RECEIVED, (D.APPLICANT,), "条例第二十九条"),
        Step("take_in", "登记待确认的来件", (S.NEW,), S.RECEIVED, (D.REGISTRAR,), "条例第三十一条"),
        Step("register", "登记申请", (S.NEW,), S.REGISTERED, (D.REGISTRAR,), "条例第三十一条"),
        Step("confirm", "与申请人确认并登记", (S.RECEIVED,), S.REGISTERED, (D.REGISTRAR,), "条例第三十一条"),
        Step(
            "propose_void",
            "提请认定未成立",
            BEFORE_HANDLING,
            None,
            (D.REGISTRAR,),
            "条例第二十九条",
            guards.void_not_yet_proposed,
        ),
        Step(
            "approve_void",
            "同意认定未成立",
            BEFORE_HANDLING,
            S.VOIDED,
            (D.HEAD,),
            "条例第二十九条",
            guards.void_proposed_by_another,
        ),
        Step(
            "reject_void",
            "不同意认定未成立",
            BEFORE_HANDLING,
            None,
            (D.HEAD,),
            "条例第二十九条",
            guards.void_is_proposed,
        ),
        Step("assign", "分办", (S.REGISTERED,), S.REVIEWING, (D.REGISTRAR, D.HEAD), "条例第四十五条"),
        Step("reassign", "改派", (S.REVIEWING, S.CORRECTING, S.HANDLING), None, (D.HEAD,), "条例第四十五条"),
        Step(
            "ask_correction",
            "发出补正告知书",
            (S.REVIEWING,),
            S.CORRECTING,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十条",
            guards.correction_can_be_asked,
            via="letter",
        ),
        Step(
            "submit_correction",
            "提交补正",
            (S.CORRECTING,),
            None,
            (D.APPLICANT,),
            "条例第三十条",
            guards.correction_waits,
        ),
        Step(
            "receive_correction",
            "收到补正",
            (S.CORRECTING,),
            S.REVIEWING,
            (D.REGISTRAR,),
            "条例第三十条",
            guards.correction_can_be_received,
        ),
        Step("accept", "内容明确，转入办理", (S.REVIEWING,), S.HANDLING, (D.OFFICER,), "条例第三十条"),
        Step("itemise", "拆分申请事项", (S.REVIEWING, S.HANDLING), None, (D.OFFICER,), "条例第三十六条"),
        Step("record_note", "记录电话或工作情况", BEING_WORKED_ON, None, (D.REGISTRAR, D.OFFICER), "条例第四十五条"),
        Step(
            "add_paper",
            "补充材料",
            (S.RECEIVED, *BEING_WORKED_ON, S.REPLIED),
            None,
            (D.REGISTRAR, D.OFFICER),
            "条例第四十五条",
        ),
        Step(
            "reissue_code",
            "重发查询码",
            (S.RECEIVED, *BEING_WORKED_ON, S.REPLIED),
            None,
            (D.REGISTRAR,),
            "条例第二十八条",
        ),
        Step("record_search", "记录检索", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条第四项"),
        Step("propose_opinion", "拟征求意见", (S.HANDLING,), None, (D.OFFICER,), "条例第三十二条"),
        Step(
            "ask_opinion",
            "发出征求意见书",
            (S.HANDLING,),
            None,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十二条",
            via="letter",
        ),
        Step(
            "hear_opinion",
            "登记意见",
            AFTER_ASKING,
            None,
            (D.OFFICER, D.REGISTRAR, D.SYSTEM),
            "条例第三十二条",
            via="consultation",
        ),
        Step(
            "propose_extension",
            "拟延长答复期限",
            (S.REVIEWING, S.HANDLING),
            None,
            (D.OFFICER,),
            "条例第三十三条第二款",
            guards.extension_is_possible,
        ),
        Step(
            "extend",
            "发出延期答复告知书",
            (S.REVIEWING, S.HANDLING),
            None,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十三条第二款",
            via="letter",
        ),
        Step(
            "propose_correction",
            "拟补正告知",
            (S.REVIEWING,),
            None,
            (D.OFFICER,),
            "条例第三十条",
            guards.correction_can_be_asked,
        ),
        Step("decide_item", "逐项认定", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条"),
        Step(
            "draft_reply", "起草答复书", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条", guards.every_item_decided
        ),
        Step(
            "submit_reply",
            "答复书送审",
            (S.HANDLING,),
            S.APPROVING,
            (D.OFFICER,),
            "条例第三十六条",
            guards.ready_for_reply,
            via="letter",
        ),
        Step(
            "return_reply",
            "退回答复书",
            (S.APPROVING,),
            S.HANDLING,
            (D.REVIEWER, D.SIGNER),
            "条例第四十五条",
            via="letter",
        ),
        Step(
            "sign_reply",
            "签发答复书",
            (S.APPROVING,),
            S.DELIVERING,
            (D.SIGNER,),
            "条例第三十三条",
            guards.ready_for_reply,
            via="letter",
        ),
        Step(
            "dispatch_reply",
            "发出答复书",
            (S.DELIVERING,),
            S.REPLIED,
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            via="letter",
        ),
        Step(
            "note_delivery",
            "登记答复送达",
            (S.REPLIED,),
            None,
            (D.REGISTRAR, D.APPLICANT),
            "国办公开办函〔2016〕235号",
            guards.not_yet_delivered,
            via="letter",
        ),
        Step(
            "propose_disclosure_notice",
            "拟决定公开告知书",
            (S.HANDLING, S.DELIVERING),
            None,
            (D.OFFICER,),
            "条例第三十二条",
            guards.third_party_has_spoken,
        ),
        Step(
            "archive",
            "归档",
            (S.REPLIED, S.VOIDED),
            S.ARCHIVED,
            (D.ARCHIVIST,),
            "条例第四十五条",
            guards.file_is_complete,
        ),
    ),
)
