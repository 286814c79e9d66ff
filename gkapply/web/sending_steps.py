"""Entering that letters left: one alone, or all those that put one question to many."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Optional, Regexp

from gkapply.casework import delivery, gaps, letters_together
from gkapply.casework.access import Actor
from gkapply.casework.delivery import ONLINE, POST, WAYS
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.entries import Document
from gkapply.casework.papers import Letter
from gkapply.law.delivery_ways import way_of
from gkapply.law.letters import Addressee, LetterKind
from gkapply.law.refusal import Refusal
from gkapply.web.forms import choices
from gkapply.web.recipient_choice import RecipientChoice, has_several
from gkapply.web.step_form import StepForm, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh
from workflows.letter import LetterState


def title(letter: Letter) -> str:
    """The letter as a sentence names it."""
    return f"《{LetterKind(letter.kind).label}》"


def copies(count: int) -> str:
    """How many letters a deed took along, in brackets; nothing for one."""
    return f"（共{count}份）" if count > 1 else ""


WAYS_OF_FORM = choices(WAYS.items())
TIME = Regexp(r"([01]\d|2[0-3]):[0-5]\d", message="时刻请写作 09:30 的形式")


class SendForm(StepForm):
    """How the letter left."""

    way = RadioField("送达方式", [InputRequired("请选择送达方式")], choices=WAYS_OF_FORM)
    on = day_field(
        "发出日期", description="邮寄的填交邮之日，当面、委托、留置送达的填签收或者留置之日：是否按期答复以此计算"
    )
    at = StringField("时刻", [Optional(), TIME], description="例如 09:30", render_kw={"class": "short"})
    tracking = line_field(
        "邮件号码", needed=False, longest=60, description="邮寄的须填写给据邮件号码；只能交邮政企业寄递"
    )
    carrier = line_field(
        "邮政业务或者受托机关", needed=False, longest=60, description="例如 邮政EMS、挂号信；委托送达的写受托的行政机关"
    )
    proof = UploadField("凭证", description="收寄凭证、送达回证、见证或者公告的凭证等；每个文件不超过20 MB")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today, in the way that the applicant chose where it is one for letters."""
        to_applicant = LetterKind(thing.kind).addressee is Addressee.APPLICANT
        return {"on": today, "way": ONLINE if to_applicant and thing.case.way == "online" else POST}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Joint applicants each get what is addressed to them."""
        if LetterKind(thing.kind).addressee is Addressee.APPLICANT:
            self.told = gaps.joint_hints(thing.case)

    def numbers(self) -> Mapping[str, str] | None:
        """The post's number for each chosen recipient; None: one for all."""
        return None


class SendJointForm(RecipientChoice, SendForm):
    """How the letter left for some or all of several recipients."""

    tracking = text_field(
        "邮件号码",
        needed=False,
        longest=5_000,
        description="合寄一件的写一个；分别寄出的，按所选各人的顺序每行一个",
        render_kw={"class": "short"},
    )

    def numbers(self) -> Mapping[str, str] | None:
        """One number for all, or one for each in order. Raises Refusal when they are not as many."""
        chosen = self.chosen
        lines = [line.strip() for line in (self.tracking.data or "").splitlines() if line.strip()]
        if len(lines) <= 1:
            lines = (lines or [""]) * len(chosen)
        if len(lines) != len(chosen):
            raise Refusal(
                f"选择了{len(chosen)}人，填写了{len(lines)}个邮件号码", field="tracking", do="请按顺序每行填写一个"
            )
        return dict(zip(chosen, lines, strict=True))


def _dispatch(session: Session, letter: Letter, form: SendForm, actor: Actor, now: datetime) -> Dispatch:
    assert form.on.data is not None
    proof = keep_proof(session, letter, "dispatch_proof", form.proof.data, form.on.data, actor, now)
    numbers = form.numbers()
    return Dispatch(
        way_of(form.way.data),
        form.on.data,
        "" if numbers is not None else form.tracking.data or "",
        proof,
        numbers,
        form.at.data or "",
        form.carrier.data or "",
    )


def send(session: Session, letter: Letter, form: SendForm, actor: Actor, now: datetime) -> str:
    """The letter leaves."""
    dispatch = _dispatch(session, letter, form, actor, now)
    delivery.send(session, letter, dispatch, actor, now)
    return f"{title(letter)}已登记发出（{date_zh(dispatch.on)}）"


def send_again(session: Session, letter: Letter, form: SendForm, actor: Actor, now: datetime) -> str:
    """A further attempt, for another recipient or because the last is not heard of."""
    dispatch = _dispatch(session, letter, form, actor, now)
    delivery.send_again(session, letter, dispatch, actor, now)
    return f"{title(letter)}已登记再次投递（{date_zh(dispatch.on)}）"


class SendAllForm(StepForm):
    """How the letters of one question to many left."""

    way = RadioField("送达方式", [InputRequired("请选择送达方式")], choices=WAYS_OF_FORM, default=POST)
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
    dispatch = Dispatch(way_of(form.way.data), form.on.data, "", proof)
    count = letters_together.send(session, letter, dispatch, (form.trackings.data or "").splitlines(), actor, now)
    return f"{title(letter)}{copies(count)}已登记发出（{date_zh(form.on.data)}）"


def send_form(letter: Letter) -> type[StepForm]:
    """One form for all letters of a question to many that are signed and have not left; else the letter's own."""
    signed = letter.state is LetterState.SIGNED
    if signed and len(letters_together.together(letter)) > 1:
        return SendAllForm
    return form_for_recipients(letter)


def form_for_recipients(letter: Letter) -> type[SendForm]:
    """The form with a choice of recipients where there are several."""
    return SendJointForm if has_several(letter) else SendForm


def keep_proof(
    session: Session, letter: Letter, role: str, upload: Upload | None, on: date, actor: Actor, now: datetime
) -> Document | None:
    """The proof as a paper of the file, when one was handed in."""
    if upload is None:
        return None
    return add_document(session, letter.case, role, upload, on, actor, now, field="proof")
