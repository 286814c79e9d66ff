"""Entering that letters left: one alone, or all those that put one question to many."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import delivery, gaps, inquiry_group
from gkapply.casework.access import Actor
from gkapply.casework.delivery import ONLINE, POST, WAYS, Dispatch
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.papers import Letter
from gkapply.casework.records import Document
from gkapply.law.letters import Addressee, LetterKind
from gkapply.web.forms import choices
from gkapply.web.step_form import StepForm, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh
from workflows.letter import LetterState


def title(letter: Letter) -> str:
    """The letter as a sentence names it."""
    return f"《{LetterKind(letter.kind).label}》"


def copies(count: int) -> str:
    """How many letters a deed took along, in brackets; nothing for one."""
    return f"（共{count}份）" if count > 1 else ""


class SendForm(StepForm):
    """How the letter left."""

    way = RadioField("送达方式", [InputRequired("请选择送达方式")], choices=choices(WAYS.items()))
    on = day_field("发出日期", description="邮寄的填交邮之日，当面送达的填签收之日：是否按期答复以此计算")
    tracking = line_field(
        "邮件号码", needed=False, longest=60, description="邮寄的须填写给据邮件号码；只能交邮政企业寄递"
    )
    proof = UploadField("凭证", description="收寄凭证、送达回证等；每个文件不超过20 MB")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today, in the way that the applicant chose where it is one for letters."""
        to_applicant = LetterKind(thing.kind).addressee is Addressee.APPLICANT
        return {"on": today, "way": ONLINE if to_applicant and thing.case.way == "online" else POST}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Joint applicants each get what is addressed to them."""
        if LetterKind(thing.kind).addressee is Addressee.APPLICANT:
            self.told = gaps.joint_hints(thing.case)


def send(session: Session, letter: Letter, form: SendForm, actor: Actor, now: datetime) -> str:
    """The letter leaves."""
    assert form.on.data is not None
    proof = keep_proof(session, letter, "dispatch_proof", form.proof.data, form.on.data, actor, now)
    delivery.send(session, letter, Dispatch(form.way.data, form.on.data, form.tracking.data or "", proof), actor, now)
    return f"{title(letter)}已登记发出（{date_zh(form.on.data)}）"


class SendAllForm(StepForm):
    """How the letters of one question to many left."""

    way = RadioField("送达方式", [InputRequired("请选择送达方式")], choices=choices(WAYS.items()), default=POST)
    on = day_field("发出日期", description="邮寄的填交邮之日：停止计算期限自此日的次日起")
    trackings = text_field(
        "邮件号码", needed=False, longest=20_000, description="每行一个，按送达名单的顺序；邮寄的须填写给据邮件号码"
    )
    proof = UploadField("凭证", description="收寄凭证、送达回证等，一并上传；每个文件不超过20 MB")


def send_all(session: Session, letter: Letter, form: Any, actor: Actor, now: datetime) -> str:
    """The letter leaves, and those to the other parties of the same question with it."""
    if not isinstance(form, SendAllForm):
        return send(session, letter, form, actor, now)
    assert form.on.data is not None
    proof = keep_proof(session, letter, "dispatch_proof", form.proof.data, form.on.data, actor, now)
    dispatch = Dispatch(form.way.data, form.on.data, "", proof)
    count = inquiry_group.send(session, letter, dispatch, (form.trackings.data or "").splitlines(), actor, now)
    return f"{title(letter)}{copies(count)}已登记发出（{date_zh(form.on.data)}）"


def send_form(letter: Letter) -> type[StepForm]:
    """One form for all letters of a question to many that are signed and have not left; else the letter's own."""
    signed = letter.state is LetterState.SIGNED
    return SendAllForm if signed and len(inquiry_group.together(letter)) > 1 else SendForm


def keep_proof(
    session: Session, letter: Letter, role: str, upload: Upload | None, on: date, actor: Actor, now: datetime
) -> Document | None:
    """The proof as a paper of the file, when one was handed in."""
    if upload is None:
        return None
    return add_document(session, letter.case, role, upload, on, actor, now, field="proof")
