"""The life of a letter (文书): drafted, approved by other people than its author, numbered, sent, proved.

Who signs a kind stands in its row of ``gkapply.law.letters``: a reply a signer, an extension the head of the disclosure
office (条例第三十三条第二款), other notices a second person. Which rungs lie before the signature is fixed with each letter at
its submission, by its class and the choice of the office (``gkapply.law.ladders``).
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.seals import is_stamped
from gkapply.law.setting_choices import SealDemand
from workflows import ladder_guards as ladder
from workflows.advice_guards import advice_is_awaited, an_adviser_was_asked
from workflows.duties import Duty
from workflows.ladder_guards import climbs, each_of
from workflows.secrecy_guards import all_given_is_reviewed
from workflows.step import Stage, State, Step, Workflow


class LetterState(State):
    """Where a letter stands."""

    NEW = "new", "未起草", Stage.REPLY
    DRAFT = "draft", "起草中", Stage.REPLY
    REVIEW = "review", "待审核", Stage.REPLY
    SIGNATURE = "signature", "待签发", Stage.REPLY
    SIGNED = "signed", "已签发待发出", Stage.REPLY
    SENT = "sent", "已发出", Stage.DELIVER
    RETURNED = "returned", "退件", Stage.DELIVER
    DELIVERED = "delivered", "已送达", Stage.DELIVER
    DISCARDED = "discarded", "已作废", Stage.ARCHIVE


S, D = LetterState, Duty
APPROVERS = (D.REVIEWER, D.HEAD, D.SIGNER)
"""Who may stand on a rung; which of them on which, the rung itself says."""
ASKERS = (D.OFFICER, *APPROVERS)
"""Who may ask a legal adviser (法律顾问) about a text that waits for a decision."""
CLERKS = (D.REGISTRAR, D.OFFICER)
"""Who may enter what a leader signed on paper."""


def late_correction_by_head(letter: Any, given: Mapping[str, Any]) -> None:
    """A 补正告知 after the seventh working day goes out only with the head's consent (条例第三十条)."""
    late = letter.kind == LetterKind.CORRECTION_NOTICE and letter.field("override")
    if late and Duty.HEAD not in given["actor"].duties:
        raise Refusal("逾期补正告知须经公开机构负责人同意", "条例第三十条", do="请由公开机构负责人签发")


def more_time_is_lawful(letter: Any, given: Mapping[str, Any]) -> None:
    """The head approves, and the applicant is told, on or before the last day of the term (条例第三十三条第二款、第三十五条)."""
    case, on = letter.case, given.get("on") or given["today"]
    if letter.kind == LetterKind.DELAY_NOTICE:
        fact = Fact(FactKind.DELAYED, on, until=date.fromisoformat(letter.field("until")))
    else:
        fact = Fact(FactKind.EXTENSION, on, working_days=letter.field("working_days"), told_on=on)
    reckon(case.received_on, (*case.law_facts(), fact), case.calendar(), case.clock_settings())


def case_is_open(letter: Any, given: Mapping[str, Any]) -> None:
    """Officials change nothing in a file that is in the archive; an applicant may still fetch a letter."""
    closed = letter.case.archived_on is not None and letter.dispute_id is None
    if closed and Duty.APPLICANT not in given["actor"].duties:
        raise Refusal("案卷已经归档，不能再变动", "条例第四十五条")


def need_not_be_told(letter: Any, given: Mapping[str, Any]) -> None:
    """What the applicant has to be told in any case may be rewritten, never given up."""
    kind = LetterKind(letter.kind)
    if kind in MUST_BE_TOLD:
        raise Refusal(f"《{kind.label}》必须送达申请人，不能作废", kind.basis, do="内容有误的，请修改后送签")


MUST_BE_TOLD = (LetterKind.SPLIT_NOTICE, LetterKind.ENTRUSTMENT_NOTICE)
"""Letters that follow from what has been done already."""


def file_is_there(letter: Any, given: Mapping[str, Any]) -> None:
    """Delivery demands the rendered file; its hash stands in the journal."""
    if not letter.file_sha:
        raise Refusal("文书文件正在生成，尚不能发出", do="请稍候片刻再试")


def seal_is_entered(letter: Any, given: Mapping[str, Any]) -> None:
    """A letter that carries a seal leaves once its use is entered, with the scan, as the office has chosen."""
    demand = letter.case.organ.office_settings().seal_before_sending
    kind = LetterKind(letter.kind)
    if letter.state is not LetterState.SIGNED or not is_stamped(kind) or demand is SealDemand.NONE:
        return
    if letter.sealed_on is None:
        raise Refusal(f"《{kind.label}》还没有登记用印，不能发出", do="请先盖章并「登记用印」")
    if demand is SealDemand.SCAN and not letter.sealed_sha:
        raise Refusal(f"《{kind.label}》还没有盖章扫描件，不能发出", do="请再次「登记用印」，并上传盖章扫描件")
    if given.get("on") is not None and given["on"] < letter.sealed_on:
        raise Refusal(f"发出日期早于用印日期{letter.sealed_on.isoformat()}", field="on", do="请核对日期")


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
            climbs("none"),
        ),
        Step(
            "issue_record",
            "出具当场答复记录",
            (S.NEW,),
            S.DELIVERED,
            (D.REGISTRAR, D.OFFICER),
            "条例第三十三条第一款",
            climbs("none"),
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
        Step("submit_review", "送审", (S.DRAFT,), S.REVIEW, (D.OFFICER,), "条例第四十五条", ladder.is_reviewed_first),
        Step(
            "submit_signature",
            "送签",
            (S.DRAFT,),
            S.SIGNATURE,
            (D.OFFICER,),
            "条例第四十五条",
            ladder.goes_straight_to_signature,
        ),
        Step(
            "pass_rung",
            "审核通过，转下一环节",
            (S.REVIEW,),
            None,
            APPROVERS,
            "条例第四十五条",
            each_of(ladder.another_rung_follows, ladder.TAKES_A_RUNG),
        ),
        Step(
            "pass_review",
            "审核通过",
            (S.REVIEW,),
            S.SIGNATURE,
            APPROVERS,
            "条例第四十五条",
            each_of(ladder.is_the_last_rung, ladder.TAKES_A_RUNG),
        ),
        Step("return_review", "审核退回", (S.REVIEW,), S.DRAFT, APPROVERS, "条例第四十五条", ladder.holds_the_rung),
        Step(
            "sign_reply",
            "签发答复",
            (S.SIGNATURE,),
            S.SIGNED,
            (D.SIGNER,),
            "条例第三十三条",
            each_of(climbs("reply"), ladder.SIGNS, all_given_is_reviewed),
        ),
        Step(
            "sign_extension",
            "同意延期、延迟",
            (S.SIGNATURE,),
            S.SIGNED,
            (D.HEAD,),
            "条例第三十三条第二款",
            each_of(climbs("extension"), ladder.SIGNS, more_time_is_lawful),
        ),
        Step(
            "sign_notice",
            "签发告知",
            (S.SIGNATURE,),
            S.SIGNED,
            APPROVERS,
            "条例第四十五条",
            each_of(climbs("notice"), ladder.SIGNS, late_correction_by_head),
        ),
        Step("return_signature", "签发退回", (S.SIGNATURE,), S.DRAFT, APPROVERS, "条例第四十五条"),
        Step("approve_on_paper", "登记纸质签批", (S.REVIEW, S.SIGNATURE), None, CLERKS, "条例第四十五条"),
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
