"""What became of a letter that left: delivered, come back, or handed over once more; for one or several recipients."""

from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import delivery, delivery_ledger
from gkapply.casework.access import Actor
from gkapply.casework.papers import Letter
from gkapply.law.delivery_ways import CAME_BACK, Outcome
from gkapply.web.forms import choices
from gkapply.web.recipient_choice import RecipientChoice, has_several
from gkapply.web.sending_steps import SendForm, form_for_recipients, keep_proof, send_again, title
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field
from gkapply.web.wording import date_zh


class ProofForm(StepForm):
    """A day and what proves it."""

    on = day_field("日期")
    proof = UploadField("凭证", description="回执、签收单、物流查询结果等；每个文件不超过20 MB")


class DeliveredForm(StepForm):
    """The day of delivery, what proves it, and who signed."""

    on = day_field("送达日期", description="受送达人签收、领取之日")
    signed_by = line_field("签收人", needed=False, longest=60, description="凭证上所写，例如 本人、收发室")
    proof = UploadField("凭证", description="回执、送达回证、签收单、物流查询结果等；每个文件不超过20 MB")

    @property
    def chosen(self) -> list[str]:
        """The recipients that it is about; empty: all who are open."""
        return []


class ReturnedForm(StepForm):
    """A day on which an attempt failed, how, and why."""

    on = day_field("退回、拒收之日")
    outcome = RadioField(
        "结果",
        [InputRequired("请选择结果")],
        choices=choices((one, one.label) for one in CAME_BACK),
        default=CAME_BACK[0],
    )
    reason = line_field("原因", needed=False, description="批条上所写，例如 查无此人、迁移新址不明、逾期未领")
    proof = UploadField("凭证", description="退件信封、批条等；每个文件不超过20 MB")

    @property
    def chosen(self) -> list[str]:
        """The recipients that it is about; empty: all who are open."""
        return []


class JointDeliveredForm(RecipientChoice, DeliveredForm):
    """The same for some or all of several recipients."""


class JointReturnedForm(RecipientChoice, ReturnedForm):
    """The same for some or all of several recipients."""


def delivered_form(letter: Letter) -> type[StepForm]:
    """The form for the delivery of this letter."""
    return JointDeliveredForm if has_several(letter) else DeliveredForm


def returned_form(letter: Letter) -> type[StepForm]:
    """The form for a failed attempt with this letter."""
    return JointReturnedForm if has_several(letter) else ReturnedForm


def note_delivery(session: Session, letter: Letter, form: DeliveredForm, actor: Actor, now: datetime) -> str:
    """The addressee got it."""
    assert form.on.data is not None
    proof = keep_proof(session, letter, "delivery_proof", form.proof.data, form.on.data, actor, now)
    signed_by = form.signed_by.data or ""
    delivery.note_delivery(session, letter, form.on.data, proof, actor, now, to=form.chosen, signed_by=signed_by)
    waiting = len(delivery_ledger.open_standings(letter))
    more = f"，还有{waiting}人没有送达" if waiting else ""
    return f"{title(letter)}已登记送达（{date_zh(form.on.data)}）{more}"


def come_back(session: Session, letter: Letter, form: ReturnedForm, actor: Actor, now: datetime) -> str:
    """The attempt failed."""
    assert form.on.data is not None
    proof = keep_proof(session, letter, "return_proof", form.proof.data, form.on.data, actor, now)
    outcome, reason = Outcome(form.outcome.data), form.reason.data or ""
    delivery.come_back(session, letter, form.on.data, proof, actor, now, to=form.chosen, outcome=outcome, reason=reason)
    return f"{title(letter)}已登记{outcome.label}（{date_zh(form.on.data)}），可以改用其他方式再次发出"


PAGES: Pages = {
    "note_delivery": StepPage(
        DeliveredForm, note_delivery, "送达日期是复议、诉讼期限和对方意见期限的起算依据。", variant=delivered_form
    ),
    "send_again": StepPage(SendForm, send_again, "答复之日仍以首次发出之日为准。", variant=form_for_recipients),
    "come_back": StepPage(ReturnedForm, come_back, variant=returned_form),
}
