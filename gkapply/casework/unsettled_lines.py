"""What reached the office and lies unsettled, for the head of the desk: the mail room's book and what came from elsewhere."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import select, true
from sqlalchemy.orm import Session

from gkapply.casework import arrival_list, incoming_list
from gkapply.casework.access import Actor
from gkapply.casework.incoming_mail import READERS

LISTS = (("待处理的收文", "incoming"), ("待处理的其他来源来件", "arrivals"))


@dataclass(frozen=True, slots=True)
class Unsettled:
    """A list with something open; ``late`` of them were not settled by the end of their day."""

    label: str
    code: str
    """Which list: ``incoming`` or ``arrivals``."""
    count: int
    late: int


def unsettled_lines(session: Session, actor: Actor, today: date) -> Sequence[Unsettled]:
    """The lists of the actor's organ with something open; nothing for who does not read them."""
    if not actor.holds(*READERS):
        return ()
    mail, arrivals = incoming_list.waiting(actor, today).subquery(), arrival_list.waiting(actor, today).subquery()
    numbers = session.execute(select(mail, arrivals).join_from(mail, arrivals, true())).one()
    found = [Unsettled(*names, *numbers[2 * place : 2 * place + 2]) for place, names in enumerate(LISTS)]
    return [one for one in found if one.count]
