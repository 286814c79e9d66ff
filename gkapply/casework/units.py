"""Units (承办单位) of an organ: entered by the head of its disclosure office, changed, closed, never deleted.

A unit is a department of the organ, or an organ below or beside it in the tree. The deeds raise NotPermitted unless the
actor is the head, and are journaled in the organ's chain by number.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import journal
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.unit_records import Unit, UnitMember
from gkapply.clock import day_of
from gkapply.law.areas import area_called, areas
from gkapply.law.refusal import NotFound, Refusal
from workflows.duties import UNIT_DUTIES, Duty

LIMITS = {"name": (120, "单位名称"), "phone": (40, "办公电话")}
LONGEST_AREA = 60


@dataclass(frozen=True, slots=True)
class UnitDetails:
    """What is entered of a unit."""

    name: str
    areas: str = ""
    """公开领域, one a line."""
    phone: str = ""
    organ: str = ""
    """Code of the organ that the unit is; empty for a department."""

    def tidy(self) -> "UnitDetails":
        """The same without blanks around the texts, each area once and by its usual name."""
        lines = (line.strip() for line in self.areas.splitlines())
        named = dict.fromkeys(area_called(line) or line for line in lines if line)
        return replace(
            self, name=self.name.strip(), phone=self.phone.strip(), areas="\n".join(named), organ=self.organ.strip()
        )


def units_of(session: Session, organ_id: int, *, closed: bool = False) -> Sequence[Unit]:
    """The units of the organ by name, departments first; ``closed``: those that get no work any more too."""
    query = (
        select(Unit)
        .where(Unit.organ_id == organ_id)
        .options(joinedload(Unit.linked_organ), selectinload(Unit.members).joinedload(UnitMember.user))
    )
    if not closed:
        query = query.where(Unit.closed_at.is_(None))
    return session.scalars(query.order_by(Unit.linked_organ_id.is_not(None), Unit.name, Unit.id)).all()


def find_unit(session: Session, uid: str, organ_id: int | None) -> Unit:
    """The unit of that organ, with its members. Raises NotFound."""
    query = select(Unit).where(Unit.uid == uid, Unit.organ_id == organ_id)
    query = query.options(selectinload(Unit.members).joinedload(UnitMember.user))
    unit = session.scalars(query).one_or_none()
    if unit is None:
        raise NotFound("没有这个承办单位")
    return unit


def add_unit(session: Session, details: UnitDetails, actor: Actor, now: datetime) -> Unit:
    """Enter a unit. Raises NotPermitted, Refusal."""
    require(actor, Duty.HEAD)
    assert actor.organ_id is not None
    unit = Unit(uid=uuid4().hex, organ_id=actor.organ_id, members=[])
    _enter(session, unit, details.tidy())
    session.add(unit)
    session.flush()
    _note(session, unit, "add", actor, now)
    return unit


def change_unit(session: Session, unit: Unit, details: UnitDetails, actor: Actor, now: datetime) -> None:
    """Enter what has changed of the unit. Raises NotPermitted, Refusal."""
    require(actor, Duty.HEAD)
    _enter(session, unit, details.tidy())
    _note(session, unit, "change", actor, now)


def close_unit(session: Session, unit: Unit, actor: Actor, now: datetime) -> None:
    """Give the unit no work any more; what it has it still answers. Raises NotPermitted, Refusal."""
    require(actor, Duty.HEAD)
    if unit.closed_at is not None:
        raise Refusal("这个承办单位已经停用")
    unit.closed_at = now
    _note(session, unit, "close", actor, now)


def reopen_unit(session: Session, unit: Unit, actor: Actor, now: datetime) -> None:
    """Let the unit get work again. Raises NotPermitted, Refusal."""
    require(actor, Duty.HEAD)
    if unit.closed_at is None:
        raise Refusal("这个承办单位没有停用")
    unit.closed_at = None
    _note(session, unit, "reopen", actor, now)


def set_members(session: Session, unit: Unit, user_ids: Iterable[int], actor: Actor, now: datetime) -> None:
    """These users of the organ, and nobody else, receive for the unit.

    Raises NotPermitted, Refusal for a unit that is an organ of its own and for a user who may not work for a unit here.
    """
    require(actor, Duty.HEAD)
    wanted = set(user_ids)
    if wanted and unit.linked_organ_id is not None:
        raise Refusal("该单位有自己的工作台，由它的登记员、承办人和公开机构负责人接收", field="members")
    allowed = {one.id for one in candidates(session, unit, day_of(now))}
    if not wanted <= allowed:
        raise Refusal("所选人员不在本机关任职", field="members", do="请由系统管理员先授予“承办单位经办人”等职责")
    before = {one.user_id for one in unit.members}
    unit.members = [one for one in unit.members if one.user_id in wanted] + [
        UnitMember(user_id=user_id, organ_id=unit.organ_id, since=now) for user_id in sorted(wanted - before)
    ]
    _note(session, unit, "members", actor, now, added=sorted(wanted - before), removed=sorted(before - wanted))


def candidates(session: Session, unit: Unit, on: date) -> Sequence[User]:
    """The users who may work for the unit, by name: those who hold a fitting duty in its organ on that day."""
    query = (
        select(User)
        .join(DutyHolding, DutyHolding.user_id == User.id)
        .where(
            DutyHolding.organ_id == unit.organ_id,
            DutyHolding.duty.in_([duty.value for duty in UNIT_DUTIES]),
            DutyHolding.ended_at.is_(None),
            DutyHolding.valid_from <= on,
            or_(DutyHolding.valid_to.is_(None), DutyHolding.valid_to >= on),
            User.closed_at.is_(None),
        )
    )
    return session.scalars(query.distinct().order_by(User.name, User.id)).all()


def linkable(session: Session, organ_id: int) -> Sequence[Organ]:
    """The organs that a unit may be: those below the organ in the tree, and those beside it, by name."""
    below = select(Organ.id).where(Organ.parent_id == organ_id).cte("below", recursive=True)
    below = below.union(select(Organ.id).where(Organ.parent_id == below.c.id))
    parent = select(Organ.parent_id).where(Organ.id == organ_id).scalar_subquery()
    near = or_(Organ.id.in_(select(below.c.id)), Organ.parent_id == parent)
    query = select(Organ).where(near, Organ.id != organ_id, Organ.valid_to.is_(None))
    return session.scalars(query.order_by(Organ.name, Organ.id)).all()


def adopt_organs(session: Session, actor: Actor, now: datetime) -> int:
    """Make a unit of every organ directly below that is none yet, with its areas; returns how many. Raises NotPermitted."""
    require(actor, Duty.HEAD)
    assert actor.organ_id is not None
    known = units_of(session, actor.organ_id, closed=True)
    linked, names = {unit.linked_organ_id for unit in known}, {unit.name for unit in known}
    query = select(Organ).where(Organ.parent_id == actor.organ_id, Organ.valid_to.is_(None)).order_by(Organ.code)
    fresh = [one for one in session.scalars(query) if one.id not in linked and one.name not in names]
    for organ in fresh:
        add_unit(session, UnitDetails(organ.name, organ.areas, "", organ.code), actor, now)
    return len(fresh)


def area_names(session: Session, organ_id: int) -> list[str]:
    """The areas that a case of the organ may lie in: the 30 of the published programmes, then what its units name besides."""
    known = [one.name for one in areas()]
    named = [area for unit in units_of(session, organ_id) for area in unit.area_names]
    return list(dict.fromkeys([*known, *named]))


def _enter(session: Session, unit: Unit, given: UnitDetails) -> None:
    for field, (longest, label) in LIMITS.items():
        if len(getattr(given, field)) > longest:
            raise Refusal(f"{label}最多{longest}个字", field=field)
    if not given.name:
        raise Refusal("请填写单位名称", field="name")
    long = next((line for line in given.areas.splitlines() if len(line) > LONGEST_AREA), None)
    if long is not None:
        raise Refusal(f"公开领域“{long[:20]}……”超过{LONGEST_AREA}个字", field="areas", do="请每行只写一个领域的名称")
    same = select(Unit.id).where(Unit.organ_id == unit.organ_id, Unit.name == given.name)
    if unit.id is not None:
        same = same.where(Unit.id != unit.id)
    with session.no_autoflush:
        if session.scalar(same) is not None:
            raise Refusal(f"已有名为“{given.name}”的承办单位", field="name", do="停用的单位可以重新启用")
        unit.linked_organ = _linked(session, unit.organ_id, given.organ)
    if unit.linked_organ is not None and unit.members:
        raise Refusal("先移除本单位的人员，再改为有自己工作台的机关", field="organ")
    unit.name, unit.areas, unit.phone = given.name, given.areas, given.phone


def _linked(session: Session, organ_id: int, code: str) -> Organ | None:
    if not code:
        return None
    found = next((one for one in linkable(session, organ_id) if one.code == code), None)
    if found is None:
        raise Refusal("承办单位只能是本机关的科室，或者机关树上的下级、同级机关", field="organ")
    return found


def _note(session: Session, unit: Unit, deed: str, actor: Actor, now: datetime, **detail: Any) -> None:
    journal.record(session, unit.organ_id, f"unit.{deed}", actor.signature, now, unit=unit.uid, **detail)
