"""What must hold before a step of a request may be taken (the guards of ``workflows.application``).

A guard reads the case and raises Refusal; it never writes, since it runs as well when a page only asks what is possible.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.prompts import Call, prompts
from gkapply.law.refusal import Refusal
from workflows.dispute_rows import differs_from_the_annulled
from workflows.instruction_rows import instructions_are_carried_out
from workflows.release_guards import opinions_are_weighed, refusals_are_heeded


def judge(case: Any, fact: Fact) -> None:
    """Judge ``fact`` together with all facts of the case; the law refuses it or not."""
    reckon(case.received_on, (*case.law_facts(), fact), case.calendar(), case.clock_settings())


def correction_can_be_asked(case: Any, given: Mapping[str, Any]) -> None:
    """Once, and within seven working days unless the head lets it go out late (条例第三十条).

    Merely asked whether it is possible, the head's consent is taken as still to come: the page of the step says so.
    """
    on: date = given.get("on") or given["today"]
    judge(case, Fact(FactKind.CORRECTION_ASKED, on, override=bool(given.get("override", True))))


def correction_can_be_received(case: Any, given: Mapping[str, Any]) -> None:
    """A correction answers a question that was asked (条例第三十条)."""
    judge(case, Fact(FactKind.CORRECTION_RECEIVED, given.get("on") or given["today"]))


def extension_is_possible(case: Any, given: Mapping[str, Any]) -> None:
    """Once, at most twenty working days, told before the term ends (条例第三十三条第二款)."""
    on: date = given.get("on") or given["today"]
    judge(case, Fact(FactKind.EXTENSION, on, working_days=given.get("working_days") or 1, told_on=on))


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
            do="请等待意见或期限届满，或登记退回；不再需要该意见的，可以撤回征求意见",
        )


def third_party_has_spoken(case: Any, given: Mapping[str, Any]) -> None:
    """A third party was asked and has answered, or its time is over (条例第三十二条)."""
    asked = [one for one in case.consultations if one.party_kind == "third_party" and one.asked_on is not None]
    if not asked:
        raise Refusal("没有征求过第三方意见，不需要决定公开告知书", "条例第三十二条")
    if all(one.is_open for one in asked):
        raise Refusal("第三方的意见尚未提出、期限也未届满，不能告知决定公开", "条例第三十二条")


def entrustment_is_told(case: Any, given: Mapping[str, Any]) -> None:
    """A department may prepare the answer only if the applicant is told so (国办公开办函〔2014〕67号)."""
    notices = [one for one in case.letters if one.kind == LetterKind.ENTRUSTMENT_NOTICE]
    if any(one.sent_on is None and one.state.value != "discarded" for one in notices):
        raise Refusal(
            "《委托办理告知书》尚未发给申请人，不能答复", "国办公开办函〔2014〕67号", do="请先将告知书送签、发出"
        )


def ready_for_reply(case: Any, given: Mapping[str, Any]) -> None:
    """All items decided, no question open, every opinion weighed and heeded, the applicant told of an entrustment."""
    every_item_decided(case, given)
    entrustment_is_told(case, given)
    no_question_open(case, given)
    opinions_are_weighed(case, given)
    refusals_are_heeded(case, given)
    differs_from_the_annulled(case, given)


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
    if case.replied_on is not None and case.delivered_on is None:
        raise Refusal("答复尚无送达记录，不能归档", "国办公开办函〔2016〕235号", do="请先登记送达日期和凭证")


def file_is_complete(case: Any, given: Mapping[str, Any]) -> None:
    """Delivered or void, and no letter is still on its way to be sent: what is in the file is all there will be."""
    delivered_or_void(case, given)
    waiting = [letter for letter in case.letters if letter.state in ("draft", "review", "signature", "signed")]
    if waiting:
        raise Refusal(f"尚有{len(waiting)}份文书没有发出，不能归档", "条例第四十五条", do="请先发出，或者由起草人作废")
    instructions_are_carried_out(case, given)


def not_yet_delivered(case: Any, given: Mapping[str, Any]) -> None:
    """The delivery of the reply is noted once."""
    if case.delivered_on is not None:
        raise Refusal("答复的送达已经登记")


def correction_waits(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant may hand in one correction at a time online, late ones too: a person judges those."""
    if not case.correction_is_open:
        raise Refusal("本件没有等待补正", "条例第三十条")
    if case.correction_waiting:
        raise Refusal("补正材料已提交，正等待行政机关确认", "条例第三十一条")


def arrival_waits_too_long(case: Any, given: Mapping[str, Any]) -> None:
    """What came in was seen by no registrar for a working day, or not confirmed by its day (条例第三十一条)."""
    unseen = case.first_seen_at is None and given["today"] > given.get("entered_on", given["today"])
    confirm_by: date | None = given.get("confirm_by")
    if not unseen and (confirm_by is None or given["today"] <= confirm_by):
        raise Refusal("来件仍在查看、确认的时限之内", "条例第三十一条")


def reminder_is_due(case: Any, given: Mapping[str, Any]) -> None:
    """A term of the case ends within the days that the office's settings name (条例第三十三条)."""
    if not _called_for(case, given, Call.REMIND):
        raise Refusal("没有临近届满的期限", "条例第三十三条")


def escalation_is_due(case: Any, given: Mapping[str, Any]) -> None:
    """The reply term is over and the request is not answered (条例第三十三条)."""
    if not _called_for(case, given, Call.ESCALATE):
        raise Refusal("答复期限尚未届满", "条例第三十三条")


def lapse_can_be_proposed(case: Any, given: Mapping[str, Any]) -> None:
    """The applicant's term and the grace for the post are over, its start is proved, nothing came in (条例第三十条)."""
    if case.lapse_proposed_on is not None:
        raise Refusal("已经提请认定视为放弃，正等待决定", "条例第三十条")
    if case.correction_waiting or case.payment_waiting:
        raise Refusal("申请人已在网上提交材料，正等待核对", "条例第三十条")
    if not _called_for(case, given, Call.PROPOSE_LAPSE):
        raise Refusal("申请人的期限及邮路宽限尚未届满，或者没有送达证明", "条例第三十条")


def _called_for(case: Any, given: Mapping[str, Any], call: Call) -> bool:
    """Whether time calls for this today, on the clock that is given or on any."""
    settings = case.office_settings()
    found, _ = prompts(case.running_clocks(), given["today"], case.calendar(), settings)
    return any(one.call is call and given.get("clock", one.clock) is one.clock for one in found)
