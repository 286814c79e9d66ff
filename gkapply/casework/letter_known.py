"""What the case knows of a letter: gathered for the letter check from request, ledger, items and signing name."""

from collections.abc import Iterator
from datetime import date

from sqlalchemy.orm import Session

from gkapply.casework import answers, composition, ledger
from gkapply.casework.letter_numbers import code_word_for
from gkapply.casework.papers import Letter
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.law.facts import FactKind
from gkapply.law.letters import LetterKind
from gkapply.law.remedies import AnsweredItem
from gkapply.letters.checking_answers import is_reply
from gkapply.letters.known import Known, KnownItem, KnownRequest

_NUMBERS = ("id_number", "phone", "fax", "agent_id_number", "agent_phone", "guardian_id_number", "guardian_phone")
_UNNAMED = (
    LetterKind.THIRD_PARTY_INQUIRY,
    LetterKind.CO_PRODUCER_INQUIRY,
    LetterKind.ASSISTANCE_LETTER,
    LetterKind.DISCLOSURE_NOTICE,
)
"""Letters that do not say who applied."""


def known_of(session: Session, letter: Letter, on: date) -> Known:
    """Everything that the text of ``letter`` is compared with, as of that day."""
    kind, name, case = LetterKind(letter.kind), letter.signing_name, letter.case
    replying = is_reply(kind)
    applicants = [one for each in letter.cases for one in each.applicants]
    return Known(
        kind=kind.value,
        signing_name=name.full_name,
        code_word=code_word_for(session, letter),
        review_authority=name.review_authority,
        court=name.court,
        addressee=composition.addressee_of(session, letter)["addressee"],
        requests=tuple(_request(one) for one in letter.cases),
        composed_on=on,
        online_review=name.online_review,
        delivered_online=case.way == "online",
        answered=tuple(_answered(letter)) if replying else None,
        enclosures=tuple(line for one in letter.cases for line in answers.enclosures(one)) if replying else None,
        number=letter.number,
        signed_on=letter.signed_on,
        own_numbers=frozenset(_own_numbers(session, letter.cases)),
        private_names=tuple(one.name for one in applicants) if kind in _UNNAMED else (),
        complaint=case.office_settings().complaint_told,
        calendar=case.calendar(),
    )


def _answered(letter: Letter) -> Iterator[AnsweredItem]:
    combined = letter.kind == LetterKind.REPLY_COMBINED
    for case in letter.cases:
        yield from answers.answered_items(case, within=f"{case.reference}号申请" if combined else "")


def _request(case: Case) -> KnownRequest:
    told = {fact.kind: fact for fact in ledger.standing(case.facts)}
    asked, received = told.get(FactKind.CORRECTION_ASKED), told.get(FactKind.CORRECTION_RECEIVED)
    extension = told.get(FactKind.EXTENSION)
    return KnownRequest(
        number=case.reference,
        quote=case.description,
        received_on=case.received_on,
        correction_asked_on=asked.on_ if asked else None,
        correction_received_on=received.on_ if received else None,
        extension_told_on=extension.told_on if extension else None,
        items=tuple(
            KnownItem(
                item.quote,
                item.outcome,
                tuple(part["as"] for part in answers.evidence_of(item).get(answers.WITHHELD, ())),
            )
            for item in case.items
            if item.outcome
        ),
        due_on=case.due_on,
    )


def _own_numbers(session: Session, cases: list[Case]) -> Iterator[str]:
    """The numbers that may stand in the letter: the applicants' own, and the office's."""
    for case in cases:
        if case.organ.contact_phone:
            yield case.organ.contact_phone
        for applicant in case.applicants:
            contact = contact_of(session, applicant)
            yield from (contact[name] for name in _NUMBERS if contact.get(name))
