"""邮件和短信: how the adapters stand, what is stuck, a test to oneself, and how each kind of message reads."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import message_room
from gkapply.casework.message_kinds import KINDS
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.row_key import row_key
from workflows.duties import Duty

blueprint = Blueprint("admin_messages", __name__, url_prefix="/admin/messages")


@blueprint.get("")
@requires(Duty.SYSADMIN)
def index() -> str:
    """The adapters, and the messages that are stuck."""
    after = request.args.get("after", 0, type=row_key)
    with reading() as session:
        states = message_room.adapter_states(session)
        stuck = message_room.stuck_messages(session, clock.now(), after=after)
    return render_template(
        "admin/messages.html", states=states, stuck=stuck, kinds=KINDS, after=after, page=message_room.PAGE
    )


@blueprint.post("/again")
@requires(Duty.SYSADMIN)
def send_again() -> Response:
    """Try one of them anew."""
    with transaction() as session:
        message_room.send_again(session, request.form.get("uid", ""), current_actor(), clock.now())
    flash("已安排再发，稍后刷新本页查看结果")
    return redirect(url_for("admin_messages.index"), 303)


@blueprint.post("/test")
@requires(Duty.SYSADMIN)
def send_test() -> Response:
    """Send a test to oneself."""
    with transaction() as session:
        message_room.send_test(session, current_actor(), clock.now())
    flash("测试邮件已交付发送，请查收；没有收到的，稍后刷新本页查看原因")
    return redirect(url_for("admin_messages.index"), 303)


@blueprint.get("/kinds")
@requires(Duty.SYSADMIN)
def kinds() -> str:
    """Each kind of message with example data."""
    return render_template("admin/message_kinds.html", previews=message_room.previews())
