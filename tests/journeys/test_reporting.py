"""January in a real browser: from a figure to its case, the report written and frozen, its form opened, what the public asks for."""

import zipfile
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from gkapply import clock
from gkapply.demo.demand_stories import take_last_year_over
from gkapply.demo.reappraisal_stories import look_again
from gkapply.demo.staff import LOGINS
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import Office
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import DESKTOP, PHONE
from workflows.duties import Duty

pytestmark = pytest.mark.timeout(60)
WIDE = "document.documentElement.scrollWidth - window.innerWidth"
REPORT, TEXT = "/report?year=2025", "/report/annual/2025"
SUPERVISED = "工作考核、社会评议已经开展，没有责任追究情形。"
REQUESTS = 60


def window(browser: Browser, site: str, duty: Duty) -> Page:
    """A window of somebody's, logged in."""
    size: Any = DESKTOP
    page = browser.new_context(locale="zh-CN", viewport=size).new_page()
    page.set_default_timeout(8000)
    page.goto(f"{site}/login")
    page.fill("#login", LOGINS[duty])
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    expect(page.get_by_role("button", name="退出")).to_be_visible()
    return page


def from_a_figure_to_its_case(page: Page, site: str) -> int:
    """Open the new requests of the year by their figure, and one of them; the figure is as many as the list."""
    page.goto(site + REPORT)
    figure = page.locator("a[aria-label$='件，一、本年新收政府信息公开申请数量，总计']")
    number = int(figure.inner_text())
    figure.click()
    expect(page.locator("tbody tr")).to_have_count(number)
    first = page.locator("tbody th a").first
    reference = first.inner_text()
    first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(reference)
    return number


def written(page: Page, site: str, number: int) -> None:
    """The report as the statistician writes it, with one sentence taken over."""
    page.goto(site + TEXT)
    for field in page.locator("#table2 ~ fieldset input").all():
        field.fill("0")
    for name, text in (
        ("part_1", SUPERVISED),
        ("part_5", "检索不够全面，已经改进。"),
        ("part_6", "没有收取信息处理费。"),
    ):
        page.locator(f"textarea[name={name}]").fill(text)
    page.get_by_role("button", name=f"取用：2025年，新收政府信息公开申请{number}件").click()
    taken = f"{SUPERVISED}2025年，新收政府信息公开申请{number}件；上年结转0件。"
    expect(page.locator("textarea[name=part_1]")).to_have_value(taken)
    page.get_by_role("button", name="保存", exact=True).click()
    expect(page.locator("main")).to_contain_text("请公开机构负责人定稿")


def opened(page: Page, site: str, folder: Path) -> str:
    """The text of the official form, handed out as a document and taken out of its archive."""
    page.goto(f"{site}/report/form?year=2025")
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Word 文档").click()
    kept = folder / waiting.value.suggested_filename
    waiting.value.save_as(kept)
    assert kept.name == "安岳县人民政府2025年政府信息公开工作年度报告.docx"
    with zipfile.ZipFile(kept) as archive:
        assert archive.testzip() is None
        return archive.read("word/document.xml").decode()


def test_a_statistician_in_january(chromium_browser: Browser, site: str, office: Office, tmp_path: Path) -> None:
    look_again(office.staff, clock.now())
    take_last_year_over(office.organ_id, "user:1", clock.now(), national_calendar(), REQUESTS)
    clerk, head = (window(chromium_browser, site, duty) for duty in (Duty.STATISTICIAN, Duty.HEAD))
    number = from_a_figure_to_its_case(clerk, site)
    written(clerk, site, number)
    head.goto(site + TEXT)
    head.get_by_role("button", name="定稿").click()
    expect(head.locator("main")).to_contain_text("定稿时的核对")
    clerk.goto(site + REPORT)
    expect(clerk.locator("main")).to_contain_text("与这一版一致")
    assert f"新收政府信息公开申请{number}件" in opened(clerk, site, tmp_path)

    clerk.goto(f"{site}/report/demand")
    expect(clerk.locator("[data-chart] svg").first).to_be_visible()
    expect(clerk.get_by_role("table", name="各公开领域的申请和结果（件）")).to_contain_text("自然资源")
    clerk.set_viewport_size({"width": PHONE["width"], "height": PHONE["height"]})
    for path in (REPORT, TEXT, "/report/demand", "/reappraisals"):
        clerk.goto(site + path)
        assert clerk.evaluate(WIDE) <= 0, path
    clerk.get_by_role("link", name="2026年度评估审查和清理结果").click()
    expect(clerk.locator("main")).to_contain_text("转为主动公开的信息")
    clerk.context.close()
    head.context.close()
