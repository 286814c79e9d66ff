"""Table 四 of the annual report from the register of disputes: one line per dispute, its final effect of the year.

Decided in the year, or pending on its last day; a dispute that went to the second instance counts by what stood at the end of
the year, so that a pending one is carried on.
"""

from collections import Counter
from collections.abc import Sequence
from datetime import date

from sqlalchemy import or_, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.disputed import Dispute
from gkapply.casework.people import Organ
from gkapply.law.annual_report import DisputePath, DisputeResult, Disputes
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.refusal import Refusal

PATHS = {kind.path: kind for kind in DisputeKind if kind.path is not None}


def table4(session: Session, organ: Organ, year: int) -> Disputes:
    """The figures of table 四 for one organ and year."""
    counted = Counter((one.kind.path, result) for one, result in _counted(session, organ, year))
    return {
        path: {result: counted[path, result] for result in DisputeResult if counted[path, result]}
        for path in DisputePath
    }


def disputes_of_cell(session: Session, organ: Organ, year: int, path: str, result: str | None) -> list[Dispute]:
    """The disputes that one figure counts, oldest first; ``result`` None is 总计. Raises Refusal for no such figure."""
    if path not in list(DisputePath) or result not in (None, *DisputeResult):
        raise Refusal("年度报告表四没有这一格", "国办公开办函〔2021〕30号", do="请从报告的数字进入", field="path")
    return [one for one, found in _counted(session, organ, year) if one.kind.path == path and result in (None, found)]


def _counted(session: Session, organ: Organ, year: int) -> Sequence[tuple[Dispute, DisputeResult]]:
    """Every dispute that the year counts, with the column in which it stands."""
    first, last = date(year, 1, 1), date(year, 12, 31)
    query = (
        select(Dispute)
        .where(
            Dispute.organ_id == organ.id,
            Dispute.kind != DisputeKind.COMPLAINT,
            Dispute.filed_on <= last,
            or_(Dispute.closed_on.is_(None), Dispute.closed_on >= first),
        )
        .options(selectinload(Dispute.decisions), selectinload(Dispute.case))
        .order_by(Dispute.filed_on, Dispute.id)
    )
    found = ((one, effect(one, first, last)) for one in session.scalars(query))
    return [(one, result) for one, result in found if result is not None]


def effect(dispute: Dispute, first: date, last: date) -> DisputeResult | None:
    """What the dispute counts as in the year from ``first`` to ``last``; None when it was over before."""
    decided = [one for one in dispute.decisions if one.decided_on <= last]
    appealed = dispute.appealed_on is not None and dispute.appealed_on <= last
    if not decided or (appealed and decided[-1].instance < dispute.instance):
        return DisputeResult.PENDING
    return DisputeResult(decided[-1].result) if decided[-1].decided_on >= first else None
