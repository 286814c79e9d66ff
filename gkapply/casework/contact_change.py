"""Another contact for a request, and another way of getting the reply: by the applicant's own page, or at the counter.

Telephone, mail, address and postcode may change; who applies may not (条例第二十九条第二款第一项): an identity is a new request. The old
values stay sealed in the file, the journal names the fields alone, and the office is told.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy.orm import Session

from gkapply.casework import notification, people_data
from gkapply.casework.access import Actor
from gkapply.casework.application import CHANGEABLE, WAYS, Application
from gkapply.casework.application_check import check_contact, way_needs
from gkapply.casework.contact_records import ContactChange
from gkapply.casework.flow import APPLICATIONS, fire
from gkapply.casework.journal import canonical
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from workflows.duties import Duty
from workflows.letter import LetterState

CONTACT_ARTICLE, WAY_ARTICLE = "条例第二十九条第二款", "条例第四十条"
CONTACT_NOTE, WAY_NOTE = "contact_change", "way_change"
ONLINE = "online"
_FROZEN = (LetterState.REVIEW, LetterState.SIGNATURE, LetterState.SIGNED)


def change_contact(
    session: Session, case: Case, given: Mapping[str, str], actor: Actor, now: datetime, *, checked_how: str = ""
) -> tuple[str, ...]:
    """Put new values into the contact of ``case``; an empty value leaves what is there. Returns the fields that changed.

    ``checked_how``: how the registrar made sure that the applicant asks for it. Raises BadForm with every wrong field, Refusal
    when nothing differs from what is in the file, and for a registrar who does not say how the identity was checked.
    """
    APPLICATIONS.require(case, "change_contact", actor)
    _require_checked(actor, checked_how)
    new = _new_values(session, case, given, day_of(now))
    change = ContactChange(
        uid=uuid4().hex,
        organ_id=case.organ_id,
        case_id=case.id,
        fields=canonical(sorted(new)),
        at=now,
        actor=actor.signature,
    )
    change.sealed = people_data.change_contact(session, case.applicant, change.uid, new)
    session.add(change)
    fire(session, case, "change_contact", actor, now, detail={"fields": sorted(new)})
    if checked_how:
        add_note(session, case, CONTACT_NOTE, {"text": checked_how.strip()}, day_of(now), actor, now)
    _tell_office(session, case, "contact_changed", change.uid, actor, now, fields=sorted(new))
    return tuple(sorted(new))


def change_way(session: Session, case: Case, way: str, actor: Actor, now: datetime, *, checked_how: str = "") -> None:
    """Choose another way (a code of WAYS) of getting what the reply gives, before the reply is signed.

    Raises Refusal for an unknown way, the one that is chosen already, one that the contact in the file does not suffice for,
    and the web while a letter is under approval, whose text tells the remedies by the way of its delivery.
    """
    APPLICATIONS.require(case, "change_way", actor)
    _require_checked(actor, checked_how)
    if way not in WAYS:
        raise Refusal("请选择获取政府信息的方式", WAY_ARTICLE, field="way")
    if way == case.way:
        raise Refusal(f"现在的方式就是{WAYS[way]}", field="way", do="请选择另一种方式，或者返回进度页")
    field, reason = way_needs(way)
    if field and not people_data.contact_of(session, case.applicant)[field]:
        raise Refusal(reason, WAY_ARTICLE, field="way", do="请先在“变更联系方式”补充，再变更获取方式")
    if way == ONLINE and any(letter.state in _FROZEN for letter in case.all_letters):
        raise Refusal(
            "有文书正在审签，其中的救济告知已经按原来的方式写定，现在不能改为网上获取",
            "《行政复议法》第二十二条第二款",
            field="way",
            do="请选择其他方式，或者与受理机关联系",
        )
    before, case.way = case.way, way
    fire(session, case, "change_way", actor, now, detail={"from": before, "way": way})
    if checked_how:
        add_note(session, case, WAY_NOTE, {"text": checked_how.strip()}, day_of(now), actor, now)
    _tell_office(session, case, "way_changed", f"{case.uid}:{case.version}", actor, now, way=way)


def _require_checked(actor: Actor, how: str) -> None:
    if actor.kind == "user" and not how.strip():
        raise Refusal("请写明如何核验了申请人身份", CONTACT_ARTICLE, field="how")


def _new_values(session: Session, case: Case, given: Mapping[str, str], today: date) -> dict[str, str]:
    """What differs from the contact in the file, in its written form."""
    known: Any = {name: given.get(name, "") for name in CHANGEABLE}
    checked = check_contact(Application(kind=case.applicant.kind, **known), today)
    held = people_data.contact_of(session, case.applicant)
    new = {name: value for name in CHANGEABLE if (value := getattr(checked, name)) and value != held[name]}
    if not new:
        raise Refusal(
            "没有填写与现有不同的联系方式", CONTACT_ARTICLE, field="phone", do="填写要变更的一项或者几项，不变的留空"
        )
    return new


def _tell_office(session: Session, case: Case, kind: str, key: str, actor: Actor, now: datetime, **codes: Any) -> None:
    """The officer and the registrars learn of it, but not whoever entered it."""
    held = notification.holders(session, [case.organ_id], (Duty.REGISTRAR,), day_of(now))
    users = [*held.get((case.organ_id, Duty.REGISTRAR), []), *([case.officer_id] if case.officer_id else [])]
    told = [one for one in users if one != actor.user_id]
    notification.tell(session, case.organ_id, told, kind=kind, key=key, now=now, case=case, **codes)
