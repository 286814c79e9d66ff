"""Saving what a request brings into its draft: a page as it is typed, or a file."""

from datetime import datetime

from flask import request

from gkapply import clock
from gkapply.casework import draft_files, drafts, limits
from gkapply.casework.documents import Upload
from gkapply.casework.draft_pages import KeptFile, Opened, Typed
from gkapply.casework.uploads import keep_files
from gkapply.database import reading, transaction
from gkapply.web.draft_browser import keep_for, settings
from gkapply.web.draft_forms import mark_of_request
from gkapply.web.form_token import require_empty, require_token


def keep_page(token: str, page: str, typed: Typed, *, anyway: bool) -> Opened:
    """Save the page in the draft, or begin a draft with it. Raises Refusal, ChangedElsewhere, AlreadySent."""
    require_token(token)
    require_empty(request.form.get("leave_empty", ""))
    now, address = clock.now(), request.remote_addr or ""
    limit = limits.Limit(limits.DRAFT, settings().drafts_per_hour)
    with transaction() as unit:
        if not drafts.exists(unit, token, now):
            limits.require_within(unit, limit, address, now)
            limits.count(unit, limit, token, address, now, succeeded=True)
        return drafts.save(unit, token, page, typed, mark_of_request(), now, keep_for(), anyway=anyway)


def keep_file(token: str, role: str, upload: Upload, now: datetime) -> KeptFile:
    """Keep one file with the draft; it lies in the store before the unit begins. Raises Refusal."""
    with transaction() as unit:
        # What was taken out of a draft again still lies in the store until it is swept.
        address = request.remote_addr or ""
        limits.require_within(unit, limits.Limit(limits.DRAFT_FILE, settings().drafts_per_hour), address, now)
        drafts.the_draft(unit, token, now)
        limits.count(unit, limits.Limit(limits.DRAFT_FILE, 0), token, address, now, succeeded=True)
    with reading() as unit:
        keep_files(unit, {role: [upload]})
    with transaction() as unit:
        return draft_files.add_file(unit, token, role, upload, now)
