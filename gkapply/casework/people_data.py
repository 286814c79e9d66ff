"""Applicants' sealed data: the only place where they are sealed and opened."""

import json
from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.contact_records import ContactChange
from gkapply.casework.journal import canonical
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Applicant, Case
from gkapply.casework.services import ring

CONTACT_FIELDS = (
    "id_type",
    "id_number",
    "phone",
    "email",
    "fax",
    "address",
    "postcode",
    "contact_name",
    "employer",
    "representative",
    "agent_name",
    "agent_id_number",
    "agent_phone",
    "agent_relation",
    "guardian_name",
    "guardian_id_number",
    "guardian_phone",
    "guardian_relation",
)


def seal_contact(session: Session, uid: str, contact: Mapping[str, str]) -> bytes:
    """The sealed form of an applicant's numbers and contact; every field of CONTACT_FIELDS is there, empty when unknown."""
    whole = {name: contact.get(name, "").strip() for name in CONTACT_FIELDS}
    return ring(session).seal(canonical(whole).encode(), f"applicant.sealed.{uid}")


def contact_of(session: Session, applicant: Applicant) -> dict[str, str]:
    """An applicant's numbers and contact in clear: show them masked, or note the access first."""
    return dict(json.loads(ring(session).unseal(applicant.sealed, f"applicant.sealed.{applicant.uid}")))


def change_contact(session: Session, applicant: Applicant, uid: str, new: Mapping[str, str]) -> bytes:
    """Put ``new`` values into an applicant's sealed contact; gives back what stood there, sealed for the change ``uid``."""
    held = contact_of(session, applicant)
    before = {name: held[name] for name in new}
    applicant.sealed = seal_contact(session, applicant.uid, {**held, **new})
    return ring(session).seal(canonical(before).encode(), f"contact_change.sealed.{uid}")


def contact_before(session: Session, change: ContactChange) -> dict[str, str]:
    """What stood in the changed fields before."""
    return dict(json.loads(ring(session).unseal(change.sealed, f"contact_change.sealed.{change.uid}")))


def contact_before_last_change(session: Session, case: Case) -> dict[str, str]:
    """What stood in the fields that changed last; empty when nothing ever changed, or nothing stood there."""
    query = select(ContactChange).where(ContactChange.case_id == case.id).order_by(ContactChange.id.desc()).limit(1)
    change = session.scalars(query).one_or_none()
    before = {} if change is None else contact_before(session, change)
    return {name: value for name, value in before.items() if value}


def party_contact(session: Session, question: Consultation) -> dict[str, str]:
    """Address and telephone of a consulted party in clear."""
    return dict(json.loads(ring(session).unseal(question.sealed, f"consultation.sealed.{question.uid}")))


SHORT = 7
"""Characters of a number of which first and last ones together would show all of it, as of a postcode."""


def masked(number: str) -> str:
    """A personal number with its middle hidden: the first three and the last four characters stay; of a short one, the first."""
    if len(number) <= SHORT:
        return f"{number[:1]}****" if number else ""
    return f"{number[:3]}{'*' * max(len(number) - 7, 4)}{number[-4:]}"


def masked_mail(address: str) -> str:
    """A mail address of which the first letter and what follows the @ stay; empty for none."""
    name, at, place = address.partition("@")
    return f"{name[:1]}***{at}{place}" if address else ""
