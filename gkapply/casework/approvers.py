"""Who could take a rung of a letter's ladder: holders of its duties who neither wrote the letter nor decided on it already."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.notification import holders
from gkapply.casework.papers import Letter
from gkapply.casework.people import User
from gkapply.casework.substitution import substitutes_on
from gkapply.law.ladders import Rung
from workflows.duties import Duty


@dataclass(frozen=True, slots=True)
class Approver:
    """A person who could take a rung; ``stands_in`` names who does so while that person is away, if anybody."""

    id: int
    name: str
    stands_in: Sequence[str] = ()

    @property
    def said(self) -> str:
        """The name, with those who stand in."""
        return f"{self.name}（不在岗，代理：{'、'.join(self.stands_in)}）" if self.stands_in else self.name


def approvers_of(session: Session, letter: Letter, rung: Rung, on: date) -> list[Approver]:
    """Those who could take ``rung`` on that day, by name. A substitute without the duty is none of them."""
    duties = [Duty(code) for code in rung.duties]
    held = holders(session, [letter.organ_id], duties, on)
    able = {user for users in held.values() for user in users} - letter.reviewers - letter.authors
    away = substitutes_on(session, able, on)
    known = set(able).union(*(away.values()))
    names = {user.id: user.name for user in session.scalars(select(User).where(User.id.in_(known)))}
    found = [Approver(user, names[user], [names[one] for one in away.get(user, ()) if one in able]) for user in able]
    return sorted(found, key=lambda one: one.name)
