"""The base of every form: Chinese messages, a Refusal shown at its field, the summary of errors."""

from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect, FlaskForm

from gkapply.law.refusal import Refusal

protection = CSRFProtect()


def set_up(app: Flask) -> None:
    """Demand a token with every POST. It lives as long as the browser's session: nobody loses a slowly written form."""
    app.config.update(WTF_CSRF_TIME_LIMIT=None, WTF_I18N_ENABLED=False)
    protection.init_app(app)


class Form(FlaskForm):
    """A form whose messages are Chinese and which can show why casework refused what it holds."""

    class Meta(FlaskForm.Meta):
        """The language of the messages."""

        locales = ("zh_CN", "zh")

    def show(self, refusal: Refusal) -> None:
        """Put the sentence of ``refusal`` at the field that it names, else above the form."""
        field = self._fields.get((refusal.field or "").replace(".", "-"))
        if field is None:
            self.form_errors.append(str(refusal))
        else:
            field.errors = [*field.errors, str(refusal)]

    def summary(self) -> list[tuple[str, str, str]]:
        """Every error in the order of the form: (id of the field or "", its label, the sentence)."""
        found = [("", "", str(error)) for error in self.form_errors]
        for field in self:
            found += _errors_of(field)
        return found


def _errors_of(field: Any) -> list[tuple[str, str, str]]:
    """Errors of a field, or of the fields inside it (a FieldList or FormField)."""
    inner = getattr(field, "entries", None) or (list(field.form) if hasattr(field, "form") else None)
    if inner:
        below = [one for child in inner for one in _errors_of(child)]
        own = [(field.id, field.label.text, error) for error in field.errors if isinstance(error, str)]
        return own + below if own else below
    target = f"{field.id}-0" if field.type == "RadioField" else field.id
    return [(target, field.label.text, str(error)) for error in field.errors]
