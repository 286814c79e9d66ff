"""Page 2 of the application form as it is shown: who applies, the papers of the draft, page 1 once more in short."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from gkapply.casework.draft_pages import APPLICANT, CONTENT, Opened
from gkapply.casework.drafts import submission_token
from gkapply.casework.several_items import in_one
from gkapply.casework.steering import hints
from gkapply.web.arithmetic import question
from gkapply.web.content_page import offered, organ_names, received_at_once
from gkapply.web.draft_forms import DEFAULTS, ApplicantForm, ContentForm, filled, in_words
from gkapply.web.form_token import new_token
from gkapply.web.me_profile import proposed

OVERVIEW: Mapping[str, str] = {
    "organ": "受理机关",
    "carrier": "载体形式",
    "way": "获取方式",
    "accepts_other_form": "同意其他形式或者方式",
    "assistance": "需要的帮助",
    "suggests_disclosure": "建议主动公开的理由",
}
SHOWN_EMPTY = frozenset({"organ", "carrier", "way"})


def applicant_page(opened: Opened, form: ApplicantForm | None = None) -> str:
    """Page 2 of a draft; ``form`` when there is something to say about it."""
    page = opened.pages[APPLICANT]
    return render_template(
        "intake/applicant.html",
        form=form or filled(ApplicantForm, page, {**DEFAULTS, **proposed()}),
        token=opened.token,
        version=page.mark.version,
        window=new_token(),
        opened=opened,
        lines=_overview(opened),
        hints=_hints(opened),
        at_once=received_at_once(),
        asked=question(submission_token(opened.token)),
    )


def _hints(opened: Opened) -> list[str]:
    """What could be said more clearly on page 1, each once."""
    form: Any = filled(ContentForm, opened.pages[CONTENT], DEFAULTS)
    return list(dict.fromkeys(hint for thing in form.as_application().things for hint in hints(thing.description)))


def _overview(opened: Opened) -> list[tuple[str, str, str]]:
    """What page 1 says: the name of the line, its label, the words."""
    form: Any = filled(ContentForm, opened.pages[CONTENT], DEFAULTS)
    form.organ.choices = offered(organ_names())
    things = form.as_application().things
    wanted = in_one(things) if len(things) > 1 else things[0].quote()
    lines = [("description", "申请的信息", wanted)]
    for name, label in OVERVIEW.items():
        if form[name].data or name in SHOWN_EMPTY:
            lines.append((name, label, in_words(form[name])))
    return lines
