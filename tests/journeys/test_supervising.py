"""A supervisor's glance in a real browser: from the board by a figure to the late request of a department, and an urge over it."""

from dataclasses import replace
from datetime import UTC, datetime

import time_machine
from playwright.sync_api import Browser, expect
from sqlalchemy import select

from gkapply.casework.people import DutyHolding, Organ
from gkapply.database import transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import DEPARTMENTS
from gkapply.demo.life import Life
from gkapply.demo.staff import LOGINS
from tests.casework.conftest import BEFORE, MONDAY, Office
from tests.journeys.conftest import PASSWORD
from workflows.duties import Duty

DEPARTMENT = DEPARTMENTS[0]
LATER = datetime(2026, 4, 15, 1, tzinfo=UTC)
WIDE = "document.documentElement.scrollWidth - window.innerWidth"


def keep_waiting(office: Office) -> str:
    """A request at a department that nobody answers."""
    with transaction() as session:
        organ_id = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENT.code)).one()
        officer = office.staff[Duty.OFFICER].user_id
        session.add(DutyHolding(user_id=officer, organ_id=organ_id, duty=Duty.OFFICER.value, valid_from=MONDAY))
    staff = {duty: replace(actor, organ_id=organ_id) for duty, actor in office.staff.items() if actor.organ_id}
    life = Life(DEPARTMENT.code, staff, BEFORE).come_to(MONDAY)
    life.register(walked_in(PERSON, "某宗地的出让公告"), life.at_the_counter()).assign().accept()
    return life.reference


def test_a_glance_leads_down_to_a_late_request(
    site: str, office: Office, moment: time_machine.Traveller, chromium_browser: Browser
) -> None:
    reference = keep_waiting(office)
    moment.move_to(LATER)
    context = chromium_browser.new_context(locale="zh-CN", viewport={"width": 1366, "height": 900})
    page = context.new_page()
    page.goto(f"{site}/login")
    page.fill("#login", LOGINS[Duty.SUPERVISOR])
    page.fill("#password", PASSWORD)
    page.press("#password", "Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("监督：安岳县人民政府")
    assert page.evaluate(WIDE) <= 0

    page.get_by_label(f"1件，逾期未答复，{DEPARTMENT.name}").click()
    expect(page.locator("tbody tr")).to_have_count(1)
    page.get_by_role("link", name=reference).click()
    expect(page.locator("main")).to_contain_text("承办人")
    assert PERSON.phone not in page.content()

    page.get_by_role("link", name="督办这件申请").click()
    page.get_by_label("督办事由和要求").fill("请说明逾期的原因")
    page.get_by_role("button", name="发出督办").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("督办〔2026〕1号")

    page.set_viewport_size({"width": 390, "height": 844})
    for path in ("/supervise", "/supervise/urges", f"/supervise/cases/{reference}", "/supervise/assessments/new"):
        page.goto(f"{site}{path}")
        assert page.evaluate(WIDE) <= 0, path
    context.close()
