"""What the keepers of catalogues have before them: what waits for their decision, what they compile, what holds."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework.access import Actor
from gkapply.casework.catalogue_access import CURRENT, OPEN, kept_organs, require_keeper
from gkapply.casework.catalogue_records import CatalogueEdition, EditionState
from gkapply.casework.people import Organ
from gkapply.law.areas import areas

SHOWN = 300
"""Editions of one list on a page."""


@dataclass(frozen=True, slots=True)
class Overview:
    """The lists of one organ's keepers."""

    to_decide: Sequence[CatalogueEdition]
    """Submitted to the actor's organ, the oldest first."""
    drafts: Sequence[CatalogueEdition]
    """Compiled in the actor's organ: open, or handed up and not decided."""
    returned: Sequence[CatalogueEdition]
    """The last ones that came back, the newest first."""
    current: Sequence[CatalogueEdition]
    """What holds for the organ and those below it."""


def overview(session: Session, actor: Actor, today: date) -> Overview:
    """What lies before the actor. Raises NotPermitted."""
    own, _ = require_keeper(actor)
    kept = [organ.id for organ in kept_organs(session, own, today)]
    waiting = select(CatalogueEdition).where(CatalogueEdition.decision == OPEN)
    to_decide = waiting.where(CatalogueEdition.checker_id == own, CatalogueEdition.submitted_at.is_not(None))
    drafts = waiting.where(CatalogueEdition.made_in_id == own)
    returned = select(CatalogueEdition).where(
        CatalogueEdition.made_in_id == own, CatalogueEdition.decision == EditionState.RETURNED
    )
    current = select(CatalogueEdition).where(*CURRENT, CatalogueEdition.organ_id.in_(kept))
    return Overview(
        _listed(session, to_decide.order_by(CatalogueEdition.submitted_at, CatalogueEdition.id)),
        [one for one in _listed(session, drafts.order_by(CatalogueEdition.id)) if one.checker_id != own],
        _listed(session, returned.order_by(CatalogueEdition.id.desc()).limit(10)),
        _listed(session, current.order_by(CatalogueEdition.organ_id, CatalogueEdition.area)),
    )


def places(session: Session, actor: Actor, today: date) -> tuple[list[Organ], list[str]]:
    """Organs and areas for which the actor may begin an edition: organs of the tree, the 30 areas and the organs' own."""
    own, _ = require_keeper(actor)
    organs = list(kept_organs(session, own, today))
    further = [line for organ in organs for line in organ.areas.splitlines()]
    return organs, list(dict.fromkeys([*(one.name for one in areas()), *further]))


def proposed_organ(organs: Sequence[Organ], area: str) -> Organ | None:
    """Who answers for the area among these organs (Organ.areas), if anybody does."""
    return next((organ for organ in organs if area in organ.areas.splitlines()), None)


def _listed(session: Session, query: Select[CatalogueEdition]) -> list[CatalogueEdition]:
    names = (
        joinedload(CatalogueEdition.organ),
        joinedload(CatalogueEdition.made_in),
        joinedload(CatalogueEdition.checker),
    )
    return list(session.scalars(query.options(*names).limit(SHOWN)))
