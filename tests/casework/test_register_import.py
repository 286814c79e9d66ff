"""Taking a register (台账) over: all of it or nothing, the same file twice is once, every row proved by the journal."""

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from gkapply import database
from gkapply.casework import register_checking, register_import
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.register_import_records import RegisterImport, RegisterPiece, RegisterRow
from gkapply.casework.report import annual
from gkapply.casework.verification import verify
from gkapply.demo.applicants import PERSON, walked_in
from tests.casework.conftest import Office
from tests.casework.registers import CLOSED, NOW, as_csv, check, several, take
from workflows.case_states import CaseState


def counted() -> tuple[int, ...]:
    with database.reading() as session:
        tables = (Case, RegisterImport, RegisterRow, RegisterPiece)
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


def test_a_row_becomes_a_request_in_the_archive(office: Office, tmp_path: Path) -> None:
    assert take(office, as_csv([CLOSED])).fresh == 1
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert (case.number, case.state, case.taken_over) == ("2026-0007", CaseState.ARCHIVED, True)
        assert (case.channel, case.report_row, case.applicant.kind) == ("online", "3.1", "natural_person")
        assert [str(one) for one in (case.received_on, case.replied_on, case.delivered_on, case.ended_on)] == [
            "2026-03-02",
            "2026-03-20",
            "2026-03-24",
            "2026-03-20",
        ]
        assert contact_of(session, case.applicant)["id_number"] == CLOSED["证件号码"]
        assert case.applicant.person_id is not None
        assert case.due_on is None, "nothing is known of its clocks: it is neither late nor in time"
        table = {row["code"]: row["values"][-1] for row in annual(session, case.organ, 2026)["table3"]["rows"]}
        assert (table["1"], table["3.1"], table["3.7"], table["4"]) == (1, 1, 1, 0)
        assert verify(session, tmp_path) is None


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    take(office, as_csv(several(3)))
    before = counted()
    again = take(office, as_csv(several(3)))
    assert (again.fresh, again.same, again.run) == (0, 3, None)
    assert counted() == before


def test_other_content_under_a_number_is_refused_with_what_differs(office: Office) -> None:
    take(office, as_csv([CLOSED]))
    found = take(office, as_csv([{**CLOSED, "备注": "", "申请人": "某乙"}]))
    assert ["申请人、备注" in one.reason for one in found.problems] == [True]


def test_one_bad_row_refuses_the_whole_file_and_each_is_told(office: Office) -> None:
    rows = several(4)
    rows[1]["收到日期"] = "1301-01-01"
    rows[2]["申请人类型"] = "外星人"
    rows[3]["登记编号"] = "２０２６-0001"
    before = counted()
    found = take(office, as_csv(rows))
    assert [(one.line, one.column) for one in found.problems] == [(3, "收到日期"), (4, "申请人类型"), (5, "登记编号")]
    assert counted()[0] == before[0] == 0


def test_numbers_go_on_after_the_highest_that_was_taken(office: Office, new_life: Any) -> None:
    take(
        office, as_csv([{**CLOSED, "登记编号": number} for number in ("2026-0120", "安府申〔2026〕3号", "甲/2026/15")])
    )
    with database.reading() as session:
        numbers = set(session.scalars(select(Case.number)))
    assert numbers == {"2026-0120", "安府申〔2026〕3号", "2026-T0001"}
    life = new_life()
    life.register(walked_in(PERSON, "新来的申请"), life.at_the_counter())
    assert life.reference.endswith("-2026-0121")


@pytest.mark.parametrize("pieces", [2])
def test_an_interrupted_run_goes_on_where_it_stood(
    office: Office, pieces: int, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(register_checking, "PIECE", 2)
    found = check(office, as_csv(several(5)))
    assert found.run is not None
    with database.transaction() as session:
        register_import.begin(session, found.run, NOW)
    assert register_import.carry_on(found.run, NOW, units=pieces)
    assert counted()[0] == 2 * pieces
    while register_import.carry_on(found.run, NOW):
        pass
    assert not register_import.carry_on(found.run, NOW)
    assert counted() == (5, 1, 5, 0)
    with database.reading() as session:
        assert verify(session, tmp_path) is None
