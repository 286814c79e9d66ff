"""Batch work (批量办理): the chosen cases, what can be done with each, then each done by itself with its result."""

from uuid import uuid4

from flask import Blueprint, render_template, request
from wtforms import HiddenField, RadioField, SelectField, SelectMultipleField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import archive, assignment, bulk
from gkapply.casework.bulk import Action, Given, Line
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.errors import status_of
from gkapply.web.forms import Answer, Form, choices
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("bulk", __name__, url_prefix="/desk/bulk")


class BulkForm(Form):
    """The sheet of one batch: its cases with the versions that were shown, and what is given once for all."""

    token = HiddenField(validators=[InputRequired("页面不完整，请回到工作台重新选择"), Length(max=32)])
    officer = SelectField("承办人", coerce=str, validate_choice=False)
    retention = RadioField("保管期限", choices=choices((one, one) for one in archive.RETENTIONS), validate_choice=False)
    chosen = SelectMultipleField(validate_choice=False)

    def given(self, action: Action) -> Given:
        """What the action takes. Raises Refusal where it is missing."""
        if action.needs == "officer":
            if not (self.officer.data or "").isdigit():
                raise Refusal("请选择承办人", field="officer")
            return Given(officer=int(self.officer.data))
        if action.needs == "retention":
            if self.retention.data not in archive.RETENTIONS:
                raise Refusal("请选择保管期限", "《档案法》第十三条", field="retention")
            return Given(retention=self.retention.data)
        return Given()

    def versions(self) -> dict[str, int]:
        """Reference → version as shown. Raises Refusal for what no page sent."""
        found = {}
        for one in self.chosen.data or ():
            reference, _, version = one.rpartition(":")
            if not version.isdigit():
                raise Refusal("页面不完整，请回到工作台重新选择")
            found[reference] = int(version)
        return found


@blueprint.get("")
@requires(*CASE_DUTIES)
def check() -> str:
    """Each chosen case with what would be done, or why it cannot."""
    action = bulk.action_of(request.args.get("action", ""))
    form = BulkForm(formdata=None)
    form.token.data = uuid4().hex
    return _preview(action, request.args.getlist("case"), form)


@blueprint.post("")
@requires(*CASE_DUTIES)
def carry_out() -> Answer:
    """Do it, one case after the other, and show what came of each."""
    action, form, actor = bulk.action_of(request.form.get("action", "")), BulkForm(), current_actor()
    versions: dict[str, int] = {}
    try:
        versions = form.versions()
        if not form.validate():
            return _preview(action, list(versions), form), 422
        lines = bulk.carry_out(action, versions, form.given(action), form.token.data or "", actor, clock.now())
    except Refusal as refusal:
        form.show(refusal)
        return _preview(action, list(versions), form), status_of(refusal)
    return render_template(
        "desk/bulk_result.html", action=action, done=_those(lines, done=True), left=_those(lines, done=False)
    )


def _preview(action: Action, references: list[str], form: BulkForm) -> str:
    actor, now = current_actor(), clock.now()
    form.officer.flags.required = form.retention.flags.required = True
    with reading() as session:
        lines = bulk.preview(session, action, references, Given(), actor, now)
        if action.needs == "officer" and actor.organ_id is not None:
            officers = assignment.officers_of(session, actor.organ_id, clock.day_of(now))
            form.officer.choices = choices([("", "请选择"), *((str(one.id), one.name) for one in officers)])
        else:
            form.officer.choices = []
    return render_template(
        "desk/bulk.html", action=action, form=form, can=_those(lines, done=True), cannot=_those(lines, done=False)
    )


def _those(lines: list[Line], *, done: bool) -> list[Line]:
    return [one for one in lines if (one.refusal is None) is done]
