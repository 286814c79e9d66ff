"""Who holds which duty in an organ today, by name: so that a page can say who could do what the viewer cannot."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, User
from workflows.duties import Duty

FEW = 3
"""So many holders of a duty are named; where there are more, the duty says enough."""


@dataclass(frozen=True, slots=True)
class Holder:
    """A person who holds a duty."""

    user_id: int
    name: str


People = Mapping[Duty, Sequence[Holder]]
"""The holders of each duty of one organ."""


def people_of(session: Session, organ_id: int, on: date) -> People:
    """Who holds which duty in the organ on that day, closed accounts left out, by name."""
    query = (
        select(DutyHolding.duty, User.id, User.name)
        .join(User, User.id == DutyHolding.user_id)
        .where(
            DutyHolding.organ_id == organ_id,
            DutyHolding.ended_at.is_(None),
            DutyHolding.valid_from <= on,
            or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= on),
            User.closed_at.is_(None),
        )
        .order_by(User.name, User.id)
    )
    found: dict[Duty, list[Holder]] = {}
    for duty, user_id, name in session.execute(query):
        found.setdefault(Duty(duty), []).append(Holder(user_id, name))
    return found


def who(duties: Iterable[Duty], people: People) -> str:
    """The duties in words, each with its holders where these are few."""
    return "、".join(_with_names(duty, people.get(duty, ())) for duty in duties)


def holders(duties: Iterable[Duty], people: People, organ_id: int) -> list[Actor]:
    """Everybody who holds one of the duties, as an actor with all duties held; nobody where there are more than a few."""
    found = {one.user_id: one for duty in duties for one in people.get(duty, ())}
    if len(found) > FEW:
        return []
    return [
        Actor(
            "user",
            organ_id,
            frozenset(duty for duty, some in people.items() if any(each.user_id == one.user_id for each in some)),
            user_id=one.user_id,
            name=one.name,
        )
        for one in found.values()
    ]


def _with_names(duty: Duty, some: Sequence[Holder]) -> str:
    names = "、".join(one.name for one in some if one.name != duty.label)
    return f"{duty.label}（{names}）" if names and len(some) <= FEW else duty.label
