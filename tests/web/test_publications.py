"""The list of proposals to publish, and the head's decision on a page."""

from collections.abc import Callable

from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]


def test_the_head_decides_what_an_applicant_suggested(login: Login) -> None:
    officer, head = login(Duty.OFFICER), login(Duty.HEAD)
    seen = parsed(officer.get("/desk/publications"))
    assert "建议将批复文件主动公开" in seen.text_content()
    assert seen.xpath("//main//a[contains(@href, '/steps/accept')]") == []
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
