"""The applicant of a new case: the snapshot with its sealed part, linked to earlier ones of the same person."""

from dataclasses import asdict
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gkapply.casework.application import Application
from gkapply.casework.people_data import CONTACT_FIELDS, seal_contact
from gkapply.casework.records import Applicant, Person
from gkapply.casework.services import ring

IDENTITY = "identity"
"""Purpose of the blind index under which the snapshots of one person meet."""


def new_applicant(session: Session, organ_id: int, application: Application) -> Applicant:
    """The first-named applicant of a new case, as the application names it, not yet on a case."""
    uid = uuid4().hex
    said = asdict(application)
    return Applicant(
        uid=uid,
        organ_id=organ_id,
        ordinal=1,
        kind=application.kind,
        name=application.name,
        person_id=_person(session, organ_id, application),
        sealed=seal_contact(session, uid, {name: said[name] for name in CONTACT_FIELDS}),
    )


def _person(session: Session, organ_id: int, application: Application) -> int | None:
    """The organ's person with this identity number, made when it is the first time; None where no number was given."""
    if not application.id_number:
        return None
    index = ring(session).blind_index(f"{application.id_type}:{application.id_number}", IDENTITY)
    dialect = sqlite if session.get_bind().dialect.name == "sqlite" else postgresql
    first = dialect.insert(Person).values(organ_id=organ_id, identity_index=index)
    session.execute(first.on_conflict_do_nothing(index_elements=[Person.organ_id, Person.identity_index]))
    query = select(Person.id).where(Person.organ_id == organ_id, Person.identity_index == index)
    return session.scalars(query).one()
