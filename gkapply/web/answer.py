"""The pages of a consulted party (在线提交意见): identified by code and number, then the question, the form, the confirmation.

What opens them stays in this browser for half an hour; nothing of the applicant is on any of them.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, RadioField, StringField, TextAreaField
from wtforms.validators import InputRequired

from gkapply import clock
from gkapply.casework import answer_link, sealing_register
from gkapply.casework.answer_link import Asked
from gkapply.casework.consultation import OPINIONS, Opinion
from gkapply.casework.link_door import LinkClosed
from gkapply.casework.services import store
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.attachment import attachment
from gkapply.web.forms import Form, choices
from gkapply.web.link_pages import ANSWERED, IDENTIFIED, closed_page, enter, grant, holds, or_again
from gkapply.web.uploads import uploaded

blueprint = Blueprint("answer", __name__)
blueprint.register_error_handler(LinkClosed, closed_page)

LONGEST = 5000
FAILURES = "answer_link_address"


class IdentityForm(Form):
    """What only the addressee of the letter has."""

    code = StringField("核验码", MUST, render_kw=NO_POPUP)
    tail = StringField("登记号码的后四位", MUST, render_kw=NO_POPUP)


class OpinionForm(Form):
    """The opinion."""

    opinion = RadioField("您（贵单位）的意见", [InputRequired("请选择意见")], choices=choices(OPINIONS.items()))
    parts = TextAreaField("同意公开的部分")
    text = TextAreaField("理由")
    files = FileField("证明材料")


@blueprint.get("/answer/<token>")
@public
def show(token: str) -> Any:
    """The question, for a browser that has identified itself; else the questions by which it does."""
    if not holds(IDENTIFIED, token):
        return _identity_page(token, IdentityForm(formdata=None))
    return _question_page(token, OpinionForm(formdata=None))


@blueprint.post("/answer/<token>")
@public
def identify(token: str) -> Any:
    """Let the party in; its first time proves that it got the question."""
    form = IdentityForm()

    def let_in() -> Any:
        _let_in(token, form.code.data or "", form.tail.data or "")
        return redirect(url_for("answer.show", token=token), 303)

    return or_again(form, let_in, lambda: _identity_page(token, form))


@blueprint.post("/answer/<token>/opinion")
@public
def give(token: str) -> Any:
    """Take the opinion; what was written stays on the page when it is refused."""
    form, files = OpinionForm(), uploaded("files")
    if not holds(IDENTIFIED, token):
        return redirect(url_for("answer.show", token=token), 303)
    if not form.validate():
        return _question_page(token, form), 422
    said = Opinion(form.opinion.data, form.text.data or "", form.parts.data or "")

    def take() -> Any:
        for field, text in (("text", said.text), ("parts", said.parts)):
            if len(text) > LONGEST:
                raise Refusal(f"最多{LONGEST}个字，现有{len(text)}个字", field=field, do="请精简，或者写在文件里上传")
        with reading() as unit:
            for one in files:
                keep_upload(unit, one, field="files")
        with transaction() as unit:
            answer_link.give(unit, token, said, files, clock.now())
        grant(ANSWERED, token)
        return redirect(url_for("answer.confirmed", token=token), 303)

    return or_again(form, take, lambda: _question_page(token, form))


@blueprint.get("/answer/<token>/confirmed")
@public
def confirmed(token: str) -> Any:
    """What was taken and when, with its digest; for the browser that sent it."""
    if not holds(ANSWERED, token):
        return redirect(url_for("answer.show", token=token), 303)
    with reading() as unit:
        given = answer_link.confirmation(unit, token)
    return render_template("answer/confirmed.html", given=given, opinions=OPINIONS)


@blueprint.get("/answer/<token>/letter")
@public
def letter(token: str) -> Response:
    """The 征求意见书 itself."""
    if not holds(IDENTIFIED, token):
        return redirect(url_for("answer.show", token=token), 303)
    with reading() as unit:
        one = answer_link.letter_of(answer_link.find(unit, token))
        file = sealing_register.delivered_file(one)
        content = store(unit).get(file.sha256)
    with transaction() as unit:
        answer_link.note_look(unit, token, clock.now())
    return attachment(content, file.media_type, f"征求意见书-{one.number}.{file.ending}")


def _identity_page(token: str, form: IdentityForm) -> Any:
    with reading() as unit:
        answer_link.find(unit, token)
    return render_template("answer/identify.html", form=form, token=token)


def _question_page(token: str, form: OpinionForm) -> Any:
    now = clock.now()
    with transaction() as unit:
        answer_link.note_look(unit, token, now)
    with reading() as unit:
        asked: Asked = answer_link.asked(unit, token, now)
    return render_template("answer/question.html", form=form, token=token, asked=asked, most=answer_link.MOST_FILES)


def _let_in(token: str, code: str, tail: str) -> None:
    """Failures of one address count as at the other public doors. Raises NotFound or Refusal."""
    if not code.strip() or not tail.strip():
        raise Refusal("请填写核验码和登记号码的后四位", field="tail" if code.strip() else "code")
    enter(FAILURES, token, lambda address, now: answer_link.identify(token, code, tail, address, now))
