"""Taking a register (台账) over: all of it or nothing, the same file twice is once, every row proved by the journal."""

import csv
import io
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from gkapply import database
from gkapply.casework import register_checking, register_import
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.register_checking import Checked
from gkapply.casework.register_import_records import RegisterImport, RegisterPiece, RegisterRow
from gkapply.casework.report import annual
from gkapply.casework.verification import verify
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.register_heads import COLUMNS
from tests.casework.conftest import Office
from workflows.case_states import CaseState

NOW = datetime(2026, 7, 1, 1, tzinfo=UTC)
HEADS = [one.head for one in COLUMNS]
ROW = {
    "登记编号": "2026-0007",
    "收到日期": "2026-03-02",
    "受理渠道": "网上",
    "申请人类型": "自然人",
    "申请人": "某甲",
    "证件号码": "513822199001011234",
    "联系电话": "028-12345678",
    "申请内容": "申请公开甲地块征地批复",
    "处理结果": "3.1",
    "答复日期": "2026-03-20",
    "送达方式": "邮寄",
    "送达日期": "2026-03-24",
    "答复文号": "安府公开〔2026〕7号",
    "承办机构": "政务公开股",
    "备注": "档案室存",
}


def written(rows: Sequence[Mapping[str, str]], encoding: str = "utf-8") -> io.BytesIO:
    text = io.StringIO(newline="")
    table = csv.DictWriter(text, HEADS, restval="")
    table.writeheader()
    table.writerows(rows)
    return io.BytesIO(text.getvalue().encode(encoding))


def several(count: int, **more: str) -> list[dict[str, str]]:
    return [{**ROW, **more, "登记编号": f"2026-{number:04d}", "证件号码": ""} for number in range(1, count + 1)]


def check(office: Office, file: io.BytesIO, **options: Any) -> Checked:
    with database.transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        run = register_checking.new_run(session, organ, "台账.csv", "d", "user:1", NOW, changing=False)
    return register_checking.check(office.organ_id, file, NOW, run_id=run.id, **options)


def take(office: Office, file: io.BytesIO, **options: Any) -> Checked:
    found = check(office, file, **options)
    if found.sound and found.run is not None:
        with database.transaction() as session:
            register_import.begin(session, found.run, NOW)
        while register_import.carry_on(found.run, NOW, units=1):
            pass
    return found


def counted() -> tuple[int, ...]:
    with database.reading() as session:
        tables = (Case, RegisterImport, RegisterRow, RegisterPiece)
        return tuple(session.scalar(select(func.count()).select_from(one)) or 0 for one in tables)


def test_a_row_becomes_a_request_in_the_archive(office: Office, tmp_path: Path) -> None:
    assert take(office, written([ROW])).fresh == 1
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
        assert contact_of(session, case.applicant)["id_number"] == ROW["证件号码"]
        assert case.applicant.person_id is not None
        assert case.due_on is None, "nothing is known of its clocks: it is neither late nor in time"
        table = {row["code"]: row["values"][-1] for row in annual(session, case.organ, 2026)["table3"]["rows"]}
        assert (table["1"], table["3.1"], table["3.7"], table["4"]) == (1, 1, 1, 0)
        assert verify(session, tmp_path) is None


def test_the_same_file_twice_changes_nothing(office: Office) -> None:
    take(office, written(several(3)))
    before = counted()
    again = take(office, written(several(3)))
    assert (again.fresh, again.same, again.run) == (0, 3, None)
    assert counted() == before


def test_other_content_under_a_number_is_refused_with_what_differs(office: Office) -> None:
    take(office, written([ROW]))
    found = take(office, written([{**ROW, "备注": "", "申请人": "某乙"}]))
    assert ["申请人、备注" in one.reason for one in found.problems] == [True]


def test_one_bad_row_refuses_the_whole_file_and_each_is_told(office: Office) -> None:
    rows = several(4)
    rows[1]["收到日期"] = "1301-01-01"
    rows[2]["申请人类型"] = "外星人"
    rows[3]["登记编号"] = "２０２６-0001"
    before = counted()
    found = take(office, written(rows))
    assert [(one.line, one.column) for one in found.problems] == [(3, "收到日期"), (4, "申请人类型"), (5, "登记编号")]
    assert counted()[0] == before[0] == 0


def test_numbers_go_on_after_the_highest_that_was_taken(office: Office, new_life: Any) -> None:
    take(office, written([{**ROW, "登记编号": number} for number in ("2026-0120", "安府申〔2026〕3号", "甲/2026/15")]))
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
    found = check(office, written(several(5)))
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
