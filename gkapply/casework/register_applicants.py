"""The applicants of a register that is taken over: their numbers sealed, each known again by its identity number alone."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from gkapply.casework.applicant import identity_index
from gkapply.casework.application import CREDIT_CODE, RESIDENT_ID
from gkapply.casework.people_data import seal_contact
from gkapply.casework.persons import Person
from gkapply.law.annual_rows import NATURAL_PERSON
from gkapply.law.register_rows import RegisterRow

_PERSONS = {
    name: dialect.insert(Person).on_conflict_do_nothing(index_elements=[Person.organ_id, Person.identity_index])
    for name, dialect in (("sqlite", sqlite), ("postgresql", postgresql))
}


def applicant_of(
    session: Session, organ_id: int, case_id: int, said: RegisterRow, persons: Mapping[str, int], uid: str = ""
) -> dict[str, Any]:
    """The columns of the applicant of a row; ``persons`` are those that ``persons_of`` has found. Numbers are sealed."""
    uid = uid or uuid4().hex
    contact = {"phone": said.phone, "address": said.address}
    if said.id_number:
        contact |= {"id_type": _paper(said), "id_number": said.id_number}
    return {
        "uid": uid,
        "organ_id": organ_id,
        "case_id": case_id,
        "ordinal": 1,
        "kind": said.kind,
        "name": said.name,
        "person_id": persons.get(_index(session, said)) if said.id_number else None,
        "sealed": seal_contact(session, uid, contact),
    }


def persons_of(session: Session, organ_id: int, rows: Sequence[RegisterRow]) -> dict[str, int]:
    """The organ's persons behind these identity numbers, those entered that were not known: index → key."""
    indexes = sorted({_index(session, one) for one in rows if one.id_number})
    if not indexes:
        return {}
    connection = session.connection()
    new = [{"organ_id": organ_id, "identity_index": one} for one in indexes]
    connection.execute(_PERSONS[connection.dialect.name], new)
    query = select(Person.identity_index, Person.id)
    return dict(connection.execute(query.where(Person.organ_id == organ_id, Person.identity_index.in_(indexes))).all())


def _index(session: Session, said: RegisterRow) -> str:
    return identity_index(session, _paper(said), said.id_number)


def _paper(said: RegisterRow) -> str:
    """Of which paper the number is: registers do not say, so the usual one of the kind is meant."""
    return RESIDENT_ID if said.kind == NATURAL_PERSON else CREDIT_CODE
