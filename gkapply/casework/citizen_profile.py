"""常用资料: who applies and how to reach them, kept with an account so that a form need not be filled in anew. Sealed, may be empty."""

import json
from collections.abc import Mapping
from dataclasses import asdict
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.application import Application
from gkapply.casework.application_check import check_applicant
from gkapply.casework.citizen_records import Citizen
from gkapply.casework.citizens import ACTOR
from gkapply.casework.journal import canonical
from gkapply.casework.services import ring

FIELDS = (
    "kind",
    "name",
    "id_type",
    "id_number",
    "employer",
    "representative",
    "contact_name",
    "phone",
    "email",
    "fax",
    "address",
    "postcode",
    "assistance",
)
"""What of an application is the same from one request to the next."""


def keep_profile(session: Session, citizen_id: int, given: Application, today: date, now: datetime) -> None:
    """Keep what is filled in; nothing is obligatory. Raises BadForm with every wrong field."""
    said = asdict(check_applicant(given, today))
    text = canonical({name: said[name] for name in FIELDS})
    citizen = session.get_one(Citizen, citizen_id)
    citizen.profile = ring(session).seal(text.encode(), _place(citizen))
    journal.record(session, None, "citizen.profile", ACTOR, now, citizen=citizen_id)


def clear_profile(session: Session, citizen_id: int, now: datetime) -> None:
    """Keep nothing any more."""
    session.get_one(Citizen, citizen_id).profile = b""
    journal.record(session, None, "citizen.profile", ACTOR, now, citizen=citizen_id)


def profile_of(session: Session, citizen_id: int) -> Mapping[str, str]:
    """What is kept, in clear, by the fields of an application; empty when nothing is."""
    citizen = session.get_one(Citizen, citizen_id)
    if not citizen.profile:
        return {}
    return dict(json.loads(ring(session).unseal(citizen.profile, _place(citizen))))


def applicant_of_profile(session: Session, citizen_id: int) -> Application:
    """The profile as the beginning of an application."""
    kept: Mapping[str, Any] = profile_of(session, citizen_id)
    return Application(**kept)


def _place(citizen: Citizen) -> str:
    return f"citizen.profile.{citizen.uid}"
