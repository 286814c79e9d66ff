"""Sheets of any period (季度、任意时段统计表): the organs side by side, and all of them together.

Numbers are those of the annual report over the same days; beside them stand how quickly and how late was answered, which no report asks for.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import dispute_report
from gkapply.casework.calendars import calendar_of
from gkapply.casework.people import Organ
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.casework.report_conditions import RESULT_CODES, counting
from gkapply.casework.report_figures import Counts, figures
from gkapply.casework.waiting_times import median
from gkapply.law import annual_rows
from gkapply.law.annual_report import Disputes
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.report_spans import Span

MEASURES: Mapping[str, str] = {
    annual_rows.NEW: "新收",
    annual_rows.CARRIED_IN: "期初结转",
    annual_rows.TOTAL: "办结",
    annual_rows.CARRIED_OUT: "期末结转",
}
"""Rows of table 三 by code, as a period calls them."""
SUITS = (DisputePath.SUIT_DIRECT, DisputePath.SUIT_AFTER_REVIEW)


@dataclass(slots=True)
class Line:
    """One organ's period, or several organs' together. ``waited``: working days from receipt to reply → replies that took them."""

    name: str
    counts: Counts = field(default_factory=Counts)
    disputes: Counter[tuple[str, str]] = field(default_factory=Counter)
    answered: int = 0
    late: int = 0
    waited: Counter[int] = field(default_factory=Counter)

    def number(self, row: str) -> int:
        """A row of table 三 over all columns; 3.7 is the sum of the results."""
        codes = RESULT_CODES if row == annual_rows.TOTAL else (row,)
        return sum(sum(self.counts.rows[code].values()) for code in codes if code in self.counts.rows)

    def outcome(self, code: str) -> int:
        """How many came to that outcome (``public_figures.OUTCOMES``)."""
        begins = OUTCOMES[code][1]
        return sum(self.number(row) for row in RESULT_CODES if row.startswith(begins))

    def share(self, part: int, whole: int) -> int | None:
        """In per cent, rounded; None of nought."""
        return round(100 * part / whole) if whole else None

    @property
    def late_share(self) -> int | None:
        """Replies after their term, in per cent of all replies."""
        return self.share(self.late, self.answered)

    @property
    def median(self) -> float | None:
        """The middle of the waiting times in working days, stops included."""
        return median(self.waited)

    @property
    def reviews(self) -> int:
        """行政复议 that count in the period."""
        return sum(number for (path, _), number in self.disputes.items() if path == DisputePath.REVIEW)

    @property
    def suits(self) -> int:
        """行政诉讼 that count in the period."""
        return sum(number for (path, _), number in self.disputes.items() if path in SUITS)

    @property
    def corrected(self) -> int:
        """Of both, how many corrected the organ."""
        return sum(number for (_, result), number in self.disputes.items() if result == DisputeResult.CORRECTED)

    @property
    def balanced(self) -> bool:
        """Whether 一加二 equals 三（七）加四."""
        return self.counts.balanced

    def add(self, other: "Line") -> None:
        """Put another line to this one."""
        self.counts.add(other.counts)
        self.disputes.update(other.disputes)
        self.answered += other.answered
        self.late += other.late
        self.waited.update(other.waited)


def lines(session: Session, organs: Sequence[Organ], span: Span) -> list[Line]:
    """A line for each organ, in their order: three statements whatever their number."""
    ids = [organ.id for organ in organs]
    counted, disputes = figures(session, ids, span), dispute_report.tables4(session, organs, span)
    found = {organ.id: Line(organ.name, counted[organ.id], _flat(disputes[organ.id])) for organ in organs}
    calendars = {organ.id: calendar_of(organ) for organ in organs}
    one = counting(ids, span)
    query = (
        select(
            Case.organ_id,
            Case.received_on,
            Case.replied_on,
            func.count(),
            func.count().filter(Case.replied_on > Case.due_on),
        )
        .where(one.here, one.ended, Case.received_on.is_not(None), Case.replied_on.is_not(None))
        .group_by(Case.organ_id, Case.received_on, Case.replied_on)
    )
    for organ_id, received, replied, number, late in session.execute(query):
        of = found[organ_id]
        of.answered += number
        of.late += late
        if received is not None and replied is not None:
            of.waited[calendars[organ_id].count(received, replied)] += number
    return [found[organ.id] for organ in organs]


def together(name: str, several: Sequence[Line]) -> Line:
    """All of them as one line."""
    total = Line(name)
    for one in several:
        total.add(one)
    return total


HEADS = (
    "机关",
    *MEASURES.values(),
    "一加二等于三（七）加四",
    "答复",
    "逾期答复",
    "逾期率（%）",
    "答复用时中位数（工作日）",
    *(label for label, _ in OUTCOMES.values()),
    *(f"{label}占比（%）" for label, _ in OUTCOMES.values()),
    "行政复议",
    "行政诉讼",
    "复议诉讼结果纠正",
)


def row(line: Line) -> list[object]:
    """The cells of a line under ``HEADS``."""
    middle, ended = line.median, line.number(annual_rows.TOTAL)
    outcomes = [line.outcome(code) for code in OUTCOMES]
    return [
        line.name,
        *(line.number(code) for code in MEASURES),
        "相符" if line.balanced else "不符",
        line.answered,
        line.late,
        _told(line.late_share),
        "" if middle is None else f"{middle:g}",
        *outcomes,
        *(_told(line.share(number, ended)) for number in outcomes),
        line.reviews,
        line.suits,
        line.corrected,
    ]


def table3_rows(report: Mapping[str, object]) -> Iterator[Sequence[object]]:
    """The rows of table 三 of a report's json, each with the head under which it stands."""
    table = report["table3"]
    assert isinstance(table, dict)
    for one in table["rows"]:
        yield [one.get("group", ""), one["label"], *one["values"]]


def _told(share: int | None) -> object:
    return "" if share is None else share


def _flat(blocks: Disputes) -> Counter[tuple[str, str]]:
    return Counter({(path, result): number for path, results in blocks.items() for result, number in results.items()})
