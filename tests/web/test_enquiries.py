"""Asking on the page, answering at the desk, making a request of it on the web and at the counter."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from gkapply.casework import enquiries
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.enquiry_records import Enquiry
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.test_register import LETTER
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
ASKED = {"subject": "落户材料", "text": "大学毕业生落户要带什么材料？", "organ": "AYX", "contact": "13800000000"}
NUMBER = "AYX-2026-Z0001"


def the_enquiry() -> tuple[Enquiry, str]:
    """The one question there is, and its query code."""
    with reading() as session:
        found = session.scalars(select(Enquiry)).one()
        return found, enquiries.query_code(session, found)


def asked(client: Browser) -> str:
    """Ask on the page; the code that the receipt shows."""
    answer = client.submit("/ask", **ASKED)
    assert answer.status_code == 303
    _, code = the_enquiry()
    assert code in words(client.get(answer.location))
    return code


def test_asked_answered_and_read_by_number_and_code(
    client: Browser, new_browser: Callable[[], Browser], login: Login
) -> None:
    code, other = asked(client), new_browser()
    said = words(client.get(f"/ask/{NUMBER}"))
    assert "等待" in said
    assert "2026年3月9日" in said
    assert other.get(f"/ask/{NUMBER}").location.startswith("/track")
    wrong = [other.submit("/track", number=number, code="AAAAAAAAAA") for number in (NUMBER, "AYX-2026-Z0009")]
    assert {words(one).replace("Z0009", "Z0001") for one in wrong} == {words(wrong[0])}
    officer = login(Duty.OFFICER)
    assert NUMBER in words(officer.get("/desk/enquiries"))
    assert "请填写答复内容" in words(officer.submit(f"/desk/enquiries/{NUMBER}", f"/desk/enquiries/{NUMBER}/answer"))
    kept = officer.submit(f"/desk/enquiries/{NUMBER}", f"/desk/enquiries/{NUMBER}/answer", words="带身份证和毕业证")
    assert kept.status_code == 303
    opened = other.submit("/track", number=NUMBER, code=code)
    assert opened.location == f"/ask/{NUMBER}"
    assert "带身份证和毕业证" in words(other.get(opened.location))


def test_the_address_of_a_receipt_opens_no_question_of_another(
    client: Browser, new_browser: Callable[[], Browser]
) -> None:
    receipt, other = client.submit("/ask", **ASKED).location, new_browser()
    other.submit("/ask", **{**ASKED, "token": receipt.rpartition("/")[2]})
    assert client.get(receipt).status_code == 200
    assert other.get(receipt).status_code == 404


def test_logging_out_closes_what_was_asked_in_this_browser(client: Browser) -> None:
    """The next user of the computer may be another."""
    asked(client)
    client.forge("/me/logout")
    assert client.get(f"/ask/{NUMBER}").location.startswith("/track")


def test_what_is_wrong_is_told_and_nothing_lost(client: Browser) -> None:
    answer = client.submit("/ask", **{**ASKED, "organ": "", "contact": "x"})
    assert answer.status_code == 422
    assert "有 2 处需要更正" in words(answer)
    assert "大学毕业生落户要带什么材料" in answer.text
    assert client.submit("/ask", **ASKED, leave_empty="x").status_code == 422
    with reading() as session:
        assert session.scalars(select(Enquiry)).all() == []


def test_the_citizen_makes_a_request_of_it(client: Browser, login: Login) -> None:
    asked(client)
    draft = client.submit(f"/ask/{NUMBER}", f"/ask/{NUMBER}/request").location
    assert client.submit(f"/ask/{NUMBER}", f"/ask/{NUMBER}/request").location == draft, "one draft however often begun"
    second = client.submit(draft).location
    who = {name: LETTER[name] for name in ("kind", "name", "id_number", "phone")}
    assert "/apply/receipt/" in client.submit(second, **who).location
    assert "AYX-2026-0001" in words(client.get(f"/ask/{NUMBER}"))
    assert client.forge(f"/ask/{NUMBER}/request").status_code == 409
    file = words(login(Duty.REGISTRAR).get("/desk/cases/AYX-2026-0001"))
    for part in (f"由咨询转来：{NUMBER}", "咨询记录", "由咨询转为申请", "大学毕业生落户要带什么材料"):
        assert part in file
    assert the_enquiry()[0].outcome == "became"


def test_at_the_counter_nothing_is_registered_without_the_signature(client: Browser, login: Login) -> None:
    asked(client)
    counter = login(Duty.REGISTRAR)
    form = f"/desk/register?enquiry={NUMBER}"
    assert "13800000000" in counter.get(form).text
    typed = {name: value for name, value in LETTER.items() if name not in ("description", "phone")}
    refused = counter.submit(form, **typed)
    assert "须由申请人同意" in words(refused)
    assert counter.submit(refused, enquiry_consent="y").status_code == 303
    assert "同意由咨询转为申请的记录" in words(counter.get("/desk/cases/AYX-2026-0001"))
    with reading() as session:
        assert the_enquiry()[0].request_id == session.scalars(select(Case.id)).one()
        assert set(session.scalars(select(AccessEntry.deed))) == {"contact.shown"}


def test_an_oral_question_is_entered_and_answered_in_one_step(login: Login) -> None:
    counter = login(Duty.REGISTRAR)
    oral = {"channel": "telephone", "subject": "办公时间", "text": "周六上班吗", "outcome": "answered"}
    assert "请填写答复内容" in words(counter.submit("/desk/enquiries/new", **oral))
    assert counter.submit("/desk/enquiries/new", **oral, words="周六不办公").status_code == 303
    said = words(counter.get(f"/desk/enquiries/{NUMBER}"))
    assert "周六不办公" in said
    assert the_enquiry()[1] in said, "to be told to whoever asked"
    assert login(Duty.OFFICER).get("/desk/enquiries/new").status_code == 403


def test_the_contact_is_shown_for_a_reason_that_is_written_down(client: Browser, login: Login) -> None:
    asked(client)
    desk, path = login(Duty.HEAD), f"/desk/enquiries/{NUMBER}"
    assert "13800000000" not in desk.get(path).text
    assert desk.submit(path, f"{path}/contact").status_code == 422
    assert "13800000000" in words(desk.submit(path, f"{path}/contact", why="电话核实问题"))
    with reading() as session:
        assert session.scalars(select(AccessEntry.deed)).all() == ["contact.shown"]


@pytest.mark.parametrize("tail", ["", "/answer", "/move", "/contact"])
def test_another_organ_finds_nothing(client: Browser, login: Login, office: Office, tail: str) -> None:
    asked(client)
    with transaction() as session:
        other = session.scalars(select(Organ.id).where(Organ.id != office.organ_id)).first()
        session.scalars(select(Enquiry)).one().organ_id = other or 0
    desk, path = login(Duty.REGISTRAR), f"/desk/enquiries/{NUMBER}{tail}"
    answer = desk.forge(path, outcome="answered", words="x", reason="查看", why="查看") if tail else desk.get(path)
    assert answer.status_code == 404
    assert NUMBER not in words(desk.get("/desk/enquiries"))


def test_the_home_page_and_the_navigation_lead_there(client: Browser) -> None:
    links = parsed(client.get("/")).xpath("//a/@href")
    assert links.count("/ask") >= 2
