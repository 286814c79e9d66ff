"""Views that officials keep under a name: kept from the list itself, offered to colleagues, taken away."""

from typing import Any
from urllib.parse import parse_qsl, urlencode

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import BooleanField, HiddenField, StringField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import saved_views
from gkapply.casework.saved_views import DESK, LEDGER, LONGEST_NAME
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Form, settle
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("saved_views", __name__)

LISTS = {DESK: ("工作台", "desk.index"), LEDGER: ("登记台账", "ledger.index")}
NOT_KEPT = ("after", "before")
MOST_FIELDS = 60


class ViewForm(Form):
    """A name for the list as it is shown."""

    name = StringField("视图名称", [InputRequired("请填写视图的名称"), Length(max=LONGEST_NAME)])
    shared = BooleanField("同时提供给本机关的同事")
    query = HiddenField()
    page = HiddenField()


@blueprint.get("/desk/views")
@requires(*CASE_DUTIES)
def index() -> str:
    """The views that the viewer finds, to be opened, offered or taken away."""
    return _page(ViewForm(formdata=request.args if "query" in request.args else None))


@blueprint.post("/desk/views")
@requires(*CASE_DUTIES)
def keep() -> Any:
    """Keep the list as it is shown under a name."""
    form, actor = ViewForm(), current_actor()

    def act() -> Response:
        page = form.page.data if form.page.data in LISTS else DESK
        query = without_place(form.query.data or "")
        with transaction() as session:
            saved_views.keep(
                session, actor, page, form.name.data or "", query, clock.now(), shared=bool(form.shared.data)
            )
        flash(f"视图“{form.name.data}”已保存")
        return redirect(f"{url_for(LISTS[page][1])}?{query}", 303)

    return settle(form, act, lambda: _page(form))


@blueprint.post("/desk/views/<uid>/offer")
@requires(*CASE_DUTIES)
def offer(uid: str) -> Response:
    """Offer a view to the colleagues, or no longer."""
    with transaction() as session:
        saved_views.offer(session, current_actor(), uid, request.form.get("shared") == "yes")
    return redirect(url_for("saved_views.index"), 303)


@blueprint.post("/desk/views/<uid>/drop")
@requires(*CASE_DUTIES)
def drop(uid: str) -> Response:
    """Take a view away."""
    with transaction() as session:
        saved_views.drop(session, current_actor(), uid)
    flash("视图已删除")
    return redirect(url_for("saved_views.index"), 303)


def without_place(query: str) -> str:
    """The parameters of a list in one order and without the place in it: a view always begins at its beginning. Raises Refusal."""
    try:
        pairs = parse_qsl(query, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise Refusal("筛选条件过多，不能保存", do="请减少条件") from None
    return urlencode([(name, value) for name, value in pairs if name not in NOT_KEPT])


def _page(form: ViewForm) -> str:
    actor = current_actor()
    with reading() as session:
        views = saved_views.all_of(session, actor)
    return render_template("desk/views.html", form=form, views=views, lists=LISTS, viewer_id=actor.user_id)
