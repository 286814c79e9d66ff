"""The two pages of the application form, and how what was typed on them is kept word for word in a draft."""

from collections.abc import Mapping
from typing import Any

from flask import request
from werkzeug.datastructures import MultiDict
from wtforms import SelectField, StringField

from gkapply.casework.application import PAPERS
from gkapply.casework.application_check import BadForm
from gkapply.casework.draft_pages import APPLICANT, CONTENT, Mark, Page, Typed
from gkapply.law.refusal import Refusal
from gkapply.web.application_form import MUST, NO_POPUP, ApplicantFields, PaperFields, WantedFields
from gkapply.web.forms import Form

DEFAULTS: Mapping[str, str] = {"kind": "natural_person", "carrier": "electronic", "way": "online"}
NOT_TYPED = frozenset({"csrf_token", "leave_empty", "sum", *PAPERS})
"""Fields of the pages that are no words of the applicant."""
WHOLE_NUMBER = 9
"""Digits of the largest version that a page may carry."""


class ContentForm(WantedFields):
    """Page 1: which information, of which organ, in which form."""

    ON_TOP = ("", "leave_empty")
    organ = SelectField("受理机关", MUST, validate_choice=False, render_kw=NO_POPUP)
    leave_empty = StringField("请勿填写此栏")


class ApplicantForm(PaperFields, ApplicantFields):
    """Page 2: who applies, with which papers. Shows page 1 once more in short."""

    ON_TOP = ("", "leave_empty")
    leave_empty = StringField("请勿填写此栏")
    sum = StringField("算术题", MUST, render_kw=NO_POPUP)

    def __init__(self, *given: object, **more: object):
        super().__init__(*given, **more)
        self.elsewhere: dict[str, str] = {}
        """What is wrong on page 1, by its fields: told in the overview."""

    def show(self, refusal: Refusal) -> None:
        """Put the sentence at its field here, or at the line of the overview that repeats the field of page 1."""
        if not isinstance(refusal, BadForm) and _is_of_page_one(refusal.field):
            self.elsewhere.setdefault(overview_line(str(refusal.field)), str(refusal))
        else:
            super().show(refusal)

    def summary(self) -> list[tuple[str, str, str]]:
        """The errors of page 1 first, then those of this page."""
        first = [(f"said-{line}", "第1步", sentence) for line, sentence in self.elsewhere.items()]
        return [*first, *super().summary()]


FORMS: Mapping[str, type[ContentForm | ApplicantForm]] = {CONTENT: ContentForm, APPLICANT: ApplicantForm}


def filled(form_class: type[Form], page: Page, beforehand: Mapping[str, str]) -> Form:
    """The page as it was typed, or with what is proposed where it was never saved."""
    if page.typed:
        return form_class(formdata=as_formdata(page.typed))
    return form_class(formdata=None, data=dict(beforehand))


def as_formdata(*typed: Typed) -> MultiDict[str, str]:
    """What was typed, as the browser sent it."""
    return MultiDict([(name, value) for page in typed for name, values in page.items() for value in values])


def typed_on(page: str) -> dict[str, list[str]]:
    """What this request has typed on the page: its own fields and nothing else."""
    known = {one.name for one in FORMS[page](formdata=None)} - NOT_TYPED
    return {name: values for name, values in request.form.lists() if name.split("-")[0] in known}


def mark_of_request() -> Mark:
    """Which version of the draft the sent page shows, and the page's own name."""
    version = request.form.get("version", "")
    known = version.isascii() and version.isdigit() and len(version) <= WHOLE_NUMBER
    return Mark(int(version) if known else 0, request.form.get("window", "")[:64])


def errors_of_page_one(refusal: Refusal) -> BadForm | None:
    """Of everything that is wrong, what page 1 asks; None when nothing of that is."""
    several = refusal.errors if isinstance(refusal, BadForm) else {refusal.field or "": refusal}
    mine = {field: one for field, one in several.items() if _is_of_page_one(field)}
    return BadForm(mine) if mine else None


def overview_line(field: str) -> str:
    """The line of the overview that repeats a field of page 1."""
    return "description" if field.startswith(("description", "information_", "further")) else field.split("-")[0]


def differences(page: str, mine: Typed, kept: Typed) -> list[tuple[str, str, str]]:
    """Where two contents of a page part: the field's label, what is typed here, what is kept."""
    here, there = FORMS[page](formdata=as_formdata(mine)), FORMS[page](formdata=as_formdata(kept))
    names = dict.fromkeys((*mine, *kept))
    parted = dict.fromkeys(name.split("-")[0] for name in names if mine.get(name) != kept.get(name))
    return [(here[name].label.text, in_words(here[name]), in_words(there[name])) for name in parted]


def in_words(field: Any) -> str:
    """What a field holds, as a person reads it."""
    if field.type == "FieldList":
        return "\n".join("，".join(text for text in one.values() if text) for one in field.data)
    if field.type == "BooleanField":
        return "是" if field.data else "否"
    chosen = getattr(field, "choices", None)
    if chosen is not None:
        flat = (
            {code: label for code, label, *_ in field.iter_choices()} if field.type != "SelectField" else _flat(chosen)
        )
        return str(flat.get(field.data, field.data or ""))
    return str(field.data or "")


def _flat(choices: Any) -> dict[str, str]:
    """Codes and labels of a select, whether its choices stand in groups or not."""
    flat: dict[str, str] = {}
    for code, label in dict(choices).items():
        flat.update(label if isinstance(label, dict) else {code: label})
    return flat


def _is_of_page_one(field: str | None) -> bool:
    name = (field or "").split("-")[0]
    return name not in ("", "leave_empty", "csrf_token") and hasattr(ContentForm, name)
