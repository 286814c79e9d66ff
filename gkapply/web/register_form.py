"""The counter's form (登记): the application as it came, and how it came."""

from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    HiddenField,
    MultipleFileField,
    SelectField,
    StringField,
)

from gkapply.casework import intake
from gkapply.casework.application import APPLICATION_PAPER, PAPERS
from gkapply.casework.application_check import gaps
from gkapply.casework.new_case import checked
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.register_origins import ORIGINS
from gkapply.casework.uploads import Uploads
from gkapply.web.application_form import MUST, PAPER_CHOICES
from gkapply.web.arrival_fields import ARRIVAL, ArrivalFields
from gkapply.web.register_known import KnownApplicantForm

DEFAULTS = {"kind": "natural_person", "carrier": "paper", "way": "post", "channel": "counter"}
USUAL_PAPER = {"按申请人类型": {"": "公民：居民身份证；法人或者其他组织：统一社会信用代码"}, **PAPER_CHOICES}


class RegisterForm(ArrivalFields, KnownApplicantForm):
    """What a letter leaves out is no reason to refuse it, so that fewer fields are obligatory than on the web."""

    TEMPLATE = "register/form.html"
    ROLES: ClassVar[tuple[str, ...]] = (APPLICATION_PAPER, *PAPERS)
    """Fields that take files; each is the role that its files get in the file of the case."""
    ON_TOP = ("", "enquiry_consent", *ARRIVAL)
    id_type = SelectField("证件名称", choices=USUAL_PAPER, validate_choice=False)
    id_number = StringField("证件号码")
    token = HiddenField()
    transfer = HiddenField()
    enquiry = HiddenField()
    mail = HiddenField()
    arrival = HiddenField()
    enquiry_consent = BooleanField("申请人同意由咨询转为申请，并已在申请表上签名", MUST)
    application = MultipleFileField("纸质申请的扫描件")

    def checked(self, uploads: Uploads, today: date, **more: Any) -> None:
        """Raises BadForm with everything that is wrong with form, files and receipt."""
        checked(self.as_application(), uploads, today, on_paper=True, **more)

    def register(self, unit: Session, organ: Organ, uploads: Uploads, *given: Any, **more: Any) -> Case:
        """Enter what the form says; ``given`` and ``more`` are those of ``intake.register``."""
        return intake.register(unit, organ, self.as_application(), uploads, *given, **more)

    def gaps(self, uploads: Uploads) -> list[str]:
        """What the letter leaves out and the applicant may be asked for, each in a sentence."""
        return gaps(self.as_application())

    @property
    def origins(self) -> dict[str, str | None]:
        """The envelope or arrival that the request comes from."""
        return {name: self[name].data for name in ORIGINS}

    def words(self) -> str:
        """What is applied for, as it was typed."""
        return self.description.data or ""
