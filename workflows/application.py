"""The life of a request (政府信息公开申请), from the applicant's form to the archive.

A stop of the clock, a consultation or an extension is a fact, not a state: only what changes who has to act next does.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
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
BEING_WORKED_ON = (S.REGISTERED, S.REVIEWING, S.CORRECTING, S.HANDLING, S.APPROVING, S.DELIVERING)


def _try(case: Any, fact: Fact) -> None:
    """Judge ``fact`` together with all facts of the case; the law refuses it or not."""
    reckon(case.received_on, (*case.law_facts(), fact), case.calendar())


def correction_can_be_asked(case: Any, given: Mapping[str, Any]) -> None:
    """Once, and within seven working days unless the head let it go out late (条例第三十条)."""
    on: date = given.get("on") or given["today"]
    _try(case, Fact(FactKind.CORRECTION_ASKED, on, override=bool(given.get("override"))))


def correction_can_be_received(case: Any, given: Mapping[str, Any]) -> None:
    """A correction answers a question that was asked (条例第三十条)."""
    _try(case, Fact(FactKind.CORRECTION_RECEIVED, given.get("on") or given["today"]))


def extension_is_possible(case: Any, given: Mapping[str, Any]) -> None:
    """Once, at most twenty working days, told before the term ends (条例第三十三条第二款)."""
    on: date = given.get("on") or given["today"]
    _try(case, Fact(FactKind.EXTENSION, on, working_days=given.get("working_days") or 1, told_on=on))


def every_item_decided(case: Any, given: Mapping[str, Any]) -> None:
    """Every item applied for has an outcome (一事一答复), 条例第三十六条."""
    open_items = [item.ordinal for item in case.items if item.outcome is None]
    if open_items:
        names = "、".join(f"第{ordinal}项" for ordinal in open_items)
        raise Refusal(f"{names}尚未认定答复类型，不能送审", "条例第三十六条", do="请先逐项认定")


def no_question_open(case: Any, given: Mapping[str, Any]) -> None:
    """No third party or organ still has time to answer, 条例第三十二条."""
    waiting = [question for question in case.consultations if question.is_open]
    if waiting:
        raise Refusal(
            f"尚有{len(waiting)}件征求意见未答复且期限未满，不能送审",
            "条例第三十二条",
            do="请等待意见或期限届满，或登记退回",
        )


def ready_for_reply(case: Any, given: Mapping[str, Any]) -> None:
    """All items decided and no question open."""
    every_item_decided(case, given)
    no_question_open(case, given)


def void_is_proposed(case: Any, given: Mapping[str, Any]) -> None:
    """There is a proposal to treat the submission as 未成立."""
    if not case.void_reason:
        raise Refusal("没有待批准的未成立提请", do="须先由登记员提请并说明理由")


def void_proposed_by_another(case: Any, given: Mapping[str, Any]) -> None:
    """Nobody ends a request by their own proposal alone."""
    void_is_proposed(case, given)
    if case.void_proposed_by == given["actor"].signature:
        raise Refusal("提请认定未成立的人不得自己批准", do="请由另一位公开机构负责人决定")


def void_not_yet_proposed(case: Any, given: Mapping[str, Any]) -> None:
    """The proposal is made once; a refused one may be made again."""
    if case.void_reason:
        raise Refusal("已提请认定未成立，正等待公开机构负责人决定")


def delivered_or_void(case: Any, given: Mapping[str, Any]) -> None:
    """A replied case is closed only when the delivery of its reply is proved."""
    if case.state == S.REPLIED and case.delivered_on is None:
        raise Refusal("答复尚无送达记录，不能归档", "国办公开办函〔2016〕235号", do="请先登记送达日期和凭证")


def not_yet_delivered(case: Any, given: Mapping[str, Any]) -> None:
    """The delivery of the reply is noted once."""
    if case.delivered_on is not None:
        raise Refusal("答复的送达已经登记")


def correction_waits(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant may hand in one correction at a time online."""
    if case.correction_waiting:
        raise Refusal("补正材料已提交，正等待行政机关确认", "条例第三十一条")


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
            void_not_yet_proposed,
        ),
        Step(
            "approve_void",
            "同意认定未成立",
            BEFORE_HANDLING,
            S.VOIDED,
            (D.HEAD,),
            "条例第二十九条",
            void_proposed_by_another,
        ),
        Step("reject_void", "不同意认定未成立", BEFORE_HANDLING, None, (D.HEAD,), "条例第二十九条", void_is_proposed),
        Step("assign", "分办", (S.REGISTERED,), S.REVIEWING, (D.REGISTRAR, D.HEAD), "条例第四十五条"),
        Step("reassign", "改派", (S.REVIEWING, S.CORRECTING, S.HANDLING), None, (D.HEAD,), "条例第四十五条"),
        Step(
            "ask_correction",
            "发出补正告知书",
            (S.REVIEWING,),
            S.CORRECTING,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十条",
            correction_can_be_asked,
            via="letter",
        ),
        Step("submit_correction", "提交补正", (S.CORRECTING,), None, (D.APPLICANT,), "条例第三十条", correction_waits),
        Step(
            "receive_correction",
            "收到补正",
            (S.CORRECTING,),
            S.REVIEWING,
            (D.REGISTRAR,),
            "条例第三十条",
            correction_can_be_received,
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
            (S.HANDLING,),
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
            extension_is_possible,
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
            correction_can_be_asked,
        ),
        Step("decide_item", "逐项认定", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条"),
        Step("draft_reply", "起草答复书", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条", every_item_decided),
        Step(
            "submit_reply",
            "答复书送审",
            (S.HANDLING,),
            S.APPROVING,
            (D.OFFICER,),
            "条例第三十六条",
            ready_for_reply,
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
            ready_for_reply,
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
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            not_yet_delivered,
            via="letter",
        ),
        Step(
            "propose_disclosure_notice",
            "拟决定公开告知书",
            (S.HANDLING, S.DELIVERING),
            None,
            (D.OFFICER,),
            "条例第三十二条",
        ),
        Step("archive", "归档", (S.REPLIED, S.VOIDED), S.ARCHIVED, (D.ARCHIVIST,), "条例第四十五条", delivered_or_void),
    ),
)
