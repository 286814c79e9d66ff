"""The pages of the analysis of demand: charts with their tables, figures that lead to requests, areas in bulk, files, the public page."""

import hashlib
import json
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from lxml import html
from sqlalchemy import func, select

from gkapply import web
from gkapply.casework import demand_figures
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.demand_stories import take_last_year_over
from gkapply.law.workdays import national_calendar
from gkapply.workbooks import read_workbook
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ECHARTS = Path(web.__file__).with_name("static") / "echarts"
PUBLISHED = "61f13280aba3161f77fc801bf5f9c786f55f10432153a0683fc5cc0700b013d5"
"""SHA-256 of dist/echarts.common.min.js of the npm package echarts 6.1.0."""


def test_the_chart_library_is_as_it_was_published_and_brings_its_licences() -> None:
    assert hashlib.sha256((ECHARTS / "echarts.common.min.js").read_bytes()).hexdigest() == PUBLISHED
    assert {one.name for one in ECHARTS.iterdir()} >= {"LICENSE", "LICENSE-d3", "LICENSE-zrender", "NOTICE"}


@pytest.fixture
def asked(office: Office) -> None:
    """A year of requests in the office's file, read."""
    take_last_year_over(office.organ_id, "user:1", NOW, national_calendar(), 90)
    with transaction() as session:
        demand_figures.keep(session, demand_figures.count_all(session, NOW.date()))


@pytest.mark.usefixtures("asked")
def test_the_pages(login: Callable[[Duty], Browser], client: Browser) -> None:
    desk = login(Duty.STATISTICIAN)
    page = desk.get("/report/demand")
    tree = html.fromstring(page.text)
    charts = [json.loads(one.get("data-chart")) for one in tree.xpath("//div[@data-chart]")]
    assert [one["kind"] for one in charts] == ["bar", "line", "bar", "line"]
    areas = dict(zip(charts[0]["names"], charts[0]["series"][0]["values"], strict=True))
    table = tree.xpath("//table[caption[starts-with(., '各公开领域')]]")[0]
    told = {row.findtext("th"): row.findtext("td/a") for row in table.iterfind("tbody/tr")}
    assert all(told[area] == str(number) for area, number in areas.items()), "a chart says what its table says"
    assert [one.get("src") for one in tree.xpath("//main//script")] == [
        "/static/echarts/echarts.common.min.js",
        "/static/demand.js",
    ]
    assert "申请人1号" not in page.text
    assert login(Duty.OFFICER).get("/report/demand").status_code == 403
    href = table.find("tbody/tr/td/a").get("href")
    assert words(desk.get(href)).count("AYX-") == min(50, max(areas.values()))
    _as_files(desk)
    _in_bulk(desk)
    assert desk.get("/report/demand?from=2026-01-01&to=2024-01-01").status_code == 422
    assert desk.get("/report/demand?to=0001-01-01").status_code == 422
    assert "没有收到申请" in words(desk.get("/report/demand?from=2020-01-01&to=2020-03-01"))
    _for_everybody(client)


def _as_files(desk: Browser) -> None:
    csv = desk.get("/report/demand/file.csv").get_data(as_text=True)
    assert "公开领域,自然资源,自然资源," in csv
    book = read_workbook(desk.get("/report/demand/file.xlsx").data, most_rows=500, most_bytes=1 << 20)
    assert book[0].rows[0][1][0] == "统计项目"


def _in_bulk(desk: Browser) -> None:
    page = desk.get("/report/demand/areas?suggested=自然资源")
    boxes = [one.get("value") for one in html.fromstring(page.text).xpath("//input[@name='chosen']")]
    assert all(one.endswith("~自然资源") for one in boxes)
    assert desk.submit(page).status_code == 422
    assert desk.submit(page, chosen=boxes[:3]).status_code == 303
    assert desk.submit(page, chosen=boxes[3:4], area="涉农补贴").status_code == 303
    with reading() as session:
        confirmed = select(Case.area, func.count()).where(Case.area.is_not(None)).group_by(Case.area)
        assert dict(session.execute(confirmed).all()) == {"自然资源": 3, "涉农补贴": 1}
        noted = select(func.count()).where(JournalEntry.deed == "case.confirm_area")
        assert session.scalar(noted) == 4


def _for_everybody(visitor: Browser) -> None:
    page = visitor.get("/figures/demand?year=2025")
    assert "自然资源" in words(page)
    assert "少于5" in words(page)
    assert "echarts" not in page.text
    assert len(page.data) < 100_000
    assert visitor.get("/figures/demand?year=1999").status_code == 404
    assert "2025,公开领域,自然资源," in visitor.get("/figures/demand/file").get_data(as_text=True)
