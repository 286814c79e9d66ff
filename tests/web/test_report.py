"""The annual report on a page: every figure leads to its cases."""

from collections.abc import Callable

import pytest
from sqlalchemy import func, select, update

from gkapply.casework import report
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.law.case_kinds import CaseKind
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.application import CaseState
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]


def received() -> int:
    """Requests of the desk that count: received, neither 未成立 nor the cover of a divided one."""
    outside = (CaseState.VOIDED, CaseState.DIVIDED)
    with reading() as session:
        counted = Case.received_on.is_not(None), Case.kind == CaseKind.APPLICATION, Case.state.not_in(outside)
        found = session.scalar(select(func.count()).select_from(Case).where(*counted))
    assert found is not None
    assert found > 10
    return found


def test_every_figure_leads_to_as_many_cases(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    links = parsed(browser.get("/report")).xpath("//table//td/a")
    assert len(links) > 10
    for link in links:
        rows = parsed(browser.get(link.get("href"))).xpath("//table/tbody/tr")
        assert len(rows) == int(link.text_content()), link.get("aria-label")


def test_the_page_shows_the_figures_of_the_report(login: Login) -> None:
    with reading() as session:
        organ = session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()
        figures = report.annual(session, organ, 2026)
    page = parsed(login(Duty.HEAD).get("/report?year=2026"))
    rows = page.xpath("//table[@class='report']/tbody/tr[td]")
    shown = [[int(cell.text_content()) for cell in row.xpath("td")] for row in rows]
    assert shown == [row["values"] for row in figures["table3"]["rows"]] + list(figures["table4"].values())
    assert shown[-3:] == [[0, 0, 0, 1, 1], [0] * 5, [0] * 5]
    assert shown[0][-1] == received()
    compared = [one for one in figures["checks"] if not one["detail"]]
    assert page.text_content().count("相符") == len(compared) == len(figures["checks"]) - 2
    assert page.text_content().count("未核对") == 2, "nothing was compared with a year that has no report"
    assert "2026年尚未结束：以下为2026年" in page.text_content()


def test_a_long_list_goes_on_where_it_ended(login: Login, monkeypatch: pytest.MonkeyPatch) -> None:
    browser, seen = login(Duty.STATISTICIAN), []
    whole = parsed(browser.get("/report/cases?year=2026&row=1")).xpath("//tbody//th/a/text()")
    monkeypatch.setattr("gkapply.web.report_lists.PAGE", 5)
    href = "/report/cases?year=2026&row=1"
    while href:
        page = parsed(browser.get(href))
        seen += page.xpath("//tbody//th/a/text()")
        href = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    assert len(whole) == received()
    assert seen == whole


def test_a_supervisor_sees_the_organs_below_but_opens_no_case(login: Login) -> None:
    browser = login(Duty.SUPERVISOR)
    organs = parsed(browser.get("/report")).xpath("//select[@name='organ']/option/@value")
    assert organs[0] == COUNTY_CODE
    assert DEPARTMENTS[0].code in organs
    page = parsed(browser.get("/report/cases?year=2026&row=1"))
    assert len(page.xpath("//tbody/tr")) == received()
    assert all(link.startswith("/supervise/") for link in page.xpath("//tbody//th/a/@href"))
    assert "申请人" not in " ".join(page.xpath("//thead//th/text()"))


def test_the_statistician_sees_no_other_organ(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    assert parsed(browser.get("/report")).xpath("//select[@name='organ']") == []
    assert browser.get(f"/report?organ={DEPARTMENTS[0].code}").status_code == 404


def test_other_duties_have_no_report(login: Login) -> None:
    assert login(Duty.OFFICER).get("/report").status_code == 403


@pytest.mark.parametrize(
    ("query", "reason"),
    [
        ("year=2018", "年度须在2019年"),
        ("year=x", "年度须为四位数字"),
        ("year=2026&row=9.9", "没有这一格"),
        ("year=2026&row=1&column=nobody", "没有这一格"),
        ("year=2026&row=1&after=x", "翻页的位置无法识别"),
    ],
)
def test_what_the_table_does_not_have_is_refused(login: Login, query: str, reason: str) -> None:
    path = "/report/cases" if "row" in query else "/report"
    response = login(Duty.STATISTICIAN).get(f"{path}?{query}")
    assert response.status_code == 422
    assert reason in words(response)


def test_an_empty_year_is_all_noughts(login: Login) -> None:
    page = parsed(login(Duty.STATISTICIAN).get("/report?year=2020"))
    assert page.xpath("//table//td/a") == []
    assert page.text_content().count("相符") == 7


def test_what_was_spoilt_stands_on_the_page_with_its_case(login: Login) -> None:
    with transaction() as session:
        query = (
            select(Case).where(Case.report_row == "3.1", Case.kind == CaseKind.APPLICATION).order_by(Case.id).limit(1)
        )
        case = session.scalars(query).one()
        reference = case.reference
        session.execute(update(Case).where(Case.id == case.id).values(report_row="3.9"))
    browser = login(Duty.STATISTICIAN)
    page = parsed(browser.get("/report?year=2026"))
    assert "一加二等于三（七）加四：" in page.text_content()
    assert len(page.xpath("//td[contains(@class, 'broken')]")) == 8
    assert reference in page.xpath("//ul/li/a/text()")
    [faults] = page.xpath("//a[contains(., '计入的行在表三中没有的1件')]/@href")
    assert parsed(browser.get(faults)).xpath("//tbody//th/a/text()") == [reference]
    assert browser.get("/report/faults?fault=nothing").status_code == 404


def test_a_supervisor_adds_up_the_organs_below(login: Login) -> None:
    browser, link = login(Duty.SUPERVISOR), "//table[@class='report']//td/a"
    own = parsed(browser.get("/report?year=2026")).xpath(link)
    whole = parsed(browser.get("/report?year=2026&extent=below"))
    assert "含全部下级机关" in whole.text_content()
    assert int(whole.xpath(link)[0].text_content()) >= int(own[0].text_content())
    rows = parsed(browser.get(whole.xpath(link)[-1].get("href"))).xpath("//table/tbody/tr")
    assert len(rows) == int(whole.xpath(link)[-1].text_content())
    assert login(Duty.STATISTICIAN).get("/report?extent=below").status_code == 404


def test_a_quarter_is_counted_like_a_year(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    quarters = [parsed(browser.get(f"/report?year=2026&period=q{number}")) for number in range(1, 5)]
    new = [int(page.xpath("(//table[@class='report']/tbody/tr)[1]/td[7]")[0].text_content()) for page in quarters]
    assert sum(new) == received()
    assert "第二季度" in quarters[1].xpath("//h1")[0].text_content()
    assert browser.get("/report?period=q5").status_code == 422
