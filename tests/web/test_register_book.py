"""The register page and the distribution of open requests, on a desk with a request in every state."""

import csv
from collections.abc import Callable
from datetime import date
from io import StringIO

import pytest
from sqlalchemy import event, func, select

from gkapply import database
from gkapply.casework import load, register_book
from gkapply.casework.clock_states import horizon
from gkapply.casework.records import Case
from gkapply.casework.register_book import Place, Sheet
from gkapply.casework.register_columns import COLUMNS, USUAL
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
DAYS = horizon(date(2026, 6, 1), national_calendar())
MOST_STATEMENTS = 6


def test_the_register_holds_every_request_of_the_year_open_and_ended(office: Office, login: Login) -> None:
    actor = office.staff[Duty.STATISTICIAN]
    with reading() as session:
        order = select(Case.number).order_by(Case.entered_at.desc(), Case.id.desc())
        every = session.scalars(order).all()
        walked, after = [], None
        pages = []
        while True:
            page = register_book.page(session, actor, DAYS, Sheet(2026, USUAL), after=after, size=7)
            pages.append(page)
            walked += [entry.row.number for entry in page.entries]
            if page.more is None:
                break
            after = Place.read(str(page.more), "after")
        assert walked == every
        assert len(pages) > 3
        back = register_book.page(session, actor, DAYS, Sheet(2026, USUAL), before=pages[2].back, size=7)
        assert [entry.row.id for entry in back.entries] == [entry.row.id for entry in pages[1].entries]
        assert not register_book.page(session, actor, DAYS, Sheet(2025, USUAL)).entries
        for year in (2025, 2027):
            other, place = Sheet(year, USUAL), pages[0].more
            assert not register_book.page(session, actor, DAYS, other, after=place).entries, "a place of another year"
            assert not register_book.page(session, actor, DAYS, other, before=place).entries
    with pytest.raises(Refusal, match="翻页的位置"):
        Place.read("x~1", "after")


def test_filters_stand_in_the_head_and_work_without_scripts(login: Login) -> None:
    browser = login(Duty.HEAD)
    page = browser.page("/desk/ledger?year=2026&course=ended&applicant=natural_person")
    rows = page.xpath("//div[contains(@class,'sheet')]//tbody/tr")
    assert rows
    assert {row.xpath("./td[3]/text()")[0] for row in rows} == {"自然人"}
    heads = page.xpath("//tr[contains(@class,'narrowing')]//select")
    assert {one.get("name"): one.value for one in heads if one.value} == {
        "applicant": "natural_person",
        "course": "ended",
    }
    assert {one.get("form") for one in heads} == {"sheet"}
    assert "没有符合条件的申请" in words(browser.get("/desk/ledger?words=没有这样的词语"))
    for query in ("year=1999", "year=x", "course=x", "columns=x", "after=x"):
        assert browser.get(f"/desk/ledger?{query}").status_code == 422


def test_every_column_tells_what_happened_and_numbers_stay_masked(login: Login) -> None:
    browser = login(Duty.HEAD)
    answer = browser.get("/desk/ledger/file.csv?year=2026&columns=every")
    rows = list(csv.DictReader(StringIO(answer.data.decode("utf-8-sig"))))
    assert list(rows[0]) == [column.label for column in COLUMNS]
    with reading() as session:
        assert len(rows) == session.scalar(select(func.count()).select_from(Case))
    told = {column.label: [row[column.label] for row in rows if row[column.label]] for column in COLUMNS}
    assert not [label for label, texts in told.items() if not texts and label not in UNTOLD]
    assert all("*" in number for number in told["证件号码"])
    assert any("补正告知2026-" in text for text in told["补正"])
    assert any("第三方2026-" in text for text in told["征求意见"])
    assert any("计收" in text for text in told["收费"])


UNTOLD = {"公开领域", "承办单位", "代理人", "到达日期", "补登理由"}
"""Of these the stories tell nothing."""


def test_a_page_with_every_column_costs_six_statements(login: Login) -> None:
    browser = login(Duty.HEAD)
    statements: list[str] = []
    event.listen(database.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    for query in ("", "columns=every&channel=online"):
        statements.clear()
        browser.get(f"/desk/ledger?{query}")
        asked = [one for one in statements if one != "BEGIN"]
        assert 0 < len(asked) <= MOST_STATEMENTS
        assert not [one for one in asked if "OFFSET" in one.upper().replace("LIMIT ? OFFSET ?", "")]


def test_the_load_adds_up_and_leads_to_the_desk(office: Office, login: Login) -> None:
    with reading() as session:
        loads = load.by_officer(session, office.staff[Duty.HEAD], DAYS)
        still_open = session.scalar(select(func.count()).select_from(Case).where(Case.ended_on.is_(None)))
    assert sum(one.open for one in loads) == still_open
    assert loads[0].key is None
    busiest = loads[1]
    assert busiest.late > 0
    assert busiest.waiting > 0
    page = login(Duty.HEAD).page("/desk/load")
    late = page.xpath("//tbody/tr[2]/td[@data-label='逾期']//a")[0]
    assert late.text == str(busiest.late)
    listed = login(Duty.HEAD).page(late.get("href")).xpath("//main//tbody/tr")
    assert len(listed) == busiest.late
