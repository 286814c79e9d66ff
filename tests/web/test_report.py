"""The annual report on the page: figures that lead to their cases, for those whom it concerns."""

from collections.abc import Callable

import pytest

from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from tests.web.browser import Browser, words
from workflows.duties import Duty

__all__ = ["full_desk"]
Login = Callable[[Duty], Browser]


@pytest.fixture
def office(full_desk: Office) -> Office:
    """An office with a request in every state."""
    return full_desk


def test_a_figure_leads_to_its_cases(login: Login) -> None:
    browser = login(Duty.STATISTICIAN)
    page = browser.page("/report?year=2026")
    links = {link.get("href"): link.text for link in page.xpath("//main//table//a")}
    new, partial = links["/report/2026/1/total"], links["/report/2026/3.2/total"]
    assert (new, partial) == ("13", "1")
    cases = browser.page("/report/2026/1/total").xpath("//main//tbody/tr")
    assert len(cases) == int(new)
    assert "作了区分处理" in words(browser.get("/report/2026/3.2/total"))


def test_the_checks_of_the_table_are_shown(login: Login) -> None:
    assert "一加二等于三（七）加四：相符" in words(login(Duty.HEAD).get("/report?year=2026"))


@pytest.mark.parametrize("duty", [Duty.OFFICER, Duty.REGISTRAR, Duty.SYSADMIN])
def test_others_do_not_read_it(login: Login, duty: Duty) -> None:
    assert login(duty).get("/report").status_code == 403


def test_the_supervisor_sees_figures_without_cases(login: Login) -> None:
    browser = login(Duty.SUPERVISOR)
    assert browser.page("/report?year=2026").xpath("//main//table//a") == []
    assert browser.get("/report/2026/1/total").status_code == 403


@pytest.mark.parametrize("path", ["/report?year=12x", "/report?year=1999", "/report/2026/9.9/total"])
def test_a_wrong_address_is_answered_with_a_sentence(login: Login, path: str) -> None:
    assert login(Duty.STATISTICIAN).get(path).status_code == 422
