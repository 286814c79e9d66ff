"""What an organ is assessed by (考核项目): for each mark the good ones among how many, and how that is reckoned, in words."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework.catalogue_access import CURRENT
from gkapply.casework.catalogue_records import CatalogueEdition
from gkapply.casework.people import Organ
from gkapply.casework.satisfaction import LEAST, SCALE
from gkapply.casework.satisfaction_records import Satisfaction
from gkapply.casework.supervision_board import count
from gkapply.casework.supervision_figures import ASSESSED, FIGURES, PROOF_TAKES
from gkapply.casework.supervision_period import Scope, quarter_of
from gkapply.law.settings import OfficeSettings

Share = tuple[float, float] | None
"""How many are good, of how many; None where there is nothing to judge by."""


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: ``weight`` is the setting that weighs it, ``words`` say how it is reckoned."""

    code: str
    label: str
    weight: str
    words: str
    bad: Sequence[str] = ()
    """The figures whose requests cost points."""

    def weight_in(self, settings: OfficeSettings) -> int:
        """What the supervising organ gives for it at most."""
        return int(getattr(settings, self.weight))


TIMELINESS = Mark(
    "timeliness",
    "按期答复",
    "assess_timeliness",
    "时段内按期答复的申请，占时段内答复的申请与时段内到期、至今逾期未答复的申请之和的比例",
    ("answered_late", "unanswered"),
)
LETTERS = Mark(
    "letters",
    "文书质量",
    "assess_letters",
    "时段内签发文书的申请中，没有文书在签发后被撤销的比例；送审中退回修改的不扣分",
    ("cancelled",),
)
PROOF = Mark(
    "proof",
    "送达证明",
    "assess_proof",
    f"时段内答复满{PROOF_TAKES}日的申请中，答复和文书的送达都有证明的比例",
    ("unproved",),
)
CATALOGUE = Mark(
    "catalogue",
    "公开目录",
    "assess_catalogue",
    "本机关负责的公开领域中，已经发布现行政务公开事项标准目录的比例",
)
DISPUTES = Mark(
    "disputes",
    "复议诉讼",
    "assess_disputes",
    "时段内作出决定或者判决的复议、诉讼所涉申请中，答复没有被纠正的比例",
    ("corrected",),
)
SATISFACTION = Mark(
    "satisfaction",
    "满意度",
    "assess_satisfaction",
    f"时段所在各季度申请人评价的平均分，最低为0、最高为满分；不足{LEAST}份评价的不计",
)
MARKS = (TIMELINESS, LETTERS, PROOF, CATALOGUE, DISPUTES, SATISFACTION)
"""Every mark in the order of the sheet."""
ON_REQUESTS = (TIMELINESS, LETTERS, PROOF, DISPUTES)
"""Marks that rest on requests: an organ without any is not scored."""
FORMULA = (
    "每个项目的得分为分值乘以比例。没有数据的项目不计入，其余项目的得分之和除以其分值之和，折算为百分制，保留一位小数；"
    "时段内没有可以考核的申请的机关不评分。各机关只考核本机关，不含其下级机关。"
)


def shares(session: Session, scope: Scope) -> dict[int, dict[str, Share]]:
    """Organ → mark → how many are good, of how many."""
    counts = count(session, scope, {**FIGURES, **ASSESSED})
    catalogues, pleased = _catalogues(session, scope), _pleased(session, scope)
    found: dict[int, dict[str, Share]] = {}
    for organ in scope.organs:
        of = counts.get(organ.id, {})
        late = of.get("answered_late", 0) + of.get("unanswered", 0)
        found[organ.id] = {
            TIMELINESS.code: _share(of.get("answered", 0) + of.get("unanswered", 0), late),
            LETTERS.code: _share(of.get("signed", 0), of.get("cancelled", 0)),
            PROOF.code: _share(of.get("to_prove", 0), of.get("unproved", 0)),
            CATALOGUE.code: _of_areas(organ, catalogues.get(organ.id, frozenset())),
            DISPUTES.code: _share(of.get("decided", 0), of.get("corrected", 0)),
            SATISFACTION.code: pleased.get(organ.id),
        }
    return found


def _share(whole: int, bad: int) -> Share:
    return (max(whole - bad, 0), whole) if whole else None


def _of_areas(organ: Organ, kept: frozenset[str]) -> Share:
    areas = [line.strip() for line in organ.areas.splitlines() if line.strip()]
    return (sum(area in kept for area in areas), len(areas)) if areas else None


def _catalogues(session: Session, scope: Scope) -> dict[int, frozenset[str]]:
    """Organ → the areas in which it has an edition that holds."""
    query = select(CatalogueEdition.organ_id, CatalogueEdition.area).where(
        *CURRENT, CatalogueEdition.organ_id.in_(scope.ids)
    )
    found: dict[int, set[str]] = {}
    for organ_id, area in session.execute(query):
        found.setdefault(organ_id, set()).add(area)
    return {organ_id: frozenset(areas) for organ_id, areas in found.items()}


def _pleased(session: Session, scope: Scope) -> dict[int, Share]:
    """Organ → the mean score above the lowest, of the highest; only where enough answers hide who gave them."""
    worst, best = min(SCALE), max(SCALE)
    query = (
        select(Satisfaction.organ_id, func.count(), func.sum(Satisfaction.score))
        .where(
            Satisfaction.organ_id.in_(scope.ids),
            Satisfaction.quarter.between(quarter_of(scope.period.first).first, scope.period.last),
        )
        .group_by(Satisfaction.organ_id)
    )
    return {
        organ_id: (round(float(total) / number - worst, 2), float(best - worst))
        for organ_id, number, total in session.execute(query)
        if number >= LEAST
    }
