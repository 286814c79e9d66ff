"""Another contact and another way of getting the reply: by the applicant on their page, by the registrar at the counter."""

import json
from collections.abc import Callable
from dataclasses import replace

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import notification, people_data
from gkapply.casework.contact_records import ContactChange
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.test_track import look
from workflows.duties import Duty

NewLife = Callable[..., Life]
PHONE = "13800138000"


def held(life: Life) -> dict[str, str]:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        return {**people_data.contact_of(session, case.applicant), "way": case.way}


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A company's request in handling, wanting its letters online."""
    return new_life().apply_online(request(COMPANY, "龙台镇场镇道路改造工程的施工合同")).confirm().assign().accept()


def test_new_values_take_the_place_of_the_old_which_stay_sealed(
    client: Browser, handled: Life, office: Office, moment: time_machine.Traveller
) -> None:
    before = held(handled)
    look(client, handled, moment)
    address = f"/track/{handled.reference}/contact"
    asked = client.get(address)
    assert before["phone"] not in words(asked), "the page shows what is in the file masked"
    assert client.submit(asked, address, phone=PHONE, postcode="642350").status_code == 303
    after = held(handled)
    assert (after["phone"], after["postcode"]) == (PHONE, "642350")
    assert (after["email"], after["id_number"]) == (before["email"], before["id_number"])
    with reading() as session:
        change = session.scalars(select(ContactChange)).one()
        assert people_data.contact_before(session, change)["phone"] == before["phone"]
        entry = session.scalars(select(JournalEntry).where(JournalEntry.deed == "application.change_contact")).one()
        assert json.loads(entry.body)["fields"] == ["phone", "postcode"]
        assert PHONE not in entry.body
        told = notification.messages(session, office.staff[Duty.OFFICER].user_id or 0)
        assert "变更了联系电话、邮政编码" in told[0].text
        assert notification.messages(session, office.staff[Duty.REGISTRAR].user_id or 0)
    assert "您变更了联系电话、邮政编码" in words(client.get(f"/track/{handled.reference}"))


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [({}, "没有填写与现有不同的联系方式"), ({"phone": "12"}, "电话"), ({"email": "没有邮箱", "phone": PHONE}, "邮箱")],
)
def test_what_is_wrong_keeps_what_was_typed_and_changes_nothing(
    client: Browser, handled: Life, moment: time_machine.Traveller, typed: dict[str, str], sentence: str
) -> None:
    before = held(handled)
    look(client, handled, moment)
    address = f"/track/{handled.reference}/contact"
    answer = client.submit(address, address, **typed)
    assert answer.status_code == 422
    assert sentence in words(answer)
    shown = {one.name: one.value for one in parsed(answer).xpath("//main//form//input[@type='text']")}
    assert {name: shown[name] for name in typed} == typed
    assert held(handled) == before


def test_the_way_changes_until_the_reply_is_signed(
    client: Browser, handled: Life, moment: time_machine.Traveller
) -> None:
    page = look(client, handled, moment)
    address = f"/track/{handled.reference}/way"
    assert address in page.text
    assert "现在的方式就是网上获取" in words(client.submit(address, address, way="online"))
    assert client.submit(address, address, way="pickup").status_code == 303
    assert held(handled)["way"] == "pickup"
    handled.search("施工合同", "没有").decide(1, "not_existing", {}).draft_reply().submit_reply()
    look(client, handled, moment)
    refused = client.submit(address, address, way="online")
    assert refused.status_code == 422
    assert "救济告知已经按原来的方式写定" in words(refused)
    handled.pass_review().sign_reply()
    look(client, handled, moment)
    assert "不能再变更获取方式" in words(client.get(address))
    assert client.forge(address, way="read").status_code == 409


def test_a_way_needs_the_contact_that_it_rests_on(
    client: Browser, new_life: NewLife, moment: time_machine.Traveller
) -> None:
    bare = replace(request(COMPANY, "某合同"), address="", way="online")
    life = new_life().apply_online(bare)
    look(client, life, moment)
    address = f"/track/{life.reference}/way"
    answer = client.submit(address, address, way="post")
    assert answer.status_code == 422
    assert "请先在“变更联系方式”补充" in words(answer)


def test_the_registrar_says_how_the_identity_was_checked(
    login: Callable[[Duty], Browser], handled: Life, moment: time_machine.Traveller
) -> None:
    moment.move_to(handled.now)
    address = f"/desk/cases/{handled.reference}/steps/change_contact"
    registrar = login(Duty.REGISTRAR)
    assert registrar.submit(address, address, phone=PHONE).status_code == 422
    done = registrar.submit(address, address, how="当面核对营业执照", phone=PHONE)
    assert done.status_code == 303
    assert held(handled)["phone"] == PHONE
    assert "变更联系方式的记录" in words(registrar.get(f"/desk/cases/{handled.reference}"))
