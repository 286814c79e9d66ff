"""A terminal in a service hall: what is handed in there is received that day, and nobody finds what the person before opened."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from gkapply.casework.receipt_points import ReceiptPoint
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.county import open_hall
from tests.casework.conftest import BEFORE, Office
from tests.web.browser import Browser, parsed, words
from tests.web.test_apply import CITIZEN, send
from workflows.duties import Duty

MONDAY = date(2026, 3, 2)


@pytest.fixture
def terminal(office: Office, login: Callable[[Duty], Browser]) -> Browser:
    """A browser that a registrar has made a terminal of the county's counter."""
    with transaction() as session:
        open_hall(session, BEFORE)
    with reading() as session:
        point = session.scalars(select(ReceiptPoint.id)).one()
    browser = login(Duty.REGISTRAR)
    made = browser.submit("/desk/hall", "/desk/hall", point=str(point))
    assert made.status_code == 303
    assert browser.get("/desk").status_code in (302, 303, 401), "the registrar's login does not stay on the machine"
    return browser


def last_case() -> Case:
    """The request that came in last."""
    with reading() as session:
        return session.scalars(select(Case).order_by(Case.id.desc())).all()[0]


def test_what_is_handed_in_there_is_received_that_day(terminal: Browser) -> None:
    answer = send(terminal, organ="AYX-JYTY")
    case = last_case()
    assert (case.channel, case.received_on) == ("hall", MONDAY)
    assert case.due_on is not None
    said = words(terminal.get(answer.location))
    assert "视为向受理机关当面提交" in said
    assert "请先打印本页" in said


def test_for_an_organ_that_the_point_does_not_serve_it_is_a_request_on_the_web(terminal: Browser) -> None:
    send(terminal, organ="AYX-CZJ")
    case = last_case()
    assert (case.channel, case.received_on) == ("online", None)


def test_the_next_person_finds_nothing(terminal: Browser) -> None:
    receipt = send(terminal).location
    assert "请先打印本页" in words(terminal.get(receipt))
    draft = terminal.submit("/apply", **{name: CITIZEN[name] for name in ("organ", "description", "carrier", "way")})
    assert terminal.forge("/hall/end").status_code == 303
    assert "请保存登记编号和查询码" not in words(terminal.get(receipt))
    assert "继续填写" not in words(terminal.get("/apply"))
    assert terminal.get(draft.location).status_code == 404
    assert terminal.forge(f"{draft.location.rpartition('/')[0]}/resume").status_code == 404
    assert parsed(terminal.get("/hall")).get("class") == "large"


def test_whoever_leaves_without_a_word_is_forgotten(terminal: Browser, moment: time_machine.Traveller) -> None:
    receipt = send(terminal).location
    moment.shift(timedelta(minutes=4))
    assert terminal.get("/hall/still").status_code == 204
    moment.shift(timedelta(minutes=4))
    assert terminal.get(receipt).status_code == 200, "a sign of life counts"
    moment.shift(timedelta(minutes=6))
    left = terminal.get(receipt)
    assert (left.status_code, left.location) == (303, "/hall/end")
    assert terminal.get("/hall/still").location == "/hall/end", "a sign of life of the next person is none of the last"
    terminal.get("/hall/end")
    assert "请保存登记编号和查询码" not in words(terminal.get(receipt))


def test_the_address_of_a_sent_draft_shows_the_next_person_no_code(terminal: Browser) -> None:
    draft = terminal.submit("/apply", **{name: CITIZEN[name] for name in ("organ", "description", "carrier", "way")})
    receipt = terminal.submit(
        draft.location, **{name: CITIZEN[name] for name in ("kind", "name", "id_number", "phone")}
    )
    assert "请保存登记编号和查询码" in words(terminal.get(receipt.location))
    terminal.get("/hall/end")
    again = terminal.get(draft.location)
    assert again.location == receipt.location
    assert "请保存登记编号和查询码" not in words(terminal.get(receipt.location))


def test_a_terminal_whose_point_is_closed_still_forgets(terminal: Browser, moment: time_machine.Traveller) -> None:
    receipt = send(terminal).location
    with transaction() as session:
        session.scalars(select(ReceiptPoint)).one().valid_to = date(2026, 3, 2)
    moment.shift(timedelta(days=1))
    assert terminal.get(receipt).location == "/hall/end"
    terminal.get("/hall/end")
    assert "请保存登记编号和查询码" not in words(terminal.get(receipt))


def test_a_forged_cookie_makes_no_terminal(client: Browser, office: Office) -> None:
    client.set_cookie("gkapply-hall", "1.forged")
    assert client.get("/hall").location == "/"
    send(client, organ="AYX-JYTY")
    assert last_case().channel == "online"


def test_only_a_registrar_makes_one(login: Callable[[Duty], Browser]) -> None:
    assert login(Duty.OFFICER).get("/desk/hall").status_code == 403


def test_after_some_requests_an_address_is_asked_a_sum(app: Flask, client: Browser) -> None:
    app.config["GKAPPLY"] = replace(app.config["GKAPPLY"], sums_after=2)
    for number in range(2):
        assert send(client, description=f"第{number}份文件").status_code == 303
    asked = send(client, description="又一份")
    assert asked.status_code == 422
    wrong = client.submit(asked, "/apply", sum="1")
    assert "算术题的答案不对" in words(wrong)
    (question,) = parsed(wrong).xpath("//*[@id='sum-hint']/text()")
    digits = "零一二三四五六七八九"
    first, second = (digits.index(part[0]) for part in question.split("加"))
    assert client.submit(wrong, "/apply", sum=str(first + second)).status_code == 303


def test_nobody_is_asked_a_sum_in_the_hall(app: Flask, terminal: Browser) -> None:
    app.config["GKAPPLY"] = replace(app.config["GKAPPLY"], sums_after=0)
    for number in range(2):
        assert send(terminal, description=f"第{number}份文件").status_code == 303
