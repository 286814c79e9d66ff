"""The pages of periods and deliveries: organs side by side, files, the delivery of a quarter, who is behind."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO

import openpyxl

from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.period_sheets import HEADS
from gkapply.database import transaction
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
DAYS = "period=days&first=2026-02-10&last=2026-05-20"


def test_any_period_stands_on_a_page_and_in_files(login: Login) -> None:
    browser = login(Duty.SUPERVISOR)
    page = browser.page(f"/report/periods?{DAYS}")
    rows = page.xpath("(//main//table)[1]/tbody/tr")
    assert rows[-1].xpath("./th//text()")[0] == "合计"
    names = [row.xpath("string(./th)") for row in rows]
    told = list(csv.reader(StringIO(browser.get(f"/report/periods/file.csv?{DAYS}").data.decode("utf-8-sig"))))
    assert told[0] == list(HEADS)
    assert [row[0] for row in told[1:]] == names
    book = openpyxl.load_workbook(BytesIO(browser.get(f"/report/periods/file.xlsx?{DAYS}").data))
    assert book.sheetnames == ["各机关", "表三", "表四"]
    assert [[str(cell.value or "") for cell in row] for row in book["各机关"].iter_rows()] == told
    for query in ("period=x", "period=days&first=x", "period=days&first=2026-03-02&last=2026-03-01", "year=1999"):
        assert browser.get(f"/report/periods?{query}").status_code == 422
    assert login(Duty.STATISTICIAN).get("/report/periods?extent=below").status_code == 404
    assert login(Duty.ARCHIVIST).get("/report/periods").status_code == 403


def test_a_quarter_is_delivered_and_seen_from_above(office: Office, login: Login) -> None:
    statistician, above = login(Duty.STATISTICIAN), login(Duty.SUPERVISOR)
    with transaction() as session:
        session.get_one(Organ, office.organ_id).settings = canonical({"quarterly_sheets": True})
    board = words(above.get("/supervise/reports?year=2026"))
    assert "逾期未报送" in board
    assert "应于2026年4月10日前" in board
    assert above.page("/supervise/reports?year=2026&behind=1").xpath("//a[contains(@href,'/supervise/urges/new')]")
    page = "/report/periods?year=2026&period=q1"
    done = statistician.submit(page, "/report/periods/deliver", note="核对无误")
    assert done.status_code == 303, words(done)
    shown = words(statistician.get(page))
    assert "已于2026年6月1日报送（第1次），说明：核对无误" in shown
    again = statistician.submit(page, "/report/periods/deliver", note="再报一次")
    assert (again.status_code, "数字没有变化" in words(again)) == (422, True)
    assert not statistician.page("/report/periods?year=2026&period=q2").xpath("//form[contains(@action,'deliver')]")
