"""The registrar's minute in a real Chromium: requests registered by keyboard alone, with the keys and fields counted."""

from dataclasses import dataclass
from typing import Any

import pytest
from playwright.sync_api import Browser, Page
from sqlalchemy import select

from gkapply.casework.people_data import contact_of
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.demo.staff import LOGINS
from tests.casework.conftest import BEFORE, MONDAY, Office
from tests.journeys.conftest import PASSWORD
from tests.journeys.person import DESKTOP
from workflows.duties import Duty

pytestmark = pytest.mark.timeout(60)
WANTED = "2024年龙台镇场镇道路改造工程的批复"
FOCUS = "() => document.activeElement.name || document.activeElement.textContent.trim()"


@dataclass
class Hands:
    """The two hands on the keyboard, and what they did."""

    page: Page
    keys: int = 0
    """Keys that write nothing: to move, to choose, to send."""
    fields: int = 0
    """Fields that were written into."""
    characters: int = 0

    def press(self, *keys: str) -> "Hands":
        """Press keys one after another."""
        for key in keys:
            self.page.keyboard.press(key)
            self.keys += 1
        return self

    def write(self, field: str, words: str) -> "Hands":
        """Write into the field that must have the focus."""
        assert self.page.evaluate(FOCUS) == field
        self.page.keyboard.type(words)
        self.fields += 1
        self.characters += len(words)
        return self


@pytest.fixture
def desk(chromium_browser: Browser, office: Office, site: str) -> Page:
    """The registrar's window, logged in."""
    size: Any = DESKTOP
    page = chromium_browser.new_context(viewport=size, locale="zh-CN").new_page()
    page.set_default_timeout(8000)
    page.goto(f"{site}/login")
    page.fill("[name=login]", LOGINS[Duty.REGISTRAR])
    page.fill("[name=password]", PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{site}/desk")
    return page


def test_a_letter_and_a_walk_in_are_registered_by_keyboard_in_a_few_keys(desk: Page, office: Office, site: str) -> None:
    earlier = Life(COUNTY_CODE, office.staff, BEFORE).come_to(MONDAY)
    earlier.register(request(PERSON, "一份文件"), Receipt("counter", MONDAY))

    desk.goto(f"{site}/desk/register")
    letter = Hands(desk).press("ArrowDown", "Enter", "Enter").write("tracking", "1234567890123")
    letter.press("Enter", "Enter").write("name", PERSON.name[:2])
    desk.wait_for_selector("#name-known [role=option]")
    assert PERSON.phone not in desk.content()
    letter.press("ArrowDown", "Enter").write("description", WANTED)
    assert "/desk/register" in desk.url
    letter.press("Control+Enter")
    desk.wait_for_url("**/desk/register/AYX-2026-0002")
    assert desk.evaluate(FOCUS) == "打印凭条"
    assert (letter.keys, letter.fields) == (8, 3)

    desk.goto(f"{site}/desk/register")
    walk_in = Hands(desk).press("Enter", "Enter").write("name", "申请人乙").press("Enter")
    walk_in.write("id_number", "11010119900101004X").press("Enter", "Enter").write("phone", "13800000001")
    walk_in.press("Enter").write("address", "四川省资阳市安岳县").press("Enter").write("description", WANTED)
    walk_in.press("Control+Enter")
    desk.wait_for_url("**/desk/register/AYX-2026-0003")
    assert desk.evaluate(FOCUS) == "打印凭条"
    assert (walk_in.keys, walk_in.fields) == (8, 5)

    with reading() as session:
        first, second, third = session.scalars(select(Case).order_by(Case.id)).all()
        assert (second.channel, third.channel, third.way) == ("signed_post", "counter", "post")
        assert second.applicant.person_id == first.applicant.person_id
        assert contact_of(session, second.applicant)["address"] == PERSON.address
        assert contact_of(session, third.applicant)["phone"] == "13800000001"
    desk.context.close()
