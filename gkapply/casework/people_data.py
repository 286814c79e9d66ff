"""Applicants' sealed data: the only place where they are sealed and opened."""

import json
from collections.abc import Mapping

from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Applicant
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
)


def seal_contact(session: Session, uid: str, contact: Mapping[str, str]) -> bytes:
    """The sealed form of an applicant's numbers and contact; every field of CONTACT_FIELDS is there, empty when unknown."""
    whole = {name: contact.get(name, "").strip() for name in CONTACT_FIELDS}
    return ring(session).seal(canonical(whole).encode(), f"applicant.sealed.{uid}")


def contact_of(session: Session, applicant: Applicant) -> dict[str, str]:
    """An applicant's numbers and contact in clear: show them masked, or note the access first."""
    return dict(json.loads(ring(session).unseal(applicant.sealed, f"applicant.sealed.{applicant.uid}")))


def party_contact(session: Session, question: Consultation) -> dict[str, str]:
    """Address and telephone of a consulted party in clear."""
    return dict(json.loads(ring(session).unseal(question.sealed, f"consultation.sealed.{question.uid}")))


def masked(number: str) -> str:
    """A personal number with its middle hidden: the first three and the last four characters stay."""
    if not number:
        return ""
    return f"{number[:3]}{'*' * max(len(number) - 7, 4)}{number[-4:]}"
