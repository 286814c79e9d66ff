"""How the letters of a signing name are numbered (文号设置): from where, and in which series."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, url_for
from werkzeug.wrappers import Response
from wtforms import RadioField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import letter_numbers, organs, signing_names
from gkapply.database import reading, transaction
from gkapply.law.letter_numbers import NumberClass, NumberSource
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, choices, settle
from workflows.duties import Duty

blueprint = Blueprint("admin_numbers", __name__, url_prefix="/admin/organs")

SOURCES = {
    NumberSource.HERE: "本系统在签发时编号",
    NumberSource.OUTSIDE: "由外部系统（如公文办理系统）给出，签发时填写",
}


def _word_field(one: NumberClass) -> Any:
    return StringField(one.label, [Length(max=20)], description=f"例如以“{one.example}”结尾")


_FIELDS: dict[str, Any] = {
    "source": RadioField("文号从哪里来", [InputRequired("请选择")], choices=choices(SOURCES.items())),
    **{one.value: _word_field(one) for one in NumberClass},
}
SeriesForm = type("SeriesForm", (Form,), _FIELDS)
"""The source, and the 代字 of each class of letters."""


@blueprint.route("/<code>/signing-names/<word>/numbers", methods=["GET", "POST"])
@requires(Duty.SYSADMIN)
def show(code: str, word: str) -> Answer:
    """The series of one signing name, to be changed from the next number on."""
    with reading() as session:
        organ = organs.find_organ(session, code)
        name = signing_names.find_signing_name(session, organ, word)
        words = letter_numbers.code_words(session, name)
        form = SeriesForm(data={"source": name.numbers_from, **{one.value: words[one] for one in NumberClass}})

    def act() -> Response:
        chosen = {one: form[one.value].data or "" for one in NumberClass}
        with transaction() as session:
            found = organs.find_organ(session, code, for_change=True)
            signing_name = signing_names.find_signing_name(session, found, word)
            letter_numbers.choose_series(
                session, signing_name, chosen, NumberSource(form.source.data), current_actor(), clock.now()
            )
        flash("已保存，自下一个文号起生效")
        return redirect(url_for("admin_organs.show_signing_name", code=code, word=word), 303)

    return settle(
        form,
        act,
        lambda: render_template(
            "admin/numbers.html", form=form, organ=organ, name=name, classes=[one.value for one in NumberClass]
        ),
    )
