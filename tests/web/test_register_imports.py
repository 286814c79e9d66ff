"""Taking a register (台账) over on pages: handed in, read by an errand, shown with every bad row, taken only when somebody says so."""

import io
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import register_checking, register_import, register_upload
from gkapply.casework.records import Case
from gkapply.casework.register_import_records import DROPPED, RegisterImport, RegisterPiece
from gkapply.clock import now
from gkapply.database import reading, transaction
from tests.casework.registers import CLOSED, OPEN, as_csv, as_workbook, several
from tests.web.browser import Browser, words
from workflows.case_states import CaseState
from workflows.duties import CASE_DUTIES, Duty

Login = Callable[[Duty], Browser]
ADDRESS = "/desk/ledger/import"
JULY = datetime(2026, 7, 1, 2, tzinfo=UTC)


@pytest.fixture
def registrar(login: Login, moment: time_machine.Traveller) -> Browser:
    """The registrar's browser, on the day on which the office begins."""
    moment.move_to(JULY)
    return login(Duty.REGISTRAR)


def handed_in(browser: Browser, content: io.BytesIO, name: str = "台账.csv") -> str:
    """Hand a file in and let its errand read it; where its page is."""
    answer = browser.submit(ADDRESS, ADDRESS, file=(content, name))
    assert answer.status_code == 303
    assert "正在核对" in words(browser.get(answer.location))
    with reading() as session:
        run = session.scalars(select(RegisterImport.id)).one()
    register_upload.read(run, now())
    return answer.location


def test_a_register_is_shown_and_then_taken(registrar: Browser, login: Login) -> None:
    opened = {**OPEN, "登记编号": "2026-0008"}
    place = handed_in(registrar, as_workbook([CLOSED, opened]), "台账.xlsx")
    page = registrar.get(place)
    assert "已核对，待确认" in words(page)
    assert "新增2件" in words(page)
    assert "期限未核，待补登：1行（第3行）" in words(page)
    assert registrar.submit(page, f"{place}/take").status_code == 303
    with reading() as session:
        run = session.scalars(select(RegisterImport)).one()
    assert "导入进行中：已导入0行，共2行" in words(registrar.get(place))
    assert "原台账导入进行中" in words(registrar.get("/desk/ledger"))
    register_import.carry_on(run.id, now())
    assert "已导入" in words(registrar.get(place))
    assert "原台账导入进行中" not in words(registrar.get("/desk/ledger"))
    history = words(registrar.get("/desk/cases/AYX-2026-0007"))
    for said in ("原台账的记载", "台账.xlsx第2行", "政务公开股", "安府公开〔2026〕7号", "期限未核"):
        assert said in history
    assert "2026-0007" in words(registrar.get("/desk/ledger?year=2026"))


def test_what_happened_before_is_entered_at_the_desk(registrar: Browser) -> None:
    place = handed_in(registrar, as_csv([{**OPEN, "收到日期": "2026-06-08"}]))
    registrar.submit(registrar.get(place), f"{place}/take")
    with reading() as session:
        run = session.scalars(select(RegisterImport)).one()
    register_import.carry_on(run.id, now())
    case = "/desk/cases/AYX-2026-0007"
    assert "补登期限事实" in words(registrar.get(case))
    step = f"{case}/steps/check_term"
    wrong = registrar.submit(step, step, **{"facts-0-fact": "延期", "facts-0-on": "2026-06-20"})
    assert (wrong.status_code, "「延期」须填写送达日期" in words(wrong)) == (422, True)
    given = {
        "facts-0-fact": "补正告知",
        "facts-0-on": "2026-06-10",
        "facts-1-fact": "收到补正",
        "facts-1-on": "2026-06-22",
    }
    assert registrar.submit(step, step, **given).status_code == 303
    page = words(registrar.get(case))
    assert "答复期限至2026年7月20日" in page
    assert "期限未核" not in page
    with reading() as session:
        assert session.scalars(select(Case)).one().state is CaseState.REGISTERED


def test_every_bad_row_is_shown_and_handed_out(registrar: Browser) -> None:
    place = handed_in(registrar, as_csv([{**CLOSED, "收到日期": "1301-01-01"}, {**CLOSED, "申请人类型": "外星人"}]))
    page = words(registrar.get(place))
    assert "2 处错误，没有导入任何一行" in page
    assert "第2行「收到日期」列（「1301-01-01」）：不可能的年份" in page
    rows = registrar.get(f"{place}/problems.csv").get_data(as_text=True).splitlines()
    assert rows[2].startswith(",3,申请人类型,外星人,不认识的申请人类型")


def test_what_is_no_register_says_why(registrar: Browser) -> None:
    place = handed_in(registrar, io.BytesIO("甲,乙\n1,2\n".encode()))
    assert "没有找到表头" in words(registrar.get(place))


def test_only_registrar_and_head_bring_a_register(login: Login) -> None:
    for duty in sorted(CASE_DUTIES):
        expected = 200 if duty in (Duty.REGISTRAR, Duty.HEAD) else 403
        assert (duty, login(duty).get(ADDRESS).status_code) == (duty, expected)


@pytest.mark.parametrize(("field", "encoding"), [("file", "utf-8"), ("facts", "utf-8"), ("file", "utf-16")])
def test_a_register_with_a_secrecy_mark_is_not_kept(registrar: Browser, field: str, encoding: str) -> None:
    files = {"file": (as_csv([CLOSED]), "台账.csv")} | {
        field: (io.BytesIO("登记编号\n机密★1年".encode(encoding)), "一.csv")
    }
    answer = registrar.submit(ADDRESS, ADDRESS, **files)
    assert (answer.status_code, "国家秘密标志" in words(answer)) == (422, True)
    with reading() as session:
        assert session.scalars(select(RegisterImport)).all() == []


def test_a_register_that_is_given_up_while_it_is_read_stays_given_up(
    registrar: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    keep = register_checking._keep_piece

    def given_up_meanwhile(run_id: int, holds: str, ordinal: int, rows: Sequence[Mapping[str, Any]]) -> None:
        keep(run_id, holds, ordinal, rows)
        with transaction() as session:
            register_upload.give_up(session, session.get_one(RegisterImport, run_id))

    monkeypatch.setattr(register_checking, "_keep_piece", given_up_meanwhile)
    handed_in(registrar, as_csv(several(2)))
    with reading() as session:
        assert session.scalars(select(RegisterImport)).one().phase == DROPPED
        assert session.scalars(select(RegisterPiece)).all() == []
