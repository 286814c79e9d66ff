"""Which cases break a check of the annual report: what the figures cannot show by themselves, asked of the cases (国办公开办函〔2021〕30号).

What is conspicuous is told with every report, at the price of a glance; what only each case's facts and items can tell is looked for
when somebody asks.
"""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any

from sqlalchemy import Select, func, or_, select
from sqlalchemy.orm import Session, aliased

from gkapply.casework.records import Case
from gkapply.casework.report_conditions import PREPARED, counting, given
from gkapply.casework.report_faults import FAULTS, Fault
from gkapply.casework.report_figures import Counts
from gkapply.law.annual_checks import Check
from gkapply.law.case_kinds import CaseKind
from gkapply.law.report_spans import Span

FEW = 5
"""Cases that are named beside a failing check; the rest stand in its list."""
_GROUPS = {
    "rows": ("办结的申请都计入表三的一行", ("without_row", "no_such_row", "open_with_row", "backwards")),
    "kinds": ("申请人的类型都在六类之中", ("no_column",)),
    "outside": ("拆分的原件和重新答复没有另行计入", ("cover_counted", "redo_counted")),
}
"""Check of the cases → its name and the faults that break it."""
BREAKING: Mapping[str, Sequence[str]] = {
    "balance": ("no_such_row", "backwards", "open_with_row"),
    **{code: faults for code, (_, faults) in _GROUPS.items()},
}
"""Check → the faults that may be behind it."""
Faulty = Mapping[str, int]
"""Fault → number of cases that have it."""


@dataclass(frozen=True, slots=True)
class Named:
    """A fault that was found: how many cases have it, and the references of the first few."""

    fault: Fault
    number: int
    references: Sequence[str]


def conspicuous(session: Session, counted: Mapping[int, Counts], span: Span) -> dict[int, Faulty]:
    """Organ → the faults that show in its figures or at a glance. Costs a look at what ended without a row and what was divided."""
    found: dict[int, Counter[str]] = {organ_id: _in_figures(counts) for organ_id, counts in counted.items()}
    unrowed = [organ_id for organ_id, counts in counted.items() if counts.without_row]
    uneven = [organ_id for organ_id, counts in counted.items() if not counts.balanced or counts.backwards]
    asked: list[tuple[str, Sequence[int]]] = [("without_row", unrowed), ("backwards", uneven)]
    doubled = [organ_id for organ_id in session.scalars(_besides()) if organ_id in counted]
    asked += [(code, doubled) for code in ("cover_counted", "redo_counted")]
    for code, organ_ids in asked:
        for organ_id, number in _numbers(session, code, organ_ids, span):
            found[organ_id][code] = number
    return {organ_id: {code: number for code, number in faults.items() if number} for organ_id, faults in found.items()}


def _in_figures(counts: Counts) -> Counter[str]:
    return Counter(no_such_row=counts.no_such_row, open_with_row=counts.open_with_row, no_column=counts.no_column)


@cache
def _besides() -> Select[int]:
    """The organs in which a case counts beside the one that it comes from: a cover with its parts, a reply given anew."""
    part, origin = aliased(Case), aliased(Case)
    return (
        select(origin.organ_id)
        .distinct()
        .join(part, part.origin_id == origin.id)
        # The few that come from another case are walked, whoever they belong to: not the whole of an organ.
        .where(part.origin_id > 0, part.kind == CaseKind.APPLICATION)
        .where(or_(origin.report_row.is_not(None), origin.ended_on.is_(None)))
    )


def _numbers(session: Session, code: str, organ_ids: Sequence[int], span: Span) -> Iterable[tuple[int, int]]:
    if not organ_ids:
        return ()
    return ((organ_id, number) for organ_id, number in session.execute(_counting(code), given(organ_ids, span)))


@cache
def _counting(code: str) -> Select[int, int]:
    """How many cases of each organ have the fault."""
    return select(Case.organ_id, func.count()).where(FAULTS[code].cases(PREPARED)).group_by(Case.organ_id)


def checks(faulty: Faulty) -> list[Check]:
    """The checks of the cases, from what was found to be wrong with them."""
    told = []
    for code, (name, faults) in _GROUPS.items():
        wrong = [FAULTS[one] for one in faults if faulty.get(one)]
        detail = "；".join(f"{one.label}的有{faulty[one.code]}件" for one in wrong)
        told.append(Check(code, name, not wrong, detail, (), "请逐件核对所列的申请" if wrong else ""))
    return told


def named(session: Session, organ_ids: Collection[int], span: Span, codes: Iterable[str]) -> list[Named]:
    """The faults with these codes that cases have, each with its first few cases."""
    found = []
    for fault in (FAULTS[code] for code in dict.fromkeys(codes)):
        condition = fault.cases(counting(organ_ids, span))
        references = session.scalars(select(Case.reference).where(condition).order_by(Case.id).limit(FEW)).all()
        if references:
            number = session.scalar(select(func.count()).select_from(Case).where(condition)) or 0
            found.append(Named(fault, number, references))
    return found


def examined(session: Session, organ_ids: Collection[int], span: Span) -> list[Named]:
    """Every fault that any case of the period has, by looking at each of them (逐件核对)."""
    return named(session, organ_ids, span, FAULTS)


def behind(report_checks: Iterable[Mapping[str, Any]]) -> list[str]:
    """The faults that may be behind the checks that fail in a report."""
    return [code for check in report_checks if not check["ok"] for code in BREAKING.get(check["code"], ())]
