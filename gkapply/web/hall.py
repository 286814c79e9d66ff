"""The pages of a terminal in a service hall: where it begins, where it ends, and the registrar's page that makes a browser one."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from gkapply import clock
from gkapply.casework import receipt_points
from gkapply.database import reading
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, public, requires
from gkapply.web.forms import Answer
from gkapply.web.hall_mode import forget_person, is_terminal, make_ordinary, make_terminal, terminal
from workflows.duties import Duty

blueprint = Blueprint("hall", __name__)


@blueprint.get("/hall")
@public
def start() -> Answer:
    """Where everybody begins at a terminal; any other browser goes to the home page."""
    here = terminal()
    if here is None:
        return redirect(url_for("public.home"), 303)
    with reading() as unit:
        organs = list(receipt_points.find_point(unit, here.point).organs)
    return render_template("hall/start.html", here=here, organs=organs)


@blueprint.route("/hall/end", methods=["GET", "POST"])
@public
def end() -> Response:
    """Forget whoever used the terminal. By GET too: it is where an unattended page goes by itself, and it only ever closes."""
    if not is_terminal():
        return redirect(url_for("public.home"), 303)
    return forget_person(redirect(url_for("hall.start"), 303))


@blueprint.get("/hall/still")
@public
def still() -> Response:
    """A sign of life of the person at the terminal, while they fill in a page; it comes too late as any other request does."""
    return Response(status=204)


@blueprint.route("/desk/hall", methods=["GET", "POST"])
@requires(Duty.REGISTRAR)
def make() -> Answer:
    """Make this very browser a terminal of a receipt point that the registrar's organ runs, or an ordinary one again."""
    actor = current_actor()
    with reading() as unit:
        points = receipt_points.points_of(unit, actor.organ_id or 0, clock.today())
    if request.method == "GET":
        return render_template("hall/make.html", points=points, here=terminal())
    chosen = request.form.get("point", "")
    if not chosen:
        flash("这台电脑不再是大厅自助机")
        return make_ordinary(redirect(url_for("hall.make"), 303))
    point = next((one for one in points if str(one.id) == chosen), None)
    if point is None:
        raise NotFound("没有这个收件窗口", do="请从列表选择")
    # The registrar's own login must not stay on a machine that anybody may use.
    return make_terminal(forget_person(redirect(url_for("hall.start"), 303)), point)
