"""The registrar's steps with what has come in: confirm it, log the tries to reach its applicant, guide to a published channel."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import intake, reaching
from gkapply.casework.access import Actor
from gkapply.casework.receipt import CONFIRMED_BY, Confirmation
from gkapply.casework.records import Case
from gkapply.law.channels import REFERRED
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh


class ConfirmForm(StepForm):
    """How, when and with whom the receipt was confirmed."""

    received_on = day_field("确认日期", description="双方确认之日为收到申请之日，答复期限从次日起算")
    how = RadioField("确认方式", [InputRequired("请选择确认方式")], choices=choices(CONFIRMED_BY.items()))
    who = line_field("与谁确认", description="申请人本人或者代理人")
    text = text_field("确认情况", needed=False, longest=500)
    late_reason = text_field(
        "补登理由", needed=False, longest=500, description="确认日期早于今天的，须说明理由并附凭证"
    )
    proof = UploadField("确认日期的凭证", description="通话记录、短信截图等；每个文件不超过20 MB")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today, by telephone."""
        return {"received_on": today, "how": "phone"}


class AcceptForm(ConfirmForm):
    """The same of what came by no published channel: taking it needs a reason."""

    accept_reason = text_field(
        "直接受理的理由", longest=500, description="申请人身份和申请内容齐全，尊重申请人对渠道的选择等"
    )


def confirmation_form(case: Any) -> type[StepForm]:
    """The form of the confirmation by the channel of the request."""
    return AcceptForm if case.channel == REFERRED else ConfirmForm


class ContactForm(StepForm):
    """One try to reach the applicant."""

    on = day_field("联系日期")
    at = line_field("联系时刻", longest=5, description="例如 09:30")
    how = RadioField(
        "联系方式", [InputRequired("请选择联系方式")], choices=choices(CONFIRMED_BY.items()), default="phone"
    )
    who = line_field("联系谁", needed=False, description="申请人本人、代理人，或者所拨号码的末四位")
    result = RadioField("结果", [InputRequired("请选择联系的结果")], choices=choices(reaching.RESULTS.items()))
    text = text_field("说明", needed=False, longest=500)


def record_contact(session: Session, case: Case, form: ContactForm, actor: Actor, now: datetime) -> str:
    """Keep the try."""
    assert form.on.data is not None
    said = {name: form[name].data or "" for name in ("at", "how", "who", "result", "text")}
    reaching.record_attempt(session, case, reaching.Attempt(on=form.on.data, **said), actor, now)
    return "已记录。申请继续等待确认，恢复联系之日确认即为收到申请之日"


class AdviceForm(StepForm):
    """What the sender was told."""

    how = RadioField(
        "告知方式", [InputRequired("请选择告知方式")], choices=choices(CONFIRMED_BY.items()), default="phone"
    )
    who = line_field("告知了谁")
    text = text_field("告知的内容", longest=500, description="公开指南公布的渠道、所需材料；申请人的回应")


def advise_channel(session: Session, case: Case, form: AdviceForm, actor: Actor, now: datetime) -> str:
    """Guide to a published channel."""
    reaching.advise(session, case, form.how.data, form.who.data or "", form.text.data or "", actor, now)
    return "已记录引导情况，并提请公开机构负责人认定未成立"


def confirm(session: Session, case: Case, form: ConfirmForm, actor: Actor, now: datetime) -> str:
    """Both sides confirmed: the clock runs."""
    assert form.received_on.data is not None
    intake.confirm(
        session,
        case,
        Confirmation(
            form.received_on.data,
            form.how.data,
            form.who.data or "",
            form.text.data or "",
            form.late_reason.data or "",
            form.proof.data,
            form.accept_reason.data or "" if isinstance(form, AcceptForm) else "",
        ),
        actor,
        now,
    )
    return f"已登记，收到申请之日为{date_zh(case.received_on)}，应于{date_zh(case.due_on)}前答复。收件回执正在生成"


PAGES: Pages = {
    "confirm": StepPage(
        ConfirmForm, confirm, "确认后期限开始计算，并向申请人出具收件回执。", variant=confirmation_form
    ),
    "record_contact": StepPage(
        ContactForm, record_contact, "平常信函应当于来件当日与申请人确认；联系不上的，记录每次联系，待恢复联系。"
    ),
    "advise_channel": StepPage(
        AdviceForm, advise_channel, "不是通过公开渠道提出的，可以引导；是否认定未成立由公开机构负责人决定。"
    ),
}
