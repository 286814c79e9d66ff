"""The note of a call on a case: prefilled, masked, a try to reach the applicant or the confirmation itself, printable."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import time_machine

from gkapply.casework.receipt import Receipt
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from tests.casework.conftest import MONDAY
from tests.web.browser import Browser, parsed, words
from tests.web.test_register import the_case
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


@pytest.fixture
def letter(new_life: Callable[..., Life], moment: time_machine.Traveller) -> Life:
    """An ordinary letter that came today and waits to be confirmed."""
    life = new_life().register(request(PERSON, "平信的申请"), Receipt("ordinary_post", MONDAY))
    moment.move_to(life.now)
    return life


def test_a_call_is_noted_from_the_in_tray_with_the_number_masked(login: Login, letter: Life) -> None:
    counter = login(Duty.REGISTRAR)
    page = f"/desk/cases/{letter.reference}/call"
    assert parsed(counter.get("/desk/intake")).xpath(f"//a[@href='{page}']/@accesskey") == ["t"]
    form = next(one for one in counter.page(page).forms if one.action == page)
    ready = {name: form.fields[name] for name in ("direction", "line", "on")}
    assert ready == {"direction": "out", "line": "1-phone", "on": "2026-03-02"}
    assert PERSON.phone not in counter.get(page).text
    refused = counter.submit(page, page, at="上午")
    assert parsed(refused).xpath("//section[@class='errors']//a/@href") == ["#said", "#result-0", "#at"]
    assert counter.submit(page, page, result="unanswered").status_code == 303
    assert "已联系1次：无人接听" in words(counter.get("/desk/intake"))
    assert counter.submit(page, page, result="confirmed", said="本人确认已寄出").status_code == 303
    case = the_case()
    assert (case.received_on, case.state.value) == (date(2026, 3, 2), "registered")
    assert [note.kind for note in case.notes] == ["contact", "confirmation"]
    assert PERSON.phone not in "".join(note.content for note in case.notes)
    assert f"{PERSON.phone[:3]}****{PERSON.phone[-4:]}" in case.notes[0].content


def test_a_call_on_any_open_file_is_kept_and_printed(login: Login, new_life: Callable[..., Life], moment: Any) -> None:
    life = new_life().register(request(PERSON, "当面的申请"), Receipt("counter", MONDAY))
    moment.move_to(life.now)
    counter, page = login(Duty.REGISTRAR), f"/desk/cases/{life.reference}/call"
    case_page = counter.page(f"/desk/cases/{life.reference}")
    assert case_page.xpath("//a[@accesskey='t']/@href") == [page]
    shown = counter.get(page)
    said = {"direction": "in", "line": "", "number": "028-2450 0000", "who": "申请人的邻居", "said": "询问办理到哪一步"}
    assert counter.submit(shown, page, **said, outcome="告知最迟答复之日").status_code == 303
    again = counter.submit(shown, page, **said)
    assert (again.status_code, "询问办理到哪一步" in again.text) == (409, True)
    (note,) = the_case().notes
    assert note.kind == "phone"
    assert "2450 0000" not in note.content
    sheet = counter.get(f"/desk/cases/{life.reference}/forms/telephone_note-1.docx")
    assert sheet.status_code == 200
    assert "打印电话记录单" in words(counter.get(f"/desk/cases/{life.reference}"))
    assert login(Duty.ARCHIVIST).get(page).status_code == 403
