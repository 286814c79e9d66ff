"""The steps of a question to a third party or another organ: received, answered, returned, answered late."""

from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import consultation
from gkapply.casework.access import Actor
from gkapply.casework.consultation import OPINIONS
from gkapply.casework.documents import add_document
from gkapply.casework.papers import Consultation
from gkapply.web.forms import choices
from gkapply.web.letter_steps import ProofForm
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
    text = text_field("意见内容和理由", needed=False, longest=2000, description="不同意公开的，须记明理由")
    file = UploadField("书面意见", description="每个文件不超过20 MB")


def answer(session: Session, question: Consultation, form: OpinionForm, actor: Actor, now: datetime) -> str:
    """The party's opinion comes in."""
    assert form.on.data is not None
    if form.file.data is not None:
        add_document(session, question.case, "opinion", form.file.data, form.on.data, actor, now)
    consultation.answer(session, question, form.on.data, form.opinion.data, form.text.data or "", actor, now)
    return f"已登记{question.name}的意见：{OPINIONS[form.opinion.data]}"


def come_back(session: Session, question: Consultation, form: ProofForm, actor: Actor, now: datetime) -> str:
    """The question came back undelivered."""
    assert form.on.data is not None
    if form.proof.data is not None:
        add_document(session, question.case, "return_proof", form.proof.data, form.on.data, actor, now, field="proof")
    consultation.come_back(session, question, form.on.data, actor, now)
    return f"已登记退回，答复期限自{date_zh(form.on.data)}的次日起继续计算"


PAGES: Pages = {
    "note_receipt": StepPage(ProofForm, note_receipt, "对方的意见期限从收到之日的次日起计算。"),
    "answer": StepPage(OpinionForm, answer),
    "come_back": StepPage(ProofForm, come_back, "退回的，停止计算期限到退回之日为止。"),
    "answer_late": StepPage(OpinionForm, answer, "逾期提出的意见存卷并应当考虑，但不改变期限。"),
}
