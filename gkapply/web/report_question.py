"""Which report a page is asked for: organ, how far it reaches, and over which period."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from flask import request
from sqlalchemy.orm import Session

from gkapply.casework import report
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.casework.report_rollup import Extent, name_of, organs_in
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.report_spans import QUARTERS, Span
from gkapply.web.report_choice import organ_asked, year_asked
from workflows.duties import CASE_DUTIES, Duty

WHOLE_YEAR = "year"
PERIODS = {WHOLE_YEAR: "全年", **{f"q{number}": name for number, name in enumerate(QUARTERS, 1)}}


@dataclass(frozen=True)
class Question:
    """What was asked for, within what the viewer may see. ``organs`` are those that the figures add up."""

    actor: Actor
    year: int
    period: str
    organ: Organ
    extent: Extent
    choices: Sequence[Organ]
    organs: Sequence[Organ]

    @cached_property
    def span(self) -> Span:
        """The period. Raises Refusal for an impossible year."""
        if self.period == WHOLE_YEAR:
            return Span.of_year(self.year)
        return Span.of_quarter(self.year, int(self.period.removeprefix("q")))

    @property
    def title(self) -> str:
        """What a report of this period is called."""
        return f"{self.year}年度报告" if self.span.is_year else f"{self.span.label}报表"

    @property
    def name(self) -> str:
        """What the report is called by."""
        return name_of(self.organ, self.extent)

    @property
    def whole(self) -> bool:
        """Whether it is what an organ reports of its own year."""
        return self.extent is Extent.OWN and self.span.is_year

    @property
    def organ_ids(self) -> list[int]:
        """Keys of the organs that the figures add up."""
        return [organ.id for organ in self.organs]

    @property
    def opens(self) -> str:
        """The page on which the viewer opens a case of the report: the desk's own, the supervisor's without names, or none."""
        if self.extent is Extent.OWN and self.organ.id == self.actor.organ_id and self.actor.holds(*CASE_DUTIES):
            return "desk.case"
        return "supervise.case" if self.actor.holds(Duty.SUPERVISOR) else ""

    @property
    def values(self) -> dict[str, str | int]:
        """What an address says so that it asks for the same report."""
        told: dict[str, str | int] = {"year": self.year, "organ": self.organ.code}
        if self.period != WHOLE_YEAR:
            told["period"] = self.period
        if self.extent is not Extent.OWN:
            told["extent"] = self.extent.value
        return told


def asked(session: Session, actor: Actor) -> Question:
    """The report that the address asks for; the viewer's own organ and the present year unless it says otherwise.

    Raises Refusal for what is no year or period, NotFound for an organ that the viewer may not see.
    """
    year, period = year_asked(), request.args.get("period", WHOLE_YEAR)
    if period not in PERIODS:
        raise Refusal("统计期间无法识别", do="请选择全年或者一个季度", field="period")
    choices = report.organs_of(session, actor)
    organ = organ_asked(choices)
    extent = _extent(actor)
    return Question(actor, year, period, organ, extent, choices, organs_in(session, organ, extent))


def _extent(actor: Actor) -> Extent:
    """How far it reaches; only who supervises adds up other organs."""
    typed = request.args.get("extent", Extent.OWN.value)
    if typed not in list(Extent) or (typed != Extent.OWN and not actor.holds(Duty.SUPERVISOR)):
        raise NotFound("没有这样的汇总，或者您无权查看")
    return Extent(typed)
