"""The mail room's pages: an envelope by keyboard into a request, into the right step, and onto paper; what came from elsewhere."""

import io
from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import MONDAY
from tests.web.browser import Browser, form_of, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
BOOK, ELSEWHERE = "/desk/incoming", "/desk/arrivals"
EMS = {"tracking": "EA123456789CN", "sender": "某市某路1号 来信人", "signed_by": "门卫", "passed_to": "公开办"}
FIRST = "AYX-2026-S0001"
ASKED = {"description": "某道路改造的批复", "name": "来信人", "kind": "natural_person"}


def photo() -> tuple[io.BytesIO, str]:
    """A photo of the envelope, as a form sends it."""
    return io.BytesIO(b"\xff\xd8\xff envelope"), "信封.jpg"


def test_an_envelope_becomes_a_request_of_the_day_of_its_signature(
    login: Login, moment: time_machine.Traveller
) -> None:
    registrar = login(Duty.REGISTRAR)
    assert registrar.submit(BOOK, BOOK, **EMS, photo=photo()).status_code == 303
    again = registrar.submit(BOOK, BOOK, **EMS)
    assert again.status_code == 422
    assert parsed(again).xpath(f"//a[@href='{BOOK}/{FIRST}']")
    assert form_of(parsed(again), BOOK).fields["sender"] == EMS["sender"]
    shared = form_of(registrar.page(BOOK), BOOK).fields
    assert (shared["signed_by"], shared["passed_to"], shared["tracking"]) == ("门卫", "公开办", "")
    moment.shift(86_400)
    registrar = login(Duty.REGISTRAR)
    assert "其中1件收到当日没有处理" in words(registrar.get("/desk"))
    assert "当日未处理" in words(login(Duty.HEAD).get(BOOK))
    form = f"/desk/register?mail={FIRST}"
    filled = form_of(registrar.page(form), "/desk/register").fields
    assert (filled["channel"], filled["received_on"], filled["tracking"]) == (
        "signed_post",
        "2026-03-02",
        "EA123456789CN",
    )
    opened_today = registrar.submit(form, "/desk/register", **ASKED, received_on="2026-03-03")
    assert "签收日期 2026-03-02 不一致" in words(opened_today)
    assert form_of(parsed(opened_today), "/desk/register").fields["description"].strip() == ASKED["description"]
    assert registrar.submit(form, "/desk/register", **ASKED).status_code == 303
    with reading() as session:
        case = session.scalars(select(Case)).one()
        assert case.received_on is not None
        assert case.received_on.isoformat() == "2026-03-02"
        assert sorted(one.role for one in case.documents if one.role in ("envelope", "proof")) == ["envelope", "proof"]
        reference = case.reference
    assert reference in words(registrar.get(f"{BOOK}/{FIRST}"))
    assert "没有待处理的收文" in words(registrar.get(BOOK))


def test_the_book_on_paper_and_as_a_table_is_noted(login: Login) -> None:
    registrar, head = login(Duty.REGISTRAR), login(Duty.HEAD)
    registrar.submit(BOOK, BOOK, **{**EMS, "sender": "=1+1"}, photo=photo())
    assert "EA123456789CN" in words(head.get(f"{BOOK}/month?month=2026-03"))
    table = head.get(f"{BOOK}/month.csv?month=2026-03").data.decode("utf-8-sig")
    assert "'=1+1" in table
    assert head.get(f"{BOOK}/{FIRST}/photo").data.startswith(b"\xff\xd8\xff")
    with reading() as session:
        deeds = session.scalars(select(AccessEntry.deed).order_by(AccessEntry.id)).all()
    assert deeds == ["incoming.printed", "incoming.exported", "file.fetched"]
    assert login(Duty.OFFICER).get(BOOK).status_code == 403


def test_an_envelope_that_is_no_request_keeps_what_was_typed_until_it_is_settled(login: Login) -> None:
    registrar = login(Duty.REGISTRAR)
    registrar.submit(BOOK, BOOK, **{**EMS, "passed_to": ""})
    page = f"{BOOK}/{FIRST}"
    refused = registrar.submit(page, page, outcome="not_request", reason="广告信")
    assert "请写明转交给谁" in words(refused)
    assert form_of(parsed(refused), page).fields["reason"].strip() == "广告信"
    missing = registrar.submit(page, page, outcome="existing", case="2026-9999", purpose="other")
    assert missing.status_code == 404
    assert form_of(parsed(missing), page).fields["case"] == "2026-9999"


def test_what_belongs_to_a_request_leads_into_the_step_with_its_day(
    login: Login, new_life: Callable[..., Life], moment: time_machine.Traveller
) -> None:
    new_life().register(walked_in(PERSON, "某工程的批复"), Receipt("counter", MONDAY)).assign()
    registrar = login(Duty.REGISTRAR)
    registrar.submit(BOOK, BOOK, **EMS)
    moment.shift(86_400)
    registrar = login(Duty.REGISTRAR)
    page = f"{BOOK}/{FIRST}"
    step = registrar.submit(page, page, outcome="existing", case="2026-0001", purpose="other").location
    assert "/steps/add_paper?" in step
    assert form_of(registrar.page(step), None).fields["on"] == "2026-03-02"


@pytest.mark.parametrize("accepted", [True, False])
def test_what_came_from_elsewhere_is_decided(login: Login, accepted: bool) -> None:
    registrar, number = login(Duty.REGISTRAR), "AYX-2026-L0001"
    ticket = {
        "whence": "hotline",
        "ticket": "GD1",
        "name": "来电人",
        "contact": "13900000000",
        "text": "要某道路的批复",
    }
    kept = registrar.submit(f"{ELSEWHERE}/new", f"{ELSEWHERE}/new", **{**ticket, "text": ""})
    assert form_of(parsed(kept), f"{ELSEWHERE}/new").fields["contact"] == "13900000000"
    assert (
        registrar.submit(f"{ELSEWHERE}/new", f"{ELSEWHERE}/new", **ticket, own_due_on="2026-03-06").status_code == 303
    )
    page = f"{ELSEWHERE}/{number}"
    assert "原渠道的办理期限" in words(registrar.get(page))
    if not accepted:
        said = {"outcome": "answered", "reason": "是咨询", "reply": "请携带身份证到窗口查询"}
        assert registrar.submit(page, page, **said).status_code == 303
        assert "请携带身份证到窗口查询" in words(registrar.get(page))
        assert "由本机关答复原渠道 1件" in words(registrar.get(f"{ELSEWHERE}?view=ended"))
        return
    onward = registrar.submit(page, page, outcome="accepted", reason="来电人要求直接办理").location
    fields = form_of(registrar.page(onward), "/desk/register").fields
    assert (fields["channel"], fields["source"], fields["phone"]) == ("referred", "hotline", "13900000000")
    assert registrar.submit(onward, "/desk/register").status_code == 303
    with reading() as session:
        assert session.scalars(select(Case)).one().reference in words(registrar.get(page))
