"""The counter's form (登记): the application as it came, and how it came."""

from datetime import date

from wtforms import (
    DateField,
    FileField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)

from gkapply.casework.application import CHANNELS, ONLINE
from gkapply.casework.application_check import Findings
from gkapply.casework.people import SigningName
from gkapply.casework.receipt import ORAL_CONFIRMED, Receipt
from gkapply.web.application_form import MUST, NO_POPUP, ApplicationForm
from gkapply.web.uploads import uploaded_one

DEFAULTS = {"kind": "natural_person", "carrier": "paper", "way": "post", "channel": "counter"}
CHANNEL_CHOICES = {code: label for code, label in CHANNELS.items() if code != ONLINE}


class RegisterForm(ApplicationForm):
    """What a letter leaves out is no reason to refuse it, so that fewer fields are obligatory than on the web."""

    ON_TOP = ("", "channel", "received_on", "tracking", "difficulty", "confirmed_how", "late_reason", "proof")
    id_number = StringField("证件号码")
    token = HiddenField()
    channel = RadioField("来件渠道", MUST, choices=CHANNEL_CHOICES, validate_choice=False)
    received_on = DateField("收到日期", MUST, render_kw=NO_POPUP)
    tracking = StringField("邮件号码")
    difficulty = StringField("采用书面形式确有困难的情形")
    confirmed_how = SelectField(
        "申请人如何确认代为填写的内容", choices={"": "请选择", **ORAL_CONFIRMED}, validate_choice=False
    )
    late_reason = TextAreaField("补登理由")
    proof = FileField("收到日期的凭证")
    application = MultipleFileField("纸质申请的扫描件")
    signing_name = SelectField("以何名义答复", choices={}, validate_choice=False)

    def offer(self, names: list[SigningName], today: date) -> None:
        """Let the registrar choose among the signing names that are valid today, the usual one first."""
        valid = [one for one in names if one.valid_from <= today <= (one.valid_to or today)]
        valid.sort(key=lambda one: not one.is_default)
        self.signing_name.choices = {str(one.id): one.full_name for one in valid}

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
            difficulty=self.difficulty.data or "",
            confirmed_how=self.confirmed_how.data or "",
            late_reason=self.late_reason.data or "",
            proof=uploaded_one("proof"),
        )
