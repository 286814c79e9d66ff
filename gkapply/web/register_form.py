"""The counter's form (登记): the application as it came, and how it came."""

from collections.abc import Sequence
from datetime import date
from typing import Any, ClassVar

from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    FileField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from gkapply.casework import intake
from gkapply.casework.application import APPLICATION_PAPER, PAPERS
from gkapply.casework.application_check import Findings, gaps
from gkapply.casework.new_case import checked
from gkapply.casework.people import Organ
from gkapply.casework.receipt import ORAL_CONFIRMED, SOURCES, Receipt
from gkapply.casework.receipt_points import ReceiptPoint
from gkapply.casework.records import Case
from gkapply.casework.uploads import Uploads
from gkapply.law.channels import CHANNELS, ENTERED, HALL, TELEPHONE
from gkapply.web.application_form import MUST, NO_POPUP, PAPER_CHOICES
from gkapply.web.register_known import KnownApplicantForm
from gkapply.web.uploads import uploaded_one

DEFAULTS = {"kind": "natural_person", "carrier": "paper", "way": "post", "channel": "counter"}
USUAL_PAPER = {"按申请人类型": {"": "公民：居民身份证；法人或者其他组织：统一社会信用代码"}, **PAPER_CHOICES}
CHANNEL_CHOICES = {code: CHANNELS[code].label for code in ENTERED}


class RegisterForm(KnownApplicantForm):
    """What a letter leaves out is no reason to refuse it, so that fewer fields are obligatory than on the web."""

    TEMPLATE = "register/form.html"
    ROLES: ClassVar[tuple[str, ...]] = (APPLICATION_PAPER, *PAPERS)
    """Fields that take files; each is the role that its files get in the file of the case."""
    ON_TOP = (
        "",
        "enquiry_consent",
        "channel",
        "received_on",
        "tracking",
        "signed_by",
        "point",
        "organ",
        "difficulty",
        "confirmed_how",
        "unit",
        "reached_on",
        "source",
        "ticket",
        "late_reason",
        "proof",
    )
    id_type = SelectField("证件名称", choices=USUAL_PAPER, validate_choice=False)
    id_number = StringField("证件号码")
    token = HiddenField()
    transfer = HiddenField()
    enquiry = HiddenField()
    enquiry_consent = BooleanField("申请人同意由咨询转为申请，并已在申请表上签名", MUST)
    channel = RadioField("来件渠道", MUST, choices=CHANNEL_CHOICES, validate_choice=False)
    received_on = DateField("收到日期", MUST, render_kw=NO_POPUP)
    tracking = StringField("邮件号码")
    signed_by = StringField("签收人")
    point = SelectField("收件窗口", choices={}, validate_choice=False)
    organ = SelectField("向哪个机关提出", choices={}, validate_choice=False)
    difficulty = StringField("采用书面形式确有困难的情形")
    confirmed_how = SelectField(
        "申请人如何确认代为填写的内容", choices={"": "请选择", **ORAL_CONFIRMED}, validate_choice=False
    )
    unit = StringField("来件先到的单位或者人员")
    reached_on = DateField("该单位或者人员收到的日期", [Optional()])
    source = SelectField("从何处转来", choices={"": "请选择", **SOURCES}, validate_choice=False)
    ticket = StringField("工单号或者来信编号")
    late_reason = TextAreaField("补登理由")
    proof = FileField("收到日期的凭证")
    application = MultipleFileField("纸质申请的扫描件")
    signing_name = SelectField("以何名义答复", choices={}, validate_choice=False)

    def offer(self, organ: Organ, points: Sequence[ReceiptPoint], today: date) -> None:
        """Let the registrar choose among the channels that the organ takes, the receipt points that it runs and the organs that
        these serve, and the signing names that are valid today, the usual one first.
        """
        absent = set() if organ.office_settings().telephone_requests else {TELEPHONE}
        absent |= set() if points else {HALL}
        self.channel.choices = {code: label for code, label in CHANNEL_CHOICES.items() if code not in absent}
        self.point.choices = {"": "请选择", **{str(one.id): one.name for one in points}}
        served = {one.code: one.name for point in points for one in point.organs}
        self.organ.choices = {organ.code: organ.name, **served}
        valid = [one for one in organ.signing_names if one.valid_from <= today <= (one.valid_to or today)]
        valid.sort(key=lambda one: not one.is_default)
        self.signing_name.choices = {str(one.id): one.full_name for one in valid}

    def checked(self, uploads: Uploads, today: date, **more: Any) -> None:
        """Raises BadForm with everything that is wrong with form, files and receipt."""
        checked(self.as_application(), uploads, today, on_paper=True, **more)

    def register(self, unit: Session, organ: Organ, uploads: Uploads, *given: Any, **more: Any) -> Case:
        """Enter what the form says; ``given`` and ``more`` are those of ``intake.register``."""
        return intake.register(unit, organ, self.as_application(), uploads, *given, **more)

    def gaps(self, uploads: Uploads) -> list[str]:
        """What the letter leaves out and the applicant may be asked for, each in a sentence."""
        return gaps(self.as_application())

    def words(self) -> str:
        """What is applied for, as it was typed."""
        return self.description.data or ""

    def receipt(self, found: Findings) -> Receipt | None:
        """How it came, as typed; None, and told to ``found``, when the day is no date."""
        on = self.received_on.data
        if on is None:
            found.add("received_on", "请填写收到日期", "条例第三十一条", do="例如 2026-03-02")
            return None
        return Receipt(
            channel=self.channel.data or "",
            on=on,
            tracking=self.tracking.data or "",
            signed_by=self.signed_by.data or "",
            difficulty=self.difficulty.data or "",
            confirmed_how=self.confirmed_how.data or "",
            unit=self.unit.data or "",
            reached_on=self.reached_on.data,
            source=self.source.data or "",
            ticket=self.ticket.data or "",
            late_reason=self.late_reason.data or "",
            proof=uploaded_one("proof"),
        )
