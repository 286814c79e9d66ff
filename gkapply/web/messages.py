"""消息: what the viewer has been told, and who stands in for whom while away."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from flask_login import current_user
from werkzeug.wrappers import Response
from wtforms import DateField, SelectField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import notification, substitution
from gkapply.casework.access import Actor
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from gkapply.web.row_key import row_key
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("messages", __name__, url_prefix="/messages")
WITH_SUBSTITUTES = (*CASE_DUTIES, Duty.SUPERVISOR)


class SubstituteForm(Form):
    """Who is away, who stands in, from when to when."""

    user = SelectField("请假或者出差的人", [InputRequired("请选择")], coerce=int)
    substitute = SelectField("代理人", [InputRequired("请选择代理人")], coerce=int)
    begins_on = DateField("起始日期", [InputRequired("请填写起始日期")])
    ends_on = DateField("截止日期", [InputRequired("请填写截止日期")], description="含当日")


@blueprint.get("")
@requires()
def index() -> str:
    """The viewer's messages, the newest first."""
    before = request.args.get("before", type=row_key)
    with reading() as session:
        found = notification.messages(session, current_user.login.user_id, before=before)
    actor = current_actor()
    return render_template(
        "messages/index.html",
        messages=found,
        before=before,
        page=notification.PAGE,
        can_open=actor.holds(*CASE_DUTIES),
        supervises=actor.holds(Duty.SUPERVISOR),
        can_substitute=actor.holds(*WITH_SUBSTITUTES),
    )


@blueprint.post("/read")
@requires()
def read() -> Response:
    """The viewer has read one message, or all of them."""
    text = request.form.get("message", "")
    if text and not text.isdecimal():
        raise Refusal("没有这条消息", do="请刷新页面", field="message")
    with transaction() as session:
        notification.mark_read(session, current_user.login.user_id, clock.now(), only=int(text) if text else None)
    return redirect(url_for("messages.index"), 303)


@blueprint.route("/substitutes", methods=["GET", "POST"])
@requires(*WITH_SUBSTITUTES)
def substitutes() -> Answer:
    """Who stands in for whom, and one more arrangement."""
    actor, now = current_actor(), clock.now()
    with reading() as session:
        people = substitution.colleagues(session, actor, clock.day_of(now))
        found = substitution.arrangements(session, actor, clock.day_of(now))
        lines = [(one.id, one.user.name, one.substitute.name, one.begins_on, one.ends_on) for one in found]
    form = SubstituteForm(user=actor.user_id)
    form.user.choices = choices(
        people if actor.holds(Duty.HEAD) else [one for one in people if one[0] == actor.user_id]
    )
    form.substitute.choices = choices(people)

    def show() -> str:
        return render_template("messages/substitutes.html", form=form, lines=lines)

    return settle(form, lambda: _arrange(form, actor), show)


def _arrange(form: SubstituteForm, actor: Actor) -> Response:
    begins_on, ends_on = form.begins_on.data, form.ends_on.data
    assert begins_on is not None
    assert ends_on is not None
    with transaction() as session:
        substitution.arrange(session, form.user.data, form.substitute.data, begins_on, ends_on, actor, clock.now())
    flash("代理已安排；代理人会同时收到消息，办理权限不变")
    return redirect(url_for("messages.substitutes"), 303)


@blueprint.post("/substitutes/end")
@requires(*WITH_SUBSTITUTES)
def call_off() -> Response:
    """End an arrangement at once."""
    with transaction() as session:
        chosen = request.form.get("substitution", 0, type=row_key)
        substitution.call_off(session, chosen, current_actor(), clock.now())
    flash("代理已取消")
    return redirect(url_for("messages.substitutes"), 303)
