"""The register as a file: every request once, in the words of the import, nobody's number in it, however long it is."""

import csv
import io
import json
from collections.abc import Callable, Sequence
from datetime import date
from hashlib import sha256
from pathlib import Path

import openpyxl
import pytest
from sqlalchemy import func, select

from gkapply import workbook_stream
from gkapply.casework import register_export
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.people import Organ
from gkapply.casework.people_data import contact_of
from gkapply.casework.records import Case
from gkapply.casework.register_export import Extent, require_extent
from gkapply.cli.ledger_export import write_tables
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.annual_rows import RESULT_ROWS
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from gkapply.law.register_exported import CHANNEL_WORDS, HEADS, OTHER_NUMBER, OTHERS_SHEET, WAY_WORDS
from gkapply.law.register_heads import FACTS_SHEET
from gkapply.sheets import csv_rows
from gkapply.workbook_stream import LONGEST_CELL, Table, workbook_pieces
from tests.casework.conftest import BEFORE, Office
from tests.casework.full_desk import TODAY, full_desk
from tests.casework.registers import CLOSED, as_csv, check, take
from workflows.duties import Duty

__all__ = ["full_desk"]
Rows = Sequence[Sequence[str]]
NewLife = Callable[..., Life]


def of_the_year(office: Office, *, in_clear: bool = False) -> Extent:
    with reading() as session:
        organ = session.get_one(Organ, office.organ_id)
        return require_extent(organ, date(2026, 1, 1), date(2026, 12, 31), in_clear=in_clear)


def read(extent: Extent) -> dict[str, Rows]:
    with reading() as session:
        return {
            one.name: [list(map(str, one.heads)), *(list(map(str, row)) for row in one.rows)]
            for one in register_export.tables(session, extent, TODAY)
        }


def by_head(rows: Rows) -> list[dict[str, str]]:
    assert len(set(rows[0])) == len(rows[0])
    return [dict(zip(rows[0], row, strict=True)) for row in rows[1:]]


def test_every_number_is_told_once_and_what_is_counted_stands_first(
    full_desk: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    extent = of_the_year(full_desk)
    whole = read(extent)
    monkeypatch.setattr(register_export, "AT_ONCE", 3)
    assert read(extent) == whole
    register, others = by_head(whole[register_export.REGISTER_SHEET]), by_head(whole[OTHERS_SHEET])
    with reading() as session:
        cases = session.scalars(select(Case)).all()
        assert register_export.counted(session, extent) == len(register)
        counted = [
            one.number
            for one in sorted(cases, key=lambda one: (one.received_on or TODAY, one.id))
            if one.kind is CaseKind.APPLICATION and one.received_on and (one.ended_on is None or one.report_row)
        ]
    assert [row["登记编号"] for row in register] == counted
    told = [row["登记编号"] for row in register] + [row[OTHER_NUMBER] for row in others]
    assert sorted(told) == sorted(one.number for one in cases)
    assert {"政府信息公开申请", "政府信息更正申请"} <= {row["案卷类型"] for row in others}


def test_the_first_columns_speak_the_words_of_the_import(full_desk: Office) -> None:
    whole = read(of_the_year(full_desk))
    heads, rows = whole[register_export.REGISTER_SHEET][0], by_head(whole[register_export.REGISTER_SHEET])
    assert tuple(heads[: len(HEADS)]) == HEADS
    assert {row["受理渠道"] for row in rows} <= set(CHANNEL_WORDS.values())
    assert {row["送达方式"] for row in rows} - {""} <= set(WAY_WORDS.values())
    assert {row["处理结果"] for row in rows} - {""} <= {one.code for one in RESULT_ROWS}
    assert all(row["答复日期"] for row in rows if row["处理结果"])
    assert not [row for row in rows if row["答复日期"] and not row["处理结果"]]
    replied = [row for row in rows if row["状态"] == "已答复"]
    assert replied
    assert all(row["答复文号"] and row["签发"] and row["依据条款"] and row["送达凭证号"] is not None for row in replied)
    for head in ("确认时间、方式和人", "会商", "法制审核", "延期批准和告知", "档号"):
        assert [row[head] for row in rows if row[head]], head
    facts = by_head(whole[FACTS_SHEET])
    assert {"补正告知", "收到补正", "征求第三方", "延期"} <= {row["事实"] for row in facts}
    assert {row["登记编号"] for row in facts} <= {row["登记编号"] for row in rows}


def test_numbers_of_persons_are_hidden_unless_somebody_says_why(full_desk: Office) -> None:
    with reading() as session:
        held = [contact_of(session, one.applicant) for one in session.scalars(select(Case)) if one.applicants]
    secrets = {one[name] for one in held for name in ("id_number", "phone", "email") if one[name]}
    written = json.dumps(read(of_the_year(full_desk)), ensure_ascii=False)
    assert not [one for one in secrets if one in written]
    assert "*" in written
    rows = by_head(read(of_the_year(full_desk, in_clear=True))[register_export.REGISTER_SHEET])
    assert {row["证件号码"] for row in rows} - {""} <= {one["id_number"] for one in held}
    assert {row["联系地址"] for row in rows} - {""} <= {one["address"] for one in held}
    actor = full_desk.staff[Duty.STATISTICIAN]
    with transaction() as session, pytest.raises(Refusal, match="事由"):
        register_export.note(session, of_the_year(full_desk, in_clear=True), "csv", actor, BEFORE, " ")
    with transaction() as session:
        register_export.note(session, of_the_year(full_desk, in_clear=True), "csv", actor, BEFORE, "移交新平台")
    with reading() as session:
        last = session.scalars(select(AccessEntry).order_by(AccessEntry.id.desc()).limit(1)).one()
        assert (last.deed, last.organ_id) == ("register.exported", full_desk.organ_id)
        assert json.loads(last.detail)["reason"] == "移交新平台"
        assert session.scalar(select(func.count()).select_from(AccessEntry)) == 1


def test_what_was_taken_over_and_handed_out_says_the_same_again(
    office: Office, new_life: NewLife, tmp_path: Path
) -> None:
    row = CLOSED
    nasty = {
        "申请内容": "'=HYPERLINK(甲)\n“第二行”，<乙>",
        "备注": "+86 转存",
        "登记编号": "信公开〔2026〕第 7/8 号",
        "证件号码": "",
    }
    rows = [row, {**row, **nasty}, {**row, "登记编号": "2026-0009", "处理结果": "", "答复日期": "", "送达日期": ""}]
    rows[1:] = [{**row, "送达方式": "", "答复文号": ""} for row in rows[1:]]
    assert take(office, as_csv(rows)).fresh == 3
    life = new_life()
    life.register(walked_in(PERSON, "某路的规划"), life.at_the_counter()).propose_void("测试登记").approve_void()
    for name in ("台账.csv", "台账.xlsx"):
        with reading() as session:
            write_tables(tmp_path / name, register_export.tables(session, of_the_year(office, in_clear=True), TODAY))
        assert (tmp_path / name).stat().st_mode & 0o077 == 0, "nobody else on the machine reads it"
        again = check(office, io.BytesIO((tmp_path / name).read_bytes()))
        assert list(again.problems) == []
        assert (again.rows, again.fresh, again.changed) == (3, 0, 0)
        assert "法制审核" in again.unused
    others = tmp_path / "台账-其他案卷.csv"
    assert len(others.read_text("utf-8-sig").splitlines()) == 2
    with pytest.raises(Refusal, match="登记编号"):
        check(office, io.BytesIO(others.read_bytes()))


def test_a_desks_own_register_reads_back_and_changes_nothing(full_desk: Office, tmp_path: Path) -> None:
    for in_clear in (False, True):
        with reading() as session:
            sheets = register_export.tables(session, of_the_year(full_desk, in_clear=in_clear), TODAY)
            write_tables(tmp_path / "台账.csv", sheets)
        content = (tmp_path / "台账.csv").read_bytes()
        again = check(full_desk, io.BytesIO(content))
        assert list(again.problems) == []
        assert (again.fresh, again.changed) == (0, 0)
        assert again.rows > 20
    spoilt = check(full_desk, io.BytesIO(content.replace("自然人".encode(), "其他".encode(), 1)))
    assert [one.reason for one in spoilt.problems if "内容不同" in one.reason]


NASTY: list[list[object]] = [
    ["=1+1", "甲<乙>&丙", "第一行\r\n第二行", "\x00\x0b响\ud800"],
    ["-", None, "  空 ", "x" * (LONGEST_CELL + 5)],
]


def test_a_workbook_in_pieces_is_a_workbook(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_stream, "PIECE", 4096)
    many = [[str(number), "", sha256(bytes([number % 256, number // 256])).hexdigest()] for number in range(2000)]
    tables = [Table("甲", "一二三四", iter(NASTY)), Table("乙&丙", "一二三", iter(many))]
    pieces = list(workbook_pieces(tables, large=True))
    assert len(pieces) > 1
    book = openpyxl.load_workbook(io.BytesIO(b"".join(pieces)))
    assert book.sheetnames == ["甲", "乙&丙"]
    first, second = ([[cell.value for cell in row] for row in sheet.iter_rows()] for sheet in book)
    assert first[1] == ["'=1+1", "甲<乙>&丙", "第一行\n第二行", "响"]
    assert first[2][:3] == ["'-", None, "  空 "]
    assert len(first[2][3]) == LONGEST_CELL
    assert second[1:] == [[one, None, three] for one, _, three in many]
    with pytest.raises(ZeroDivisionError):
        write_tables(tmp_path / "台账.csv", [Table("台账", ["一"], ([1 / number] for number in (1, 0)))])
    assert not list(tmp_path.iterdir())
    again = [Table("台账", ["一", "二"], [["=1", "甲\n乙"]]), Table("事实", ["一"], [])]
    first_file, second_file = write_tables(tmp_path / "台账.csv", again)
    assert list(csv.reader(io.StringIO(first_file.read_text("utf-8-sig"), newline=""))) == [
        ["一", "二"],
        ["'=1", "甲\n乙"],
    ]
    assert second_file.name == "台账-事实.csv"
    assert second_file.read_bytes() == b"".join(csv_rows(["一"], []))
