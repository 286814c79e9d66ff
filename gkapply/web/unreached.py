"""What was done instead of a message that reached nobody: the officer or registrar says so on a page of the case."""

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import access, casefile, unreached
from gkapply.casework.unreached import MAY_SETTLE, Instead
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle

blueprint = Blueprint("unreached", __name__)


class InsteadForm(Form):
    """What was done instead."""

    instead = RadioField(
        "处理情况",
        [InputRequired("请选择处理情况")],
        choices=choices((one.value, one.label) for one in Instead),
    )


@blueprint.route("/desk/cases/<reference>/messages/<uid>", methods=["GET", "POST"])
@requires(*MAY_SETTLE)
def message(reference: str, uid: str) -> Answer:
    """See to one message that reached nobody."""
    actor, form = current_actor(), InsteadForm()
    with reading() as session:
        case = casefile.find(session, reference, actor)
        head = casefile.head(case, clock.today())
        line = next((one for one in unreached.message_lines(session, case) if one.uid == uid and one.open), None)
    if line is None:
        raise NotFound("没有这条待处理的消息，或者已经有人处理", do="请回到申请页面查看")

    def act() -> Response:
        with transaction() as session:
            found = access.open_case(session, reference, actor)
            unreached.settle(session, found, uid, form.instead.data or "", actor, clock.now())
        flash("已登记处理情况")
        return redirect(url_for("desk.case", reference=reference), 303)

    return settle(form, act, lambda: render_template("desk/unreached.html", form=form, head=head, line=line))
