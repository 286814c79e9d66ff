"""The list of proposals to publish, and the head's decision on a page."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime

import pytest
import time_machine

from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

__all__ = ["full_desk"]
MORNING = datetime(2026, 6, 1, 1, tzinfo=UTC)
Login = Callable[[Duty], Browser]


@pytest.fixture
def office(full_desk: Office) -> Office:
    """The office with a request in every state, one of them with a suggestion to publish."""
    return full_desk


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """9 o'clock on Monday, 1 June 2026."""
    with time_machine.travel(MORNING, tick=False) as traveller:
        yield traveller


def test_the_head_decides_what_an_applicant_suggested(login: Login) -> None:
    officer, head = login(Duty.OFFICER), login(Duty.HEAD)
    seen = parsed(officer.get("/desk/publications"))
    assert "建议将批复文件主动公开" in seen.text_content()
    assert seen.xpath("//main//a[contains(@href, '/steps/')]") == []
    page = parsed(head.get("/desk/publications"))
    accept = next(href for href in page.xpath("//main//a/@href") if href.endswith("/steps/accept"))
    empty = head.submit(accept, accept, reason="")
    assert empty.status_code == 422
    done = head.submit(accept, accept, reason="不涉及不予公开的情形")
    assert done.headers["Location"].endswith("/desk/publications")
    assert "2026年6月30日" in words(head.get("/desk/publications"))
    note = accept.replace("accept", "note_publication")
    officer.submit(note, note, on="2026-06-01", where="门户网站")
    assert "已主动公开" in words(officer.get("/desk/publications"))
