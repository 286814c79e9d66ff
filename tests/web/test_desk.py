"""The desk's pages on a request in every state."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.stories import STORIES
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from tests.web.browser import Browser, parsed, words
from workflows.application import CaseState
from workflows.duties import CASE_DUTIES, Duty

__all__ = ["full_desk"]
MORNING = datetime(2026, 6, 1, 1, tzinfo=UTC)


@pytest.fixture
def office(full_desk: Office) -> Office:
    """The office with a request in every state."""
    return full_desk


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """9 o'clock on Monday, 1 June 2026."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


Login = Callable[[Duty], Browser]


def reference_in(state: CaseState) -> str:
    with reading() as session:
        return session.scalars(select(Case.reference).where(Case.state == state).order_by(Case.id)).all()[-1]


@pytest.mark.parametrize("duty", sorted(CASE_DUTIES))
def test_everybody_with_a_case_duty_has_a_desk_and_opens_every_case(login: Login, duty: Duty) -> None:
    browser = login(duty)
    assert browser.get("/desk").status_code == 200
    with reading() as session:
        references = session.scalars(select(Case.reference)).all()
    assert len(references) >= len(STORIES)
    for reference in references:
        assert reference in words(browser.get(f"/desk/cases/{reference}"))


@pytest.mark.parametrize("duty", sorted(CASE_DUTIES))
def test_every_step_that_a_case_offers_opens(login: Login, duty: Duty) -> None:
    browser = login(duty)
    with reading() as session:
        references = session.scalars(select(Case.reference)).all()
    opened = set()
    for reference in references:
        page = parsed(browser.get(f"/desk/cases/{reference}"))
        for href in page.xpath("//div[@class='buttons']/a/@href"):
            opened.add(href.rsplit("/", 1)[-1])
            assert browser.get(href).status_code == 200
    assert opened or duty is Duty.STATISTICIAN
