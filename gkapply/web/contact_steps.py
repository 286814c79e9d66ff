"""The registrar's steps by which an applicant stays in touch: another contact, another way of getting the reply."""

from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import contact_change
from gkapply.casework.access import Actor
from gkapply.casework.application import CHANGEABLE, LONGEST, WAYS
from gkapply.casework.records import Case
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, line_field, text_field

STAYS = "不变的留空"


def _identity_field() -> Any:
    return text_field(
        "如何核验申请人身份", longest=500, description="例如：当面核对居民身份证原件；来电号码与登记的一致"
    )


class ContactForm(StepForm):
    """How the identity was checked, and what is to stand in the file from now on."""

    how = _identity_field()
    phone = line_field(CHANGEABLE["phone"], needed=False, longest=LONGEST["phone"], description=STAYS)
    email = line_field(CHANGEABLE["email"], needed=False, longest=LONGEST["email"], description=STAYS)
    address = line_field(CHANGEABLE["address"], needed=False, longest=LONGEST["address"], description=STAYS)
    postcode = line_field(CHANGEABLE["postcode"], needed=False, longest=LONGEST["postcode"], description=STAYS)


def change(session: Session, case: Case, form: ContactForm, actor: Actor, now: datetime) -> str:
    """Put the new contact into the file."""
    given = {name: form[name].data or "" for name in CHANGEABLE}
    contact_change.change_contact(session, case, given, actor, now, checked_how=form.how.data or "")
    return "联系方式已变更，此后的文书和联系按新的联系方式办理"


class WayForm(StepForm):
    """How the identity was checked, and the way wanted."""

    how = _identity_field()
    way = RadioField("获取政府信息的方式", [InputRequired("请选择获取政府信息的方式")], choices=choices(WAYS.items()))


def change_way(session: Session, case: Case, form: WayForm, actor: Actor, now: datetime) -> str:
    """Choose another way."""
    contact_change.change_way(session, case, form.way.data or "", actor, now, checked_how=form.how.data or "")
    return f"获取方式已变更为{WAYS[case.way]}"


PAGES: Pages = {
    "change_contact": StepPage(ContactForm, change, "姓名、证件号码等身份信息不能变更；原来的联系方式封存备查。"),
    "change_way": StepPage(WayForm, change_way, "答复签发之前可以变更。"),
}
