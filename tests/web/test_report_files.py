"""The annual report in the official form, on a page and as files."""

import io
import json
from collections.abc import Callable

import pytest
from docx import Document
from openpyxl import load_workbook

from gkapply.demo.county import COUNTY_CODE
from tests.annual_form import pages
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]


def test_the_page_and_its_files_show_the_same_figures(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    page = parsed(browser.get("/report/form?year=2026"))
    shown = [cell.text or "" for cell in page.xpath("//table[caption[contains(., '收到和处理')]]//td")]
    assert len(shown) == 175
    assert int(shown[6]) > 10
    hrefs = [str(one) for one in page.xpath("//main//a[contains(@href, 'form.')]/@href")]
    files = {href.split("?")[0].rsplit(".", 1)[-1]: browser.get(href) for href in hrefs}
    assert set(files) == {"docx", "xlsx", "html", "json"}
    assert all("2026" in one.headers["Content-Disposition"] for one in files.values())
    figures = json.loads(files["json"].data)
    assert [str(value) for row in figures["table3"]["rows"] for value in row["values"]] == shown
    table = Document(io.BytesIO(files["docx"].data)).tables[1]
    assert [cell.text for cell in table.rows[3].cells[3:]] == shown[:7]
    sheet = load_workbook(io.BytesIO(files["xlsx"].data))["三、收到和处理政府信息公开申请情况"]
    assert [str(cell.value) for cell in sheet[6][3:]] == shown[:7]
    assert b"\xe7\xbb\x9f\xe8\xae\xa1\xe5\x8f\xa3\xe5\xbe\x84" in files["html"].data, "the rules of counting are named"


@pytest.mark.parametrize("address", ["/report/form.exe", "/report/form.docx?organ=NOBODY", "/report/form?organ=NOBODY"])
def test_what_there_is_not(login: Login, address: str) -> None:
    assert login(Duty.STATISTICIAN).get(address).status_code == 404


def test_who_may_not_see_the_figures_gets_no_file(login: Login) -> None:
    assert login(Duty.REGISTRAR).get(f"/report/form.json?organ={COUNTY_CODE}").status_code == 403


def checked(browser: Browser, page: str) -> str:
    sent = browser.submit("/report/reading", "/report/reading", file=(io.BytesIO(page.encode()), "年报.html"))
    return words(sent)


def test_a_published_report_is_checked_and_its_wrong_figure_shown(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    assert "各项勾稽关系相符。" in checked(browser, pages.page(pages.table3()))
    page = pages.page(pages.table3().replace("<td>3075</td>", "<td>3057</td>"))
    sent = browser.submit("/report/reading", "/report/reading", file=(io.BytesIO(page.encode()), "年报.html"))
    shown = parsed(sent)
    told = "表三，（四）无法提供1.本机关不掌握相关政府信息，自然人：报告为3057，改为3075则有关各项相符。"
    assert told in words(sent)
    doubted = {cell.text_content().strip() for cell in shown.xpath("//td[contains(@class, 'broken')]")}
    assert doubted == {"3057（不符）", "3222（不符）", "13364（不符）"}


def test_a_report_that_was_published_is_taken_over_for_the_next_year(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    sent = browser.submit(
        "/report/reading", "/report/reading", file=(io.BytesIO(pages.page(pages.table3()).encode()), "年报.html")
    )
    unsourced = browser.submit(sent, "/report/reading/take", source="")
    assert unsourced.status_code == 422
    taken = browser.submit(unsourced, "/report/reading/take", source="本机关网站公布的年度报告")
    assert taken.status_code == 303, words(taken)
    kept = browser.get("/report/form.json?year=2025").get_json()
    assert [row["values"] for row in kept["table3"]["rows"]][-1] == [783, 6, 0, 2, 25, 3, 819]
    assert kept["table2"]["normative"] == [564, 984, 4185]
    again = browser.submit(sent, "/report/reading/take", source="再录入一次")
    assert again.status_code in (409, 422), words(again)


def test_a_taken_report_must_be_the_one_that_was_read(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    sent = browser.submit(
        "/report/reading", "/report/reading", file=(io.BytesIO(pages.page(pages.table3()).encode()), "年报.html")
    )
    forged = browser.submit(sent, "/report/reading/take", source="x", report="e30.AAAA")
    assert (forged.status_code, "页面不完整，没有录入" in words(forged)) == (422, True)


def test_a_file_that_is_no_report_is_refused(login: Login) -> None:
    assert "没有找到年度报告的表三或者表四" in checked(login(Duty.HEAD), "<p>无</p>")
