"""What a browser has opened by a one-time link: kept in its session for half an hour, by the hash of the link's token."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from flask import current_app, redirect, render_template, request, session
from wtforms import StringField

from gkapply import clock
from gkapply.casework import limits
from gkapply.casework.link_door import LinkClosed, hash_of
from gkapply.config import Settings
from gkapply.database import transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.errors import status_of
from gkapply.web.forms import Form

IDENTIFIED, ANSWERED = "identified", "answered"
"""Keys of the browser's session: hash of the token → until when."""
OPEN_FOR = timedelta(minutes=30)
MOST_OPEN = 5


def enter(failures: str, token: str, identify: Callable[[str, datetime], object]) -> None:
    """Let the holder in by ``identify``, which is given the browser's address and the moment.

    Failures of one address are counted under ``failures``, as at the other public doors. Raises NotFound or Refusal.
    """
    settings: Settings = current_app.config["GKAPPLY"]
    limit = limits.Limit(failures, settings.wrong_codes_per_hour, failures_only=True)
    now, address = clock.now(), request.remote_addr or ""
    with transaction() as unit:
        limits.require_within(unit, limit, address, now)
    try:
        identify(address, now)
    except Refusal:
        with transaction() as unit:
            limits.count(unit, limit, hash_of(token), address, now, succeeded=False)
        raise
    grant(IDENTIFIED, token)


class IdentityForm(Form):
    """What only the one whom a link was sent to has; a subclass names another number."""

    code = StringField("核验码", MUST, render_kw=NO_POPUP)
    tail = StringField("登记电话的后四位", MUST, render_kw=NO_POPUP)


Identify = Callable[[str, str, str, str, datetime], object]
"""Given the token, the code, the last four of the number, the browser's address and the moment. Raises NotFound or Refusal."""


def let_in(form: IdentityForm, token: str, failures: str, identify: Identify, page: Callable[[], Any]) -> Any:
    """Let the holder of the link in by what the form says and come back to the link's page, or show ``page`` again with the reason."""

    def act() -> Any:
        code, tail = form.code.data or "", form.tail.data or ""
        if not code.strip() or not tail.strip():
            missing = "tail" if code.strip() else "code"
            raise Refusal(f"请填写核验码和{form.tail.label.text}", field=missing)
        enter(failures, token, lambda address, now: identify(token, code, tail, address, now))
        return redirect(request.path, 303)

    return or_again(form, act, page)


def or_again(form: Form, act: Callable[[], Any], page: Callable[[], Any]) -> Any:
    """What ``act`` answers; when it is refused, ``page`` again with the reason. A closed or unknown link goes on as it is."""
    try:
        return act()
    except (LinkClosed, NotFound):
        raise
    except Refusal as refusal:
        form.show(refusal)
        return page(), status_of(refusal)


def closed_page(closed: LinkClosed) -> tuple[str, int]:
    """Why nothing can be given by the link any more."""
    return render_template("answer/closed.html", refusal=closed), 410


def grant(what: str, token: str) -> None:
    """Let this browser see the pages behind the link for a while."""
    until = int((clock.now() + OPEN_FOR).timestamp())
    kept = {one: when for one, when in session.get(what, {}).items() if one != hash_of(token)}
    session[what] = dict([*kept.items(), (hash_of(token), until)][-MOST_OPEN:])


def holds(what: str, token: str) -> bool:
    """Whether this browser may see them now."""
    until = session.get(what, {}).get(hash_of(token), 0)
    return bool(until >= clock.now().timestamp())
