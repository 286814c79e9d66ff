"""Who acts, and the one predicate that decides which cases an actor sees."""

from dataclasses import dataclass, field
from typing import Literal

from sqlalchemy import ColumnElement, Select, and_, bindparam, false, or_, select, true
from sqlalchemy.orm import Session, aliased

from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.unit_records import Unit, UnitMember
from gkapply.law.refusal import NotFound, Stale
from workflows.duties import CASE_DUTIES, UNIT_DUTIES, Duty


@dataclass(frozen=True, slots=True)
class Actor:
    """Who takes a step: a user in one organ, an applicant on a case of theirs, the holder of a link, or time itself."""

    kind: Literal["user", "applicant", "link", "adviser", "member", "system"]
    organ_id: int | None
    duties: frozenset[Duty]
    user_id: int | None = None
    case_id: int | None = None
    """The one case that an applicant or link holder may touch."""
    member_id: int | None = None
    """As which member of a 会商 the holder of a link speaks."""
    name: str = field(default="", compare=False)

    @property
    def signature(self) -> str:
        """How journal and ledger name the actor: never by a person's name."""
        return f"user:{self.user_id}" if self.kind == "user" else self.kind

    def holds(self, *duties: Duty) -> bool:
        """Whether the actor holds any of the duties."""
        return not self.duties.isdisjoint(duties)


def applicant_on(case: Case) -> Actor:
    """The applicant of ``case``, after number and query code were checked or at the moment of applying."""
    return Actor("applicant", case.organ_id, frozenset({Duty.APPLICANT}), case_id=case.id)


def system_in(organ_id: int) -> Actor:
    """Time as an actor in one organ."""
    return Actor("system", organ_id, frozenset({Duty.SYSTEM}))


def visible_cases(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the cases that ``actor`` sees: page, list, search, export and download all use this one."""
    if actor.kind == "system":
        return Case.organ_id == actor.organ_id
    if actor.case_id is not None:
        return Case.id == actor.case_id
    if actor.organ_id is None or actor.duties.isdisjoint(CASE_DUTIES):
        return false()
    return Case.organ_id == actor.organ_id if actor.kind == "user" else ~true()


def supervised_organs(actor: Actor) -> Select[int]:
    """The ids of the organs that ``actor`` supervises: the own one and every one below it in the tree; for others none.

    条例第三条、第四十七条. A loop in the tree does not trouble it: UNION takes every organ once.
    """
    at_all = actor.kind == "user" and actor.organ_id is not None and actor.holds(Duty.SUPERVISOR)
    tree = select(Organ.id).where(Organ.id == actor.organ_id if at_all else false()).cte("supervised", recursive=True)
    tree = tree.union(select(Organ.id).join(tree, Organ.parent_id == tree.c.id))
    return select(tree.c.id)


def supervised_cases(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the cases that ``actor`` sees as a supervisor, on the pages of supervision alone and only to read.

    It is not part of ``visible_cases``: what a supervisor sees there opens no desk, search or download.
    """
    return Case.organ_id.in_(supervised_organs(actor))


RECEIVING = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD)
"""Who of an organ with a desk of its own works on what was referred to it."""


def units_served(actor: Actor) -> Select[int]:
    """The ids of the units for which ``actor`` receives: as a member, or in the organ that the unit is."""
    if actor.kind != "user" or actor.organ_id is None or not actor.holds(*UNIT_DUTIES):
        return select(Unit.id).where(false())
    member = select(UnitMember.unit_id).where(
        UnitMember.user_id == actor.user_id, UnitMember.organ_id == actor.organ_id
    )
    own = Unit.linked_organ_id == actor.organ_id if actor.holds(*RECEIVING) else false()
    inside = and_(Unit.organ_id == actor.organ_id, Unit.linked_organ_id.is_(None), Unit.id.in_(member))
    return select(Unit.id).where(or_(own, inside))


def visible_referrals(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the referrals (转办) that ``actor`` sees: those of the cases of the organ, for who sees these;
    those of the units served, and what these have handed on. A referral opens no case.
    """
    if actor.kind != "user" or actor.organ_id is None:
        return false()
    handed_on = aliased(Referral)
    served = units_served(actor)
    parts = select(handed_on.id).where(handed_on.unit_id.in_(served))
    mine = or_(Referral.unit_id.in_(served), Referral.parent_id.in_(parts))
    return or_(mine, Referral.organ_id == actor.organ_id) if actor.holds(*CASE_DUTIES) else mine


_TO_READ = select(Case).where(Case.reference == bindparam("reference"))
_TO_CHANGE = _TO_READ.with_for_update()


def open_case(
    session: Session, reference: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Case:
    """The case with that reference, if the actor may see it.

    ``for_step`` takes the row lock (on SQLite the unit's BEGIN IMMEDIATE is the lock). ``version`` is the one that the
    actor's page showed. Raises NotFound for an absent and an invisible case alike, Stale when the case has moved on.
    """
    query = (_TO_CHANGE if for_step else _TO_READ).where(visible_cases(actor))
    case = session.scalars(query, {"reference": reference}).one_or_none()
    if case is None:
        raise NotFound("没有这件申请，或者您无权查看", do="请核对登记编号")
    require_version(case, version)
    return case


def require_version(case: Case, version: int | None) -> None:
    """Raises Stale when ``version`` is given and is not the one at which the case stands."""
    if version is not None and version != case.version:
        raise Stale(
            "这件申请在您打开页面之后已有变动，本次操作没有执行", do="您填写的内容仍在下方，请核对最新情况后再提交"
        )
