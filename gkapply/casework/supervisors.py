"""Who watches over an organ: the 监督员 of the organs above it, the nearest first."""

from collections.abc import Iterable
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.notification import holders
from gkapply.casework.people import Organ
from workflows.duties import Duty


def supervisors_above(session: Session, organ_ids: Iterable[int], on: date) -> dict[int, list[tuple[int, ...]]]:
    """Organ → ids of the 监督员 of each organ above it that has any, the nearest first; where none has, its own.

    A supervising organ without 监督员 is passed by, so that what is late reaches somebody.
    """
    wanted = set(organ_ids)
    parents = _parents(session, wanted)
    held = holders(session, {*parents, *(one for one in parents.values() if one is not None)}, (Duty.SUPERVISOR,), on)
    watching = {organ_id: tuple(users) for (organ_id, _), users in held.items()}
    found = {}
    for organ_id in wanted:
        above = [watching[one] for one in _ancestors(organ_id, parents) if one in watching]
        found[organ_id] = above or [watching[one] for one in (organ_id,) if one in watching]
    return found


def _parents(session: Session, organ_ids: Iterable[int]) -> dict[int, int | None]:
    """Each organ and every one above it → the one right above."""
    found: dict[int, int | None] = {}
    level = set(organ_ids)
    while level:
        rows = session.execute(select(Organ.id, Organ.parent_id).where(Organ.id.in_(level))).all()
        found.update((organ_id, parent_id) for organ_id, parent_id in rows)
        level = {parent_id for _, parent_id in rows if parent_id is not None} - set(found)
    return found


def _ancestors(organ_id: int, parents: dict[int, int | None]) -> list[int]:
    found: list[int] = []
    above = parents.get(organ_id)
    while above is not None and above not in (organ_id, *found):
        found.append(above)
        above = parents.get(above)
    return found
