"""The steps of a question to a third party or another organ: received, answered, returned, answered late."""

from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import consultation, weighing
from gkapply.casework.access import Actor
from gkapply.casework.consultation import OPINIONS, Opinion
from gkapply.casework.documents import add_document
from gkapply.casework.papers import Consultation
from gkapply.web.delivery_steps import ProofForm
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, text_field
from gkapply.web.wording import date_zh


def note_receipt(session: Session, question: Consultation, form: ProofForm, actor: Actor, now: datetime) -> str:
    """The party got the question: its term runs."""
    assert form.on.data is not None
    proof = None
    if form.proof.data is not None:
        proof = add_document(
            session, question.case, "delivery_proof", form.proof.data, form.on.data, actor, now, field="proof"
        )
    consultation.note_receipt(session, question, form.on.data, actor, now, proof=proof)
    return f"已登记，{question.name}的意见期限到{date_zh(question.opinion_due_on)}届满"


class OpinionForm(StepForm):
    """What the party said."""

    on = day_field("收到意见之日", description="答复期限从次日起继续计算")
    opinion = RadioField("意见", [InputRequired("请选择对方的意见")], choices=choices(OPINIONS.items()))
    parts = text_field("同意公开的部分", needed=False, longest=2000, description="部分同意公开的须填写")
    text = text_field(
        "意见内容和理由", needed=False, longest=2000, description="对方说明了理由的，如实记明；没有说明的留空"
    )
    file = UploadField("书面意见", description="每个文件不超过20 MB")


def answer(session: Session, question: Consultation, form: OpinionForm, actor: Actor, now: datetime) -> str:
    """The party's opinion comes in."""
    assert form.on.data is not None
    if form.file.data is not None:
        add_document(session, question.case, "opinion", form.file.data, form.on.data, actor, now)
    said = Opinion(form.opinion.data, form.text.data or "", form.parts.data or "")
    consultation.answer(session, question, form.on.data, said, actor, now)
    return f"已登记{question.name}的意见：{OPINIONS[form.opinion.data]}"


def come_back(session: Session, question: Consultation, form: ProofForm, actor: Actor, now: datetime) -> str:
    """The question came back undelivered."""
    assert form.on.data is not None
    if form.proof.data is not None:
        add_document(session, question.case, "return_proof", form.proof.data, form.on.data, actor, now, field="proof")
    consultation.come_back(session, question, form.on.data, actor, now)
    return f"已登记退回，答复期限自{date_zh(form.on.data)}的次日起继续计算"


class WithdrawForm(StepForm):
    """Why the opinion is needed no longer."""

    reason = text_field("撤回的理由", longest=1000)


def withdraw(session: Session, question: Consultation, form: WithdrawForm, actor: Actor, now: datetime) -> str:
    """The question is withdrawn."""
    consultation.withdraw(session, question, form.reason.data or "", actor, now)
    return f"已撤回征求{question.name}的意见，答复期限自{date_zh(question.withdrawn_on)}的次日起继续计算"


class WeighForm(StepForm):
    """What the office made of the opinion."""

    result = RadioField("衡量结果", [InputRequired("请选择衡量结果")], choices=choices(weighing.WEIGHINGS.items()))
    text = text_field(
        "理由", longest=2000, description="对方的理由是否成立、为什么；没有说明理由的，写明本机关如何考虑"
    )


def weigh(session: Session, question: Consultation, form: WeighForm, actor: Actor, now: datetime) -> str:
    """The opinion is weighed."""
    weighing.weigh(session, question, form.result.data, form.text.data or "", actor, now)
    return f"已衡量{question.name}的意见：{weighing.WEIGHINGS[form.result.data]}"


PAGES: Pages = {
    "note_receipt": StepPage(ProofForm, note_receipt, "对方的意见期限从收到之日的次日起计算。"),
    "answer": StepPage(OpinionForm, answer),
    "come_back": StepPage(ProofForm, come_back, "退回的，停止计算期限到退回之日为止。"),
    "withdraw": StepPage(
        WithdrawForm, withdraw, "撤回之日停止计算期限即告结束，从次日起继续计算；对方的链接随之失效。", "grave"
    ),
    "weigh": StepPage(
        WeighForm,
        weigh,
        "第三方不同意公开且有合理理由的，不予公开；因公共利益决定公开的，须先将决定公开告知书送达第三方。",
        template="steps/weigh.html",
    ),
    "answer_late": StepPage(OpinionForm, answer, "逾期提出的意见存卷并应当考虑，但不改变期限。"),
}
