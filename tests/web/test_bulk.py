"""Doing one thing with several cases: a rule check for each, a unit and an entry for each, nothing twice, nothing hidden."""

import json
from collections.abc import Callable
from urllib.parse import urlencode

from sqlalchemy import select

from gkapply.casework.bulk import MOST
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def registered(new_life: Callable[..., Life], text: str) -> Life:
    life = new_life()
    return life.register(walked_in(PERSON, text), life.at_the_counter())


def sheet(action: str, *lives: Life) -> str:
    return "/desk/bulk?" + urlencode([("action", action), *(("case", one.reference) for one in lives)])


def entries(deed: str) -> list[str]:
    with reading() as session:
        bodies = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == deed)).all()
    return [json.loads(body).get("bulk", "") for body in bodies]


def test_each_case_is_judged_done_and_told_by_itself(
    login: Login, new_life: Callable[..., Life], office: Office
) -> None:
    first, second, third, moved = (registered(new_life, f"某工程第{n}期的批复") for n in "一二三四")
    third.assign()
    browser, officer = login(Duty.REGISTRAR), str(office.staff[Duty.OFFICER].user_id)
    desk = browser.page("/desk?view=all")
    assert len(desk.xpath("//input[@form='bulk'][@name='case']")) == 4
    path = sheet("assign", first, second, third, moved)
    checked = browser.get(path)
    assert "不能办理的 1 件" in words(checked)
    assert "不能「分办」" in words(checked)
    assert browser.submit(checked, "/desk/bulk").status_code == 422
    moved.assign()
    done = browser.submit(checked, "/desk/bulk", officer=officer)
    assert "已分办的 2 件" in words(done)
    assert "这件申请在预览之后已有变动" in words(done)
    again = browser.submit(checked, "/desk/bulk", officer=officer)
    assert "已分办的 2 件" in words(again)
    tokens = [one for one in entries("application.assign") if one]
    assert len(tokens) == 2
    assert len(set(tokens)) == 1
    with reading() as session:
        states = session.scalars(select(Case.state).where(Case.reference.in_((first.reference, second.reference))))
        assert {state.value for state in states} == {"reviewing"}


def test_what_no_page_offers_is_refused(login: Login, new_life: Callable[..., Life]) -> None:
    life = registered(new_life, "某工程的批复")
    browser = login(Duty.STATISTICIAN)
    assert browser.get(sheet("sign_reply", life)).status_code == 422
    assert browser.get("/desk/bulk?action=watch").status_code == 422
    assert browser.get("/desk/bulk?action=watch&case=AYX-2026-9999").status_code == 404
    many = urlencode([("action", "watch"), *(("case", f"X-{n}") for n in range(MOST + 1))])
    assert browser.get(f"/desk/bulk?{many}").status_code == 422
    assert "您没有这一职责" in words(browser.get(sheet("assign", life)))
    assert "已关注的 1 件" in words(browser.submit(sheet("watch", life), "/desk/bulk"))
    assert "已经关注" in words(browser.get(sheet("watch", life)))
