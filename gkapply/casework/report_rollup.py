"""How far a report reaches: the organ alone, with its departments, or with every organ below it in the tree (汇总)."""

from collections.abc import Sequence
from enum import StrEnum

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.people import Organ

DEPARTMENT = "department"
"""``Organ.kind`` of a department of a government (工作部门)."""


class Extent(StrEnum):
    """Which organs a report adds up."""

    OWN = "own"
    DEPARTMENTS = "departments"
    BELOW = "below"

    @property
    def label(self) -> str:
        """As a choice names it."""
        return _LABELS[self]


_LABELS = {
    Extent.OWN: "本机关",
    Extent.DEPARTMENTS: "本机关及所属部门",
    Extent.BELOW: "本机关及全部下级机关",
}


_WITH = {Extent.DEPARTMENTS: "含所属部门", Extent.BELOW: "含全部下级机关"}


def organs_in(session: Session, organ: Organ, extent: Extent) -> Sequence[Organ]:
    """The organs that the report of ``organ`` reaches, itself first, the others by code."""
    if extent is Extent.OWN:
        return [organ]
    query = select(Organ).where(Organ.id.in_(below(organ.id)))
    if extent is Extent.DEPARTMENTS:
        own = and_(Organ.parent_id == organ.id, Organ.kind == DEPARTMENT)
        query = select(Organ).where(or_(Organ.id == organ.id, own))
    found = session.scalars(query.order_by(Organ.code)).all()
    return sorted(found, key=lambda one: one.id != organ.id)


def below(organ_id: int) -> Select[int]:
    """The ids of the organ and of every one below it. A loop in the tree does not trouble it: UNION takes every organ once."""
    tree = select(Organ.id).where(Organ.id == organ_id).cte("rolled_up", recursive=True)
    tree = tree.union(select(Organ.id).join(tree, Organ.parent_id == tree.c.id))
    return select(tree.c.id)


def name_of(organ: Organ, extent: Extent) -> str:
    """What the report is called by: the organ, and that it adds up others."""
    return organ.name if extent is Extent.OWN else f"{organ.name}（{_WITH[extent]}）"
