"""How a request came, as every form of the counter asks for it (来件)."""

from collections.abc import Sequence
from datetime import date

from wtforms import DateField, FileField, RadioField, SelectField, StringField, TextAreaField
from wtforms.validators import Optional

from gkapply.casework.application_check import Findings
from gkapply.casework.people import Organ
from gkapply.casework.receipt import ORAL_CONFIRMED, SOURCES, Receipt
from gkapply.casework.receipt_points import ReceiptPoint
from gkapply.law.channels import CHANNELS, ENTERED, HALL, TELEPHONE
from gkapply.web.application_form import MUST, NO_POPUP, PartOfApplication
from gkapply.web.uploads import uploaded_one

CHANNEL_CHOICES = {code: CHANNELS[code].label for code in ENTERED}
ARRIVAL = (
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
"""Its fields in the order in which a page shows them."""


class ArrivalFields(PartOfApplication):
    """The channel, the day, what the channel asks for besides; in whose name the office answers."""

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
