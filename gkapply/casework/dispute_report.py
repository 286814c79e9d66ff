"""Table 四 of the annual report from the register of disputes: one line per dispute, its final effect of the period.

Decided in the period, or pending on its last day; a dispute that went to the second instance counts by what stood at the end of
the period, so that a pending one is carried on, unless the organ counts a dispute only in the period in which it was filed.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.people import Organ
from gkapply.law.annual_report import DisputePath, DisputeResult, Disputes
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.refusal import Refusal
from gkapply.law.report_spans import Span

PATHS = {kind.path: kind for kind in DisputeKind if kind.path is not None}


@dataclass(frozen=True, slots=True)
class Standing:
    """A dispute and the block and column of table 四 in which it counts."""

    dispute_id: int
    organ_id: int
    path: DisputePath
    result: DisputeResult


def table4(session: Session, organ: Organ, year: int) -> Disputes:
    """The figures of table 四 for one organ and year."""
    return tables4(session, [organ], Span.of_year(year))[organ.id]


def tables4(session: Session, organs: Sequence[Organ], span: Span) -> dict[int, Disputes]:
    """The figures of table 四 of each organ, by organ."""
    counted: dict[int, dict[str, defaultdict[str, int]]] = {
        organ.id: {path: defaultdict(int) for path in DisputePath} for organ in organs
    }
    for one in standings(session, organs, span):
        counted[one.organ_id][one.path][one.result] += 1
    return {organ_id: dict(blocks) for organ_id, blocks in counted.items()}


def disputes_of_cell(
    session: Session,
    organs: Sequence[Organ],
    span: Span,
    path: str,
    result: str | None,
    *,
    after: int = 0,
    limit: int | None = None,
) -> list[Dispute]:
    """The disputes that one figure counts, in the order of their entry; ``result`` None is 总计.

    ``after`` is the key of the last one seen. Raises Refusal for a figure that the table does not have.
    """
    if path not in list(DisputePath) or result not in (None, *DisputeResult):
        raise Refusal("年度报告表四没有这一格", "国办公开办函〔2021〕30号", do="请从报告的数字进入", field="path")
    found = [
        one.dispute_id
        for one in standings(session, organs, span)
        if one.path == path and result in (None, one.result) and one.dispute_id > after
    ]
    shown = sorted(found)[:limit]
    query = select(Dispute).where(Dispute.id.in_(shown)).order_by(Dispute.id)
    return list(session.scalars(query.options(selectinload(Dispute.decisions), selectinload(Dispute.case))))


def standings(session: Session, organs: Sequence[Organ], span: Span) -> Iterator[Standing]:
    """Every dispute of the organs that the period counts, with its place in the table."""
    anew = {organ.id: organ.office_settings().disputes_carried_over for organ in organs}
    disputes = (
        select(
            Dispute.id,
            Dispute.organ_id,
            Dispute.kind,
            Dispute.filed_on,
            Dispute.instance,
            Dispute.appealed_on,
            DisputeDecision.instance.label("of_instance"),
            DisputeDecision.decided_on,
            DisputeDecision.result,
        )
        .outerjoin(DisputeDecision, DisputeDecision.dispute_id == Dispute.id)
        .where(
            Dispute.organ_id.in_(list(anew)),
            Dispute.kind != DisputeKind.COMPLAINT,
            Dispute.filed_on < span.next_first,
            or_(Dispute.closed_on.is_(None), Dispute.closed_on >= span.first),
        )
        .order_by(Dispute.id, DisputeDecision.id)
    )
    told: dict[int, tuple[DisputeKind, _Course]] = {}
    for row in session.execute(disputes):
        if row.filed_on < span.first and not anew[row.organ_id]:
            continue
        _, course = told.setdefault(row.id, (row.kind, _Course(row.organ_id, row.instance, row.appealed_on, [])))
        if row.decided_on is not None:
            course.decisions.append((row.of_instance, row.decided_on, row.result))
    for dispute_id, (kind, course) in told.items():
        result = course.effect(span)
        if result is not None and kind.path is not None:
            yield Standing(dispute_id, course.organ_id, kind.path, result)


@dataclass(frozen=True, slots=True)
class _Course:
    """What became of a dispute: instance, day and result of each decision, the earliest entered first."""

    organ_id: int
    instance: int
    appealed_on: date | None
    decisions: list[tuple[int, date, str]]

    def effect(self, span: Span) -> DisputeResult | None:
        """What it counts as in the period; None when it was over before."""
        decided = [one for one in self.decisions if one[1] < span.next_first]
        appealed = self.appealed_on is not None and self.appealed_on < span.next_first
        if not decided or (appealed and decided[-1][0] < self.instance):
            return DisputeResult.PENDING
        _, decided_on, result = decided[-1]
        return DisputeResult(result) if decided_on >= span.first else None


def of_organs(tables: Iterable[Disputes]) -> Disputes:
    """Several organs' tables as one."""
    total: dict[str, defaultdict[str, int]] = {path: defaultdict(int) for path in DisputePath}
    for table in tables:
        for path, results in table.items():
            for result, number in results.items():
                total[path][result] += number
    return total
