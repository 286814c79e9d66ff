"""Statements that are built once and asked again and again: the desk's own, which would cost more to write than to answer.

A condition on an actor rests on the duties alone, which decide what is asked, and on organ and user, which are only compared.
So it is built once for each set of duties, with organ and user as parameters.
"""

from collections.abc import Sequence
from typing import Any, cast

from sqlalchemy import Integer, Row, bindparam
from sqlalchemy.orm import Session
from sqlalchemy.sql import Executable

from gkapply.casework.access import Actor
from workflows.duties import Duty

ORGAN, USER = "the_organ", "the_user"
_CONNECTION = "asked_on"
"""Under this name a session carries its connection once it has asked: to find it anew costs a third of a small statement."""
KEPT = 256
"""Statements of one form that a process keeps: sets of duties times what is asked for."""


def anybody_with(duties: frozenset[Duty]) -> Actor:
    """An official of whom only the duties are known: build conditions for this one, and ask with ``named(actor)``."""
    organ, user = (cast(int, bindparam(name, type_=Integer)) for name in (ORGAN, USER))
    return Actor("user", organ, duties, user_id=user)


def named(actor: Actor) -> dict[str, Any]:
    """The parameters of the official who asks."""
    return {ORGAN: actor.organ_id, USER: actor.user_id}


def ask(session: Session, statement: Executable, values: dict[str, Any]) -> Sequence[Row[Any]]:
    """The rows of a statement over columns, past the layer that would make records of them."""
    connection = session.info.get(_CONNECTION)
    if connection is None:
        connection = session.info[_CONNECTION] = session.connection()
    return connection.execute(statement, values).all()
