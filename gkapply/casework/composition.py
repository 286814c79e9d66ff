"""Every field of a letter from the case: what the law fixes, what the file holds, what the author wrote.

The remedies come from the grounds of all items and the signing name, never from a clerk's hand. A letter is composed twice,
when it is frozen and when it is signed; the two must agree.
"""

import json
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import composition_notices as notices
from gkapply.casework import composition_outside as outside
from gkapply.casework import composition_replies as replies
from gkapply.casework.author_fields import NAMED_BY_AUTHOR
from gkapply.casework.composition_base import course_of, request_of
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.letters import Addressee, LetterKind
from gkapply.letters.fields import complete, letter_fields
from gkapply.letters.notation import chinese_date


def compose(session: Session, letter: Letter, on: date) -> dict[str, Any]:
    """All fields that the template of ``letter`` may print, number and date still empty; ``on`` is the day of composing.

    Raises Refusal when something that the letter must say is not known or not lawful on that day.
    """
    kind = LetterKind(letter.kind)
    if kind.remedies is not None:
        letter.signing_name.require_valid(on)
    fields = {
        **_office(letter),
        **addressee_of(session, letter),
        **request_of(letter.case),
        **course_of(letter.case),
        **_PARTICULAR.get(kind, replies.reply)(session, letter, on),
    }
    declared = {field.name for field in letter_fields(kind.value)}
    return complete(kind.value, {name: value for name, value in fields.items() if name in declared})


def finalise(snapshot: str, *, number: str, on: date) -> str:
    """The approved snapshot with its 文号 and date: what the file is rendered from."""
    frozen = json.loads(snapshot)
    if "document_number" in frozen["fields"]:
        frozen["fields"]["document_number"] = number
    frozen["fields"]["date_text"] = chinese_date(on)
    return canonical(frozen)


def _office(letter: Letter) -> dict[str, Any]:
    organ = letter.case.organ
    return {
        "organ_name": letter.signing_name.full_name,
        "document_number": "",
        "date_text": "",
        "contact_name": organ.contact_unit,
        "contact_phone": organ.contact_phone,
        "contact_address": organ.contact_address,
    }


def addressee_of(session: Session, letter: Letter) -> dict[str, Any]:
    """The one for whom the letter is, and how it is addressed in the text."""
    kind, question, case = LetterKind(letter.kind), letter.consultation, letter.case
    if kind in NAMED_BY_AUTHOR:
        return {"addressee": letter.field(NAMED_BY_AUTHOR[kind]), "you": "贵机关"}
    if kind.addressee is not Addressee.APPLICANT and question is not None:
        you = "贵方" if question.party_kind == "third_party" else "贵机关"
        return {"addressee": question.name, "you": you}
    contact = contact_of(session, case.applicant)
    acting = [
        f"{label}：{contact[field]}"
        for field, label in (("guardian_name", "监护人"), ("agent_name", "代理人"))
        if contact.get(field)
    ]
    names = case.applicant_names
    return {
        "addressee": f"{names}（{'；'.join(acting)}）" if acting else names,
        "you": "您" if case.applicant.kind == NATURAL_PERSON else "贵单位",
    }


_Particular = Callable[[Session, Letter, date], dict[str, Any]]
_PARTICULAR: Mapping[LetterKind, _Particular] = {
    LetterKind.RECEIPT: notices.receipt,
    LetterKind.CORRECTION_NOTICE: notices.correction_notice,
    LetterKind.EXTENSION_NOTICE: notices.extension_notice,
    LetterKind.EXPLANATION_NOTICE: notices.explanation_notice,
    LetterKind.DELAY_NOTICE: notices.delay_notice,
    LetterKind.FEE_NOTICE: notices.fee_notice,
    LetterKind.LAPSE_NOTICE: notices.lapse_notice,
    LetterKind.WITHDRAWAL_NOTICE: notices.withdrawal_notice,
    LetterKind.ENTRUSTMENT_NOTICE: notices.entrustment_notice,
    LetterKind.SPLIT_NOTICE: notices.split_notice,
    LetterKind.THIRD_PARTY_INQUIRY: outside.question,
    LetterKind.CO_PRODUCER_INQUIRY: outside.question,
    LetterKind.INQUIRY_NOTICE: outside.question,
    LetterKind.DISCLOSURE_NOTICE: outside.disclosure_notice,
    LetterKind.ASSISTANCE_LETTER: outside.assistance_letter,
    LetterKind.TRANSFER_NOTICE: outside.transfer_notice,
    LetterKind.REVIEW_DEFENCE: outside.defence,
    LetterKind.SUIT_DEFENCE: outside.defence,
    LetterKind.REPLY_COMBINED: replies.combined,
}
"""What each kind says besides the common skeleton; every other kind is a reply."""
