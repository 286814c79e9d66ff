"""送达回证: the sheet on which whoever gets a letter by hand signs, filled in as far as the file knows; the rest is written by hand.

Its scan comes back as the proof of the delivery (``delivery.note_delivery``).
"""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.office_templates import template_for
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of, party_contact
from gkapply.casework.recipients import Recipient, recipients
from gkapply.law.delivery_ways import DeliveryWay
from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render


def fields(session: Session, letter: Letter, recipient: Recipient, on: date, server: str = "") -> dict[str, Any]:
    """What the sheet of ``on`` says before anybody signs; ``server``: who delivers. Raises Refusal for an unsigned letter."""
    if not letter.file_sha:
        raise Refusal("文书尚未签发，或者文件正在生成", do="签发后再打印送达回证")
    contact = _contact(session, recipient)
    return {
        "organ_name": letter.signing_name.full_name,
        "date_text": chinese_date(on),
        "request_number": letter.case.reference,
        "addressee": recipient.name,
        "address": contact.get("address", ""),
        "phone": contact.get("phone", ""),
        "way": DeliveryWay.HAND.label,
        "documents": [
            {"title": LetterKind(letter.kind).label, "number": letter.number or "", "copies_text": "1份"},
        ],
        "server_name": server,
    }


def sheet(session: Session, letter: Letter, place: int, on: date, server: str = "") -> bytes:
    """The .docx for the recipient at that place (from 1). Raises NotFound for a place without one, Refusal like ``fields``."""
    everybody = recipients(letter)
    if not 1 <= place <= len(everybody):
        raise NotFound("这份文书没有这名受送达人")
    kind = FormKind.DELIVERY_RECORD
    filled = complete(kind, fields(session, letter, everybody[place - 1], on, server))
    return render(template_for(session, letter.organ_id, kind, on), filled)


def _contact(session: Session, recipient: Recipient) -> dict[str, str]:
    if recipient.applicant is not None:
        return contact_of(session, recipient.applicant)
    return {} if recipient.question is None else party_contact(session, recipient.question)
