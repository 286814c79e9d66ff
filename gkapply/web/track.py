"""Following a request (查询进度): number and query code open it in this browser for half an hour; the code is in no address."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any, TypeVar

from flask import Blueprint, current_app, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import FileField, StringField, TextAreaField

from gkapply import clock
from gkapply.casework import access_log, correction, enquiries, letter_pdf, limits, sealing_register, track
from gkapply.casework.access import Actor, open_case
from gkapply.casework.application import LONGEST
from gkapply.casework.documents import Upload
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.letter_pdf import PDF_TYPE
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.casework.uploads import keep_upload
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.web.access import public
from gkapply.web.application_form import MUST, NO_POPUP, ONE_OF_THEM
from gkapply.web.attachment import attachment
from gkapply.web.enquiry_browser import let_read
from gkapply.web.error_words import TRACK, ErrorWords
from gkapply.web.errors import status_of
from gkapply.web.forms import Form
from gkapply.web.headers import impersonal
from gkapply.web.kept import kept_from_request
from gkapply.web.me_login import current_citizen
from gkapply.web.uploads import uploaded_one

blueprint = Blueprint("track", __name__)

OPENED = "opened"
"""Key of the browser's session: reference → [until when, generation of the code that opened it]."""
OPEN_FOR = timedelta(minutes=30)
MOST_OPEN = 10
Found = TypeVar("Found")
Either = tuple[tuple[Case | None, Case | None], Enquiry | None]
"""A case and the one whose code opens it, or an enquiry."""


class AskForm(Form):
    """Number and query code."""

    number = StringField("登记编号", MUST, render_kw=NO_POPUP)
    code = StringField("查询码", MUST, render_kw=NO_POPUP)


class CorrectionForm(Form):
    """The corrected request: words, a file, or both."""

    text = TextAreaField("补正后的申请内容", ONE_OF_THEM)
    file = FileField("补正材料", ONE_OF_THEM)


class NotOpened(NotFound):
    """This browser has not shown the query code of the case, or longer than OPEN_FOR ago."""


@blueprint.get("/track")
@public
@impersonal
def ask() -> str:
    """The question for number and code; the QR of a receipt fills in the number."""
    return _ask_page(AskForm(formdata=None, data={"number": request.args.get("number", "")[:64]}))


@blueprint.post("/track")
@public
def enter() -> Any:
    """Open a request for this browser. An unknown number and a wrong code get the same answer."""
    form = AskForm()
    number, code = form.number.data or "", form.code.data or ""
    try:
        address = _opened(number, code)
    except Refusal as refusal:
        form.show(refusal)
        return _ask_page(form), status_of(refusal)
    return redirect(address, 303)


@blueprint.get("/track/<reference>")
@public
def show(reference: str) -> Any:
    """Where the request stands."""
    try:
        return _progress_page(reference, CorrectionForm(formdata=None))
    except NotOpened:
        return redirect(url_for("track.ask", number=reference), 303)


@blueprint.post("/track/<reference>/correction")
@public
def correct(reference: str) -> Any:
    """Hand in the correction; the words stay on the page when it is refused."""
    form, upload = CorrectionForm(), uploaded_one("file")
    try:
        _hand_in(reference, form.text.data or "", upload)
    except NotOpened as refusal:
        return once_more(refusal)
    except Refusal as refusal:
        form.show(refusal)
        return _progress_page(reference, form), status_of(refusal)
    flash("补正已提交。受理机关将与您确认收到，答复期限自确认收到之日的次日起重新计算")
    return redirect(url_for("track.show", reference=reference), 303)


@blueprint.post("/track/<reference>/letter/<uid>")
@public
def fetch(reference: str, uid: str) -> Response:
    """Fetch a letter: the first time is its delivery."""
    now = clock.now()
    with transaction() as unit:
        track.fetch(unit, applicant_on_track(unit, reference), uid, now)
    return redirect(url_for("track.letter", reference=reference, uid=uid), 303)


@blueprint.get("/track/<reference>/letter/<uid>")
@public
def letter(reference: str, uid: str) -> Response:
    """The file of a letter that was fetched."""
    actor = _noted(reference, uid)
    with reading() as unit:
        one = _fetched(unit, actor, uid)
        file = sealing_register.delivered_file(one)
        content = store(unit).get(file.sha256)
    return attachment(content, file.media_type, f"{_name(one, reference)}.{file.ending}")


@blueprint.get("/track/<reference>/letter/<uid>/pdf")
@public
def letter_as_pdf(reference: str, uid: str) -> Response:
    """The PDF of a letter that was fetched."""
    actor = _noted(reference, uid)
    with reading() as unit:
        one = _fetched(unit, actor, uid)
        made = letter_pdf.pdf_of(unit, one)
        # Where the stamped scan is what was delivered, pages without the stamp are no letter.
        if not made or sealing_register.delivered_file(one).sha256 != one.file_sha:
            raise NotFound("这份文书没有另外的PDF", do="请在进度页下载文书文件")
        content = store(unit).get(made)
    return attachment(content, PDF_TYPE, f"{_name(one, reference)}.pdf")


def _noted(reference: str, uid: str) -> Actor:
    """The applicant in front of the page, whose wish for the file is noted before it leaves."""
    now = clock.now()
    with transaction() as unit:
        actor = applicant_on_track(unit, reference)
        access_log.note_access(unit, actor, "letter.fetched", now, case_id=actor.case_id, letter=uid)
    return actor


def _fetched(unit: Session, actor: Actor, uid: str) -> Letter:
    """The letter that the applicant has fetched before, whose files they may have again. Raises NotFound."""
    one = track.letter_to_fetch(unit, actor, uid)
    if one.delivered_on is None:
        raise NotFound("这份文书还没有领取", do="请在进度页点击「领取」")
    return one


def _name(one: Letter, reference: str) -> str:
    return f"{LetterKind(one.kind).label}-{one.number or reference}"


def _ask_page(form: AskForm) -> str:
    return render_template("track/ask.html", form=form)


def _opened(number: str, code: str) -> str:
    """The page of the request or enquiry that number and code open, which this browser may see from now on. Raises Refusal."""
    (case, opened), enquiry = _tried(number, code, _find_either)
    if enquiry is not None:
        let_read(enquiry)
        return url_for("enquiries.show", reference=enquiry.reference)
    assert case is not None
    assert opened is not None
    kept = {one: grant for one, grant in session.get(OPENED, {}).items() if one != opened.reference}
    session[OPENED] = dict([*kept.items(), (opened.reference, _grant(opened.query_code_generation))][-MOST_OPEN:])
    return url_for("track.show", reference=case.reference)


def by_code(number: str, code: str) -> tuple[Case, Case]:
    """The case that number and code open, and the one whose code it is. Raises Refusal."""
    return _tried(number, code, track.find_by_code)


def _find_either(unit: Session, number: str, code: str) -> Either | None:
    """What number and code open; both are looked for, so that no answer tells by its time what there is."""
    found, enquiry = track.find_by_code(unit, number, code), enquiries.find_by_code(unit, number, code)
    return None if found is None and enquiry is None else (found or (None, None), enquiry)


def _tried(number: str, code: str, find: Callable[[Session, str, str], Found | None]) -> Found:
    """What ``find`` finds by number and code. The try is written down in the same unit as the bound is asked. Raises Refusal."""
    if not number.strip() or not code.strip():
        raise Refusal("请填写登记编号和查询码", field="code" if number.strip() else "number")
    settings: Settings = current_app.config["GKAPPLY"]
    limit = limits.Limit(limits.QUERY, settings.wrong_codes_per_hour, failures_only=True)
    now, address = clock.now(), request.remote_addr or ""
    with transaction() as unit:
        limits.require_within(unit, limit, address, now)
        found = find(unit, number, code)
        limits.count(unit, limit, number, address, now, succeeded=found is not None)
    if found is None:
        raise Refusal(
            "登记编号或者查询码不正确", do="请对照回执逐位核对；遗失查询码的，可以用下方的链接找回", field="code"
        )
    return found


def _grant(generation: int) -> list[int]:
    return [int((clock.now() + OPEN_FOR).timestamp()), generation]


def applicant_on_track(unit: Session, reference: str) -> Actor:
    """The applicant on the case that this browser has opened, each use for another half-hour, or whose account is logged in.

    Raises NotOpened.
    """
    this_moment = clock.now().timestamp()
    shown = {one: generation for one, (until, generation) in session.get(OPENED, {}).items() if until >= this_moment}
    holder = current_citizen()
    if not shown and holder is None:
        raise NotOpened("查询已超过30分钟自动关闭", do="请重新输入登记编号和查询码")
    try:
        actor, opened = track.applicant_of(unit, reference, shown, holder.citizen_id if holder else None)
    except NotFound as error:
        raise NotOpened(error.reason, do=error.do) from error
    if opened:
        session[OPENED] = {**session[OPENED], opened: _grant(shown[opened])}
    return actor


def _progress_page(reference: str, form: CorrectionForm) -> str:
    with reading() as unit:
        progress = track.progress(unit, applicant_on_track(unit, reference), clock.today())
    return render_template("track/progress.html", progress=progress, form=form, longest=LONGEST["description"])


def _hand_in(reference: str, text: str, upload: Upload | None) -> None:
    if len(text) > LONGEST["description"]:
        raise Refusal(
            f"最多{LONGEST['description']}个字，现有{len(text)}个字", field="text", do="请精简，或者写在文件里上传"
        )
    with reading() as unit:
        applicant_on_track(unit, reference)
        if upload is not None:
            keep_upload(unit, upload)
    with transaction() as unit:
        actor = applicant_on_track(unit, reference)
        case = open_case(unit, reference, actor, for_step=True)
        correction.submit_online(unit, case, text, upload, actor, clock.now())


def once_more(refusal: Refusal) -> tuple[str, int]:
    """The question for number and code again would lose what was written: it is kept for a second confirmation."""
    words = ErrorWords(
        "请重新查询后再提交",
        refusal.reason,
        "您填写的内容已经保留在本页。",
        "请在新窗口打开“查询进度”页，重新输入登记编号和查询码；再回到本页点击「确认提交」",
        (TRACK,),
    )
    page = render_template("error.html", words=words, kept=kept_from_request())
    return page, 409
