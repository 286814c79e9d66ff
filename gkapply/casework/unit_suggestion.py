"""Which unit a request may belong to (分办建议), each with its reason in one sentence; a person decides.

Three voices: units that did earlier requests like it, the public catalogue's entries nearest to its words, and the areas that its
words speak of (``law.area_suggestion``). They are added up; nothing here assigns anything.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import public_search, units
from gkapply.casework.grams import grams_of, plain
from gkapply.casework.records import Case
from gkapply.casework.unit_records import Unit
from gkapply.law.area_suggestion import suggest_areas

MOST = 3
"""Suggestions that a page shows."""
EARLIER, CATALOGUE, WORDS = 3.0, 2.0, 2.0
"""How much each voice weighs."""
LOOKED_BACK = 300
"""Newest cases with a lead unit that are compared."""
LIKE = 0.4
"""Share of its own neighbouring characters from which on an earlier request counts as like it."""
HITS = 3


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A unit, an area or both, and why."""

    unit: Unit | None
    area: str
    reason: str


@dataclass(frozen=True, slots=True)
class _Voice:
    unit: Unit | None
    area: str
    why: str
    weight: float


def suggest(session: Session, case: Case) -> Sequence[Suggestion]:
    """What speaks for whom, the strongest first; empty when nothing does."""
    known = units.units_of(session, case.organ_id)
    text = f"{case.information_name} {case.description}"
    voices = [*_earlier(session, case, text, known), *_catalogue(session, text, known), *_words(text, known)]
    grouped: dict[tuple[int | None, str], list[_Voice]] = {}
    for one in voices:
        key = (one.unit.id, "") if one.unit else (None, one.area)
        grouped.setdefault(key, []).append(one)
    ranked = sorted(grouped.values(), key=lambda group: -sum(one.weight for one in group))
    return [_said(group) for group in ranked[:MOST]]


def _said(group: Sequence[_Voice]) -> Suggestion:
    unit = group[0].unit
    area = next((one.area for one in group if one.area), "")
    whys = "；".join(dict.fromkeys(one.why for one in group))
    if unit is None:
        return Suggestion(None, area, f"{whys}，但没有登记负责“{area}”的承办单位。")
    return Suggestion(unit, area, f"建议由{unit.name}办理：{whys}。")


def _earlier(session: Session, case: Case, text: str, known: Sequence[Unit]) -> Iterator[_Voice]:
    """Units that led like requests, each by the request most like this one."""
    by_id, wanted = {unit.id: unit for unit in known}, _grams(text)
    query = (
        select(Case.reference, Case.information_name, Case.description, Case.unit_id, Case.area)
        .where(Case.organ_id == case.organ_id, Case.unit_id.in_(by_id), Case.id != case.id)
        .order_by(Case.id.desc())
        .limit(LOOKED_BACK)
    )
    best: dict[int, tuple[float, str, str]] = {}
    for reference, name, description, unit_id, area in session.execute(query):
        share = _likeness(wanted, _grams(f"{name} {description}"))
        if unit_id is not None and share >= LIKE and share > best.get(unit_id, (0.0, "", ""))[0]:
            best[unit_id] = (share, reference, area or "")
    for unit_id, (share, reference, area) in best.items():
        yield _Voice(by_id[unit_id], area, f"它办理过相似的申请{reference}", EARLIER * share)


def _catalogue(session: Session, text: str, known: Sequence[Unit]) -> Iterator[_Voice]:
    """Whose area or whose organ has the public entries nearest to the request."""
    for place, hit in enumerate(public_search.search(session, text, limit=HITS)):
        unit = next((one for one in known if one.linked_organ_id == hit.organ_id), None) or _of_area(hit.area, known)
        if unit is not None or hit.area:
            why = f"公开目录中最接近的“{hit.title[:30]}”" + (f"属于“{hit.area}”" if hit.area else "由它公开")
            yield _Voice(unit, hit.area, why, CATALOGUE / (place + 1))


def _words(text: str, known: Sequence[Unit]) -> Iterator[_Voice]:
    """Areas of which the request speaks, and units whose name it names."""
    found = suggest_areas(text)
    for one in found:
        share = WORDS * one.weight / found[0].weight
        yield _Voice(_of_area(one.area, known), one.area, f"{one.reason}，属于“{one.area}”", share)
    for unit in known:
        if unit.name in text:
            yield _Voice(unit, "", "申请内容提到它的名称", WORDS)


def _of_area(area: str, known: Sequence[Unit]) -> Unit | None:
    """The unit that answers for the area; departments come first."""
    return next((unit for unit in known if area and area in unit.area_names), None)


def _grams(text: str) -> frozenset[str]:
    return frozenset(gram for gram in grams_of(plain(text)) if len(gram) > 1)


def _likeness(wanted: frozenset[str], other: frozenset[str]) -> float:
    """How much two texts share: common grams among those of the longer one."""
    return len(wanted & other) / max(len(wanted), len(other), 1)
