"""Rows of the ways beside the straight one: a request divided into several, answered on the spot, answered with others."""

from workflows import branch_guards as guards
from workflows.case_states import CaseState
from workflows.deliberation_guards import case_is_deliberated
from workflows.duties import Duty
from workflows.kind_guards import of_requests_only
from workflows.ladder_guards import each_of
from workflows.step import Step

S, D = CaseState, Duty

BRANCHING = (
    Step("split_off", "登记拆分出的申请", (S.NEW,), S.REGISTERED, (D.OFFICER, D.HEAD), "条例第四十五条"),
    Step(
        "divide",
        "拆分为多件申请",
        (S.REGISTERED, S.REVIEWING, S.HANDLING),
        S.DIVIDED,
        (D.OFFICER, D.HEAD),
        "条例第四十五条",
        of_requests_only(guards.only_the_receipt_was_issued),
    ),
    Step(
        "entrust",
        "委托部门办理",
        (S.REVIEWING, S.HANDLING),
        None,
        (D.HEAD,),
        "国办公开办函〔2014〕67号",
        of_requests_only(guards.not_yet_entrusted),
    ),
    Step(
        "ask_assistance",
        "请求协办",
        (S.REVIEWING, S.HANDLING),
        None,
        (D.OFFICER,),
        "条例第四十五条",
    ),
    Step(
        "note_assistance",
        "登记协办答复",
        (S.REVIEWING, S.CORRECTING, S.HANDLING, S.APPROVING),
        None,
        (D.OFFICER, D.REGISTRAR),
        "条例第四十五条",
        guards.assistance_was_asked,
    ),
    Step(
        "transfer_courtesy",
        "移送其他机关",
        (S.HANDLING, S.DELIVERING, S.REPLIED),
        None,
        (D.OFFICER, D.REGISTRAR),
        "条例第三十六条第五项",
        of_requests_only(guards.another_organ_is_responsible),
    ),
    Step(
        "answer_on_the_spot",
        "当场答复",
        (S.REGISTERED, S.REVIEWING, S.HANDLING),
        S.REPLIED,
        (D.REGISTRAR, D.OFFICER),
        "条例第三十三条第一款",
        of_requests_only(each_of(guards.can_be_answered_on_the_spot, case_is_deliberated)),
    ),
    Step(
        "draft_combined",
        "起草一并答复",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        "条例第三十六条",
        of_requests_only(guards.may_be_answered_in_a_letter_of_its_own),
    ),
    Step(
        "draft_group",
        "起草成组答复",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        "条例第三十六条",
        of_requests_only(guards.may_be_answered_in_a_letter_of_its_own),
    ),
    Step(
        "join_reply",
        "并入一并答复",
        (S.HANDLING,),
        None,
        (D.OFFICER,),
        "条例第三十六条",
        guards.may_be_answered_in_a_letter_of_its_own,
        via="letter",
    ),
    Step(
        "resume",
        "一并答复终止，恢复办理",
        (S.APPROVING, S.DELIVERING),
        S.HANDLING,
        (D.SYSTEM,),
        "条例第三十六条",
        via="letter",
    ),
)
"""Part of ``workflows.application``."""
