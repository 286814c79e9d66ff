"""Steps that take back what was entered by mistake (更正办错的步骤): the mistake stays in the history, and what follows from it ends.

Part of ``workflows.application``; what is asked of a letter stands here as well.
"""

from collections.abc import Mapping
from typing import Any

from gkapply.law.case_kinds import CaseKind
from gkapply.law.facts import FactKind
from gkapply.law.letters import INQUIRIES, LetterKind
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty
ARTICLE = "条例第四十五条"
ON_THE_WAY = ("draft", "review", "signature", "signed")
"""A letter that has not left the office and is not given up."""
OUT = ("sent", "returned", "delivered")
OF_THE_REVIEW = (LetterKind.RECEIPT, LetterKind.CORRECTION_NOTICE, LetterKind.EXTENSION_NOTICE)
"""Letters that go out before handling begins: they stay as they are when it goes back."""


def nothing_was_begun(case: Any, given: Mapping[str, Any]) -> None:
    """Handling goes back to the review only while nothing rests on it: no letter, no question, no outcome."""
    if case.kind is CaseKind.REDO:
        raise Refusal("责令重新答复的案件从办理开始，没有审核环节", ARTICLE)
    if any(item.outcome is not None for item in case.items):
        raise Refusal("已经有申请事项作出认定，不能退回审核", ARTICLE, do="认定有误的，请重新逐项认定")
    if any(letter.state.value in ON_THE_WAY for letter in case.letters):
        raise Refusal("已经起草文书，不能退回审核", ARTICLE, do="请先作废未发出的文书")
    if any(letter.state.value in OUT and letter.kind not in OF_THE_REVIEW for letter in case.letters):
        raise Refusal("转入办理之后已经发出文书，不能退回审核", ARTICLE, do="请继续办理，据实答复")
    if any(question.is_open or question.state.value == "draft" for question in case.consultations):
        raise Refusal("正在征求意见，不能退回审核", ARTICLE, do="请先撤回征求意见")


def correction_was_the_last(case: Any, given: Mapping[str, Any]) -> None:
    """The receipt of a correction is taken back only while nothing dated came after it and no letter is on its way."""
    facts = case.law_facts() if case.received_on is not None else ()
    if not facts or facts[-1].kind is not FactKind.CORRECTION_RECEIVED:
        raise Refusal("收到补正之后已有其他期限事实，不能撤销", ARTICLE, do="请先更正其后办理的步骤")
    if any(letter.state.value in ON_THE_WAY for letter in case.letters):
        raise Refusal("已经起草文书，不能撤销收到补正", ARTICLE, do="请先作废未发出的文书")


def delivery_can_be_taken_back(letter: Any, given: Mapping[str, Any]) -> None:
    """The file is open, and no other procedure rests on the delivery."""
    if letter.case.archived_on is not None:
        raise Refusal("案卷已经归档，不能再变动", ARTICLE)
    if letter.kind in INQUIRIES:
        raise Refusal(
            "对方收到征求意见书的日期是意见期限的起算依据，不能撤销",
            "条例第三十二条",
            do="有更早的送达凭证的，请在征求意见中登记对方收到日期，以较早的日期为准",
        )
    if LetterKind(letter.kind).ends_case and any(case.disputes for case in letter.cases):
        raise Refusal("申请人已经提起复议、诉讼或者投诉，送达日期不能撤销", ARTICLE, do="请在争议材料中说明送达情况")


UNDOING = (
    Step(
        "take_back_acceptance",
        "退回审核（更正转入办理）",
        (S.HANDLING,),
        S.REVIEWING,
        (D.OFFICER, D.HEAD),
        "条例第三十条",
        nothing_was_begun,
    ),
    Step(
        "take_back_correction",
        "撤销收到补正（更正登记）",
        (S.REVIEWING,),
        S.CORRECTING,
        (D.HEAD,),
        "条例第三十条",
        correction_was_the_last,
    ),
)
