"""The annual report from the cases, and the cases behind each figure (条例第五十条).

A report adds up one organ or several, over a year or any other period. Its list of cases is told by the conditions of its figures.
"""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, and_, literal, or_, select, tuple_
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import dispute_report, report_checks
from gkapply.casework.access import Actor, supervised_cases, supervised_organs, visible_cases
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.report_conditions import counting
from gkapply.casework.report_faults import Fault
from gkapply.casework.report_figures import Counts, figures, together
from gkapply.law import annual_report
from gkapply.law.annual_report import Disputes
from gkapply.law.report_spans import EARLIEST_YEAR, Span
from workflows.duties import Duty

__all__ = ["EARLIEST_YEAR", "annual", "cases_of_cell", "cases_with", "each", "organs_of", "reported", "seen"]


def annual(session: Session, organ: Organ, year: int, last_year: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """Tables 三 and 四 of one organ and year, in the form of the report's json.

    ``last_year`` is the report of the year before as it was published. Raises Refusal for an impossible year.
    """
    return reported(session, [organ], Span.of_year(year), last_year=last_year)


def reported(
    session: Session,
    organs: Sequence[Organ],
    span: Span,
    *,
    name: str = "",
    last_year: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    """The figures of the organs added up over the period, as one report under ``name`` or the first one's."""
    counted = figures(session, [organ.id for organ in organs], span)
    disputes = dispute_report.tables4(session, organs, span)
    faulty = report_checks.conspicuous(session, counted, span)
    total: dict[str, int] = {}
    for faults in faulty.values():
        for code, number in faults.items():
            total[code] = total.get(code, 0) + number
    of = together(counted.values())
    return _built(name or organs[0].name, span, of, dispute_report.of_organs(disputes.values()), total, last_year)


def each(session: Session, organs: Sequence[Organ], span: Span) -> Iterator[tuple[Organ, dict[str, Any]]]:
    """The report of each of the organs over the period, in their order: one statement counts them all."""
    counted = figures(session, [organ.id for organ in organs], span)
    disputes = dispute_report.tables4(session, organs, span)
    faulty = report_checks.conspicuous(session, counted, span)
    for organ in organs:
        yield organ, _built(organ.name, span, counted[organ.id], disputes[organ.id], faulty[organ.id])


def _built(
    name: str,
    span: Span,
    counts: Counts,
    disputes: Disputes,
    faulty: report_checks.Faulty,
    last_year: Mapping[str, Any] | None = None,
) -> dict[str, Any]:
    more = report_checks.checks(faulty)
    made = annual_report.build(name, span.year, counts.rows, disputes, last_year, more)
    return made if span.is_year else {**made, "period": [span.first.isoformat(), span.last.isoformat()]}


def cases_of_cell(
    session: Session,
    organ_ids: Collection[int],
    span: Span,
    row: str,
    column: str | None,
    *,
    within: ColumnElement[bool] | None = None,
    after: tuple[date, int] | None = None,
    limit: int | None = None,
) -> list[Case]:
    """The cases that one figure counts, oldest first; ``column`` None is the 总计 column.

    ``within`` is what the viewer sees (``seen``). ``after`` (day of receipt and key of the last one seen) and ``limit`` give one
    page of them. Raises Refusal for a row or column that the table does not have.
    """
    query = select(Case).where(counting(organ_ids, span).cell(row, column))
    if within is not None:
        query = query.where(within)
    if after is not None:
        query = query.where(tuple_(Case.received_on, Case.id) > tuple_(literal(after[0]), literal(after[1])))
    return list(session.scalars(query.options(joinedload(Case.organ)).order_by(Case.received_on, Case.id).limit(limit)))


def cases_with(
    session: Session,
    fault: Fault,
    organ_ids: Collection[int],
    span: Span,
    within: ColumnElement[bool],
    after: int,
    limit: int,
) -> list[Case]:
    """The cases that a fault is found in, in the order of entry, from the one with key ``after`` on."""
    condition = and_(fault.cases(counting(organ_ids, span)), within, Case.id > after)
    query = select(Case).where(condition).options(joinedload(Case.organ))
    return list(session.scalars(query.order_by(Case.id).limit(limit)))


def seen(actor: Actor) -> ColumnElement[bool]:
    """The cases that the reader of a report sees behind its figures: the organ's own, and those that the reader supervises."""
    return or_(visible_cases(actor), supervised_cases(actor))


def organs_of(session: Session, actor: Actor) -> list[Organ]:
    """The organs whose figures the actor may see: their own, and for a supervisor every organ below it, by name."""
    own = session.get_one(Organ, actor.organ_id)
    if not actor.holds(Duty.SUPERVISOR):
        return [own]
    others = select(Organ).where(Organ.id.in_(supervised_organs(actor)), Organ.id != own.id)
    return [own, *session.scalars(others.order_by(Organ.name))]
