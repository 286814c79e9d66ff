"""What the official form of the annual report is filled with: the figures of an organ's year, and by which rules they were counted."""

from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.people import Organ
from gkapply.casework.report import annual
from gkapply.law.annual_report import DEFAULT_RULE

_DISPUTES = "每件复议、诉讼计一次：当年审结的按结果计，年末尚未审结（含二审中）的计入尚未审结并结转下一年度。"


def form_of(session: Session, organ: Organ, year: int) -> dict[str, Any]:
    """The report as the form takes it, with the rules of counting under ``notes``. Raises Refusal for an impossible year."""
    return {**annual(session, organ, year), "notes": {"table3": [DEFAULT_RULE.label], "table4": [_DISPUTES]}}
