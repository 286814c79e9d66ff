"""What an application in the file does not say though 条例第二十九条第二款 asks for it: points for the one 补正告知书."""

from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.application import Application
from gkapply.casework.application_check import gaps
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case


def application_of(session: Session, case: Case) -> Application:
    """The application as its file holds it, put together again."""
    said: dict[str, Any] = {**contact_of(session, case.applicant), "kind": case.applicant.kind}
    said["name"] = case.applicant.name
    for one in fields(Application):
        if one.name not in said and hasattr(case, one.name):
            said[one.name] = getattr(case, one.name)
    return Application(**{one.name: said[one.name] for one in fields(Application) if one.name in said})


def gaps_of(session: Session, case: Case, today: date) -> list[str]:
    """What is missing in the file, each in a sentence."""
    return gaps(application_of(session, case))
