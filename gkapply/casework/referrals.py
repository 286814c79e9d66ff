"""Finding referrals (转办) that an actor sees, who is told of them, and the link by which a unit without accounts answers."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, units_served, visible_referrals
from gkapply.casework.link_door import TAIL, hash_of, tail_of
from gkapply.casework.notification import holders
from gkapply.casework.records import Case
from gkapply.casework.referral_records import Referral
from gkapply.casework.services import ring
from gkapply.casework.unit_records import Unit
from gkapply.law.refusal import NotFound, NotPermitted, Stale
from workflows.duties import Duty


def open_referral(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Referral:
    """The referral with that uid, if the actor sees it; ``for_step`` locks it with its case. Raises NotFound, Stale."""
    query = select(Referral).join(Case, Referral.case_id == Case.id)
    query = query.where(Referral.uid == uid, visible_referrals(actor))
    found = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if found is None:
        raise NotFound("没有这件转办，或者您无权查看")
    if version is not None and version != found.version:
        raise Stale("这件转办在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return found


def serves(session: Session, actor: Actor, referral: Referral) -> bool:
    """Whether the actor works for the unit to which it was referred."""
    return session.scalar(units_served(actor).where(Unit.id == referral.unit_id)) is not None


def require_unit(session: Session, actor: Actor, referral: Referral) -> None:
    """Raises NotPermitted unless the actor works for the unit, or holds its link."""
    if actor.kind == "user" and not serves(session, actor, referral):
        raise NotPermitted(f"这件转办由{referral.unit.name}办理，您不是该单位的接收人员")


def require_office(actor: Actor, referral: Referral) -> None:
    """Raises NotPermitted unless the actor works for the organ whose case it is."""
    if actor.kind == "user" and actor.organ_id != referral.organ_id:
        raise NotPermitted("这件转办由转出的机关办理")


def receivers(session: Session, referral: Referral, on: date) -> Sequence[int]:
    """Who of the unit is told: whoever took it; else everybody who receives for the unit; empty for one without accounts."""
    if referral.taken_by is not None:
        return [referral.taken_by]
    unit = referral.unit
    if unit.linked_organ_id is None:
        return [one.user_id for one in unit.members if one.user.closed_at is None]
    duties = (Duty.REGISTRAR, Duty.HEAD)
    held = holders(session, [unit.linked_organ_id], duties, on)
    return [user for duty in duties for user in held.get((unit.linked_organ_id, duty), [])]


def senders(session: Session, referral: Referral, on: date, *, with_head: bool = False) -> Sequence[int]:
    """Who of the organ is told: who referred it and the officer of the case; ``with_head``: registrars and head as well."""
    told = [referral.sent_by, *([referral.case.officer_id] if referral.case.officer_id else [])]
    if with_head:
        duties = (Duty.REGISTRAR, Duty.HEAD)
        held = holders(session, [referral.organ_id], duties, on)
        told += [user for duty in duties for user in held.get((referral.organ_id, duty), [])]
    return list(dict.fromkeys(told))


def answers_by_link(unit: Unit) -> bool:
    """Whether the unit answers by a one-time link: nobody of it has an account here, and its telephone is known."""
    without = unit.linked_organ_id is None and not unit.members
    return without and len(tail_of(unit.phone)) == TAIL


def reaches_nobody(unit: Unit) -> bool:
    """Whether nobody could receive a referral to the unit: no desk of its own, no members, no telephone for a link."""
    return unit.linked_organ_id is None and not unit.members and not answers_by_link(unit)


def link_of(session: Session, referral: Referral) -> tuple[str, str]:
    """Token and code of the link; two empty texts where there is none or it is used up."""
    if referral.link_hash is None or not referral.is_open:
        return "", ""
    return ring(session).referral_link(referral.uid)


def give_link(session: Session, referral: Referral) -> None:
    """Let the referral be answered by link, where its unit needs one."""
    if answers_by_link(referral.unit):
        referral.link_hash = hash_of(ring(session).referral_link(referral.uid)[0])
