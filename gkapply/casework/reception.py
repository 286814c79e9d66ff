"""Where a citizen may apply: the organs that take requests, and the areas of disclosure (公开领域) that each answers for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.people import Organ
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Area:
    """One area of disclosure and the organ that answers for it."""

    name: str
    organ_code: str
    organ_name: str
    takes_requests: bool


def receiving_organs(session: Session, today: date) -> Sequence[Organ]:
    """The organs that take requests on this platform today, in the order in which they were entered."""
    return session.scalars(select(Organ).where(*_in_force(today), Organ.accepts_applications).order_by(Organ.id)).all()


def receiving_organ(session: Session, code: str, today: date) -> Organ:
    """The organ with that code. Raises Refusal unless it takes requests today."""
    for organ in receiving_organs(session, today):
        if organ.code == code:
            return organ
    raise Refusal(
        "请选择受理机关",
        "条例第二十九条第一款",
        field="organ",
        do="不清楚由哪个机关负责的，可以按事项查找，也可以先咨询",
    )


def areas(session: Session, today: date) -> list[Area]:
    """Every area of every organ in force."""
    organs = session.scalars(select(Organ).where(*_in_force(today), Organ.areas != "").order_by(Organ.id)).all()
    return [
        Area(name, organ.code, organ.name, organ.accepts_applications)
        for organ in organs
        for name in organ.areas.splitlines()
    ]


def _in_force(today: date) -> tuple[ColumnElement[bool], ...]:
    return Organ.valid_from <= today, or_(Organ.valid_to.is_(None), Organ.valid_to >= today)
