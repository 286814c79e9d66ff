"""What the text of an annual report states and no table holds: fees, assessments, ratings, corrections after the last report."""

import json
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import annual_report_changes, satisfaction
from gkapply.casework.annual_report_content import report_of, row_of
from gkapply.casework.annual_report_records import AnnualReport
from gkapply.casework.assessment_records import Assessment
from gkapply.casework.fee_register import fees_of
from gkapply.casework.people import Organ
from gkapply.law.annual_rows import CARRIED_OUT
from gkapply.law.annual_stated import Besides

GOVERNMENTS = ("government", "township")
"""Kinds of organs that are 各级人民政府."""


def is_government(organ: Organ) -> bool:
    """Whether its report also tells of 工作考核、社会评议、责任追究 (条例第五十条第四项)."""
    return organ.kind in GOVERNMENTS


def besides_of(
    session: Session, organ: Organ, year: int, kept: AnnualReport | None, before: AnnualReport | None
) -> Besides:
    """Everything of it that the program knows for the organ and year; ``before`` is the report of the year before."""
    fees = fees_of(session, organ.id, year)
    return Besides(
        government=is_government(organ),
        fees=(fees.requests, str(fees.yuan)),
        assessed=_assessed(session, organ, year),
        ratings=_ratings(session, organ, year),
        late=_late(session, before),
        carried=_carried(session, kept, before),
    )


def _assessed(session: Session, organ: Organ, year: int) -> tuple[int, int]:
    query = select(Assessment.snapshot).where(
        Assessment.organ_id == organ.id, Assessment.issued_on.between(date(year, 1, 1), date(year, 12, 31))
    )
    snapshots = [json.loads(text) for text in session.scalars(query)]
    return len({line["code"] for one in snapshots for line in one["lines"]}), len(snapshots)


def _ratings(session: Session, organ: Organ, year: int) -> tuple[int, str] | None:
    """None while there are so few that they tell of single applicants."""
    found = satisfaction.figures(session, organ.id, year, inside=True)
    total = found.total or 0
    if total < satisfaction.LEAST:
        return None
    return total, f"{sum(score * (number or 0) for score, number in found.scores.items()) / total:.1f}"


def _late(session: Session, before: AnnualReport | None) -> tuple[int, str] | None:
    found = annual_report_changes.late(session, before)
    return (len(found), annual_report_changes.cells_in_words(found)) if found else None


def _carried(session: Session, kept: AnnualReport | None, before: AnnualReport | None) -> tuple[int, str] | None:
    found = annual_report_changes.carried(session, kept, before)
    if not found or before is None:
        return None
    published = row_of(report_of(before.editions[-1]), CARRIED_OUT) or [0]
    reasons = dict.fromkeys(one.reason.rstrip("。") for one in found if one.reason)
    return published[-1], "；".join(reasons)
