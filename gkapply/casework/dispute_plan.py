"""What a register of disputes (复议诉讼台账) would change, dispute by dispute, worked out before anything is written.

A row is one instance of one dispute. A dispute is known again by its request, its path, the day of its filing and, where both name one, its
案号. A file may say more than is known (a result has come in, somebody appealed), never something else; what the office has entered since
then stays. The rules stand in docs/exchange.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework.dispute_file import CLOSED, FILED, INSTANCE, NUMBER, RESULT, DisputeRow
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.law.annual_report import DisputeResult
from gkapply.law.bad_cells import Problem
from gkapply.law.dispute_kinds import DisputeKind
from workflows.case_states import CaseState
from workflows.dispute import DisputeState

AT_ONCE = 500


@dataclass(slots=True)
class Course:
    """What a file says of one dispute: its first instance, its second, and the dispute where it is known already."""

    case: Case
    dispute: Dispute | None
    first: DisputeRow | None = None
    second: DisputeRow | None = None

    def decision(self, instance: int) -> DisputeDecision | None:
        """What was entered of that instance."""
        return next((one for one in (self.dispute.decisions if self.dispute else ()) if one.instance == instance), None)

    @property
    def decided_on(self) -> date | None:
        """The day on which the first instance decided, as entered or as the file says."""
        entered = self.decision(1)
        return entered.decided_on if entered else self.first.decided_on if self.first else None

    @property
    def is_new(self) -> bool:
        """Whether the dispute is not known yet."""
        return self.dispute is None

    @property
    def goes_on(self) -> bool:
        """Whether the file says more of a known dispute than was entered."""
        known = self.dispute
        if known is None:
            return False
        result = self.first is not None and self.first.result is not None and self.decision(1) is None
        appealed = self.second is not None and known.appealed_on is None
        final = self.second is not None and self.second.result is not None and self.decision(2) is None
        return result or appealed or final


@dataclass(slots=True)
class Plan:
    """What an import would do, dispute by dispute in the order of the file; ``problems``: why it cannot be done."""

    courses: list[Course] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)

    @property
    def new(self) -> list[Course]:
        """Disputes to be entered."""
        return [one for one in self.courses if one.is_new]

    @property
    def going_on(self) -> list[Course]:
        """Known disputes of which the file says more."""
        return [one for one in self.courses if one.goes_on]

    @property
    def unchanged(self) -> int:
        """Disputes that are entered just so."""
        return len(self.courses) - len(self.new) - len(self.going_on)

    @property
    def changes(self) -> bool:
        """Whether there is anything to do."""
        return self.unchanged < len(self.courses)


def plan(session: Session, organ: Organ, rows: Sequence[DisputeRow], *, lock: bool = False) -> Plan:
    """What importing the rows would do, or every reason why it cannot be done; writes nothing. ``lock``: it will be done in this unit."""
    found = Plan()
    cases = _cases(session, organ, rows, lock=lock)
    known = _known(session, cases.values())
    said: dict[tuple[int, DisputeKind, date, str], DisputeRow] = {}
    for row in rows:
        case = cases.get(_plain(organ, row.number))
        problem = _of_case(row, case)
        if problem is not None or case is None:
            found.problems += [problem] if problem else []
        elif row.instance == 1:
            earlier = said.setdefault((case.id, row.kind, row.filed_on, row.case_number), row)
            if earlier is not row:
                found.problems.append(row.problem(NUMBER, row.number, f"与第{earlier.line}行重复"))
            else:
                _take_first(found, case, row, known.get(case.id, ()))
    for row in rows:
        case = cases.get(_plain(organ, row.number))
        if row.instance == 2 and case is not None:
            _take_second(found, case, row, known.get(case.id, ()))
    return found


def _plain(organ: Organ, number: str) -> str:
    """The number without the organ's code, with which everybody outside knows the request."""
    return number.removeprefix(f"{organ.code}-")


def _cases(session: Session, organ: Organ, rows: Sequence[DisputeRow], *, lock: bool) -> dict[str, Case]:
    numbers = sorted({_plain(organ, row.number) for row in rows})
    found: dict[str, Case] = {}
    for start in range(0, len(numbers), AT_ONCE):
        query = select(Case).where(Case.organ_id == organ.id, Case.number.in_(numbers[start : start + AT_ONCE]))
        query = query.order_by(Case.id)
        found |= {one.number: one for one in session.scalars(query.with_for_update() if lock else query)}
    return found


def _known(session: Session, cases: Iterable[Case]) -> dict[int, list[Dispute]]:
    ids, found = [one.id for one in cases], dict[int, list[Dispute]]()
    for start in range(0, len(ids), AT_ONCE):
        query = select(Dispute).where(Dispute.case_id.in_(ids[start : start + AT_ONCE]))
        query = query.where(Dispute.kind != DisputeKind.COMPLAINT).options(selectinload(Dispute.decisions))
        for one in session.scalars(query.order_by(Dispute.id)):
            found.setdefault(one.case_id, []).append(one)
    return found


def _of_case(row: DisputeRow, case: Case | None) -> Problem | None:
    if case is None:
        return row.problem(NUMBER, row.number, "本机关没有这个登记编号的申请")
    if case.state in (CaseState.NEW, CaseState.RECEIVED) or case.received_on is None:
        return row.problem(NUMBER, row.number, "这件申请还没有确认收到")
    if row.filed_on < case.received_on:
        return row.problem(FILED, row.filed_on, f"早于收到申请之日 {case.received_on}")
    return None


def _take_first(found: Plan, case: Case, row: DisputeRow, known: Sequence[Dispute]) -> None:
    taken = [one.dispute for one in found.courses]
    same = [
        one
        for one in known
        if one.kind is row.kind
        and one.filed_on == row.filed_on
        and one not in taken
        and (not row.case_number or not one.number or one.number == row.case_number)
    ]
    exact = [one for one in same if one.number == row.case_number] or same
    if len(exact) > 1:
        found.problems.append(row.problem(NUMBER, row.number, "系统中有几件同日提出的，请写明案号"))
        return
    course = Course(case, exact[0] if exact else None, first=row)
    found.problems += _contradicted(row, course.decision(1))
    found.courses.append(course)


def _take_second(found: Plan, case: Case, row: DisputeRow, known: Sequence[Dispute]) -> None:
    in_file = [one for one in found.courses if one.case is case and (one.first or row).kind is row.kind]
    taken = [one.dispute for one in in_file]
    further = [Course(case, one) for one in known if one.kind is row.kind and one not in taken]
    fitting = [one for one in [*in_file, *further] if _may_be_appealed(one, row)]
    if len(fitting) != 1:
        reason = "能对应几件一审，无法确定" if fitting else "没有找到它的一审：须在文件中或者已经登记，并且有结果"
        found.problems.append(row.problem(INSTANCE, "二审", reason))
        return
    course = fitting[0]
    if course.dispute and course.dispute.state is DisputeState.CLOSED and course.dispute.appealed_on is None:
        found.problems.append(row.problem(INSTANCE, "二审", "系统中它已经了结，不能再登记上诉"))
        return
    course.second = row
    found.problems += _contradicted(row, course.decision(2))
    if course not in in_file:
        found.courses.append(course)


def _may_be_appealed(course: Course, row: DisputeRow) -> bool:
    appealed = course.dispute.appealed_on if course.dispute else None
    if course.second is not None or (appealed is not None and appealed != row.filed_on):
        return False
    return course.decided_on is not None and course.decided_on <= row.filed_on


def _contradicted(row: DisputeRow, entered: DisputeDecision | None) -> list[Problem]:
    if row.result is None or entered is None:
        return []
    if entered.result == row.result and entered.decided_on == row.decided_on:
        return []
    was = f"系统中登记的是{DisputeResult(entered.result).label}，{entered.decided_on}"
    column, value = (CLOSED, row.decided_on) if entered.result == row.result else (RESULT, row.result.label)
    return [row.problem(column, value, was)]
