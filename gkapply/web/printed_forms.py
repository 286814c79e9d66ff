"""Printing the internal sheets (打印表单): those of a case, and the list of an officer's requests to be handed over."""

from typing import Any

from flask import Blueprint, render_template
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import SelectField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import casefile, handover_list, printed_forms
from gkapply.casework.access import Actor, open_case
from gkapply.casework.access_log import note_access
from gkapply.casework.assignment import officers_of
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.letter_lines import letter_lines
from gkapply.casework.number_register import READERS
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.attachment import attachment
from gkapply.web.forms import Form, choices, settle
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("printed_forms", __name__)


@blueprint.get("/desk/cases/<reference>/forms")
@requires(*CASE_DUTIES)
def index(reference: str) -> str:
    """Every sheet that the case has something to say on."""
    with reading() as session:
        case = open_case(session, reference, current_actor())
        return render_template(
            "desk/forms.html",
            head=casefile.head(case, clock.today()),
            sheets=printed_forms.sheets(case),
            letters=letter_lines(case),
            reads_seals=current_actor().holds(*READERS),
        )


@blueprint.get("/desk/cases/<reference>/forms/<code>.docx")
@requires(*CASE_DUTIES)
def fetch(reference: str, code: str) -> Response:
    """One sheet to print; noted, since it names people."""
    actor = current_actor()
    with reading() as session:
        case = open_case(session, reference, actor)
        title, content = printed_forms.render_sheet(session, case, code, clock.today())
        case_id = case.id
    with transaction() as session:
        note_access(session, actor, "file.fetched", clock.now(), case_id=case_id, form=code)
    return attachment(content, WORD_TYPE, f"{title}-{reference}.docx")


class HandoverForm(Form):
    """Whose requests are handed over, to whom, and why."""

    giver = SelectField("移交人", [InputRequired("请选择移交人")])
    to = StringField("接收人", [InputRequired("请填写接收人"), Length(max=handover_list.LONGEST)])
    reason = StringField(
        "移交原因",
        [InputRequired("请填写移交原因"), Length(max=handover_list.LONGEST)],
        description="例如：岗位调整、休假",
    )


@blueprint.route("/desk/handover-list", methods=["GET", "POST"])
@requires(Duty.OFFICER, Duty.HEAD, Duty.REGISTRAR)
def handover() -> Any:
    """The list of all open requests of one officer; printing it changes nothing: 改派 is a step of each case."""
    actor, form = current_actor(), HandoverForm()
    with reading() as session:
        form.giver.choices = choices((str(one.id), one.name) for one in _officers(session, actor))

    def show() -> str:
        return render_template("desk/handover_list.html", form=form)

    def act() -> Response:
        giver = int(form.giver.data)
        given = giver, form.to.data or "", form.reason.data or "", actor, clock.today()
        with reading() as session:
            content = handover_list.handover_list(session, *given)
        with transaction() as session:
            note_access(session, actor, "file.fetched", clock.now(), form="handover_list", officer=str(giver))
        return attachment(content, WORD_TYPE, f"移交清册-{clock.today().isoformat()}.docx")

    return settle(form, act, show)


def _officers(session: Session, actor: Actor) -> list[Any]:
    assert actor.organ_id is not None
    return officers_of(session, actor.organ_id, clock.today())
