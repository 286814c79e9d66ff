"""The history of a case as a time line: by moment, with the legal day apart, what moved the reply term, narrowed by kind."""

from collections.abc import Callable

from sqlalchemy import event

from gkapply import database
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def lines(browser: Browser, path: str) -> list[str]:
    found = browser.page(path).xpath("//ol[@class='trail']/li")
    return [" ".join(one.text_content().split()) for one in found]


def test_every_kind_of_entry_stands_by_its_moment(login: Login, new_life: Callable[..., Life]) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    life.assign().accept()
    browser = login(Duty.OFFICER)
    page = f"/desk/cases/{life.reference}"
    assert "全部办理经过" in words(browser.get(page))
    browser.submit(f"{page}/remarks", text="请核对申请的年份")
    shown = lines(browser, f"{page}/history")
    assert [one for one in shown if "登记申请" in one]
    received = next(one for one in shown if "期限事实：收到申请" in one)
    assert "答复期限：2026年" in received
    assert [one for one in shown if "请核对申请的年份" in one]
    narrowed = lines(browser, f"{page}/history?kind=fact")
    assert narrowed == [one for one in shown if "期限事实" in one]
    assert browser.get(f"{page}/history?kind=secret").status_code == 422
    assert login(Duty.SYSADMIN).get(f"{page}/history").status_code == 403


def test_a_longer_history_costs_no_more_statements(login: Login, new_life: Callable[..., Life]) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    browser, page = login(Duty.OFFICER), f"/desk/cases/{life.reference}/history"
    statements: list[str] = []
    event.listen(database.engine(), "before_cursor_execute", lambda *args: statements.append(args[2]))

    def cost() -> int:
        statements.clear()
        assert browser.get(page).status_code == 200
        return len(statements)

    cost()
    short = cost()
    life.assign().accept()
    assert cost() <= short + 1  # the officer of the case


def test_what_cannot_be_done_says_why_and_who_could(login: Login, new_life: Callable[..., Life]) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    shown = words(login(Duty.OFFICER).get(f"/desk/cases/{life.reference}"))
    assert "分办：由登记员、公开机构负责人办理" in shown
    assert "归档：现在是“已登记待分办”，在“已答复”" in shown
