"""The pages of a legal adviser (法律顾问意见): identified by code and number, then the text, the form, the confirmation.

Nothing of the applicant is on any of them, and nothing of the case but the one text with what it rests on.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from wtforms import FileField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import advice_link
from gkapply.casework.advised import Advice
from gkapply.casework.advising import LONGEST_TEXT
from gkapply.casework.letterfile import text
from gkapply.casework.link_door import LinkClosed
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.web.access import public
from gkapply.web.forms import Form, choices
from gkapply.web.link_pages import (
    ANSWERED,
    IDENTIFIED,
    IdentityForm,
    closed_page,
    grant,
    holds,
    let_in,
    or_again,
)
from gkapply.web.uploads import uploaded_one

blueprint = Blueprint("advice", __name__)
blueprint.register_error_handler(LinkClosed, closed_page)
FAILURES = "advice_link_address"


class AdviceForm(Form):
    """The opinion."""

    opinion = RadioField(
        "您的意见", [InputRequired("请选择意见")], choices=choices([(one.value, one.label) for one in Advice])
    )
    text = TextAreaField(
        "理由和修改建议",
        [Length(max=LONGEST_TEXT, message=f"最多{LONGEST_TEXT}个字，请精简，或者写在文件里上传")],
        render_kw={"rows": 8},
    )
    file = FileField("书面意见")


@blueprint.get("/advice/<token>")
@public
def show(token: str) -> Any:
    """The text and the question, for a browser that has identified itself; else the questions by which it does."""
    if not holds(IDENTIFIED, token):
        return _identity_page(token, IdentityForm(formdata=None))
    return _text_page(token, AdviceForm(formdata=None))


@blueprint.post("/advice/<token>")
@public
def identify(token: str) -> Any:
    """Let the adviser in."""
    form = IdentityForm()
    return let_in(form, token, FAILURES, advice_link.identify, lambda: _identity_page(token, form))


@blueprint.post("/advice/<token>/opinion")
@public
def give(token: str) -> Any:
    """Take the opinion; what was written stays on the page when it is refused."""
    form, file = AdviceForm(), uploaded_one("file")
    if not holds(IDENTIFIED, token):
        return redirect(url_for("advice.show", token=token), 303)
    if not form.validate():
        return _text_page(token, form), 422

    def take() -> Any:
        if file is not None:
            with reading() as unit:
                keep_upload(unit, file)
        with transaction() as unit:
            advice_link.give(unit, token, form.opinion.data, form.text.data or "", file, clock.now())
        grant(ANSWERED, token)
        return redirect(url_for("advice.confirmed", token=token), 303)

    return or_again(form, take, lambda: _text_page(token, form))


@blueprint.get("/advice/<token>/confirmed")
@public
def confirmed(token: str) -> Any:
    """What was taken and when, with its digest; for the browser that sent it."""
    if not holds(ANSWERED, token):
        return redirect(url_for("advice.show", token=token), 303)
    with reading() as unit:
        given = advice_link.confirmation(unit, token)
    return render_template("advice/confirmed.html", given=given)


def _identity_page(token: str, form: IdentityForm) -> Any:
    with reading() as unit:
        advice_link.find(unit, token, clock.today())
    return render_template("advice/identify.html", form=form, token=token)


def _text_page(token: str, form: AdviceForm) -> Any:
    now = clock.now()
    with transaction() as unit:
        advice_link.note_look(unit, token, now)
    with reading() as unit:
        asked = advice_link.asked(unit, token, now)
    paragraphs = [asked.mask(one) for one in text(asked.source)]
    return render_template("advice/text.html", form=form, token=token, asked=asked, paragraphs=paragraphs)
