"""Page 1 of the application form as it is shown, empty or with what a draft holds."""

from collections.abc import Mapping, Sequence

from flask import render_template, request

from gkapply import clock
from gkapply.casework import intake
from gkapply.casework.draft_pages import CONTENT, Mark, Opened, Page
from gkapply.casework.reception import areas, receiving_organs
from gkapply.database import reading
from gkapply.web.draft_browser import drafts_of_browser
from gkapply.web.draft_forms import DEFAULTS, ContentForm, filled
from gkapply.web.form_token import new_token
from gkapply.web.me_profile import proposed

__all__ = ["DEFAULTS", "blank_content", "content_page", "offered", "organ_names", "received_at_once"]
LONGEST_PREFILL = 500


def blank_content() -> str:
    """Page 1 before anything was typed, with what the address proposes and the drafts that this browser has begun."""
    asked = {"organ": request.args.get("organ", ""), "description": request.args.get("about", "")[:LONGEST_PREFILL]}
    form = filled(ContentForm, Page(), {**DEFAULTS, **proposed(), **asked})
    return _page(form, new_token(), Mark(), drafts_of_browser())


def content_page(opened: Opened, form: ContentForm | None = None) -> str:
    """Page 1 of a draft; ``form`` when there is something to say about it."""
    page = opened.pages[CONTENT]
    return _page(form or filled(ContentForm, page, DEFAULTS), opened.token, page.mark, (), opened)


def offered(organs: Mapping[str, str]) -> dict[str, str]:
    """The organs to choose among (code → name); a single one is chosen already."""
    return dict(organs) if len(organs) == 1 else {"": "请选择", **organs}


def organ_names() -> dict[str, str]:
    """The organs that take requests today, code → name."""
    with reading() as unit:
        return {organ.code: organ.name for organ in receiving_organs(unit, clock.today())}


def received_at_once() -> list[str]:
    """The organs that take the day of sending as the day of receipt."""
    with reading() as unit:
        return [one.name for one in receiving_organs(unit, clock.today()) if intake.received_at_once(one)]


def _page(form: ContentForm, token: str, mark: Mark, begun: Sequence[Opened] = (), opened: Opened | None = None) -> str:
    form.organ.choices = offered(organ_names())
    with reading() as unit:
        answering = [one for one in areas(unit, clock.today()) if one.takes_requests]
    return render_template(
        "intake/content.html",
        form=form,
        token=token,
        version=mark.version,
        window=new_token(),
        begun=begun,
        opened=opened,
        areas=answering,
        at_once=received_at_once(),
    )
