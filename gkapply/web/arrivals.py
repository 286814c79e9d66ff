"""What came from elsewhere (其他来源的来件): 12345, mailboxes, 信访, other units and organs; entered, decided, counted."""

from flask import Blueprint, flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms import (
    DateField,
    HiddenField,
    MultipleFileField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.validators import Optional

from gkapply import clock
from gkapply.casework import access_log, arrival_deciding, arrival_list, arrivals
from gkapply.casework.arrival_deciding import Decision
from gkapply.casework.arrival_kinds import TOLD_BY, WHENCE, ArrivalOutcome
from gkapply.casework.arrivals import KEEPERS, READERS, AlreadyArrived, Passed
from gkapply.casework.docket_places import Place
from gkapply.casework.services import store
from gkapply.casework.uploads import keep_upload
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.attachment import attachment
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_token
from gkapply.web.forms import Answer, Form, choices
from gkapply.web.uploads import any_chosen, uploaded

blueprint = Blueprint("arrivals", __name__, url_prefix="/desk/arrivals")


class PassedForm(Form):
    """What was passed on."""

    whence = SelectField(
        "从何处来", MUST, choices=choices([("", "请选择"), *WHENCE.items()]), validate_choice=False, render_kw=NO_POPUP
    )
    ticket = StringField("工单号、来信或者来文编号", description="本机关其他单位转来、没有编号的留空")
    unit = StringField("转来的单位或者人员")
    reached_on = DateField("原渠道收到的日期", [Optional()])
    came_on = DateField("转到公开机构的日期", MUST, render_kw=NO_POPUP)
    own_due_on = DateField(
        "原渠道的办理期限", [Optional()], description="例如12345工单要求办结的日期；与本系统的期限并列提醒"
    )
    name = StringField("来件人")
    contact = StringField("联系方式", description="电话、邮箱或者地址")
    text = TextAreaField("来件内容", MUST, render_kw=NO_POPUP, description="照录原文")
    files = MultipleFileField("材料")
    token = HiddenField()

    def passed(self) -> Passed:
        """What was typed."""
        words = ("whence", "ticket", "unit", "name", "contact", "text")
        return Passed(
            came_on=self.came_on.data,
            reached_on=self.reached_on.data,
            own_due_on=self.own_due_on.data,
            files=uploaded("files"),
            **{name: self[name].data or "" for name in words},
        )


class DecisionForm(Form):
    """What the office decides."""

    outcome = RadioField(
        "处理决定", MUST, choices=choices([(one.value, one.label) for one in ArrivalOutcome]), validate_choice=False
    )
    reason = TextAreaField(
        "理由", MUST, render_kw=NO_POPUP, description="直接受理的，写明申请人的意愿；引导的，写明告知了哪些渠道"
    )
    told_by = SelectField(
        "告知来件人的方式", choices=choices([("", "没有告知"), *TOLD_BY.items()]), validate_choice=False
    )
    told_on = DateField("告知的日期", [Optional()])
    reply = TextAreaField("答复原渠道的内容", description="选“由本机关答复原渠道”的必填")


@blueprint.get("")
@requires(*READERS)
def index() -> str:
    """What is open by the day that comes first, or what has ended; how many of each this year."""
    view = request.args.get("view", arrival_list.OPEN)
    after = Place.read(request.args["after"]) if request.args.get("after") else None
    actor, today = current_actor(), clock.today()
    with reading() as unit:
        page = arrival_list.listed(unit, actor, today, view, after)
        counts = arrival_list.counted(unit, actor, today.year)
    return render_template(
        "arrivals/index.html",
        page=page,
        view=view,
        views=arrival_list.VIEWS,
        counts=counts,
        year=today.year,
        on_first=after is None,
        may_enter=actor.holds(*KEEPERS),
    )


@blueprint.get("/new")
@requires(*KEEPERS)
def blank() -> str:
    """The empty form."""
    data = {"came_on": clock.today(), "token": new_token()}
    return _enter_page(PassedForm(formdata=None, data=data))


@blueprint.post("/new")
@requires(*KEEPERS)
def enter() -> Answer:
    """Enter what was passed on, or show the form again with what was typed."""
    form = PassedForm()
    try:
        reference = _entered(form)
    except Refusal as refusal:
        form.show(refusal)
        first = refusal.first if isinstance(refusal, AlreadyArrived) else ""
        return _enter_page(form, first=first), status_of(refusal)
    flash(f"已登记 {reference}，请作出处理决定")
    return redirect(url_for("arrivals.show", reference=reference), 303)


@blueprint.get("/<reference>")
@requires(*READERS)
def show(reference: str) -> str:
    """One arrival, what was decided, and what may be done."""
    return _page(reference, DecisionForm(formdata=None, data={"told_on": clock.today()}))


@blueprint.post("/<reference>")
@requires(*KEEPERS)
def decide(reference: str) -> Answer:
    """Decide; what is accepted leads on to the counter's form."""
    form, actor = DecisionForm(), current_actor()
    words = {name: form[name].data or "" for name in ("outcome", "reason", "told_by", "reply")}
    try:
        with transaction() as unit:
            arrival = arrivals.find(unit, reference, actor, for_step=True)
            arrival_deciding.decide(unit, arrival, Decision(told_on=form.told_on.data, **words), actor, clock.now())
    except Refusal as refusal:
        form.show(refusal)
        return _page(reference, form), status_of(refusal)
    if words["outcome"] == ArrivalOutcome.ACCEPTED:
        flash("已决定直接受理，请登记为申请")
        return redirect(url_for("register.blank", arrival=reference), 303)
    flash(f"{reference} 已处理")
    return redirect(url_for("arrivals.index"), 303)


@blueprint.get("/<reference>/files/<uid>")
@requires(*READERS)
def fetch(reference: str, uid: str) -> Response:
    """A file that came with an arrival; looking at it is noted."""
    actor = current_actor()
    with transaction() as unit:
        arrival = arrivals.find(unit, reference, actor)
        found = next((one for one in arrival.files if one.uid == uid), None)
        if found is None:
            raise NotFound("没有这份材料，或者您无权查看")
        access_log.note_access(unit, actor, "file.fetched", clock.now(), arrival=reference, file=uid)
        return attachment(store(unit).get(found.sha256), found.media_type, found.name)


def _entered(form: PassedForm) -> str:
    token, passed = form.token.data or "", form.passed()
    require_token(token)
    arrivals.check(passed, clock.today())
    with reading() as unit:
        for one in passed.files:
            keep_upload(unit, one, field="files")
    with transaction() as unit:
        return arrivals.enter(unit, passed, token, current_actor(), clock.now()).reference


def _enter_page(form: PassedForm, first: str = "") -> str:
    return render_template("arrivals/enter.html", form=form, duplicate=first, files_lost=any_chosen())


def _page(reference: str, form: DecisionForm) -> str:
    actor = current_actor()
    with reading() as unit:
        arrival = arrivals.find(unit, reference, actor)
        keeper = actor.holds(*KEEPERS) and arrival.ended_at is None
        return render_template(
            "arrivals/show.html",
            arrival=arrival,
            line=arrival_list.line(arrival, clock.today()),
            person=arrivals.person_of(unit, arrival),
            form=form,
            told_by=TOLD_BY,
            may_decide=keeper and arrival.outcome is None,
            may_register=keeper and arrival.outcome is ArrivalOutcome.ACCEPTED,
        )
