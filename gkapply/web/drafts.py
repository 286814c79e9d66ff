"""Filling in an application page by page: every button saves the draft, the last one sends it."""

from dataclasses import replace
from typing import cast

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import draft_files, drafts, enquiry_request
from gkapply.casework.application import PAPERS
from gkapply.casework.application_check import Findings
from gkapply.casework.draft_pages import APPLICANT, CONTENT, PAGES, Opened, Page, Typed
from gkapply.casework.drafts import AlreadySent, ChangedElsewhere
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import public
from gkapply.web.applicant_page import applicant_page
from gkapply.web.content_page import content_page
from gkapply.web.draft_browser import forget, remember, tokens
from gkapply.web.draft_entries import changed, field_to_show
from gkapply.web.draft_forms import (
    DEFAULTS,
    FORMS,
    ApplicantForm,
    ContentForm,
    as_formdata,
    differences,
    errors_of_page_one,
    filled,
    mark_of_request,
    typed_on,
)
from gkapply.web.draft_keeping import keep_file, keep_page
from gkapply.web.errors import status_of
from gkapply.web.form_token import require_token
from gkapply.web.forms import Answer
from gkapply.web.intake import ApplyForm, chosen_organ, take_in, to_receipt
from gkapply.web.uploads import uploaded
from gkapply.web.wording import date_zh

blueprint = Blueprint("drafts", __name__, url_prefix="/apply/draft/<token>")

FAULTS = "draft_faults"
"""Key of the browser's session: what was wrong with files that were not kept, told once on the next page."""
ADDRESS = {CONTENT: "drafts.content", APPLICANT: "drafts.applicant"}


class WholeForm(ApplyForm):
    """Both pages of a draft as one form, under the token of the request that it becomes."""

    def becomes(self) -> str:
        """The token of that request."""
        return self.token.data or ""


@blueprint.get("")
@public
def content(token: str) -> Answer:
    """Page 1 of the draft."""
    return _show(token, CONTENT)


@blueprint.get("/applicant")
@public
def applicant(token: str) -> Answer:
    """Page 2 of the draft."""
    return _show(token, APPLICANT)


@blueprint.post("")
@public
def save_content(token: str) -> Answer:
    """Save page 1, and go where the button leads."""
    return _save(token, CONTENT)


@blueprint.post("/applicant")
@public
def save_applicant(token: str) -> Answer:
    """Save page 2, and go where the button leads."""
    return _save(token, APPLICANT)


@blueprint.post("/resume")
@public
def resume(token: str) -> Answer:
    """Go on with the draft in this browser too."""
    with reading() as unit:
        opened = drafts.open_draft(unit, token, clock.now())
    reached = APPLICANT if opened.pages[APPLICANT].typed else CONTENT
    return remember(redirect(url_for(ADDRESS[reached], token=token), 303), token)


@blueprint.post("/discard")
@public
def discard(token: str) -> Answer:
    """Delete the draft with its files."""
    with transaction() as unit:
        drafts.discard(unit, token)
    flash("草稿已删除，没有保留任何内容")
    return forget(redirect(url_for("intake.apply"), 303), token)


def _show(token: str, page: str) -> Answer:
    require_token(token)
    with reading() as unit:
        if drafts.sent_as(unit, token) is not None:
            return _sent_before(token)
        opened = drafts.open_draft(unit, token, clock.now())
    if token not in tokens():
        return render_template("intake/resume.html", token=token, opened=opened)
    return _page(opened, page, _told(opened, page))


def _save(token: str, page: str) -> Answer:
    go = request.form.get("go", "next")
    deed, _, which = go.partition(":")
    typed = changed(typed_on(page), deed, which)
    try:
        opened, found = _kept(token, page, typed, anyway=go == "anyway")
    except AlreadySent:
        return _sent_before(token)
    except ChangedElsewhere as moved:
        return _conflict(moved, page, typed), status_of(moved)
    except Refusal as refusal:
        return _refused(token, page, typed, refusal), status_of(refusal)
    answer = _go(opened, page, go, found)
    return remember(answer, token) if isinstance(answer, Response) and token not in tokens() else answer


def _kept(token: str, page: str, typed: Typed, *, anyway: bool) -> tuple[Opened, Findings]:
    """Save the page and every file that can be taken; what is wrong with the others. Raises Refusal."""
    opened, found, now = keep_page(token, page, typed, anyway=anyway), Findings(), clock.now()
    for role in PAPERS if page == APPLICANT else ():
        for upload in uploaded(role):
            found.test(keep_file, token, role, upload, now)
            with reading() as unit:
                opened = drafts.open_draft(unit, token, now)
    return opened, found


def _go(opened: Opened, page: str, go: str, found: Findings) -> Answer:
    """Where the button leads, now that everything is saved: always to an address, so that Back never asks to send again."""
    token, (deed, _, which) = opened.token, go.partition(":")
    if found.errors:
        session[FAULTS] = [(field, str(one)) for field, one in found.errors.items()]
        return _to(page, token, check=deed == "next")
    if deed == "remove":
        with transaction() as unit:
            draft_files.remove_file(unit, token, which, clock.now())
    elif deed == "back":
        return _to(CONTENT, token)
    elif deed == "next":
        wrong = _wrong(opened)
        if page == CONTENT:
            fine = wrong is None or errors_of_page_one(wrong) is None
            return _to(APPLICANT, token) if fine else _to(CONTENT, token, check=True)
        return _send(opened) if wrong is None else _to(APPLICANT, token, check=True)
    elif place := field_to_show(opened.pages[page].typed, deed, which):
        return redirect(f"{url_for(ADDRESS[page], token=token)}#{place}", 303)
    elif deed == "save":
        flash(f"草稿已保存，保留到{date_zh(opened.expires_at)}。用这个浏览器再打开申请页，可以接着填写")
    return _to(page, token)


def _to(page: str, token: str, *, check: bool = False) -> Response:
    """On to a page of the draft; ``check``: which tells everything that is wrong with it."""
    return redirect(url_for(ADDRESS[page], token=token, check=1 if check else None), 303)


def _wrong(opened: Opened) -> Refusal | None:
    """Everything that is wrong with what the draft holds, if anything is."""
    try:
        with reading() as unit:
            chosen_organ(unit, _whole(opened), {})
    except Refusal as refusal:
        return refusal
    return None


def _told(opened: Opened, page: str) -> ContentForm | ApplicantForm | None:
    """The page with what is wrong, where the address asks for that or a file was just refused."""
    faults, asked = session.pop(FAULTS, []), "check" in request.args
    if not (faults or asked):
        return None
    form = filled(FORMS[page], opened.pages[page], DEFAULTS)
    wrong = _wrong(opened) if asked else None
    if wrong is not None and page == CONTENT:
        wrong = errors_of_page_one(wrong)
    for refusal in (*(Refusal(sentence, field=field) for field, sentence in faults), *([wrong] if wrong else [])):
        form.show(refusal)
    return form


def _send(opened: Opened) -> Answer:
    """Send the draft: it becomes one request and is gone."""
    token, whole = opened.token, _whole(opened)
    with reading() as unit:
        uploads = draft_files.uploads_of(unit, token, clock.now())
    try:
        is_new = take_in(whole, uploads, lambda unit: _settled(unit, token))
    except Refusal as refusal:
        form = filled(ApplicantForm, opened.pages[APPLICANT], DEFAULTS)
        form.show(refusal)
        return _page(opened, APPLICANT, form), status_of(refusal)
    return forget(to_receipt(whole.becomes(), is_new=is_new), token)


def _settled(unit: Session, token: str) -> None:
    """The draft has become a request: it is gone, and an enquiry that began it knows of the request."""
    enquiry_request.take_along(unit, drafts.submission_token(token), clock.now())
    drafts.discard(unit, token)


def _whole(opened: Opened) -> WholeForm:
    """The draft as the one form that is taken in, under the token of the request that it becomes."""
    pages = opened.pages
    form = WholeForm(formdata=as_formdata(pages[CONTENT].typed, pages[APPLICANT].typed))
    form.token.data = drafts.submission_token(opened.token)
    form.sum.data = request.form.get("sum", "")
    return form


def _page(opened: Opened, page: str, form: ContentForm | ApplicantForm | None) -> str:
    if page == CONTENT:
        return content_page(opened, cast(ContentForm | None, form))
    return applicant_page(opened, cast(ApplicantForm | None, form))


def _refused(token: str, page: str, typed: Typed, refusal: Refusal) -> str:
    """The page as it was typed, though it could not be saved, and why not."""
    now = clock.now()
    try:
        with reading() as unit:
            kept = drafts.open_draft(unit, token, now)
    except NotFound:
        kept = Opened(token, {one: Page() for one in PAGES}, (), now, now)
    opened = replace(kept, pages={**kept.pages, page: Page(typed, mark_of_request())})
    form = filled(FORMS[page], opened.pages[page], DEFAULTS)
    form.show(refusal)
    return _page(opened, page, form)


def _conflict(changed: ChangedElsewhere, page: str, typed: Typed) -> str:
    """Both contents side by side; the person chooses."""
    return render_template(
        "intake/conflict.html",
        page=page,
        address=ADDRESS[page],
        opened=changed.kept,
        typed=[(name, value) for name, values in typed.items() for value in values],
        window=request.form.get("window", ""),
        lines=differences(page, typed, changed.kept.pages[page].typed),
    )


def _sent_before(token: str) -> Response:
    """On to the receipt; whoever has only the address of the draft, which stands in histories, is not shown the query code."""
    if token not in tokens():
        return redirect(url_for("receipts.show", token=drafts.submission_token(token)), 303)
    return forget(to_receipt(drafts.submission_token(token), is_new=False), token)
