"""Applying on the web (网上申请): the first page, the whole form sent in one go, and the receipt that proves it."""

from collections.abc import Callable
from datetime import date, datetime
from typing import Any, ClassVar

from flask import Blueprint, current_app, flash, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import HiddenField, SelectField, StringField

from gkapply import clock
from gkapply.casework import intake, limits
from gkapply.casework.application import PAPERS
from gkapply.casework.application_check import Findings
from gkapply.casework.new_case import checked, submitted_with
from gkapply.casework.people import Organ
from gkapply.casework.reception import receiving_organ
from gkapply.casework.records import Case
from gkapply.casework.uploads import Uploads, keep_files
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal
from gkapply.web import receipts
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP, ApplicationForm
from gkapply.web.arithmetic import question, require_answer
from gkapply.web.content_page import DEFAULTS, blank_content, offered, organ_names, received_at_once
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_empty, require_token, token_of_request
from gkapply.web.hall_mode import TIMES, is_terminal, point_serving
from gkapply.web.headers import impersonal
from gkapply.web.me_login import keep_own
from gkapply.web.me_profile import proposed
from gkapply.web.uploads import any_chosen, uploaded

blueprint = Blueprint("intake", __name__)


class ApplyForm(ApplicationForm):
    """The citizen's form. ``token`` makes it one request however often it is sent; nobody sees ``leave_empty``."""

    ON_TOP = ("", "leave_empty", "organ")
    TEMPLATE = "intake/whole.html"
    ROLES: ClassVar[tuple[str, ...]] = tuple(PAPERS)
    """Fields that take files; each is the role that its files get in the file of the case."""
    token = HiddenField()
    organ = SelectField("受理机关", MUST, validate_choice=False, render_kw=NO_POPUP)
    leave_empty = StringField("请勿填写此栏")
    sum = StringField("算术题", MUST, render_kw=NO_POPUP)

    def offer(self, organs: dict[str, str]) -> None:
        """Let the applicant choose among these organs (code → name); a single one is chosen already."""
        self.organ.choices = offered(organs)

    def checked(self, uploads: Uploads, today: date) -> None:
        """Raises BadForm with everything that is wrong with form and files."""
        checked(self.as_application(), uploads, today)

    def becomes(self) -> str:
        """The token of the request that the form becomes, which stands in the address of the receipt."""
        return token_of_request(self.token.data or "")

    def submit(self, unit: Session, organ: Organ, uploads: Uploads, now: datetime) -> Case:
        """Take in what the form says."""
        point = point_serving(unit, organ)
        return intake.submit(unit, organ, self.as_application(), uploads, self.becomes(), now, point=point)


@blueprint.get("/apply")
@public
@impersonal
def apply() -> str:
    """The empty first page; ``?organ=`` chooses an organ and ``?about=`` begins the description beforehand."""
    return blank_content()


@blueprint.get("/apply/whole")
@public
@impersonal
def whole() -> str:
    """The empty form on one page, of which nothing is kept before it is sent; ``?organ=`` chooses an organ beforehand."""
    return empty(ApplyForm)


@blueprint.post("/apply")
@public
def send() -> Any:
    """Take the request in, or show the form again with everything that was typed and every wrong field."""
    return take(ApplyForm())


def empty(form_class: type[ApplyForm]) -> str:
    """The empty form of that kind."""
    chosen = request.args.get("organ", "")
    form = form_class(formdata=None, data={**DEFAULTS, **proposed(), "organ": chosen, "token": new_token()})
    form.offer(organ_names())
    return _form_page(form, files_lost=False)


def take(form: ApplyForm) -> Any:
    """Take in what the form says, or show it again with everything that was typed and every wrong field."""
    form.offer(organ_names())
    uploads = {role: uploaded(role) for role in form.ROLES}
    try:
        is_new = take_in(form, uploads)
    except Refusal as refusal:
        form.show(refusal)
        return _form_page(form, files_lost=any_chosen()), status_of(refusal)
    return to_receipt(form.becomes(), is_new=is_new)


def to_receipt(token: str, *, is_new: bool) -> Response:
    """On to the receipt of the request that came in with that token, which this browser may see with its query code."""
    if not is_new:
        flash("这份表单此前已经提交成功，没有重复登记。以下是第一次提交的回执；要提交另一件申请，请重新打开申请页")
    receipts.may_show_code(token)
    return redirect(url_for("receipts.show", token=token), 303)


def _form_page(form: ApplyForm, *, files_lost: bool) -> str:
    asked = question(form.token.data or "")
    return render_template(form.TEMPLATE, form=form, files_lost=files_lost, at_once=received_at_once(), asked=asked)


def take_in(form: ApplyForm, uploads: Uploads, then: Callable[[Session], None] | None = None) -> bool:
    """Take the request in and do ``then`` in the same unit; False when the form had been taken in before. Raises Refusal."""
    require_empty(form.leave_empty.data or "")
    token, now = form.token.data or "", clock.now()
    require_token(token)
    with reading() as unit:
        if submitted_with(unit, form.becomes()) is not None:
            return False
        # Before the files are stored: what is refused only afterwards would still fill the disk.
        limits.require_within(unit, _limit(), request.remote_addr or "", now)
        organ = chosen_organ(unit, form, uploads)
        require_answer(form, token)
        keep_files(unit, uploads)
    limit = _limit()
    with transaction() as unit:
        limits.require_within(unit, limit, request.remote_addr or "", now)
        case = form.submit(unit, unit.get_one(Organ, organ.id), uploads, now)
        keep_own(unit, case, now)
        limits.count(unit, limit, case.reference, request.remote_addr or "", now, succeeded=True)
        if then is not None:
            then(unit)
        return case.entered_at == now


def chosen_organ(unit: Session, form: ApplyForm, uploads: Uploads) -> Organ:
    """The organ applied to, when it and everything else on the form is right. Raises BadForm with all that is not."""
    found, today, code = Findings(), clock.today(), form.organ.data or ""
    found.test(receiving_organ, unit, code, today)
    found.test(form.checked, uploads, today)
    found.settle()
    return receiving_organ(unit, code, today)


def _limit() -> limits.Limit:
    settings: Settings = current_app.config["GKAPPLY"]
    return limits.Limit(limits.SUBMISSION, settings.submissions_per_hour * (TIMES if is_terminal() else 1))
