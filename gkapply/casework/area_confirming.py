"""A person says in which area of disclosure a request lies (确认公开领域); journaled with who and when, changed by the same deed."""

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework import journal, units
from gkapply.casework.access import Actor, open_case
from gkapply.casework.area_voices import suggest
from gkapply.casework.likeness_index import text_of
from gkapply.casework.records import Case
from gkapply.law.area_suggestion import AreaSuggestion
from gkapply.law.areas import areas
from gkapply.law.refusal import NotPermitted, Refusal
from workflows.duties import Duty

DEED = "case.confirm_area"
CONFIRMERS = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD, Duty.STATISTICIAN)
MOST = 200
"""Requests whose areas are confirmed in one go."""


def suggested(session: Session, case: Case) -> AreaSuggestion | None:
    """The area in which the request may lie, with the reason; None when nothing tells of any."""
    found = suggest(session, text_of(case))
    return found[0] if found else None


def confirm(session: Session, case: Case, area: str, actor: Actor, now: datetime) -> bool:
    """Keep that the request lies in ``area``; False when that was known. Raises NotPermitted, Refusal for an unknown area."""
    if not actor.holds(*CONFIRMERS) or actor.organ_id != case.organ_id:
        raise NotPermitted("公开领域由本机关的登记员、承办人、公开机构负责人或者统计员确认")
    if area not in units.area_names(session, case.organ_id):
        raise Refusal("请从列表中选择公开领域", field="area")
    if case.area == area:
        return False
    detail = {"area": _number(area), "before": _number(case.area or "")}
    case.area = area
    journal.record(session, case.organ_id, DEED, actor.signature, now, case_id=case.id, **detail)
    return True


def confirm_several(session: Session, chosen: Mapping[str, str], actor: Actor, now: datetime) -> int:
    """Keep the areas of several requests (reference → area), all or none; how many of them changed.

    Raises Refusal for none or too many, NotFound for a request that the actor does not see, and what ``confirm`` raises.
    """
    if not chosen:
        raise Refusal("请勾选要确认的申请", field="chosen")
    if len(chosen) > MOST:
        raise Refusal(f"一次最多确认{MOST}件", field="chosen")
    cases = {reference: open_case(session, reference, actor, for_step=True) for reference in sorted(chosen)}
    return sum(confirm(session, case, chosen[reference], actor, now) for reference, case in cases.items())


def _number(area: str) -> int:
    """The place of the area among the 30, from 1 on; 0 for one that the office has named itself, or none."""
    return next((place for place, one in enumerate(areas(), start=1) if one.name == area), 0)
