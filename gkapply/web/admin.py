"""系统管理: where the three administrators begin, and the errands that wait for one of them."""

from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock, pdf
from gkapply.casework import audit, organs, sessions, stuck
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.login import idle_time
from gkapply.web.row_key import row_key
from workflows.duties import Duty

blueprint = Blueprint("admin", __name__, url_prefix="/admin")
PAGE = 50


@blueprint.get("")
@requires(Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR)
def overview() -> str:
    """What this administrator may do."""
    actor = current_actor()
    with reading() as session:
        waiting = len(stuck.stuck_errands(session, limit=PAGE)) if actor.holds(Duty.SYSADMIN) else 0
    return render_template("admin/overview.html", actor=actor, duties=Duty, waiting=waiting, as_pdf=pdf.available())


@blueprint.get("/errands")
@requires(Duty.SYSADMIN)
def errands() -> str:
    """Errands that failed too often."""
    after = request.args.get("after", 0, type=row_key)
    with reading() as session:
        found = stuck.stuck_errands(session, after=after, limit=PAGE)
    return render_template("admin/errands.html", errands=found, words=stuck.WORDS, after=after, page=PAGE)


@blueprint.post("/errands")
@requires(Duty.SYSADMIN)
def try_again() -> Response:
    """Let one of them run anew."""
    with transaction() as session:
        stuck.try_again(session, request.form.get("key", ""), current_actor(), clock.now())
    flash("已安排重试，稍后刷新本页查看结果")
    return redirect(url_for("admin.errands"), 303)


@blueprint.get("/sessions")
@requires(Duty.SECURITY)
def open_sessions() -> str:
    """Who is logged in now."""
    with reading() as session:
        found = sessions.living(session, clock.now(), idle_time())
    return render_template("admin/sessions.html", sessions=found)


@blueprint.get("/journal")
@requires(Duty.AUDITOR)
def journal() -> Any:
    """The journal of the installation, or of one organ, the newest entries first."""
    code = request.args.get("organ", "")
    before = request.args.get("before", type=row_key)
    with reading() as session:
        organ = organs.find_organ(session, code) if code else None
        lines = audit.entries(session, organ.id if organ else None, current_actor(), before=before, limit=PAGE)
        choices = organs.list_organs(session)
    return render_template("admin/journal.html", lines=lines, organ=organ, choices=choices, before=before, page=PAGE)
