"""The base of every form: Chinese messages, a Refusal shown at its field, the summary of errors."""

from collections.abc import Callable, Iterable
from typing import Any

from flask import Flask, request
from flask_wtf import CSRFProtect, FlaskForm
from werkzeug.wrappers import Response
from wtforms import SelectChoice  # type: ignore[attr-defined]  # newer than the stubs
from wtforms.widgets import HiddenInput

from gkapply.casework.application_check import BadForm
from gkapply.law.refusal import Refusal
from gkapply.web.errors import status_of

protection = CSRFProtect()
Answer = Response | str | tuple[str, int]
"""What a view gives back: a redirect, a page, or a page with another status than 200."""


def set_up(app: Flask) -> None:
    """Demand a token with every POST. It lives as long as the browser's session: nobody loses a slowly written form."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_I18N_ENABLED=False)
    protection.init_app(app)


def choices(pairs: Iterable[tuple[Any, str]]) -> list[SelectChoice]:
    """(value, label) pairs as a SelectField or RadioField takes them; bare pairs are deprecated in wtforms."""
    return [SelectChoice(value, label) for value, label in pairs]


class Form(FlaskForm):
    """A form whose messages are Chinese and which can show why casework refused what it holds."""

    class Meta(FlaskForm.Meta):
        """The language of the messages."""

        locales = ("zh_CN", "zh")

    def show(self, refusal: Refusal) -> None:
        """Put the sentence of ``refusal`` at the field that it names, else above the form; of a BadForm, every sentence."""
        if isinstance(refusal, BadForm):
            for one in refusal.errors.values():
                self.show(one)
            return
        field = self._called((refusal.field or "").replace(".", "-"))
        if field is None:
            self.form_errors.append(str(refusal))
        else:
            field.errors = [*field.errors, str(refusal)]

    def _called(self, name: str) -> Any:
        """The field of that name, also one inside a list of forms (``further-0-description``); None when there is none."""
        found: Any = self._fields.get(name)
        if found is not None or "-" not in name:
            return found
        inside = (one for entry in self._fields.get(name.split("-")[0]) or () for one in getattr(entry, "form", ()))
        return next((one for one in inside if one.name == name), None)

    def summary(self) -> list[tuple[str, str, str]]:
        """Every error in the order of the form: (id of the field or "", its label, the sentence)."""
        found = [("", "", str(error)) for error in self.form_errors]
        for field in self:
            found += _errors_of(field)
        return found


def settle(form: Form, act: Callable[[], Answer], show: Callable[[], str]) -> Answer:
    """Answer a GET with the page, a POST with what ``act`` does, or with the page again, what was typed and why not.

    ``act`` opens its own unit and returns where to go on; whatever it refuses is shown in the form.
    """
    if request.method == "GET":
        return show()
    status = 422
    if form.validate():
        try:
            return act()
        except Refusal as refusal:
            form.show(refusal)
            status = status_of(refusal)
    return show(), status


def _errors_of(field: Any) -> list[tuple[str, str, str]]:
    """Errors of a field, or of the fields inside it (a FieldList or FormField)."""
    inner = getattr(field, "entries", None) or (list(field.form) if hasattr(field, "form") else None)
    if inner:
        below = [one for child in inner for one in _errors_of(child)]
        # Of a form inside a form, the errors are a mapping of its fields: those come below.
        said = () if isinstance(field.errors, dict) else field.errors
        own = [(field.id, field.label.text, error) for error in said if isinstance(error, str)]
        return own + below if own else below
    if isinstance(field.widget, HiddenInput):
        return [("", "", str(error)) for error in field.errors]
    target = f"{field.id}-0" if field.type == "RadioField" else field.id
    return [(target, field.label.text, str(error)) for error in field.errors]
