"""Which sheet of a period a page is asked for: organs side by side, over a year, a quarter, or from one day to another."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from flask import request
from sqlalchemy.orm import Session

from gkapply import clock
from gkapply.casework import report
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.casework.period_sheet_deliveries import last_quarter
from gkapply.casework.report_rollup import Extent, name_of, organs_in
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.report_spans import QUARTERS, Span
from gkapply.web.report_choice import organ_asked, year_asked
from workflows.duties import Duty

DAYS = "days"
PERIODS = {
    **{f"q{number}": name for number, name in enumerate(QUARTERS, 1)},
    "year": "全年",
    DAYS: "指定起止日期",
}


@dataclass(frozen=True)
class PeriodQuestion:
    """What was asked for, within what the viewer may see."""

    organ: Organ
    extent: Extent
    choices: Sequence[Organ]
    organs: Sequence[Organ]
    year: int
    period: str
    span: Span

    @property
    def name(self) -> str:
        """What the sheet is called by."""
        return name_of(self.organ, self.extent)

    @property
    def quarter(self) -> int | None:
        """Which quarter it is, if it is one."""
        return int(self.period[1:]) if self.period.startswith("q") else None

    @property
    def values(self) -> dict[str, str | int]:
        """What an address says so that it asks for the same sheet."""
        told: dict[str, str | int] = {"organ": self.organ.code, "extent": self.extent.value, "period": self.period}
        if self.period == DAYS:
            return {**told, "first": self.span.first.isoformat(), "last": self.span.last.isoformat()}
        return {**told, "year": self.year}


def asked(session: Session, actor: Actor) -> PeriodQuestion:
    """The sheet that the address asks for; the last whole quarter, and for a supervisor every organ below, unless it says otherwise.

    Raises Refusal for what is no period, NotFound for an organ that the viewer may not see.
    """
    choices = report.organs_of(session, actor)
    organ = organ_asked(choices)
    extent = _extent(actor)
    year, quarter = last_quarter(clock.today())
    period = request.args.get("period", f"q{quarter}")
    if period not in PERIODS:
        raise Refusal("统计期间无法识别", do="请从列表中选择", field="period")
    if request.args.get("year"):
        year = year_asked()
    span = _span(year, period)
    return PeriodQuestion(organ, extent, choices, organs_in(session, organ, extent), year, period, span)


def _span(year: int, period: str) -> Span:
    if period == DAYS:
        return Span.between(_day("first"), _day("last"))
    return Span.of_year(year) if period == "year" else Span.of_quarter(year, int(period[1:]))


def _extent(actor: Actor) -> Extent:
    supervises = actor.holds(Duty.SUPERVISOR)
    typed = request.args.get("extent", (Extent.BELOW if supervises else Extent.OWN).value)
    if typed not in list(Extent) or (typed != Extent.OWN and not supervises):
        raise NotFound("没有这样的汇总，或者您无权查看")
    return Extent(typed)


def _day(name: str) -> date:
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        raise Refusal("请填写起止日期，例如 2026-03-02", field=name) from None
