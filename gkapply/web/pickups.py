"""Fetching at the counter (当面领取): what waits there, and the form with which whoever fetches it signs."""

from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import DateField, FileField, SelectField, StringField
from wtforms.validators import InputRequired, Optional

from gkapply import clock
from gkapply.casework import delivery_ledger, letterbook, pickup
from gkapply.casework.access import Actor
from gkapply.casework.application import IDENTITY_PAPERS
from gkapply.casework.papers import Letter
from gkapply.casework.pickup import Handing
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP, PAPER_CHOICES
from gkapply.web.errors import status_of
from gkapply.web.forms import Form, choices
from gkapply.web.sending_steps import TIME
from gkapply.web.step_form import several_field
from gkapply.web.uploads import uploaded_one
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("pickups", __name__)


class HandingForm(Form):
    """Who came, what was shown, when."""

    to = several_field("领取哪几名申请人的", "请选择受送达人", "代表人代全体领取的，全部选择")
    paper = SelectField("出示的证件", MUST, choices=PAPER_CHOICES, validate_choice=False, render_kw=NO_POPUP)
    tail = StringField("证件号码末四位", description="与案卷核对，不保存；案卷没有证件号码、代理人领取的不填")
    agent_name = StringField("代理人姓名", description="代理人领取的填写，证件为代理人的证件")
    authority = FileField("授权委托书", description="代理人领取的须存入，已经存卷的除外")
    on = DateField("领取日期", [InputRequired("请填写领取日期")], render_kw=NO_POPUP)
    at = StringField("时刻", [Optional(), TIME], description="例如 09:30")
    proof = FileField("签收的送达回证", description="可以随后补充")

    def offer(self, letter: Letter) -> None:
        """Those who have not got it; a single recipient need not be chosen."""
        still = delivery_ledger.open_standings(letter)
        if len(still) < 2:
            if "to" in self:
                del self.to
            return
        self.to.choices = choices((one.recipient.key, one.recipient.name) for one in still)
        if not self.is_submitted():
            self.to.data = [one.recipient.key for one in still]

    def handing(self) -> Handing:
        """What was filled in."""
        assert self.on.data is not None
        return Handing(
            self.on.data,
            self.paper.data or "",
            self.tail.data or "",
            self.agent_name.data or "",
            uploaded_one("authority"),
            uploaded_one("proof"),
            self.at.data or "",
            tuple(self.to.data or ()) if "to" in self else (),
        )


@blueprint.get("/desk/pickups")
@requires(*CASE_DUTIES)
def index() -> str:
    """The letters that wait to be fetched, the most urgent first."""
    with reading() as unit:
        lines = pickup.waiting(unit, current_actor())
    may_hand_out = current_actor().holds(Duty.REGISTRAR)
    return render_template("deliveries/pickups.html", lines=lines, today=clock.today(), may_hand_out=may_hand_out)


@blueprint.get("/desk/letters/<uid>/pickup")
@requires(Duty.REGISTRAR)
def ask(uid: str) -> str:
    """The form of one letter."""
    known = {"on": clock.today(), "paper": next(iter(IDENTITY_PAPERS))}
    with reading() as unit:
        return _page(unit, uid, HandingForm(formdata=None, data=known), current_actor())


@blueprint.post("/desk/letters/<uid>/pickup")
@requires(Duty.REGISTRAR)
def hand_out(uid: str) -> Any:
    """Enter that it was fetched, or show the form again with everything that was typed."""
    form, now, actor = HandingForm(), clock.now(), current_actor()
    with reading() as unit:
        form.offer(letterbook.open_letter(unit, uid, actor))
    status = 422
    if form.validate():
        try:
            return _handed_out(form, uid, actor, now)
        except Refusal as refusal:
            form.show(refusal)
            status = status_of(refusal)
    with reading() as unit:
        return _page(unit, uid, form, actor), status


def _handed_out(form: HandingForm, uid: str, actor: Actor, now: datetime) -> Response:
    with transaction() as unit:
        letter = letterbook.open_letter(unit, uid, actor, for_step=True)
        pickup.hand_out(unit, letter, form.handing(), actor, now)
        left = len(delivery_ledger.open_standings(letter))
        title = LetterKind(letter.kind).label
    flash(f"《{title}》已登记当面领取" + (f"，还有{left}人没有领取" if left else "，领取之日即送达之日"))
    return redirect(url_for("pickups.index"), 303)


def _page(unit: Session, uid: str, form: HandingForm, actor: Actor) -> str:
    letter = letterbook.open_letter(unit, uid, actor)
    form.offer(letter)
    return render_template(
        "deliveries/pickup.html",
        form=form,
        uid=uid,
        title=LetterKind(letter.kind).label,
        number=letter.number or "",
        reference=letter.case.reference,
        names=[one.recipient.name for one in delivery_ledger.open_standings(letter)],
        authority=pickup.has_authority(letter),
    )
