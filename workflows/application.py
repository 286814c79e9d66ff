"""The life of a request (政府信息公开申请), from the applicant's form to the archive.

A stop of the clock, a consultation or an extension is a fact, not a state: only what changes who has to act next does.
"""

from workflows import application_guards as guards
from workflows.branch_guards import may_be_answered_in_a_letter_of_its_own
from workflows.branch_rows import BRANCHING
from workflows.case_states import (
    AFTER_ASKING,
    AWAITING_APPLICANT,
    BEFORE_HANDLING,
    BEING_WORKED_ON,
    INQUIRING,
    OVER_WITHOUT_REPLY,
    CaseState,
)
from workflows.deliberation_guards import case_is_deliberated
from workflows.deliberation_rows import DELIBERATING
from workflows.dispute_rows import DISPUTING
from workflows.duties import Duty
from workflows.ending_rows import ENDING
from workflows.excess_rows import EXCESSIVE
from workflows.following_rows import FOLLOWING
from workflows.instruction_rows import INSTRUCTING
from workflows.kind_guards import of_requests_only
from workflows.ladder_guards import each_of
from workflows.publication import TURNING_PUBLIC
from workflows.reception_rows import RECEPTION, VOIDING
from workflows.referral_guards import nothing_is_awaited_from_units
from workflows.referral_rows import REFERRING
from workflows.register_rows import REGISTERS
from workflows.release_guards import information_may_leave
from workflows.secrecy_guards import not_by_whoever_decided, something_is_given
from workflows.step import Step, Workflow
from workflows.undoing_rows import UNDOING

__all__ = ["APPLICATION", "BEFORE_HANDLING", "CaseState"]

S, D = CaseState, Duty


APPLICATION = Workflow(
    name="application",
    label="政府信息公开申请",
    states=CaseState,
    start=S.NEW,
    ends=(S.ARCHIVED,),
    steps=(
        *RECEPTION,
        *VOIDING,
        Step("assign", "分办", (S.REGISTERED,), S.REVIEWING, (D.REGISTRAR, D.HEAD), "条例第四十五条"),
        *REFERRING,
        Step(
            "reassign",
            "改派",
            # Every request with an officer: when somebody leaves, nothing may stay behind.
            (*BEING_WORKED_ON[1:], S.REPLIED, *OVER_WITHOUT_REPLY),
            None,
            (D.HEAD,),
            "条例第四十五条",
        ),
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
            (S.CORRECTING, S.LAPSED),
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
        Step("itemise", "拆分申请事项", (S.REVIEWING, *INQUIRING), None, (D.OFFICER,), "条例第三十六条"),
        Step(
            "record_note",
            "记录电话或工作情况",
            (S.RECEIVED, *BEING_WORKED_ON, S.REPLIED, *OVER_WITHOUT_REPLY, S.VOIDED),
            None,
            (D.REGISTRAR, D.OFFICER),
            "条例第四十五条",
        ),
        Step(
            "add_paper",
            "补充材料",
            (S.RECEIVED, *BEING_WORKED_ON, S.REPLIED, *OVER_WITHOUT_REPLY),
            None,
            (D.REGISTRAR, D.OFFICER),
            "条例第四十五条",
        ),
        *FOLLOWING,
        Step(
            "review_secrecy",
            "记录保密审查",
            (S.HANDLING, S.APPROVING),
            None,
            (D.REVIEWER, D.HEAD, D.SIGNER, D.OFFICER),
            "条例第十七条",
            each_of(something_is_given, not_by_whoever_decided),
        ),
        Step("record_search", "记录检索", INQUIRING, None, (D.OFFICER,), "条例第三十六条第四项"),
        Step(
            "propose_opinion",
            "拟征求意见",
            INQUIRING,
            None,
            (D.OFFICER,),
            "条例第三十二条",
            of_requests_only(),
        ),
        Step(
            "ask_opinion",
            "发出征求意见书",
            INQUIRING,
            None,
            (D.OFFICER, D.REGISTRAR),
            "条例第三十二条",
            via="letter",
        ),
        Step(
            "allow_inner_question",
            "准许征求下级单位意见",
            (S.HANDLING,),
            None,
            (D.HEAD,),
            "条例第三十三条第三款",
        ),
        Step(
            "hear_opinion",
            "登记意见",
            AFTER_ASKING,
            None,
            (D.OFFICER, D.REGISTRAR, D.LINK, D.SYSTEM),
            "条例第三十二条",
            via="consultation",
        ),
        Step(
            "propose_extension",
            "拟延长答复期限",
            (S.REVIEWING, *INQUIRING),
            None,
            (D.OFFICER,),
            "条例第三十三条第二款",
            of_requests_only(guards.extension_is_possible),
        ),
        Step(
            "extend",
            "发出延期答复告知书",
            (S.REVIEWING, *INQUIRING),
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
        *EXCESSIVE,
        Step("decide_item", "逐项认定", (S.HANDLING,), None, (D.OFFICER,), "条例第三十六条"),
        Step(
            "draft_reply",
            "起草答复书",
            (S.HANDLING,),
            None,
            (D.OFFICER,),
            "条例第三十六条",
            may_be_answered_in_a_letter_of_its_own,
        ),
        Step(
            "submit_reply",
            "答复书送审",
            (S.HANDLING,),
            S.APPROVING,
            (D.OFFICER,),
            "条例第三十六条",
            each_of(guards.ready_for_reply, case_is_deliberated),
            via="letter",
        ),
        Step(
            "return_reply",
            "退回答复书",
            (S.APPROVING,),
            S.HANDLING,
            (D.REVIEWER, D.SIGNER, D.HEAD),
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
            each_of(guards.ready_for_reply, case_is_deliberated),
            via="letter",
        ),
        Step(
            "cancel_reply",
            "撤销未发出的答复书",
            (S.DELIVERING,),
            S.HANDLING,
            (D.HEAD, D.SIGNER),
            "条例第四十五条",
            via="letter",
        ),
        Step(
            "dispatch_reply",
            "发出答复书",
            (S.DELIVERING,),
            S.REPLIED,
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            information_may_leave,
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
            (S.HANDLING, S.APPROVING, S.DELIVERING),
            None,
            (D.OFFICER,),
            "条例第三十二条",
            of_requests_only(guards.third_party_has_spoken),
        ),
        *ENDING,
        *BRANCHING,
        *DELIBERATING,
        Step(
            "alarm_arrival",
            "提醒来件未看、未确认",
            (S.RECEIVED,),
            None,
            (D.SYSTEM,),
            "条例第三十一条",
            guards.arrival_waits_too_long,
        ),
        Step("remind", "提醒期限将满", BEING_WORKED_ON, None, (D.SYSTEM,), "条例第三十三条", guards.reminder_is_due),
        Step("escalate", "逾期上报", BEING_WORKED_ON, None, (D.SYSTEM,), "条例第三十三条", guards.escalation_is_due),
        Step(
            "propose_lapse",
            "提请认定视为放弃",
            AWAITING_APPLICANT,
            None,
            (D.SYSTEM,),
            "条例第三十条、国办函〔2020〕109号",
            guards.lapse_can_be_proposed,
        ),
        *DISPUTING,
        *TURNING_PUBLIC,
        *INSTRUCTING,
        *REGISTERS,
        *UNDOING,
        Step(
            "archive",
            "归档",
            (S.REPLIED, S.VOIDED, *OVER_WITHOUT_REPLY),
            S.ARCHIVED,
            (D.ARCHIVIST,),
            "条例第四十五条",
            each_of(guards.file_is_complete, nothing_is_awaited_from_units),
        ),
    ),
)
