"""The annual report with its checks, of one organ and of all, beside one hand-written GROUP BY over the same table.

The yardstick says nothing but rows and columns: no sums, no checks, no second table, no names. Both ask for the last whole year. A fixed
price of some milliseconds (a unit, several statements, the tables of every organ) shows on small files; the goal is held where
the file is large, and the growth from the smallest to the largest.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import partial
from math import log10

from sqlalchemy import select

from benchmarks.measure import Goal, in_turn
from benchmarks.million import SIZES, Filled, filled
from benchmarks.old_cases import LAST_DAY
from gkapply import database
from gkapply.casework import report
from gkapply.casework.people import Organ
from gkapply.database import reading
from gkapply.law.report_spans import Span
from tests.services import DATABASE_KINDS

BESIDE, EXPONENT = 1.5, 1.05
BIGGEST, ROUNDS = 1, 9
SPAN = Span.of_year(LAST_DAY.year - 1)
_COUNTS = """
    CASE WHEN ended_on < {next_first} THEN report_row ELSE '' END,
    count(*) FILTER (WHERE received_on >= {first}),
    count(*) FILTER (WHERE received_on < {first}),
    count(*) FILTER (WHERE ended_on IS NULL OR ended_on >= {next_first})
    FROM case_file
    WHERE {here} kind = 'application' AND received_on < {next_first}
    AND (ended_on IS NULL OR (ended_on >= {first} AND report_row IS NOT NULL))
"""
ONE = "SELECT applicant_kind," + _COUNTS + "GROUP BY 1, 2"
ALL = "SELECT organ_id, applicant_kind," + _COUNTS + "GROUP BY 1, 2, 3"


def run(sizes: Sequence[int] = SIZES) -> Iterator[Goal]:
    """Each database in turn, the small file first."""
    for kind in DATABASE_KINDS:
        taken = {}
        for size in sizes:
            file = filled(kind, size)
            file.connect()
            taken[size] = in_turn(_subjects(file), ROUNDS)
            yield from _beside(file, taken[size], held=size == sizes[-1])
        yield from _grown(kind, taken)


def _subjects(file: Filled) -> Mapping[str, Callable[[], int]]:
    """What is measured, each warmed."""
    times = max(1, 100_000 // file.cases)
    subjects = {
        "one organ": partial(_ours, times, partial(_report, BIGGEST)),
        "one organ by hand": partial(_by_hand, file.kind, times, ONE, "organ_id = 1 AND"),
        "all organs": partial(_ours, times, _reports),
        "all organs by hand": partial(_by_hand, file.kind, times, ALL, ""),
    }
    for subject in subjects.values():
        subject()
    return subjects


def _report(organ_id: int) -> None:
    with reading() as session:
        made = report.reported(session, [session.get_one(Organ, organ_id)], SPAN)
    assert all(check["ok"] for check in made["checks"])


def _reports() -> None:
    with reading() as session:
        for _, made in report.each(session, session.scalars(select(Organ)).all(), SPAN):
            assert all(check["ok"] for check in made["checks"])


def _ours(times: int, act: Callable[[], None]) -> int:
    for _ in range(times):
        act()
    return times


def _by_hand(kind: str, times: int, statement: str, here: str) -> int:
    """The driver alone: the statement, and its rows fetched."""
    first, next_first = (f"'{day.isoformat()}'" for day in (SPAN.first, SPAN.next_first))
    asked = statement.format(first=first, next_first=next_first, here=here)
    connection = database.engine().raw_connection()
    try:
        cursor = connection.cursor()
        for _ in range(times):
            cursor.execute(asked)
            assert cursor.fetchall()
        cursor.close()
    finally:
        connection.close()
    return times


def _beside(file: Filled, taken: Mapping[str, float], *, held: bool) -> Iterator[Goal]:
    for name in ("one organ", "all organs"):
        ours, theirs = taken[name], taken[f"{name} by hand"]
        yield Goal(
            f"{file.kind}: report of {name} with its checks, {file.cases} requests, beside one GROUP BY",
            ours / theirs,
            BESIDE if held else None,
            remark=f"{ours * 1e3:.2f} ms beside {theirs * 1e3:.2f} ms",
        )


def _grown(kind: str, taken: Mapping[int, Mapping[str, float]]) -> Iterator[Goal]:
    smallest, *_, largest = taken
    for name in ("one organ", "all organs"):
        grown = log10(taken[largest][name] / taken[smallest][name]) / log10(largest / smallest)
        yield Goal(f"{kind}: report of {name}, {smallest} to {largest} requests, growth", grown, EXPONENT, "exponent")
