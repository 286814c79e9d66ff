"""Asking for the correction of records (更正申请, 条例第四十一条): the citizen's form and the counter's."""

from dataclasses import fields
from datetime import date, datetime
from typing import Any

from flask import Blueprint
from sqlalchemy.orm import Session
from wtforms import MultipleFileField, StringField, TextAreaField

from gkapply.casework import record_correction
from gkapply.casework.application import EVIDENCE_PAPER
from gkapply.casework.application_check import gaps
from gkapply.casework.people import Organ
from gkapply.casework.record_correction import LABELS, RecordWish
from gkapply.casework.records import Case
from gkapply.casework.uploads import Uploads
from gkapply.web import intake, register
from gkapply.web.access import public, requires
from gkapply.web.application_form import MUST, NO_POPUP, ONE_OF_THEM, ApplicationForm
from gkapply.web.headers import impersonal
from gkapply.web.intake import ApplyForm
from gkapply.web.register_form import RegisterForm
from workflows.duties import Duty

blueprint = Blueprint("records", __name__)

OF_REQUESTS = (
    "description",
    "information_name",
    "information_number",
    "carrier",
    "accepts_other_form",
    "suggests_disclosure",
    "further",
)
"""Fields of the application form that ask what is to be made public."""


class RecordFields(ApplicationForm):
    """What is wrong in which record, in the place of what is applied for."""

    record = StringField(LABELS["record"], MUST, render_kw=NO_POPUP)
    wrong = TextAreaField(LABELS["wrong"], MUST, render_kw=NO_POPUP)
    right = TextAreaField(LABELS["right"], MUST, render_kw=NO_POPUP)
    evidence_text = TextAreaField(f"{LABELS['evidence_text']}的说明", ONE_OF_THEM)
    evidence = MultipleFileField("证据材料", ONE_OF_THEM)

    def __init__(self, *given: Any, **more: Any):
        super().__init__(*given, **more)
        for name in OF_REQUESTS:
            del self[name]

    def wish(self) -> RecordWish:
        """What the form asks for."""
        return RecordWish(**{one.name: self[one.name].data or "" for one in fields(RecordWish)})


class ApplyRecordForm(RecordFields, ApplyForm):
    """The citizen's form."""

    TEMPLATE = "intake/records.html"
    ROLES = (*ApplyForm.ROLES, EVIDENCE_PAPER)

    def checked(self, uploads: Uploads, today: date) -> None:
        """Raises BadForm with everything that is wrong with form and files."""
        record_correction.checked(self.wish(), self.as_application(), uploads, today)

    def submit(self, unit: Session, organ: Organ, uploads: Uploads, now: datetime) -> Case:
        """Take in what the form says."""
        whole = self.as_application()
        return record_correction.submit(self.wish(), unit, organ, whole, uploads, self.becomes(), now)


class RegisterRecordForm(RecordFields, RegisterForm):
    """The counter's form."""

    TEMPLATE = "register/records.html"
    ROLES = (*RegisterForm.ROLES, EVIDENCE_PAPER)

    def checked(self, uploads: Uploads, today: date, **more: Any) -> None:
        """Raises BadForm with everything that is wrong with form, files and receipt."""
        record_correction.checked(self.wish(), self.as_application(), uploads, today, on_paper=True, **more)

    def register(self, unit: Session, organ: Organ, uploads: Uploads, *given: Any, **more: Any) -> Case:
        """Enter what the form says."""
        application = self.as_application()
        return record_correction.register(self.wish(), unit, organ, application, uploads, *given, **more)

    def gaps(self, uploads: Uploads) -> list[str]:
        """What the letter leaves out, the proof among it."""
        return [*gaps(self.as_application()), *record_correction.gaps(self.wish(), uploads)]

    def words(self) -> str:
        """What is asked for, as it was typed."""
        return self.wish().description


@blueprint.get("/apply/records")
@public
@impersonal
def apply() -> str:
    """The citizen's empty form; ``?organ=`` chooses an organ beforehand."""
    return intake.empty(ApplyRecordForm)


@blueprint.post("/apply/records")
@public
def send() -> Any:
    """Take the request in, or show the form again."""
    return intake.take(ApplyRecordForm())


@blueprint.get("/desk/register/records")
@requires(Duty.REGISTRAR)
def blank() -> str:
    """The counter's empty form."""
    return register.empty(RegisterRecordForm)


@blueprint.post("/desk/register/records")
@requires(Duty.REGISTRAR)
def enter() -> Any:
    """Enter the request, or show the form again."""
    return register.take(RegisterRecordForm())
