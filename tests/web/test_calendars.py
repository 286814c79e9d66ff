"""The pages of the calendars: what holds, preview, confirmation, what moved; and the officer's list of it."""

import io
from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
import time_machine
from sqlalchemy import func, select

from gkapply.casework import redating
from gkapply.casework.calendar_records import CalendarEdition, Redating
from gkapply.casework.organs import find_organ
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser, words
from tests.web.conftest import MONDAY_MORNING
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
NOTICE = "日期,类型,名称\n2026-03-16,放假,示例节\n2026-03-21,上班,示例节\n2026-03-17,放假,示例节\n"
GX = "日期,类型,名称,地区\n2026-03-16,放假,三月三,GX\n"


def chosen(text: str) -> tuple[io.BytesIO, str]:
    return io.BytesIO(text.encode("gb18030")), "2026.csv"


@pytest.fixture
def reference(new_life: Callable[..., Life]) -> str:
    """A request that the officer handles, due on 30 March 2026."""
    life = new_life()
    return life.register(walked_in(PERSON, "财政决算"), life.at_the_counter()).assign().accept().reference


def editions() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(CalendarEdition)) or 0


@pytest.mark.parametrize("path", ["/admin/calendars", "/admin/calendars/CN/2026"])
def test_only_the_system_administrator_keeps_calendars(login: Login, path: str) -> None:
    for duty in (Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR, Duty.OFFICER, Duty.HEAD):
        assert login(duty).get(path).status_code == (200 if duty is Duty.SYSADMIN else 403), duty


def test_a_year_is_shown_with_its_source(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    page = browser.get("/admin/calendars/CN/2026")
    assert "国务院办公厅关于2026年部分节假日安排的通知" in words(page)
    assert "全年工作日248天" in words(page)
    assert "日期为暂定" in words(browser.get("/admin/calendars/CN/2027"))
    assert browser.get("/admin/calendars/XX/2026").status_code == 422


def test_what_would_move_is_shown_before_anything_is_written(login: Login, reference: str) -> None:
    browser = login(Duty.SYSADMIN)
    shown = browser.submit("/admin/calendars", file=chosen(NOTICE), notice="某发〔2026〕1号")
    assert shown.status_code == 200
    assert f"{reference} 2026年3月30日 2026年3月31日" in words(shown)
    assert "2026年没有元旦、" in words(shown)
    assert editions() == 0
    done = browser.submit(shown, "/admin/calendars/import")
    assert (done.status_code, editions()) == (303, 1)
    under_way = browser.get(done.headers["Location"])
    assert "正在进行：已核对0件，全部在办申请1件" in words(under_way)
    with reading() as session:
        run = session.scalars(select(Redating)).one()
    redating.carry_on(run.id, MONDAY_MORNING)
    finished = browser.get(done.headers["Location"])
    assert "完成" in words(finished)
    assert f"{reference} 安岳县人民政府" in words(finished)
    with reading() as session:
        assert session.scalars(select(Case.due_on)).one() == date(2026, 3, 31)
    assert "第1版" in words(browser.get("/admin/calendars"))
    again = browser.submit("/admin/calendars", file=chosen(NOTICE), notice="某发〔2026〕1号")
    assert "与现行的相同，不需要导入" in words(again)
    assert reference in words(login(Duty.OFFICER).get("/desk/redatings"))


def test_confirming_twice_or_after_another_import_writes_once(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    shown = browser.submit("/admin/calendars", file=chosen(NOTICE))
    other = browser.submit("/admin/calendars", file=chosen(NOTICE.replace("03-17", "03-18")))
    assert browser.submit(shown, "/admin/calendars/import").status_code == 303
    assert browser.submit(shown, "/admin/calendars/import").headers["Location"] == "/admin/calendars"
    late = browser.submit(other, "/admin/calendars/import")
    assert late.status_code == 409
    assert "请重新预览" in words(late)
    assert editions() == 1


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("日期,类型,名称\n2026-13-01,放假,元旦\n", "第2行「日期」列「2026-13-01」不正确"),
        ("日期,类型,名称\n2028-01-01,放假,元旦\n", "缺少 2027 年的安排"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(login: Login, text: str, sentence: str) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/calendars", file=chosen(text))
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_a_file_must_be_chosen(login: Login) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/calendars", file=None)
    assert answer.status_code == 422
    assert "没有选择文件" in words(answer)


def test_an_organ_chooses_its_region(login: Login, reference: str) -> None:
    browser = login(Duty.SYSADMIN)
    shown = browser.submit("/admin/calendars", file=chosen(GX))
    browser.submit(shown, "/admin/calendars/import")
    assert browser.submit("/admin/organs/AYX", "/admin/organs/AYX", calendar="GX").status_code == 303
    with reading() as session:
        assert find_organ(session, "AYX").calendar == "GX"
        run = session.scalars(select(Redating).order_by(Redating.id.desc())).first()
        assert run is not None
    redating.carry_on(run.id, MONDAY_MORNING)
    assert f"{reference} 安岳县人民政府" in words(browser.get(f"/admin/calendars/runs/{run.id}"))


def test_no_run_no_list(login: Login) -> None:
    assert "没有因放假安排而变动的期限" in words(login(Duty.OFFICER).get("/desk/redatings"))
    assert login(Duty.SYSADMIN).get("/admin/calendars/runs/7").status_code == 404


def test_a_case_whose_correction_a_late_notice_would_make_late_goes_on(
    login: Login, new_life: Callable[..., Life], moment: time_machine.Traveller
) -> None:
    """A correction is asked for on the seventh day, which a late notice then makes the eighth: it was in time."""
    life = new_life()
    life.register(walked_in(PERSON, "财政决算"), life.at_the_counter()).assign().come_to(date(2026, 3, 11))
    life.ask_correction("请写明年份", "例如2025年")
    moment.move_to(datetime(2026, 3, 12, 1, tzinfo=UTC))
    browser = login(Duty.SYSADMIN)
    late = "日期,类型,名称\n2026-03-16,放假,示例节\n2026-03-07,上班,示例节\n"
    shown = browser.submit("/admin/calendars", file=chosen(late))
    assert "无法推算：" not in words(shown)
    browser.submit(shown, "/admin/calendars/import")
    with reading() as session:
        run = session.scalars(select(Redating)).one()
    redating.carry_on(run.id, MONDAY_MORNING)
    page = login(Duty.OFFICER).get(f"/desk/cases/{life.reference}")
    assert "补正告知（最迟）" not in words(page)
    assert "已记载的事实与新的放假安排不合" not in words(page)
