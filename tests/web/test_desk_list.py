"""The desk's list on a page: filters in the address, columns, files, views kept under a name, and what a page costs."""

import csv
from collections.abc import Callable
from io import BytesIO, StringIO
from urllib.parse import urlencode

from openpyxl import load_workbook
from sqlalchemy import event, select

from gkapply import database
from gkapply.casework.access_log import AccessEntry
from gkapply.database import reading
from gkapply.sheets import PIECE, csv_rows, write_csv
from gkapply.web.saved_views import without_place
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
MOST_STATEMENTS = 6


def numbers(page: str | object) -> list[str]:
    return [one.text for one in page.xpath("//main//tbody//th/a")]  # type: ignore[union-attr]


def test_filters_combine_in_the_address_and_go_by_one_click(login: Login) -> None:
    browser = login(Duty.OFFICER)
    every = numbers(browser.page("/desk?view=all"))
    page = browser.page("/desk?" + urlencode({"view": "all", "link": "办理", "channel": "online"}))
    told = " ".join(page.xpath("//p[@class='told']")[0].text_content().split())
    assert told == "显示“全部在办”，环节为“办理”，受理渠道为“网上提交”的申请，最紧急的在前，没有期限的在后。"
    assert 0 < len(numbers(page)) < len(every)
    assert {one.text for one in page.xpath("//td[@data-label='状态']/span[@class='optional nowrap']")} == {"办理"}
    hrefs = page.xpath("//ul[@aria-label='已选的条件，按一下即去掉']//a/@href")
    assert hrefs == ["/desk?view=all&channel=online", "/desk?view=all&link=%E5%8A%9E%E7%90%86"]
    without = browser.page(hrefs[0])
    assert set(numbers(page)) < set(numbers(without)) < set(every)
    form = page.xpath("//form[contains(@class,'filters')]")[0]
    assert form.fields["link"] == "办理"
    assert form.fields["channel"] == "online"
    assert form.fields["view"] == "all"


def test_what_no_page_offers_is_refused(login: Login) -> None:
    browser = login(Duty.HEAD)
    for query in ("lamp=red", "channel=x", "officer=x", f"officer={'9' * 30}", "columns=secret", "after=x", "before=~"):
        assert browser.get(f"/desk?view=all&{query}").status_code == 422, query


def test_columns_are_chosen_and_the_file_is_the_list_as_shown(login: Login) -> None:
    browser = login(Duty.OFFICER)
    address = "?view=all&channel=online&columns=channel&columns=left&columns=number"
    page = browser.page(f"/desk{address}")
    heads = [one.text for one in page.xpath("//main//thead//th")]
    assert heads == ["登记编号", "受理渠道", "剩余"]
    assert "7个工作日后到期" in [one.text for one in page.xpath("//select[@name='lamp']/option")]
    answer = browser.get(f"/desk/file.csv{address}")
    assert answer.headers["Content-Disposition"].isascii()
    assert answer.data.startswith(b"\xef\xbb\xbf")
    rows = list(csv.reader(StringIO(answer.data.decode("utf-8-sig"))))
    assert rows[0] == heads
    assert [row[0].partition("-")[2] for row in rows[1:]] == numbers(page)
    sheet = load_workbook(BytesIO(browser.get(f"/desk/file.xlsx{address}").data)).active
    assert sheet is not None
    assert [[cell.value or "" for cell in row] for row in sheet.iter_rows()] == rows
    with reading() as session:
        noted = session.scalars(select(AccessEntry).where(AccessEntry.deed == "list.exported")).all()
    assert [one.detail for one in noted] == [
        f'{{"filters":"channel","form":"{form}","which":"desk.all"}}' for form in ("csv", "xlsx")
    ]


def test_a_long_file_leaves_in_pieces_and_holds_no_formula() -> None:
    rows = [("=1+1", "甲" * 1000)] * 100
    pieces = list(csv_rows(("a", "b"), rows))
    assert len(pieces) > 2
    assert max(len(piece.decode()) for piece in pieces) < PIECE + 2000
    assert b"".join(pieces) == write_csv(("a", "b"), rows)
    assert b"\r\n=" not in b"".join(pieces)


def test_a_view_is_kept_opened_offered_and_taken_away(login: Login) -> None:
    browser, colleague = login(Duty.OFFICER), login(Duty.HEAD)
    page = browser.page("/desk?view=all&lamp=overdue&after=2020-01-01~1")
    keep = page.xpath("//a[text()='保存为视图']/@href")[0]
    answer = browser.submit(keep, "/desk/views", name="逾期的", shared="y")
    assert answer.location == "/desk?view=all&lamp=overdue"
    for one in (browser, colleague):
        kept = one.page("/desk").xpath("//nav[@aria-label='保存的视图']//a")
        assert [(link.get("href"), link.text) for link in kept] == [("/desk?view=all&lamp=overdue", "逾期的")]
    answer = browser.submit(keep, "/desk/views", name="")
    assert answer.status_code == 422
    assert "请填写视图的名称" in words(answer)
    drop = browser.page("/desk/views").xpath("//form[contains(@action, '/drop')]/@action")[0]
    assert not colleague.page("/desk/views").xpath("//form[contains(@action, '/drop')]")
    assert colleague.forge(drop).status_code == 404
    assert browser.submit("/desk/views", drop.replace("/drop", "/offer")).status_code == 303
    assert not colleague.page("/desk").xpath("//nav[@aria-label='保存的视图']")
    assert browser.submit("/desk/views", drop).status_code == 303
    assert "还没有保存的视图" in words(browser.get("/desk/views"))


def test_a_view_begins_at_its_beginning() -> None:
    assert without_place("view=all&after=2026-01-01~4&before=~3&words=a%26b") == "view=all&words=a%26b"


def test_a_page_costs_six_statements_session_and_user_included(login: Login) -> None:
    browser = login(Duty.REGISTRAR)
    browser.get("/desk")
    statements: list[str] = []
    event.listen(database.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))
    for query in ("", "view=all", "view=all&lamp=stopped&applicant=natural_person&words=县&late=no"):
        statements.clear()
        assert browser.get(f"/desk?{query}").status_code == 200
        asked = [one for one in statements if one != "BEGIN"]
        assert 0 < len(asked) <= MOST_STATEMENTS
        assert not [one for one in asked if "OFFSET" in one.upper().replace("LIMIT ? OFFSET ?", "")]
