"""Handing over the open work of a leaving clerk (工作移交): whose, what of it, to whom, and the list to sign."""

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy.orm import Session
from wtforms import SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply import clock
from gkapply.casework import work_handover
from gkapply.casework.access import Actor
from gkapply.casework.assignment import officers_of
from gkapply.casework.people import User
from gkapply.casework.work_handover import Work
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("work_handover", __name__, url_prefix="/desk/handover")


class HandoverForm(Form):
    """Which requests, to whom, and why."""

    cases = SelectMultipleField(
        "移交的申请",
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
        description="分给几个人的，分次移交；没有勾选的仍在原承办人名下",
    )
    taker = SelectField("接收人", [InputRequired("请选择接收人")], coerce=int)
    reason = StringField(
        "移交原因",
        [InputRequired("请填写移交原因"), Length(max=200)],
        description="例如：岗位调整、休假、离职；印在清单上",
    )


@blueprint.get("")
@requires(Duty.HEAD)
def index() -> str:
    """Everybody with whom open work lies."""
    actor, today = current_actor(), clock.today()
    with reading() as session:
        works = [
            work_handover.work_of(session, one, actor, today) for one in work_handover.people_with_work(session, actor)
        ]
    return render_template("handover/index.html", works=works)


@blueprint.route("/<int:user_id>", methods=["GET", "POST"])
@requires(Duty.HEAD)
def show(user_id: int) -> Any:
    """One person's open work; a POST hands it over and shows the list to print and sign."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        giver = _giver(session, user_id, actor)
        work = work_handover.work_of(session, giver, actor, clock.day_of(now))
        officers = [one for one in officers_of(session, actor.organ_id or 0, clock.today()) if one.id != user_id]
    form = HandoverForm(data={"cases": [one.reference for one in work.lines]})
    form.cases.choices = choices((one.reference, _label(one)) for one in work.lines)
    form.taker.choices = choices((one.id, one.name) for one in officers)

    def act() -> str:
        with transaction() as session:
            giver, taker = _giver(session, user_id, actor), session.get_one(User, form.taker.data)
            done = work_handover.hand_over(session, giver, taker, form.cases.data or (), actor, now)
            return _list(done, taker.name, form.reason.data or "")

    return settle(form, act, lambda: render_template("handover/show.html", form=form, work=work))


def _list(done: Work, taker: str, reason: str) -> str:
    return render_template("handover/list.html", work=done, taker=taker, reason=reason, today=clock.today())


def _label(line: work_handover.WorkLine) -> str:
    said = [line.state, line.term.words]
    if line.drafts:
        said.append(f"文书未签发：{'、'.join(line.drafts)}")
    if line.awaited:
        said.append(f"正在征求意见：{'、'.join(line.awaited)}")
    return f"{line.reference} {line.excerpt}（{'；'.join(one for one in said if one)}）"


def _giver(session: Session, user_id: int, actor: Actor) -> User:
    """Somebody with whom open work of the organ lies. Raises NotFound."""
    for one in work_handover.people_with_work(session, actor):
        if one.id == user_id:
            return one
    raise NotFound("这名人员名下没有本机关未办结的工作", do="已经移交的，请在各件申请的页面查看承办人")
