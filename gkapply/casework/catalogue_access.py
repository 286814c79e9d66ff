"""Who keeps whose catalogue, and the one predicate that decides which editions an official sees.

The disclosure office of an organ keeps the catalogue of its organ and of the organs below it (由县级人民政府汇总); what another
organ is still compiling is nobody else's business.
"""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor
from gkapply.casework.catalogue_records import CatalogueEdition, EditionState
from gkapply.casework.people import Organ
from gkapply.law.refusal import NotFound, NotPermitted
from workflows.duties import Duty

KEEPERS = (Duty.OFFICER, Duty.HEAD)
"""Who compiles and submits."""
_NAMED = ("organ", "made_in", "checker", "beginner", "submitter", "decider")
OPEN = ""
"""``decision`` of an edition that waits for one."""


def require_keeper(actor: Actor) -> tuple[int, int]:
    """The actor's organ and account. Raises NotPermitted unless the actor compiles catalogues in an organ."""
    if not actor.holds(*KEEPERS):
        raise NotPermitted("政务公开事项标准目录由承办人、公开机构负责人编制，您没有这一职责")
    if actor.organ_id is None or actor.user_id is None:
        raise NotPermitted("没有选择机关", do="请先选择所在机关")
    return actor.organ_id, actor.user_id


def require_checker(edition: CatalogueEdition, actor: Actor) -> int:
    """The actor's account. Raises NotPermitted unless the actor is a head of the organ that decides on the edition."""
    if not actor.holds(Duty.HEAD) or actor.organ_id != edition.checker_id or actor.user_id is None:
        raise NotPermitted("本版目录由核对机关的公开机构负责人决定，您没有这一职责")
    return actor.user_id


def visible_editions(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the editions that an official sees: what is published, the own work, what was submitted to or for the organ."""
    published = CatalogueEdition.decision == EditionState.PUBLISHED
    if actor.organ_id is None or not actor.holds(*KEEPERS):
        return published if actor.kind == "user" else false()
    mine = or_(CatalogueEdition.checker_id == actor.organ_id, CatalogueEdition.organ_id == actor.organ_id)
    submitted = and_(CatalogueEdition.submitted_at.is_not(None), mine)
    return or_(published, CatalogueEdition.made_in_id == actor.organ_id, submitted)


def find_edition(session: Session, uid: str, actor: Actor, *, for_change: bool = False) -> CatalogueEdition:
    """The edition, if the actor may see it, with its row locked ``for_change``. Raises NotFound."""
    query = select(CatalogueEdition).where(CatalogueEdition.uid == uid, visible_editions(actor))
    if for_change:
        query = query.with_for_update(of=CatalogueEdition)
    else:
        query = query.options(*(joinedload(getattr(CatalogueEdition, name)) for name in _NAMED))
    edition = session.scalars(query).one_or_none()
    if edition is None:
        raise NotFound("没有这一版目录，或者您无权查看", do="请从目录列表重新进入")
    return edition


def kept_organs(session: Session, organ_id: int, today: date) -> Sequence[Organ]:
    """The organ and all below it that are in force, in the order of entry."""
    tree = select(Organ.id).where(Organ.id == organ_id).cte("kept", recursive=True)
    tree = tree.union(select(Organ.id).join(tree, Organ.parent_id == tree.c.id))
    in_force = (Organ.valid_from <= today, or_(Organ.valid_to.is_(None), Organ.valid_to >= today))
    query = select(Organ).join(tree, Organ.id == tree.c.id).where(*in_force).order_by(Organ.id)
    return session.scalars(query).all()


def require_kept(session: Session, organ_id: int, actor: Actor, today: date) -> Organ:
    """The organ, if the actor's organ keeps its catalogue. Raises NotPermitted."""
    own, _ = require_keeper(actor)
    for organ in kept_organs(session, own, today):
        if organ.id == organ_id:
            return organ
    raise NotPermitted("只能编制本机关和下级机关的目录")


def current_edition(session: Session, organ_id: int, area: str) -> CatalogueEdition | None:
    """The edition that is published now."""
    query = select(CatalogueEdition).where(
        *CURRENT, CatalogueEdition.organ_id == organ_id, CatalogueEdition.area == area
    )
    return session.scalars(query).one_or_none()


CURRENT = (CatalogueEdition.decision == EditionState.PUBLISHED, CatalogueEdition.replaced_at.is_(None))
"""The SQL conditions for the editions that hold now."""
