"""The parts that the forms of the steps are made of, and what a step's page is: a form and the deed that it feeds."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from flask import request
from flask_wtf.file import FileField
from sqlalchemy.orm import Session
from wtforms import DateField, IntegerField, SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, HiddenInput, ListWidget

from gkapply.casework.access import Actor
from gkapply.casework.application_check import BadForm
from gkapply.casework.documents import Upload
from gkapply.casework.uploads import check_upload
from gkapply.law import guidance
from gkapply.law.refusal import Refusal
from gkapply.web.forms import Form
from gkapply.web.uploads import uploaded_one

LONGEST_TEXT = 5000
LONGEST_LINE = 200


def refuse_in_field(upload: Upload) -> None:
    """Raises ValueError, as a field of a form does, with the sentence that refuses the file."""
    try:
        check_upload(upload)
    except Refusal as refusal:
        raise ValueError(str(refusal)) from refusal


class UploadField(FileField):
    """One file; ``data`` is what was handed in as an ``Upload``, or None."""

    def process_formdata(self, valuelist: list[Any]) -> None:
        """Read the file that was sent, if one was chosen; what may not come in is said at once, whatever else is wrong."""
        self.data = uploaded_one(self.name)
        if self.data is not None:
            refuse_in_field(self.data)


def day_of_the_link() -> dict[str, date]:
    """The day with which a link leads to a step (``?on=2026-03-02``), where it carries one."""
    try:
        return {"on": date.fromisoformat(request.args.get("on", ""))}
    except ValueError:
        return {}


def day_field(label: str, **more: Any) -> DateField:
    """An obligatory day."""
    return DateField(label, [InputRequired("请填写日期")], **more)


def line_field(label: str, *, needed: bool = True, longest: int = LONGEST_LINE, **more: Any) -> StringField:
    """One line of text."""
    return StringField(label, _bounded(label, needed, longest), **more)


def text_field(label: str, *, needed: bool = True, longest: int = LONGEST_TEXT, **more: Any) -> TextAreaField:
    """Several lines of text."""
    return TextAreaField(label, _bounded(label, needed, longest), **more)


def several_field(label: str, missing: str, description: str) -> SelectMultipleField:
    """Any number of choices, at least one, each with a box to tick; ``missing`` is said when none was ticked."""
    return SelectMultipleField(
        label,
        [InputRequired(missing)],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description=description,
    )


def _bounded(label: str, needed: bool, longest: int) -> list[Any]:
    first = InputRequired(f"请填写{label.split('（')[0]}") if needed else Optional()
    return [first, Length(max=longest, message=f"最多{longest}个字，请精简后再提交")]


class StepForm(Form):
    """The form of a step. It carries the version of the case that its page showed."""

    version = IntegerField(widget=HiddenInput(), validators=[InputRequired("页面不完整，请返回案件页面重新进入")])

    told: tuple[guidance.Hint, ...] = ()
    """What the official is told of this case in particular; ``prepare`` finds it out."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What the page shows before anybody has typed; days begin as today."""
        return {"on": today}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Fill the choices that hang on the case."""

    def show(self, refusal: Refusal) -> None:
        """Put each sentence at its field, also when several fields are wrong at once."""
        several = refusal.errors.values() if isinstance(refusal, BadForm) else (refusal,)
        for one in several:
            super().show(one)

    @property
    def grows(self) -> bool:
        """Whether the sender asked for more rows instead of doing the step."""
        return False

    def hints(self, trigger: str) -> tuple[guidance.Hint, ...]:
        """What the official is told before the step."""
        return (*guidance.for_step(trigger), *self.told)

    @property
    def onward(self) -> str:
        """Where to go on after the step; empty for the page of what was moved."""
        return ""

    @property
    def asked(self) -> list[Any]:
        """The fields that a person fills in, in their order."""
        return [field for field in self if field.name not in ("version", "csrf_token")]


class ConfirmationForm(StepForm):
    """A step that needs no more than being confirmed."""


Deed = Callable[[Session, Any, Any, Actor, datetime], str]
"""Does the step with what the form holds and says in one sentence what has been done."""


@dataclass(frozen=True, slots=True)
class StepPage:
    """How a step is asked for: its form, the deed, what the page says about the consequence."""

    form: type[StepForm]
    deed: Deed
    consequence: str = ""
    kind: str = ""
    """"grave" for what cannot be taken back."""
    variant: Callable[[Any], type[StepForm]] | None = None
    """Chooses the form where it hangs on the thing."""
    template: str = "steps/step.html"
    entry: Callable[[Any], str] | None = None
    """Gives the endpoint of the page from which the step is taken with a thing; empty for the step's own page."""

    def form_for(self, thing: Any) -> type[StepForm]:
        """The class of the form for this thing."""
        return self.form if self.variant is None else self.variant(thing)

    def entry_for(self, thing: Any) -> str:
        """The endpoint of the page that leads to the step; empty for the step's own page."""
        return "" if self.entry is None else self.entry(thing)


Pages = Mapping[str, StepPage]
"""Pages by trigger."""
