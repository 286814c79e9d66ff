"""Pages about messages that left the house: what reached nobody, the adapters' state, a test, the words of each kind."""

from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from gkapply.adapters.refused import NotTaken
from gkapply.casework import carrying
from gkapply.casework.carrying import Adapters
from gkapply.casework.message_kinds import KINDS
from gkapply.casework.message_records import Fate, Message
from gkapply.casework.people import User
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.casework.postman import Postman
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
NOON = datetime(2026, 3, 2, 4, tzinfo=UTC)


def messages() -> list[Message]:
    """The ledger, the newest first."""
    with reading() as session:
        return list(session.scalars(select(Message).order_by(Message.id.desc())))


def carry(postman: Postman) -> None:
    """Carry the newest message."""
    carrying.carry(messages()[0].uid, NOON, Adapters(postman))


@pytest.fixture
def refused(new_life: Callable[..., Life], moment: time_machine.Traveller) -> str:
    """A request whose applicant's mail was refused; its number."""
    life = new_life().apply_online(request(PERSON, "2018年路灯安装的立项文件")).confirm().assign()
    moment.move_to(NOON)
    carry(Postman(failure=NotTaken("550 5.1.1 no such user")))
    return life.reference


def test_the_officer_sees_it_on_desk_and_case_and_says_what_was_done(login: Login, refused: str) -> None:
    officer = login(Duty.OFFICER)
    assert refused in officer.get("/desk?view=unreached").text
    page = officer.get(f"/desk/cases/{refused}")
    assert "被退回" in words(page)
    assert "（此邮箱退信）" in words(page)
    assert PERSON.email not in page.text
    (href,) = parsed(page).xpath("//a[text()='登记处理情况']/@href")
    empty = officer.submit(href)
    assert empty.status_code == 422
    assert "请选择处理情况" in empty.text
    officer.submit(href, instead="post")
    assert "已改用邮寄" in words(officer.get(f"/desk/cases/{refused}"))
    assert refused not in officer.get("/desk?view=unreached").text
    assert officer.get(href).status_code == 404
    assert login(Duty.ARCHIVIST).get(href).status_code == 403


def test_the_administrator_sends_it_again_without_seeing_whom(login: Login, refused: str) -> None:
    admin = login(Duty.SYSADMIN)
    page = admin.get("/admin/messages")
    assert "550 5.1.1 no such user" in words(page)
    assert refused not in page.text
    assert PERSON.email not in page.text
    admin.submit(page, "/admin/messages/again")
    postman = Postman()
    carry(postman)
    assert [mail.to for mail, _ in postman.sent] == [PERSON.email]
    assert messages()[0].fate is Fate.SENT
    assert admin.forge("/admin/messages/again", uid=messages()[0].uid).status_code == 404


def test_a_test_mail_goes_to_the_administrator_alone(login: Login, office: Office) -> None:
    admin = login(Duty.SYSADMIN)
    refusal = admin.submit("/admin/messages", "/admin/messages/test")
    assert refusal.status_code == 422
    assert "您的账号没有邮箱" in refusal.text
    with transaction() as session:
        session.get_one(User, office.staff[Duty.SYSADMIN].user_id).email = "admin@example.cn"
    admin.submit("/admin/messages", "/admin/messages/test")
    postman = Postman()
    with reading() as session:
        now = session.scalars(select(Message.posted_at)).one()
    carrying.carry(messages()[0].uid, now, Adapters(postman))
    assert [mail.to for mail, _ in postman.sent] == ["admin@example.cn"]


def test_each_kind_is_shown_as_its_reader_gets_it(login: Login) -> None:
    page = words(login(Duty.SYSADMIN).get("/admin/messages/kinds"))
    assert all(row.label in page for row in KINDS.values() if row.mail)
    assert "{" not in page
    assert "登记编号：AYX-2026-0001" in page


def test_the_secret_of_a_webhook_is_shown_once(login: Login) -> None:
    admin = login(Duty.SYSADMIN)
    answer = admin.submit("/admin/organs/AYX/webhook", url="https://chat.example.cn/hook?token=t0ken")
    (secret,) = parsed(answer).xpath("//code/text()")
    assert len(secret) >= 32
    page = admin.get("/admin/organs/AYX/webhook")
    assert "chat.example.cn" in page.text
    assert "t0ken" not in page.text
    assert secret not in page.text
    admin.submit(page, "/admin/organs/AYX/webhook/remove")
    assert "现在没有设置接口" in words(admin.get("/admin/organs/AYX/webhook"))
    assert admin.submit("/admin/organs/AYX/webhook", url="chat").status_code == 422
