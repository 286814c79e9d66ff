"""The applicants of a new case: each a snapshot with its sealed part, linked to earlier ones of the same person."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from datetime import date
from typing import Any
from uuid import uuid4

from sqlalchemy import Executable
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gkapply.casework.application import Application
from gkapply.casework.joint_applicants import JointApplicant, read_joint, read_other
from gkapply.casework.people_data import CONTACT_FIELDS, seal_contact
from gkapply.casework.persons import Person
from gkapply.casework.records import Applicant
from gkapply.casework.services import ring

IDENTITY = "identity"
"""Purpose of the blind index under which the snapshots of one person meet."""


def new_applicants(session: Session, organ_id: int, application: Application, today: date) -> list[Applicant]:
    """The applicants of a new case as the application names them, the contact first, not yet on a case."""
    entered = [read_other(one, place, today) for place, one in enumerate(application.others)]
    others = [*read_joint(application.joint, today), *entered]
    first = _applicant(session, organ_id, application, 1)
    return [first, *(_applicant(session, organ_id, _alone(application, one), n) for n, one in enumerate(others, 2))]


def _alone(application: Application, one: JointApplicant) -> Application:
    """The application as if this one had applied: its own name and numbers, of the contact only the kind."""
    return Application(
        kind=application.kind, name=one.name, id_type=one.id_type, id_number=one.id_number, phone=one.phone
    )


def _applicant(session: Session, organ_id: int, application: Application, ordinal: int) -> Applicant:
    uid = uuid4().hex
    said = asdict(application)
    return Applicant(
        uid=uid,
        organ_id=organ_id,
        ordinal=ordinal,
        kind=application.kind,
        name=application.name,
        person_id=_person(session, organ_id, application),
        sealed=seal_contact(session, uid, {name: said[name] for name in CONTACT_FIELDS}),
    )


def identity_index(session: Session, id_type: str, id_number: str) -> str:
    """The blind index of an identity number in its written form: the same for the same paper and number, telling nothing of either."""
    return ring(session).blind_index(f"{id_type}:{id_number}", IDENTITY)


def _person(session: Session, organ_id: int, application: Application) -> int | None:
    """The organ's person with this identity number, made when it is the first time; None where no number was given."""
    if not application.id_number:
        return None
    index = identity_index(session, application.id_type, application.id_number)
    connection = session.connection()
    of = {"organ_id": organ_id, "identity_index": index}
    return int(connection.execute(_PERSON[connection.dialect.name], of).scalar_one())


def _person_of(insert: Callable[[type[Person]], Any]) -> Executable:
    """Enter the person or find them. Setting what is already there makes the database return the row that it has."""
    person = insert(Person)
    known = [Person.organ_id, Person.identity_index]
    found = person.on_conflict_do_update(index_elements=known, set_={"organ_id": person.excluded.organ_id})
    return found.returning(Person.id)


_PERSON: Mapping[str, Executable] = {"sqlite": _person_of(sqlite.insert), "postgresql": _person_of(postgresql.insert)}
