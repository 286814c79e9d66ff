"""The desk's pages on a request in every state."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework.docket_views import DESK_STATES
from gkapply.casework.records import Case
from gkapply.database import reading
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.application import CaseState
from workflows.duties import CASE_DUTIES, Duty

__all__ = ["full_desk", "moment", "office"]


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
        states = set(session.scalars(select(Case.state)))
    assert states >= set(DESK_STATES)
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
