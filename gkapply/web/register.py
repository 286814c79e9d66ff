"""The registrar's pages: what waits to be confirmed, the counter's form and its slip, an applicant's contact in clear."""

from datetime import timedelta
from typing import Any

from flask import Blueprint, flash, redirect, render_template, request, session, url_for
from sqlalchemy.orm import Session
from wtforms import StringField

from gkapply import clock
from gkapply.casework import (
    access_log,
    enquiry_request,
    intake,
    known_applicants,
    likeness_lines,
    register_origins,
    transfer,
)
from gkapply.casework.access import open_case
from gkapply.casework.application_check import Findings
from gkapply.casework.case_lines import contact_pairs
from gkapply.casework.in_tray import confirm_by, in_tray
from gkapply.casework.organs import find_organ
from gkapply.casework.people import Organ, SigningName
from gkapply.casework.people_data import contact_of, party_contact
from gkapply.casework.query_code import query_code
from gkapply.casework.receipt_points import ReceiptPoint, find_point, points_of
from gkapply.casework.uploads import Uploads, keep_files
from gkapply.database import reading, transaction
from gkapply.law.channels import HALL
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import cautions
from gkapply.web.access import current_actor, requires
from gkapply.web.application_form import MUST, NO_POPUP
from gkapply.web.errors import status_of
from gkapply.web.form_token import new_token, require_token
from gkapply.web.forms import Form
from gkapply.web.qr import query_picture
from gkapply.web.register_form import DEFAULTS, RegisterForm
from gkapply.web.uploads import any_chosen, uploaded
from workflows.duties import CASE_DUTIES, Duty

blueprint = Blueprint("register", __name__)

REGISTERED = "registered"
"""Key of the browser's session: references whose slip may show the query code, for handing it over at the counter."""
MOST_REGISTERED = 10
CONTACT = "contact"
"""Key of the browser's session: reference → until when the contact stands in clear."""
CONTACT_FOR = timedelta(minutes=10)
LONGEST_REASON = 200


class ContactForm(Form):
    """Why an applicant's numbers are to be shown."""

    reason = StringField("查看事由", MUST, render_kw=NO_POPUP)


@blueprint.get("/desk/intake")
@requires(Duty.REGISTRAR)
def waiting() -> str:
    """What has come in and waits to be confirmed."""
    with reading() as unit:
        lines, transferred = in_tray(unit, current_actor(), clock.today()), transfer.arrived(unit, current_actor())
        return render_template("register/waiting.html", lines=lines, transferred=transferred)


@blueprint.get("/desk/register")
@requires(Duty.REGISTRAR)
def blank() -> str:
    """The empty form of the counter, or filled with what another organ has transferred, an enquiry, an envelope, an arrival."""
    uid, asked, known = request.args.get("transfer", ""), request.args.get("enquiry", ""), dict[str, Any]()
    now, actor = clock.now(), current_actor()
    origins = {name: request.args.get(name, "") for name in register_origins.ORIGINS}
    if uid or asked or any(origins.values()):
        with transaction() as unit:
            known |= transfer.prefill(unit, uid, actor, now) if uid else {}
            known |= enquiry_request.prefill(unit, asked, actor, now) if asked else {}
            known |= register_origins.prefill(unit, origins, actor, now)
    return empty(RegisterForm, **known, **origins, transfer=uid, enquiry=asked)


@blueprint.post("/desk/register")
@requires(Duty.REGISTRAR)
def enter() -> Any:
    """Enter the request, or show the form again with everything that was typed and every wrong field."""
    return take(RegisterForm())


def empty(form_class: type[RegisterForm], **known: Any) -> str:
    """The empty form of that kind; ``known`` is what it is filled with beforehand."""
    data = {**DEFAULTS, "received_on": clock.today(), **known, "token": new_token()}
    form = form_class(formdata=None, data=data)
    return _form_page(form, files_lost=False)


def take(form: RegisterForm) -> Any:
    """Enter what the form says, or show it again with everything that was typed and every wrong field."""
    if form.answer_button():
        return _form_page(form, files_lost=any_chosen())
    uploads = {role: uploaded(role) for role in form.ROLES}
    try:
        reference = _register(form, uploads)
    except Refusal as refusal:
        form.show(refusal)
        return _form_page(form, files_lost=any_chosen()), status_of(refusal)
    missing = form.gaps(uploads)
    if missing:
        flash(f"来件缺少以下内容，审核时可以依法一次性告知补正：{'；'.join(missing)}")
    for word in cautions(form.words()):
        flash(f"申请内容含有“{word}”字样，请核对是否适合录入本系统")
    kept = [one for one in session.get(REGISTERED, []) if one != reference]
    session[REGISTERED] = [*kept, reference][-MOST_REGISTERED:]
    return redirect(url_for("register.slip", reference=reference), 303)


@blueprint.get("/desk/register/<reference>")
@requires(Duty.REGISTRAR)
def slip(reference: str) -> str:
    """The slip for the applicant (收件凭条): number, query code when just registered, dates, hash."""
    with reading() as unit:
        just_entered = reference in session.get(REGISTERED, [])
        case = (intake.entered_by if just_entered else open_case)(unit, reference, current_actor())
        code = query_code(unit, case) if just_entered else None
        own = case.organ_id == current_actor().organ_id
        return render_template(
            "register/slip.html",
            case=case,
            code=code,
            own=own,
            like=likeness_lines.view(unit, case, current_actor(), clock.now()) if own else None,
            confirm_by=confirm_by(case),
            qr=query_picture(case.reference),
        )


@blueprint.get("/desk/cases/<reference>/contact")
@requires(*CASE_DUTIES)
def contact(reference: str) -> str:
    """The applicant's numbers: masked, and in clear for a while after the reason was given."""
    return _contact_page(reference, ContactForm(formdata=None))


@blueprint.post("/desk/cases/<reference>/contact")
@requires(*CASE_DUTIES)
def show_contact(reference: str) -> Any:
    """Write down who looks and why, then show the numbers."""
    form, now, actor = ContactForm(), clock.now(), current_actor()
    reason = (form.reason.data or "").strip()
    if not 2 <= len(reason) <= LONGEST_REASON:
        form.show(Refusal(f"请写明查看事由（2至{LONGEST_REASON}个字）", "《个人信息保护法》第三十四条", field="reason"))
        return _contact_page(reference, form), 422
    with transaction() as unit:
        case = open_case(unit, reference, actor)
        access_log.note_access(unit, actor, "contact.shown", now, case_id=case.id, reason=reason)
    session[CONTACT] = {reference: int((now + CONTACT_FOR).timestamp())}
    return redirect(url_for("register.contact", reference=reference), 303)


def _register(form: RegisterForm, uploads: Uploads) -> str:
    """The reference of the new request. Raises Refusal with everything that is wrong."""
    actor, now, token = current_actor(), clock.now(), form.token.data or ""
    require_token(token)
    found = Findings()
    receipt = form.receipt(found)
    with reading() as unit:
        receipt = receipt and register_origins.vouched(unit, form.origins, receipt, actor)
        by_telephone = unit.get_one(Organ, actor.organ_id).office_settings().telephone_requests
        form.recall(unit, actor)
    if form.kept is not None:
        found.test(form.kept.require_same_name, form.name.data or "")
    found.test(form.checked, uploads, clock.today(), receipt=receipt, by_telephone=by_telephone)
    if form.enquiry.data:
        found.test(enquiry_request.require_consent, form.enquiry_consent.data)
    found.settle()
    assert receipt is not None, "settle() raises while the day is missing"
    with reading() as unit:
        keep_files(unit, uploads)
    with transaction() as unit:
        organ, point = unit.get_one(Organ, actor.organ_id), None
        if receipt.channel == HALL:
            point = _point(unit, form.point.data or "")
            organ = find_organ(unit, form.organ.data or organ.code)
        name = signing_name_of(unit, form.signing_name.data or "", organ)
        if form.kept is not None:
            known_applicants.note_use(unit, form.kept, actor, now)
        case = form.register(unit, organ, uploads, receipt, actor, now, token=token, signing_name=name, point=point)
        if form.transfer.data:
            transfer.register_as(unit, form.transfer.data, case, actor, now)
        register_origins.register_as(unit, form.origins, case, actor, now)
        if form.enquiry.data:
            enquiry_request.register_as(unit, form.enquiry.data, case, actor, now)
        return case.reference


def _point(unit: Session, chosen: str) -> ReceiptPoint | None:
    return find_point(unit, int(chosen)) if chosen.isdecimal() else None


def signing_name_of(unit: Session, chosen: str, organ: Organ) -> SigningName | None:
    """The name chosen, for the registrar's own organ; another organ answers in its usual one."""
    if not chosen.isdecimal() or organ.id != current_actor().organ_id:
        return None
    return unit.get(SigningName, int(chosen))


def _form_page(form: RegisterForm, *, files_lost: bool) -> str:
    with reading() as unit:
        organ = unit.get_one(Organ, current_actor().organ_id)
        form.recall_if_any(unit, current_actor())
        form.offer(organ, points_of(unit, organ.id, clock.today()), clock.today())
        return render_template(form.TEMPLATE, form=form, organ=organ, files_lost=files_lost)


def _contact_page(reference: str, form: ContactForm) -> str:
    until = session.get(CONTACT, {}).get(reference, 0)
    in_clear = until > clock.now().timestamp()
    with reading() as unit:
        case = open_case(unit, reference, current_actor())
        people = [(one.name, contact_pairs(contact_of(unit, one), in_clear=in_clear)) for one in case.applicants]
        for one in case.consultations:
            people.append((one.name, contact_pairs(party_contact(unit, one), in_clear=in_clear)))
    return render_template("register/contact.html", reference=reference, people=people, in_clear=in_clear, form=form)
