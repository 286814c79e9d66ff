"""The pages of messages and substitutes, and the address of the daily mail."""

from collections.abc import Callable
from datetime import timedelta

from gkapply.casework import notification
from gkapply.database import transaction
from tests.casework.conftest import BEFORE, Office
from tests.web.browser import Browser
from workflows.duties import Duty

Login = Callable[[Duty], Browser]


def tell(office: Office, duty: Duty, key: str) -> None:
    """Tell the holder of a duty that two cases moved."""
    user_id = office.staff[duty].user_id
    assert user_id is not None
    with transaction() as session:
        at = BEFORE + timedelta(hours=1)
        notification.tell(session, office.organ_id, [user_id], kind="redated", key=key, now=at, moved=2)


def test_messages_are_counted_in_the_head_and_read_on_their_page(office: Office, login: Login) -> None:
    browser = login(Duty.OFFICER)
    tell(office, Duty.OFFICER, "redating:7")
    tell(office, Duty.OFFICER, "redating:8")
    assert "消息（2条未读）" in browser.get("/desk").text
    page = browser.get("/messages")
    assert page.text.count("您承办的2件申请的期限随之变动") == 2
    one = page.text.split('name="message" value="')[1].split('"')[0]
    answer = browser.post("/messages/read", data={"csrf_token": browser.token(), "message": one})
    assert (answer.status_code, answer.headers["Location"]) == (303, "/messages")
    assert "消息（1条未读）" in browser.get("/messages").text
    browser.post("/messages/read", data={"csrf_token": browser.token()})
    assert "条未读" not in browser.get("/messages").text


def test_a_message_leads_to_the_envelope_or_the_arrival_it_is_about(office: Office, login: Login) -> None:
    user_id, at = office.staff[Duty.REGISTRAR].user_id, BEFORE + timedelta(hours=1)
    assert user_id is not None
    with transaction() as session:
        mail = {"mail": "AYX-2026-S0001", "arrived_on": "2026-03-02"}
        arrival = {"arrival": "AYX-2026-L0001", "arrived_on": "2026-03-02", "due_on": "2026-03-05"}
        tidings = [
            notification.Tidings(office.organ_id, (user_id,), "mail_unsettled", "m", mail),
            notification.Tidings(office.organ_id, (user_id,), "arrival_due", "a", arrival),
        ]
        notification.tell_all(session, tidings, at)
    page = login(Duty.REGISTRAR).get("/messages").text
    assert 'href="/desk/incoming/AYX-2026-S0001"' in page
    assert 'href="/desk/arrivals/AYX-2026-L0001"' in page


def test_a_message_belongs_to_its_reader(office: Office, login: Login) -> None:
    tell(office, Duty.OFFICER, "redating:7")
    browser = login(Duty.HEAD)
    assert "没有消息" in browser.get("/messages").text
    browser.post("/messages/read", data={"csrf_token": browser.token()})
    assert "消息（1条未读）" in login(Duty.OFFICER).get("/desk").text


def test_a_substitute_is_arranged_and_called_off(office: Office, login: Login) -> None:
    browser = login(Duty.OFFICER)
    page = browser.get("/messages/substitutes").text
    assert page.count(f'value="{office.staff[Duty.OFFICER].user_id}"') == 2
    days = {"begins_on": "2026-03-02", "ends_on": "2026-03-06"}
    mine = {"user": office.staff[Duty.OFFICER].user_id, "substitute": office.staff[Duty.REGISTRAR].user_id}
    answer = browser.post("/messages/substitutes", data={"csrf_token": browser.token(), **mine, **days})
    assert answer.status_code == 303
    page = browser.get("/messages/substitutes").text
    assert "2026年3月6日" in page
    one = page.split('name="substitution" value="')[1].split('"')[0]
    browser.post("/messages/substitutes/end", data={"csrf_token": browser.token(), "substitution": one})
    assert "没有安排" in browser.get("/messages/substitutes").text


def test_a_wrong_arrangement_comes_back_at_its_field(office: Office, login: Login) -> None:
    browser = login(Duty.HEAD)
    same = {"user": office.staff[Duty.OFFICER].user_id, "substitute": office.staff[Duty.OFFICER].user_id}
    days = {"begins_on": "2026-03-02", "ends_on": "2026-03-06"}
    answer = browser.post("/messages/substitutes", data={"csrf_token": browser.token(), **same, **days})
    assert answer.status_code == 422
    assert "代理人须是另一个人" in answer.text
    assert 'value="2026-03-06"' in answer.text


def test_the_address_of_the_daily_mail_is_the_users_own(office: Office, login: Login) -> None:
    browser = login(Duty.OFFICER)
    wrong = browser.post("/account/email", data={"csrf_token": browser.token(), "channel": "mail", "email": "nobody"})
    assert wrong.status_code == 422
    assert "电子邮箱地址的格式不对" in wrong.text
    browser.post(
        "/account/email", data={"csrf_token": browser.token(), "channel": "mail", "email": "officer@example.cn"}
    )
    assert "officer@example.cn" in browser.get("/account").text
    browser.post("/account/email", data={"csrf_token": browser.token(), "channel": "mail", "email": ""})
    assert "officer@example.cn" not in browser.get("/account").text
