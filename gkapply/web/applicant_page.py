"""Page 2 of the application form as it is shown: who applies, the papers of the draft, page 1 once more in short."""

from collections.abc import Mapping
from typing import Any

from flask import render_template

from gkapply.casework.draft_pages import APPLICANT, CONTENT, Opened
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
        at_once=received_at_once(),
    )


def _overview(opened: Opened) -> list[tuple[str, str, str]]:
    """What page 1 says: the name of the line, its label, the words."""
    form: Any = filled(ContentForm, opened.pages[CONTENT], DEFAULTS)
    form.organ.choices = offered(organ_names())
    named = [form.information_name.data or "", form.information_number.data or ""]
    wanted = "\n".join([form.description.data or "", *(one for one in named if one)])
    lines = [("description", "申请的信息", wanted)]
    for name, label in OVERVIEW.items():
        if form[name].data or name in SHOWN_EMPTY:
            lines.append((name, label, in_words(form[name])))
    return lines
