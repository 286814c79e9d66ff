"""Which organs have delivered what upward: the quarterly sheets of a year and its annual report, each delivered, waited for or overdue."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import annual_report_terms
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.people import Organ
from gkapply.casework.period_sheet_deliveries import delivered, requirements
from gkapply.law.report_spans import QUARTERS
from workflows.annual_report import AnnualReportState


class Standing(StrEnum):
    """How a delivery stands."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Standing":
        """A member is its code."""
        standing = str.__new__(cls, code)
        standing._value_ = code
        standing.label = label
        return standing

    DELIVERED = "delivered", "已报送"
    LATE = "late", "逾期报送"
    ELSEWHERE = "elsewhere", "已公布（录入）"
    OVERDUE = "overdue", "逾期未报送"
    WAITING = "waiting", "未到期"
    UNASKED = "unasked", "不要求"


@dataclass(frozen=True, slots=True)
class Delivery:
    """One report of one organ: how it stands, when it was delivered first, by when it is wanted, in which edition it stands."""

    standing: Standing
    on: date | None = None
    due_on: date | None = None
    edition: int = 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """One organ's year: its quarterly sheets in their order, and the annual report about it, wanted in the year after."""

    organ: Organ
    quarters: Sequence[Delivery]
    annual: Delivery

    @property
    def is_behind(self) -> bool:
        """Whether something is overdue."""
        return any(one.standing is Standing.OVERDUE for one in (*self.quarters, self.annual))


def of_year(session: Session, organs: Sequence[Organ], year: int, today: date) -> list[Delivered]:
    """What the organs have delivered of that year, in their order."""
    ids = [organ.id for organ in organs]
    wanted, there, reports = requirements(session, organs), delivered(session, ids, year), _reports(session, ids, year)
    found = []
    for organ in organs:
        asked = wanted.get(organ.id)
        quarters = []
        for quarter in range(1, len(QUARTERS) + 1):
            sheet = there.get((organ.id, quarter))
            due = asked.due_on((year, quarter)) if asked else None
            on = sheet.on_ if sheet else None
            quarters.append(Delivery(_standing(on, due, today), on, due, sheet.edition if sheet else 0))
        due, report = annual_report_terms.due_on(organ, year), reports.get(organ.id)
        on, edition = (report.delivered_on, report.edition) if report else (None, 0)
        standing = _standing(on, due, today)
        if report and on is None and report.state is AnnualReportState.DELIVERED:
            standing = Standing.ELSEWHERE
        found.append(Delivered(organ, quarters, Delivery(standing, on, due, edition)))
    return found


def _reports(session: Session, organ_ids: Sequence[int], year: int) -> dict[int, AnnualReport]:
    query = select(AnnualReport).where(AnnualReport.organ_id.in_(organ_ids), AnnualReport.year == year)
    return {one.organ_id: one for one in session.scalars(query)}


def _standing(on: date | None, due: date | None, today: date) -> Standing:
    if on is not None:
        return Standing.LATE if due is not None and on > due else Standing.DELIVERED
    if due is None:
        return Standing.UNASKED
    return Standing.OVERDUE if today > due else Standing.WAITING
