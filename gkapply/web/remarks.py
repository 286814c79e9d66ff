"""What officials keep among themselves about a case: remarks, watching, ties between cases."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import StringField, TextAreaField
from wtforms.validators import InputRequired, Length

from gkapply import clock
from gkapply.casework import case_ties, casefile, remarks, watching
from gkapply.casework.access import Actor, open_case
from gkapply.casework.records import Case
from gkapply.casework.remark_records import CaseTie, Remark
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from workflows.duties import CASE_DUTIES

blueprint = Blueprint("remarks", __name__, url_prefix="/desk/cases/<reference>")


class RemarkForm(Form):
    """One remark."""

    text = TextAreaField(
        "备注内容",
        [InputRequired("请填写备注内容"), Length(max=remarks.LONGEST)],
        description="用“@姓名”提到同事，对方会收到消息。申请人看不到备注，归档和卷宗也不收录；要作为凭据的，请记录为工作情况",
        render_kw={"rows": 4},
    )


class TieForm(Form):
    """One tie."""

    other = StringField("另一件申请的登记编号", [InputRequired("请填写登记编号")], description="例如 2026-0012")
    reason = StringField("关联的理由", [InputRequired("请填写理由"), Length(max=case_ties.LONGEST_REASON)])


class LoosenForm(Form):
    """Why a tie does not hold."""

    reason = StringField("取消的理由", [InputRequired("请填写理由"), Length(max=case_ties.LONGEST_REASON)])


@dataclass(frozen=True, slots=True)
class Among:
    """What the page of a case shows of it."""

    reference: str
    remarks: list[Remark]
    watched: bool
    ties: list[tuple[CaseTie, Case]]
    """Each with the case at its other end."""


def among_officials(session: Session, case: Case, actor: Actor, now: datetime) -> Among:
    """The remarks, the ties and whether the viewer watches."""
    ties = [(one, one.other if one.case_id == case.id else one.case) for one in case_ties.ties_of(session, case)]
    return Among(case.reference, list(remarks.remarks_on(session, case)), watching.watches(session, case, actor), ties)


@blueprint.route("/remarks", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def write(reference: str) -> Answer:
    """Write a remark."""
    form, actor, now = RemarkForm(), current_actor(), clock.now()

    def act() -> Response:
        with transaction() as session:
            remarks.write(session, open_case(session, reference, actor), form.text.data or "", actor, now)
        flash("已保存备注")
        return _back(reference)

    def show() -> str:
        with reading() as session:
            case = open_case(session, reference, actor)
            people = remarks.colleagues(session, case.organ_id, now)
            return _page("remarks/remark.html", case, form=form, people=people)

    return settle(form, act, show)


@blueprint.post("/watch")
@requires(*CASE_DUTIES)
def watch(reference: str) -> Response:
    """Begin or end watching the case."""
    actor, wanted = current_actor(), request.form.get("watch") == "1"
    with transaction() as session:
        case = open_case(session, reference, actor)
        if wanted:
            watching.watch(session, case, actor, clock.now())
        else:
            watching.unwatch(session, case, actor)
    flash("已关注，有进展时会收到消息" if wanted else "已取消关注")
    return _back(reference)


@blueprint.route("/ties", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def tie(reference: str) -> Answer:
    """Hold the case together with another."""
    form, actor = TieForm(), current_actor()

    def act() -> Response:
        with transaction() as session:
            case = open_case(session, reference, actor)
            case_ties.tie(session, case, form.other.data or "", form.reason.data or "", actor, clock.now())
        flash("已关联")
        return _back(reference)

    def show() -> str:
        with reading() as session:
            return _page("remarks/tie.html", open_case(session, reference, actor), form=form)

    return settle(form, act, show)


@blueprint.route("/ties/<uid>", methods=["GET", "POST"])
@requires(*CASE_DUTIES)
def loosen(reference: str, uid: str) -> Answer:
    """Take a tie back."""
    form, actor = LoosenForm(), current_actor()

    def act() -> Response:
        with transaction() as session:
            case = open_case(session, reference, actor)
            case_ties.loosen(session, case, uid, form.reason.data or "", actor, clock.now())
        flash("已取消关联")
        return _back(reference)

    def show() -> str:
        with reading() as session:
            case = open_case(session, reference, actor)
            made = case_ties.find_tie(session, case, uid)
            other = made.other if made.case_id == case.id else made.case
            return _page("remarks/loosen.html", case, form=form, tie=made, other=other)

    return settle(form, act, show)


def _back(reference: str) -> Response:
    return redirect(url_for("desk.case", reference=reference, _anchor="among-officials"), 303)


def _page(template: str, case: Case, **shown: Any) -> str:
    return render_template(template, head=casefile.head(case, clock.today()), **shown)
