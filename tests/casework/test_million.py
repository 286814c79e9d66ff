"""The file that benches work on is what it says to be: always the same, numbered without gaps, 0.6 % open."""

from itertools import chain
from typing import Any

from sqlalchemy import text

from benchmarks.million import RING, fill
from benchmarks.old_cases import LAST_DAY, SEED, requests
from benchmarks.wordings import LONGEST, SHORTEST
from gkapply import database
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.services import services

CASES = 3000


def rows_of(cases: int, table: str) -> list[dict[str, Any]]:
    tables = [one for one in chain.from_iterable(requests(cases, SEED, RING)) if one.table == table]
    return [dict(zip(one.columns, row, strict=True)) for one in tables for row in one.rows]


def test_ten_years_of_requests_have_gap_free_numbers_and_a_few_are_open() -> None:
    cases = rows_of(CASES, "case_file")
    assert len(cases) == CASES
    assert 0.003 <= sum(case["ended_on"] is None for case in cases) / CASES <= 0.009
    assert all(SHORTEST <= len(case["description"]) <= LONGEST for case in cases)
    assert (min(case["received_on"] for case in cases)[:4], max(case["received_on"] for case in cases)) == (
        "2016",
        str(LAST_DAY),
    )
    biggest = [case["number"] for case in cases if case["organ_id"] == 1 and case["received_on"][:4] == "2020"]
    assert biggest == [f"2020-{number:04d}" for number in range(1, len(biggest) + 1)]
    assert len(biggest) > CASES / 10 / 3, "organs are of very unequal size"


def test_both_databases_take_the_same_requests_and_further_ones(database_url: str) -> None:
    fill(database_url, 60)
    database.connect(database_url, services(RING, None))  # type: ignore[arg-type]
    with database.transaction() as session:
        kept = session.execute(text("SELECT reference, description FROM case_file ORDER BY id")).all()
        made = [(one["reference"], one["description"]) for one in rows_of(60, "case_file")]
        assert [tuple(row) for row in kept] == made
        case = session.get(Case, 60)
        assert case is not None
        assert contact_of(session, case.applicant)["phone"] == ""
        assert case.items[0].quote == case.description
        assert case.applicant_kind == case.applicant.kind
        case.items[0].outcome = None
        session.add(type(case.items[0])(organ_id=1, case_id=60, ordinal=2, quote="又一项"))
