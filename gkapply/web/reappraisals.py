"""评估审查 on the desk: the rounds, the work list of one, handing it over, confirming, releasing; the list as a file and on paper."""

from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import IntegerField
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import HiddenInput

from gkapply import clock
from gkapply.casework import reappraisal_lines, reappraisal_reminder, reappraisals, reappraising
from gkapply.casework.access import Actor
from gkapply.casework.flow import REAPPRAISALS
from gkapply.casework.people import Organ
from gkapply.casework.reappraisal_lines import HEADS, TO_REVIEW, UNDECIDED
from gkapply.casework.reappraisal_records import Reappraisal
from gkapply.casework.reappraisals import LONGEST_NOTE, Plan
from gkapply.database import reading, transaction
from gkapply.law.reappraisal import Outcome, Source
from gkapply.law.refusal import NotFound
from gkapply.web.access import current_actor, requires
from gkapply.web.forms import Answer, Form, settle
from gkapply.web.list_file import hand_out
from gkapply.web.row_key import row_key
from gkapply.web.step_form import day_field, text_field
from workflows.duties import CASE_DUTIES, Duty
from workflows.reappraisal import WORKERS

blueprint = Blueprint("reappraisals", __name__, url_prefix="/desk/reappraisals")
SHORT = {"class": "short"}
Deed = Callable[[Session, Reappraisal, Actor, datetime], str]
"""Does a step with the round and says in one sentence what has been done."""


class BeginForm(Form):
    """Which year's round, and between which days replies are looked at."""

    year = IntegerField("年度", [InputRequired("请填写年度")])
    since = day_field("答复日期自", description="在这段时间内答复不予公开、部分公开的，列入工作清单")
    until = day_field("答复日期至")


class RoundForm(Form):
    """A step of the round. It carries the version that its page showed."""

    version = IntegerField(widget=HiddenInput(), validators=[Optional()])


class ReturnForm(RoundForm):
    """Why it is returned."""

    reason = text_field("退回理由", longest=LONGEST_NOTE, render_kw=SHORT)


class ReleaseForm(RoundForm):
    """What is said of it."""

    note = text_field(
        "情况说明",
        needed=False,
        longest=LONGEST_NOTE,
        description="随结果对外公布，不要写申请人和其他人的个人信息",
        render_kw=SHORT,
    )


class KeepForm(RoundForm):
    """Why the things that were ticked stay as they are."""

    reason = text_field("维持原属性的理由", longest=reappraising.LONGEST["reason"], render_kw=SHORT)


@blueprint.get("")
@requires(*CASE_DUTIES)
def index() -> str:
    """The rounds, and whether one is due."""
    return _index(None)


@blueprint.post("/begin")
@requires(*WORKERS)
def begin() -> Answer:
    """Begin a round: its work list is gathered at once."""
    form = BeginForm()

    def act() -> Response:
        plan = Plan(form.year.data or 0, form.since.data or clock.today(), form.until.data or clock.today())
        with transaction() as session:
            made = reappraisals.begin(session, plan, current_actor(), clock.now())
            uid, size = made.uid, len(made.items)
        flash(f"已开始，工作清单共{size}项")
        return redirect(url_for("reappraisals.show", uid=uid), 303)

    return settle(form, act, lambda: _index(form))


@blueprint.get("/<uid>")
@requires(*CASE_DUTIES)
def show(uid: str) -> str:
    """One round with its work list."""
    return _show(uid)


@blueprint.get("/<uid>/file.<ending>")
@requires(*CASE_DUTIES)
def download(uid: str, ending: str) -> Response:
    """The work list with what was found, as csv or xlsx. Raises NotFound for another ending."""
    if ending not in ("csv", "xlsx"):
        raise NotFound("只能下载 csv 或者 xlsx")
    actor = current_actor()
    with reading() as session:
        year = reappraisals.open_round(session, uid, actor).year

    def rows() -> Iterator[Sequence[object]]:
        with reading() as session:
            yield from reappraisal_lines.table(session, reappraisals.open_round(session, uid, actor))

    return hand_out(ending, f"{year}年度评估审查", HEADS, rows, actor, which="reappraisal", filters="")


@blueprint.get("/<uid>/sheet")
@requires(*CASE_DUTIES)
def sheet(uid: str) -> str:
    """The round on paper: numbers, every thing with its finding, places for signatures."""
    with reading() as session:
        found = reappraisals.open_round(session, uid, current_actor())
        lines = list(reappraisal_lines.every_line(session, found))
        return render_template(
            "reappraisals/sheet.html",
            one=found,
            lines=lines,
            counts=reappraisals.counts_of(found),
            outcomes=list(Outcome),
            review_words=reappraisal_lines.review_words,
        )


@blueprint.post("/<uid>/keep")
@requires(*WORKERS)
def keep(uid: str) -> Answer:
    """The things that were ticked stay as they are."""
    form, chosen = KeepForm(), request.form.getlist("items")

    def deed(session: Session, found: Reappraisal, actor: Actor, now: datetime) -> str:
        count = reappraising.keep_all(session, found, chosen, form.reason.data or "", actor, now)
        return f"{count}项已认定为维持原属性"

    return _take(uid, form, deed, keep_form=form)


@blueprint.post("/<uid>/gather")
@requires(*WORKERS)
def gather(uid: str) -> Answer:
    """Put on the list what has come up since."""
    return _take(uid, RoundForm(), lambda *given: f"新列入{reappraisals.gather(*given)}项")


@blueprint.post("/<uid>/submit")
@requires(*WORKERS)
def submit(uid: str) -> Answer:
    """Hand the round to the head."""
    return _take(uid, RoundForm(), _told(reappraisals.submit, "已提交，等待公开机构负责人确认"))


@blueprint.post("/<uid>/return")
@requires(Duty.HEAD)
def give_back(uid: str) -> Answer:
    """Return it with the reason."""
    form = ReturnForm()

    def deed(session: Session, found: Reappraisal, actor: Actor, now: datetime) -> str:
        reappraisals.give_back(session, found, form.reason.data or "", actor, now)
        return "已退回"

    return _take(uid, form, deed, return_form=form)


@blueprint.post("/<uid>/confirm")
@requires(Duty.HEAD)
def confirm(uid: str) -> Answer:
    """Confirm what was found: it takes effect."""
    return _take(uid, RoundForm(), _told(reappraisals.confirm, "已确认，评估结论生效"))


@blueprint.post("/<uid>/release")
@requires(Duty.HEAD)
def release(uid: str) -> Answer:
    """Put the results on the public page."""
    form = ReleaseForm()

    def deed(session: Session, found: Reappraisal, actor: Actor, now: datetime) -> str:
        reappraisals.release(session, found, form.note.data or "", actor, now)
        return "已公布，公众现在可以查看"

    return _take(uid, form, deed, release_form=form)


@blueprint.post("/<uid>/take-down")
@requires(Duty.HEAD)
def take_down(uid: str) -> Answer:
    """Take the results off the public page."""
    return _take(uid, RoundForm(), _told(reappraisals.take_down, "已撤下，公众不再看到"))


@blueprint.post("/<uid>/drop")
@requires(Duty.HEAD)
def drop(uid: str) -> Answer:
    """Give a round up."""
    return _take(uid, RoundForm(), _told(reappraisals.drop, "已作废，各项的属性没有改变"))


def _told(deed: Callable[[Session, Reappraisal, Actor, datetime], None], done: str) -> Deed:
    def do(session: Session, found: Reappraisal, actor: Actor, now: datetime) -> str:
        deed(session, found, actor, now)
        return done

    return do


def _take(uid: str, form: RoundForm, deed: Deed, **shown: Form) -> Answer:
    def act() -> Response:
        actor = current_actor()
        with transaction() as session:
            found = reappraisals.open_round(session, uid, actor, for_step=True, version=form.version.data)
            done = deed(session, found, actor, clock.now())
        flash(done)
        return redirect(url_for("reappraisals.show", uid=uid), 303)

    return settle(form, act, lambda: _show(uid, refused=form, **shown))


def _show(uid: str, refused: Form | None = None, **forms: Any) -> str:
    actor, now = current_actor(), clock.now()
    source, stands = request.args.get("source", ""), request.args.get("stands", "")
    after = request.args.get("after", default=0, type=row_key)
    with reading() as session:
        found = reappraisals.open_round(session, uid, actor)
        counts = reappraisals.counts_of(found)
        sources = {one: sum(item.source is one for item in found.items) for one in Source}
        return render_template(
            "reappraisals/show.html",
            one=found,
            page=reappraisal_lines.page(session, found, source, stands, after),
            asked={"source": source, "stands": stands},
            first=not after,
            counts=counts,
            sources={one: count for one, count in sources.items() if count},
            outcomes=list(Outcome),
            standings=[(UNDECIDED, "未认定"), (TO_REVIEW, "待保密审查"), *((one.value, one.label) for one in Outcome)],
            offers={option.step.trigger: option for option in REAPPRAISALS.available(found, actor, now)},
            refused=refused,
            keep_form=forms.get("keep_form") or KeepForm(formdata=None),
            return_form=forms.get("return_form") or ReturnForm(formdata=None),
            release_form=forms.get("release_form") or ReleaseForm(formdata=None, data={"note": found.note}),
            plain_form=RoundForm(formdata=None),
        )


def _index(form: BeginForm | None) -> str:
    actor, today = current_actor(), clock.today()
    with reading() as session:
        found = reappraisals.rounds(session, actor)
        organ = session.get_one(Organ, actor.organ_id)
        usual = reappraisals.usual_plan(session, organ, today)
        due = reappraisal_reminder.is_due(organ, reappraisal_reminder.last_round(session, organ.id), today)
        every = organ.office_settings().reappraisal_every
        return render_template(
            "reappraisals/index.html",
            rounds=[(one, reappraisals.counts_of(one)) for one in found],
            form=form or BeginForm(formdata=None, data=vars_of(usual)),
            due=due,
            every=every,
            year=today.year,
            outcomes=list(Outcome),
            may_begin=actor.holds(*WORKERS) and not any(one.state in reappraisals.UNDER_WAY for one in found),
        )


def vars_of(plan: Plan) -> dict[str, Any]:
    """A plan as the form shows it."""
    return {"year": plan.year, "since": plan.since, "until": plan.until}
