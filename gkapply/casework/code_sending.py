"""Sending the query code once more (查询码): to the contact in the file alone, once an hour, and never a new one.

The code in force is sent. A new one would let whoever knows a number and a telephone shut the applicant out; whoever wants the old
code dead has it re-issued at the counter. Whether a number and a contact fit is found out after the answer has been given, so
that the answer and its time tell nothing.
"""

import base64
import json
from datetime import datetime
from uuid import uuid4

from sqlalchemy import exists, select
from sqlalchemy.orm import Session

from gkapply.casework import outbox, people_data, sending
from gkapply.casework.journal import canonical, record
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Message
from gkapply.casework.opening import find_by_number
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.services import ring, texts
from gkapply.clock import OFFICE_ZONE
from gkapply.law import identifiers
from gkapply.law.refusal import Refusal

MAIL, SMS = "email", "phone"
"""Ways to send it: the fields of the contact that it goes to."""
DEED = "application.send_code"
SUBJECT = "您的政府信息公开申请的查询码"
LONGEST = 254


def ways_of(session: Session, case: Case) -> dict[str, str]:
    """The ways in which the code of ``case`` can be sent, each with the masked contact that it goes to."""
    held = people_data.contact_of(session, case.applicant)
    found = {MAIL: people_data.masked_mail(held["email"])} if held["email"] else {}
    if texts(session) and _mobile(held["phone"]):
        found[SMS] = people_data.masked(held["phone"])
    return found


def send_code(session: Session, case: Case, way: str, actor: str, now: datetime) -> bool:
    """Have the code in force sent to that contact in the file; False when it went there within this hour already.

    Raises Refusal where the file holds no such contact.
    """
    held = people_data.contact_of(session, case.applicant)
    to = held["email"] if way == MAIL else _mobile(held["phone"])
    if way not in (MAIL, SMS) or not to:
        raise Refusal("案卷中没有可以发送查询码的电子邮箱或者手机号码", do="请持身份证明到受理机关重发", field="way")
    hour = now.astimezone(OFFICE_ZONE).strftime("%Y%m%d%H")
    key = f"code:{case.uid}:{case.query_code_generation}:{way}:{hour}"
    if session.scalar(select(exists().where(Message.key == key))):
        return False
    text = _TEXT.format(organ=case.organ.name, code=query_code(session, case))
    if way == MAIL:
        sending.send_to(
            session, to=to, subject=SUBJECT, text=text, key=key, now=now, case=case, kind=Kind.CODE, at_once=True
        )
    else:
        sending.sms_to(session, to=to, text=text, key=key, now=now, case=case, kind=Kind.CODE, at_once=True)
    record(session, case.organ_id, DEED, actor, now, case_id=case.id, sent_by=way)
    return True


def ask_for_code(session: Session, number: str, contact: str, now: datetime) -> None:
    """Somebody who knows a number and a contact asks for the code. Nothing is looked up here: what was typed waits sealed."""
    uid = uuid4().hex
    typed = canonical({"number": number.strip()[:64], "contact": contact.strip()[:LONGEST]})
    sealed = base64.b64encode(ring(session).seal(typed.encode(), f"code_wish.{uid}")).decode()
    outbox.post(session, outbox.SEND_CODE, f"{outbox.SEND_CODE}:{uid}", now, uid=uid, sealed=sealed)


def answer_wish(session: Session, uid: str, sealed: str, now: datetime) -> None:
    """Send the code if number and contact fit a request; otherwise nothing happens."""
    typed = json.loads(ring(session).unseal(base64.b64decode(sealed), f"code_wish.{uid}"))
    case = find_by_number(session, typed["number"])
    if case is None:
        return
    held, typed_in = people_data.contact_of(session, case.applicant), typed["contact"]
    fits = {
        MAIL: bool(held["email"]) and held["email"].casefold() == _mail(typed_in).casefold(),
        SMS: bool(_mobile(held["phone"])) and _mobile(held["phone"]) == _mobile(typed_in),
    }
    known = ways_of(session, case)
    # Where there is no gateway for text messages, whoever names the right telephone gets it by the mail of the file.
    way = next((one for one in (*(one for one in known if fits[one]), *known)), "")
    if any(fits.values()) and way:
        send_code(session, case, way, "system", now)


def _mail(text: str) -> str:
    try:
        return identifiers.email(text)
    except Refusal:
        return ""


def _mobile(text: str) -> str:
    try:
        return identifiers.mobile(text)
    except Refusal:
        return ""


_TEXT = (
    "您向{organ}提交的政府信息公开申请的查询码是 {code}，与登记编号一起在网站「查询进度」页使用。"
    "不是您本人要求发送的，请勿告诉他人；查询码没有变动。"
)
"""Number and code never travel in one message: together they open the whole request."""
