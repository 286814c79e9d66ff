"""Taking a register (台账) over: all of it or nothing, the same file twice is once, every row proved by the journal."""

import json
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply import database
from gkapply.casework import register_checking, register_import, register_numbers, register_term
from gkapply.casework.dating import reckoning
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.register_import_records import RegisterImport, RegisterPiece, RegisterRow
from gkapply.casework.report import annual
from gkapply.casework.sweep import sweep
from gkapply.casework.verification import verify
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal, Stale
from gkapply.law.register_facts import FactRow
from tests.casework.conftest import Office
from tests.casework.registers import CLOSED, NOW, OPEN, as_csv, as_workbook, check, several, take
from workflows.case_states import CaseState
from workflows.duties import Duty


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
    assert (again.fresh, again.same) == (0, 3)
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


OPENED = {**OPEN, "收到日期": "2026-06-08"}
NOTICE = {"登记编号": "2026-0007", "事实": "补正告知", "日期": "2026-06-10"}
ANSWER = {"登记编号": "2026-0007", "事实": "收到补正", "日期": "2026-06-22"}


def the_case(session: Session) -> Case:
    return session.scalars(select(Case)).one()


def test_an_update_changes_what_nobody_has_worked_on_and_journals_the_columns(office: Office, tmp_path: Path) -> None:
    take(office, as_csv([OPENED]))
    ended = {"处理结果": "3.4.1", "答复日期": "2026-06-29", "送达日期": "2026-06-30"}
    found = take(office, as_csv([{**OPENED, **ended, "申请人": "某乙", "备注": "补记"}]), changing=True)
    assert (found.fresh, found.changed) == (0, 1)
    with database.reading() as session:
        case = the_case(session)
        assert (case.state, case.report_row, str(case.ended_on)) == (CaseState.ARCHIVED, "3.4.1", "2026-06-29")
        assert case.applicant.name == "某乙"
        entry = session.scalars(select(JournalEntry).where(JournalEntry.deed == "register.change")).one()
        told = json.loads(entry.body)
        assert set(told["columns"]) == {"name", "result", "replied_on", "delivered_on", "remark"}
        assert told["case"] == case.id
        assert verify(session, tmp_path) is None
    take(office, as_csv([{**OPENED, "申请人": "某乙"}]), changing=True)
    with database.reading() as session:
        assert (the_case(session).state, the_case(session).report_row) == (CaseState.REGISTERED, None)


def test_an_update_brings_the_facts_of_an_open_request(office: Office, tmp_path: Path) -> None:
    take(office, as_workbook([OPENED]))
    take(office, as_workbook([OPENED], [NOTICE]), changing=True)
    with database.reading() as session:
        assert (the_case(session).state, the_case(session).due_on) == (CaseState.CORRECTING, None)
    take(office, as_workbook([OPENED], [NOTICE, ANSWER]), changing=True)
    with database.reading() as session:
        case = the_case(session)
        assert (case.state, str(case.due_on), case.term_unchecked) == (CaseState.REGISTERED, "2026-07-20", False)
        assert verify(session, tmp_path) is None


def test_what_the_desk_has_worked_on_is_not_changed_by_a_register(office: Office, new_life: Any) -> None:
    take(office, as_workbook([OPENED], [NOTICE, ANSWER]))
    life = new_life(NOW.date())
    with database.reading() as session:
        life.reference = the_case(session).reference
    life.assign()
    found = take(office, as_workbook([{**OPENED, "备注": "补记"}], [NOTICE, ANSWER]), changing=True)
    assert ["已经办理过这件申请" in one.reason for one in found.problems] == [True]


def test_an_unchecked_term_is_neither_late_nor_counted_until_somebody_says_what_happened(
    office: Office, new_life: Any, tmp_path: Path
) -> None:
    take(office, as_csv([{**OPENED, "收到日期": "2026-03-02"}]))
    life = new_life(NOW.date())
    with database.reading() as session:
        case = the_case(session)
        life.reference = case.reference
        assert (case.due_on, case.term_unchecked) == (None, True)
        with pytest.raises(Refusal, match="期限未核"):
            reckoning(case)
    sweep(NOW)
    registrar = office.staff[Duty.REGISTRAR]
    asked = FactRow(0, "", FactKind.THIRD_PARTY_ASKED, date(2026, 3, 10), told_on=date(2026, 3, 12), party="某公司")
    answered = FactRow(0, "", FactKind.THIRD_PARTY_ANSWERED, date(2026, 3, 18), party="某公司", note="同意")
    with database.transaction() as session:
        register_term.check_term(session, the_case(session), [asked, answered], registrar, NOW)
    with database.reading() as session:
        case = the_case(session)
        assert (case.state, str(case.due_on), case.term_unchecked) == (CaseState.HANDLING, "2026-04-08", False)
        assert [one.opinion for one in case.consultations] == ["agree"]
        assert verify(session, tmp_path) is None
    with pytest.raises(Refusal, match="已经核对"), database.transaction() as session:
        register_term.check_term(session, the_case(session), [], registrar, NOW)


def test_of_two_registers_checked_at_once_the_second_is_checked_again(office: Office) -> None:
    first, second = check(office, as_csv(several(3))), check(office, as_csv(several(4)))
    later = NOW + timedelta(minutes=1)
    assert first.run is not None
    assert second.run is not None
    with database.transaction() as session:
        register_import.begin(session, first.run, later)
    while register_import.carry_on(first.run, later):
        pass
    with pytest.raises(Stale, match="另一份台账"), database.transaction() as session:
        register_import.begin(session, second.run, later)
    assert counted()[0] == 3
    assert take(office, as_csv(several(4)), now=later + timedelta(minutes=1)).fresh == 1


def test_a_number_that_is_issued_while_the_counters_are_awaited_is_seen(
    office: Office, new_life: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    found = check(office, as_csv(several(3)))
    hold = register_numbers.continue_after

    def hold_late(session: Session, organ_id: int, highest: dict[str, int]) -> None:
        hold(session, organ_id, highest)
        # Who held the counter has committed meanwhile.
        case = session.scalars(select(Case)).one()
        case.number, case.entered_at = "2026-0002", NOW

    life = new_life()
    life.register(walked_in(PERSON, "新来的申请"), life.at_the_counter())
    with database.transaction() as session:
        session.scalars(select(Case)).one().number = "2026-0900"
    monkeypatch.setattr("gkapply.casework.register_import.continue_after", hold_late)
    assert found.run is not None
    with pytest.raises(Stale, match="编号可能与台账相同"), database.transaction() as session:
        register_import.begin(session, found.run, NOW)
