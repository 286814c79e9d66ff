"""The life of a letter (文书): drafted, approved by other people than its author, numbered, sent, proved.

Who signs a kind stands in its row of ``gkapply.law.letters``: a reply a signer, an extension the head of the disclosure
office (条例第三十三条第二款), other notices a second person. Which rungs lie before the signature is fixed with each letter at
its submission, by its class and the choice of the office (``gkapply.law.ladders``).
"""

from workflows import ladder_guards as ladder
from workflows.advice_guards import advice_is_awaited, an_adviser_was_asked
from workflows.deliberation_guards import agrees_on_paper, is_deliberated
from workflows.duties import Duty
from workflows.ladder_guards import climbs, each_of
from workflows.letter_guards import (
    case_is_open,
    file_is_there,
    late_correction_by_head,
    more_time_is_lawful,
    need_not_be_told,
    seal_is_entered,
)
from workflows.letter_states import LetterState
from workflows.secrecy_guards import all_given_is_reviewed
from workflows.step import Step, Workflow
from workflows.undoing_rows import delivery_can_be_taken_back

__all__ = ["LETTER", "LetterState"]

S, D = LetterState, Duty
APPROVERS = (D.REVIEWER, D.HEAD, D.SIGNER)
"""Who may stand on a rung; which of them on which, the rung itself says."""
ASKERS = (D.OFFICER, *APPROVERS)
"""Who may ask a legal adviser (法律顾问) about a text that waits for a decision."""
CLERKS = (D.REGISTRAR, D.OFFICER)
"""Who may enter what a leader signed on paper."""


LETTER = Workflow(
    name="letter",
    label="文书",
    states=LetterState,
    start=S.NEW,
    ends=(S.DELIVERED, S.DISCARDED),
    steps=(
        Step("draft", "起草", (S.NEW,), S.DRAFT, (D.OFFICER, D.REGISTRAR, D.HEAD), "条例第三十六条"),
        Step(
            "issue_receipt",
            "出具收件回执",
            (S.NEW,),
            S.SENT,
            (D.REGISTRAR, D.APPLICANT),
            "条例第三十一条",
            each_of(climbs("none"), is_deliberated),
        ),
        Step(
            "issue_record",
            "出具当场答复记录",
            (S.NEW,),
            S.DELIVERED,
            (D.REGISTRAR, D.OFFICER),
            "条例第三十三条第一款",
            each_of(climbs("none"), is_deliberated),
        ),
        Step("revise", "修改", (S.DRAFT,), None, (D.OFFICER,), "条例第四十五条"),
        Step("discard", "作废", (S.DRAFT,), S.DISCARDED, (D.OFFICER,), "条例第四十五条", need_not_be_told),
        Step(
            "end_with_case",
            "随案终止",
            (S.DRAFT, S.REVIEW, S.SIGNATURE, S.SIGNED),
            S.DISCARDED,
            (D.SYSTEM,),
            "条例第四十五条",
        ),
        Step(
            "submit_review",
            "送审",
            (S.DRAFT,),
            S.REVIEW,
            (D.OFFICER,),
            "条例第四十五条",
            each_of(ladder.is_reviewed_first, is_deliberated),
        ),
        Step(
            "submit_signature",
            "送签",
            (S.DRAFT,),
            S.SIGNATURE,
            (D.OFFICER,),
            "条例第四十五条",
            each_of(ladder.goes_straight_to_signature, is_deliberated),
        ),
        Step(
            "pass_rung",
            "审核通过，转下一环节",
            (S.REVIEW,),
            None,
            APPROVERS,
            "条例第四十五条",
            each_of(ladder.another_rung_follows, ladder.TAKES_A_RUNG, is_deliberated),
        ),
        Step(
            "pass_review",
            "审核通过",
            (S.REVIEW,),
            S.SIGNATURE,
            APPROVERS,
            "条例第四十五条",
            each_of(ladder.is_the_last_rung, ladder.TAKES_A_RUNG, is_deliberated),
        ),
        Step("return_review", "审核退回", (S.REVIEW,), S.DRAFT, APPROVERS, "条例第四十五条", ladder.holds_the_rung),
        Step(
            "sign_reply",
            "签发答复",
            (S.SIGNATURE,),
            S.SIGNED,
            (D.SIGNER,),
            "条例第三十三条",
            each_of(climbs("reply"), ladder.SIGNS, all_given_is_reviewed, is_deliberated),
        ),
        Step(
            "sign_extension",
            "同意延期、延迟",
            (S.SIGNATURE,),
            S.SIGNED,
            (D.HEAD,),
            "条例第三十三条第二款",
            each_of(climbs("extension"), ladder.SIGNS, more_time_is_lawful, is_deliberated),
        ),
        Step(
            "sign_notice",
            "签发告知",
            (S.SIGNATURE,),
            S.SIGNED,
            APPROVERS,
            "条例第四十五条",
            each_of(climbs("notice"), ladder.SIGNS, late_correction_by_head, is_deliberated),
        ),
        Step("return_signature", "签发退回", (S.SIGNATURE,), S.DRAFT, APPROVERS, "条例第四十五条"),
        Step(
            "approve_on_paper",
            "登记纸质签批",
            (S.REVIEW, S.SIGNATURE),
            None,
            CLERKS,
            "条例第四十五条",
            agrees_on_paper,
        ),
        Step(
            "confirm_paper",
            "确认纸质签批",
            (S.DRAFT, S.REVIEW, S.SIGNATURE, S.SIGNED, S.SENT, S.RETURNED, S.DELIVERED),
            None,
            APPROVERS,
            "条例第四十五条",
            each_of(case_is_open, ladder.signed_on_paper),
        ),
        Step(
            "ask_adviser",
            "征求法律顾问意见",
            (S.REVIEW, S.SIGNATURE),
            None,
            ASKERS,
            "条例第四十五条",
            case_is_open,
        ),
        Step(
            "withdraw_adviser",
            "撤回征求法律顾问意见",
            (S.DRAFT, S.REVIEW, S.SIGNATURE),
            None,
            ASKERS,
            "条例第四十五条",
            an_adviser_was_asked,
        ),
        # A returned text may still get the opinion that was asked for: it stays with that text.
        Step(
            "give_advice",
            "法律顾问提出意见",
            (S.DRAFT, S.REVIEW, S.SIGNATURE),
            None,
            (D.ADVISER,),
            "条例第四十五条",
            each_of(case_is_open, advice_is_awaited),
        ),
        Step(
            "cancel", "撤销未发出的文书", (S.SIGNED,), S.DISCARDED, (D.HEAD, D.SIGNER), "条例第四十五条", case_is_open
        ),
        Step(
            "seal",
            "登记用印",
            (S.SIGNED,),
            None,
            (D.REGISTRAR, D.SYSTEM),
            "条例第四十五条",
            each_of(case_is_open, file_is_there),
        ),
        Step(
            "send",
            "发出",
            (S.SIGNED, S.RETURNED),
            S.SENT,
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            each_of(case_is_open, file_is_there, seal_is_entered),
        ),
        Step(
            "note_delivery",
            "登记送达",
            (S.SENT,),
            S.DELIVERED,
            (D.REGISTRAR, D.APPLICANT),
            "国办公开办函〔2016〕235号",
            case_is_open,
        ),
        Step(
            "take_back_delivery",
            "撤销送达登记（更正登记）",
            (S.DELIVERED,),
            S.SENT,
            (D.HEAD,),
            "国办公开办函〔2016〕235号",
            delivery_can_be_taken_back,
        ),
        Step(
            "send_again",
            "登记再次投递",
            (S.SENT,),
            None,
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            each_of(case_is_open, file_is_there),
        ),
        # One of several recipients has it, or cannot be reached: the letter is not delivered until all have it.
        Step(
            "note_result",
            "登记其中一人的投递结果",
            (S.SENT,),
            None,
            (D.REGISTRAR, D.APPLICANT),
            "国办公开办函〔2016〕235号",
            case_is_open,
            via="letter",
        ),
        Step(
            "come_back",
            "登记退件",
            (S.SENT,),
            S.RETURNED,
            (D.REGISTRAR,),
            "国办公开办函〔2016〕235号",
            case_is_open,
        ),
    ),
)
