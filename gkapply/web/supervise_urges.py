"""督办 by a supervisor: urging a case or an organ, reading what was answered, accepting it or urging again."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import DateField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import urge_lines, urges
from gkapply.casework.urges import LONGEST
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.errors import status_of
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.row_key import row_key
from gkapply.web.step_form import text_field
from gkapply.web.urge_files import answer_file, slip
from workflows.duties import Duty

blueprint = Blueprint("supervise_urges", __name__, url_prefix="/supervise/urges")


class UrgeForm(Form):
    """Why, and until when an answer is wanted."""

    reason = text_field(
        "督办事由和要求", longest=LONGEST, description="写明存在的问题和要求；不写申请人的姓名和联系方式"
    )
    due_on = DateField("回复期限", [InputRequired("请填写回复期限")], description="含当日")


class VerdictForm(Form):
    """What is said with the acceptance, if anything."""

    text = text_field("意见", needed=False, longest=LONGEST)


@blueprint.get("")
@requires(Duty.SUPERVISOR)
def index() -> str:
    """Every urge about the organs that the viewer supervises."""
    before = request.args.get("before", type=row_key)
    with reading() as session:
        lines = urge_lines.of_supervisor(session, current_actor(), clock.today(), before=before)
    return render_template("supervise/urges.html", lines=lines.shown, more=lines.more, before=before)


@blueprint.route("/new", methods=["GET", "POST"])
@requires(Duty.SUPERVISOR)
def new() -> Answer:
    """Urge the case or the organ that the address names."""
    actor, now, form = current_actor(), clock.now(), UrgeForm()
    about = {"reference": request.args.get("case", ""), "code": request.args.get("organ", "")}
    with reading() as session:
        subject = urges.subject_of(session, actor, **about)
        if request.method == "GET":
            form.due_on.data = urges.usual_term(session, actor, clock.day_of(now))
        words, organ = subject.words, subject.organ.name
        standing = urges.open_urge(session, subject, actor)

    def act() -> Response:
        assert form.due_on.data is not None
        with transaction() as session:
            wanted = urges.subject_of(session, actor, **about)
            one = urges.urge(session, wanted, form.reason.data or "", form.due_on.data, actor, now)
        flash(f"{one.number}已发出")
        return redirect(url_for("supervise_urges.show", uid=one.uid), 303)

    return settle(
        form,
        act,
        lambda: render_template("supervise/urge_new.html", form=form, words=words, organ=organ, standing=standing),
    )


@blueprint.get("/<uid>")
@requires(Duty.SUPERVISOR)
def show(uid: str) -> str:
    """One urge with its answer."""
    return _page(uid, VerdictForm(formdata=None), UrgeForm(formdata=None))


@blueprint.post("/<uid>/accept")
@requires(Duty.SUPERVISOR)
def accept(uid: str) -> Answer:
    """Take the answer."""
    form = VerdictForm()
    try:
        with transaction() as session:
            one = urges.open_as_supervisor(session, uid, current_actor(), for_step=True)
            urges.accept(session, one, form.text.data or "", current_actor(), clock.now())
    except Refusal as refusal:
        form.show(refusal)
        return _page(uid, form, UrgeForm(formdata=None)), status_of(refusal)
    flash("回复已认可")
    return redirect(url_for("supervise_urges.show", uid=uid), 303)


@blueprint.post("/<uid>/again")
@requires(Duty.SUPERVISOR)
def again(uid: str) -> Answer:
    """Ask once more."""
    form = UrgeForm()

    def act() -> Response:
        assert form.due_on.data is not None
        with transaction() as session:
            one = urges.open_as_supervisor(session, uid, current_actor(), for_step=True)
            next_one = urges.urge_again(
                session, one, form.reason.data or "", form.due_on.data, current_actor(), clock.now()
            )
        flash(f"已再次督办：{next_one.number}")
        return redirect(url_for("supervise_urges.show", uid=next_one.uid), 303)

    return settle(form, act, lambda: _page(uid, VerdictForm(formdata=None), form))


@blueprint.get("/<uid>/file")
@requires(Duty.SUPERVISOR)
def file(uid: str) -> Response:
    """The paper that came with the answer; noted."""
    with reading() as session:
        return answer_file(session, urges.open_as_supervisor(session, uid, current_actor()))


@blueprint.get("/<uid>/slip.docx")
@requires(Duty.SUPERVISOR)
def print_slip(uid: str) -> Response:
    """The 督办通知单."""
    with reading() as session:
        return slip(session, urges.open_as_supervisor(session, uid, current_actor()))


def _page(uid: str, verdict: VerdictForm, further: UrgeForm) -> str:
    actor, today = current_actor(), clock.today()
    with reading() as session:
        one = urges.open_as_supervisor(session, uid, actor)
        if further.due_on.data is None and request.method == "GET":
            further.due_on.data = urges.usual_term(session, actor, today)
        return render_template(
            "supervise/urge.html",
            urge=one,
            line=urge_lines.line(one, today),
            chain=[urge_lines.line(each, today) for each in urge_lines.chain(session, one)],
            may_judge=one.by_organ_id == actor.organ_id and one.answer is not None and one.verdict is None,
            verdict=verdict,
            form=further,
        )
