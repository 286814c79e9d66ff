"""督办 as the urged organ sees it: what it was asked, and the answer of its head."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import urge_lines, urges
from gkapply.casework.duty_names import people_of, who
from gkapply.casework.urges import LONGEST
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.row_key import row_key
from gkapply.web.step_form import UploadField, text_field
from gkapply.web.urge_files import answer_file, slip
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("urges", __name__, url_prefix="/desk/urges")


class AnswerForm(Form):
    """What the organ answers."""

    text = text_field("回复内容", longest=LONGEST, description="写明原因、已经采取的措施和办结的日期")
    file = UploadField("附件", description="有的上传；每个文件不超过20 MB，严禁上传涉密文件")


@blueprint.get("")
@requires(*CASE_DUTIES)
def index() -> str:
    """Every urge about the organ."""
    before = request.args.get("before", type=row_key)
    with reading() as session:
        lines = urge_lines.of_organ(session, current_actor(), clock.today(), before=before)
    return render_template("desk/urges.html", lines=lines.shown, more=lines.more, before=before)


@blueprint.route("/<uid>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def show(uid: str) -> Answer:
    """One urge, and its answer by the head."""
    actor, form = current_actor(), AnswerForm()

    def act() -> Response:
        with transaction() as session:
            one = urges.open_as_organ(session, uid, actor, for_step=True)
            urges.answer(session, one, form.text.data or "", form.file.data, actor, clock.now())
        flash("已回复，等待主管部门认可")
        return redirect(url_for("urges.show", uid=uid), 303)

    def page() -> str:
        today = clock.today()
        with reading() as session:
            one = urges.open_as_organ(session, uid, actor)
            return render_template(
                "desk/urge.html",
                urge=one,
                line=urge_lines.line(one, today),
                chain=[urge_lines.line(each, today) for each in urge_lines.chain(session, one)],
                answerers=who([Duty.HEAD], people_of(session, one.organ_id, today)),
                may_answer=one.answer is None and one.verdict is None and actor.holds(Duty.HEAD),
                form=form,
            )

    return settle(form, act, page)


@blueprint.get("/<uid>/file")
@requires(*CASE_DUTIES)
def file(uid: str) -> Response:
    """The paper that came with the answer; noted."""
    with reading() as session:
        return answer_file(session, urges.open_as_organ(session, uid, current_actor()))


@blueprint.get("/<uid>/slip.docx")
@requires(*CASE_DUTIES)
def print_slip(uid: str) -> Response:
    """The 督办通知单."""
    with reading() as session:
        return slip(session, urges.open_as_organ(session, uid, current_actor()))
