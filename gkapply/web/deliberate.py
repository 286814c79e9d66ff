"""The pages of a member of a joint consultation (会商) from outside: identified by code and number, then question, form, confirmation.

Nothing of the applicant is on any of them, and nothing of the case but the question and the papers chosen for it.
"""

from typing import Any

from flask import Blueprint, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import FileField, RadioField, TextAreaField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import deliberation_link
from gkapply.casework.deliberation_opinions import LONGEST, Said
from gkapply.casework.link_door import LinkClosed
from gkapply.casework.services import store
from gkapply.casework.stances import Stance
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.web.access import public
from gkapply.web.attachment import attachment
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

blueprint = Blueprint("deliberate", __name__)
blueprint.register_error_handler(LinkClosed, closed_page)
FAILURES = "deliberation_link_address"


class OpinionForm(Form):
    """The opinion."""

    stance = RadioField(
        "您的意见", [InputRequired("请选择意见")], choices=choices([(one.value, one.label) for one in Stance])
    )
    text = TextAreaField(
        "理由",
        [Length(max=LONGEST, message=f"最多{LONGEST}个字，请精简，或者写在文件里上传")],
        render_kw={"rows": 8},
    )
    files = FileField("书面意见")


@blueprint.get("/deliberate/<token>")
@public
def show(token: str) -> Any:
    """The question, for a browser that has identified itself; else the questions by which it does."""
    if not holds(IDENTIFIED, token):
        return _identity_page(token, IdentityForm(formdata=None))
    return _question_page(token, OpinionForm(formdata=None))


@blueprint.post("/deliberate/<token>")
@public
def identify(token: str) -> Any:
    """Let the member in."""
    form = IdentityForm()
    return let_in(form, token, FAILURES, deliberation_link.identify, lambda: _identity_page(token, form))


@blueprint.get("/deliberate/<token>/papers/<uid>")
@public
def paper(token: str, uid: str) -> Response:
    """One of the papers that were chosen, for a browser that has identified itself."""
    if not holds(IDENTIFIED, token):
        return redirect(url_for("deliberate.show", token=token), 303)
    with transaction() as unit:
        found = deliberation_link.paper(unit, token, uid, clock.now())
        sha256, media_type, name = found.sha256, found.media_type, found.name
    with reading() as unit:
        return attachment(store(unit).get(sha256), media_type, name)


@blueprint.post("/deliberate/<token>/opinion")
@public
def give(token: str) -> Any:
    """Take the opinion; what was written stays on the page when it is refused."""
    form, file = OpinionForm(), uploaded_one("files")
    if not holds(IDENTIFIED, token):
        return redirect(url_for("deliberate.show", token=token), 303)
    if not form.validate():
        return _question_page(token, form), 422

    def take() -> Any:
        if file is not None:
            with reading() as unit:
                keep_upload(unit, file, field="files")
        said = Said(form.stance.data, form.text.data or "", [file] if file else [])
        with transaction() as unit:
            deliberation_link.give(unit, token, said, clock.now())
        grant(ANSWERED, token)
        return redirect(url_for("deliberate.confirmed", token=token), 303)

    return or_again(form, take, lambda: _question_page(token, form))


@blueprint.get("/deliberate/<token>/confirmed")
@public
def confirmed(token: str) -> Any:
    """What was taken and when, with its digest; for the browser that sent it."""
    if not holds(ANSWERED, token):
        return redirect(url_for("deliberate.show", token=token), 303)
    with reading() as unit:
        given = deliberation_link.confirmation(unit, token)
    return render_template("deliberate/confirmed.html", given=given, token=token)


def _identity_page(token: str, form: IdentityForm) -> Any:
    with reading() as unit:
        deliberation_link.find(unit, token, clock.today())
    return render_template("deliberate/identify.html", form=form, token=token)


def _question_page(token: str, form: OpinionForm) -> Any:
    now = clock.now()
    with transaction() as unit:
        deliberation_link.note_look(unit, token, now)
    with reading() as unit:
        asked = deliberation_link.asked(unit, token, now)
    return render_template("deliberate/question.html", form=form, token=token, asked=asked)
