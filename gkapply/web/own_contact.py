"""Staying in touch with a request that the query code opened: another contact, another way of getting the reply, no more mails."""

from typing import Any

from flask import Blueprint, request
from sqlalchemy.orm import Session
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import contact_change, mail_choice
from gkapply.casework.access import Actor
from gkapply.casework.application import CHANGEABLE, WAYS
from gkapply.casework.records import Case
from gkapply.web.access import public
from gkapply.web.applicant_acts import page_of, take
from gkapply.web.forms import Form, choices

blueprint = Blueprint("own_contact", __name__)


class ContactForm(Form):
    """What is to stand in the file from now on; what is left empty stays."""

    phone = StringField(CHANGEABLE["phone"])
    email = StringField(CHANGEABLE["email"])
    address = StringField(CHANGEABLE["address"])
    postcode = StringField(CHANGEABLE["postcode"])


class WayForm(Form):
    """How the reply is to be had."""

    way = RadioField("获取政府信息的方式", [InputRequired("请选择获取政府信息的方式")], choices=choices(WAYS.items()))


@blueprint.get("/track/<reference>/contact")
@public
def ask_contact(reference: str) -> Any:
    """What stands in the file, masked, and the fields for what is new."""
    return page_of(reference, "contact", ContactForm(formdata=None))


@blueprint.post("/track/<reference>/contact")
@public
def change(reference: str) -> Any:
    """Put the new contact into the file."""
    form = ContactForm()

    def act(unit: Session, case: Case, actor: Actor) -> None:
        given = {name: form[name].data or "" for name in CHANGEABLE}
        contact_change.change_contact(unit, case, given, actor, clock.now())

    return take(reference, "contact", form, act, "联系方式已变更，此后的文书和联系按新的联系方式办理")


@blueprint.get("/track/<reference>/way")
@public
def ask_way(reference: str) -> Any:
    """The ways to choose from."""
    return page_of(reference, "way", WayForm(formdata=None))


@blueprint.post("/track/<reference>/way")
@public
def change_way(reference: str) -> Any:
    """Choose another way."""
    form = WayForm()

    def act(unit: Session, case: Case, actor: Actor) -> None:
        contact_change.change_way(unit, case, form.way.data or "", actor, clock.now())

    return take(reference, "way", form, act, "获取方式已变更")


@blueprint.post("/track/<reference>/messages")
@public
def choose_messages(reference: str) -> Any:
    """Stop the messages about this request, or have them again."""
    stop = request.form.get("want") == "none"

    def act(unit: Session, case: Case, actor: Actor) -> None:
        mail_choice.choose(unit, case, stop=stop, actor=actor, now=clock.now())

    done = "不再发送本件的进展消息；文书和期限仍以本页所示为准" if stop else "已恢复发送本件的进展消息"
    return take(reference, "contact", Form(), act, done)
