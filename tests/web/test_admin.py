"""The pages of the three administrators: organs, signing names, accounts and duties, logins, errands, journal."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import outbox
from gkapply.casework.consultation import Question
from gkapply.casework.journal import JournalEntry
from gkapply.casework.organs import find_organ
from gkapply.casework.outbox import MAX_ATTEMPTS, Errand
from gkapply.casework.people import DutyHolding, Organ, SigningName, User
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.conftest import MONDAY_MORNING
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
ORGAN = {"code": "AYX-XZF", "name": "安岳县行政审批局", "kind": "department", "parent": "AYX"}
NAME = {
    "full_name": "安岳县行政审批局",
    "code_word": "安行审公开",
    "review_authority": "安岳县人民政府",
    "court": "安岳县人民法院",
}


def _deeds(deed: str) -> list[JournalEntry]:
    with reading() as session:
        return list(session.scalars(select(JournalEntry).where(JournalEntry.deed == deed)))


def _user(login: str) -> User:
    with reading() as session:
        user = session.scalars(select(User).where(User.login == login)).one()
        assert user.holdings is not None
        return user


# who sees what


@pytest.mark.parametrize(
    ("path", "duties"),
    [
        ("/admin", {Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR}),
        ("/admin/organs", {Duty.SYSADMIN}),
        ("/admin/organs/new", {Duty.SYSADMIN}),
        ("/admin/organs/AYX", {Duty.SYSADMIN}),
        ("/admin/organs/AYX/settings", {Duty.SYSADMIN}),
        ("/admin/users", {Duty.SYSADMIN, Duty.SECURITY}),
        ("/admin/users/officer", {Duty.SYSADMIN, Duty.SECURITY}),
        ("/admin/users/new", {Duty.SYSADMIN}),
        ("/admin/errands", {Duty.SYSADMIN}),
        ("/admin/messages", {Duty.SYSADMIN}),
        ("/admin/messages/kinds", {Duty.SYSADMIN}),
        ("/admin/sessions", {Duty.SECURITY}),
        ("/admin/journal", {Duty.AUDITOR}),
    ],
)
def test_each_administrator_sees_their_own_pages_alone(login: Login, path: str, duties: set[Duty]) -> None:
    for duty in (Duty.SYSADMIN, Duty.SECURITY, Duty.AUDITOR, Duty.OFFICER, Duty.HEAD):
        assert login(duty).get(path).status_code == (200 if duty in duties else 403), duty


def test_a_visitor_is_sent_to_the_login(client: Browser) -> None:
    answer = client.get("/admin/users?q=x")
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=/admin/users?q%3Dx"


# organs and signing names


def test_an_organ_and_its_first_signing_name_are_entered(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    answer = browser.submit("/admin/organs/new", areas="  行政审批 \n\n行政审批\n政务服务", **ORGAN)
    assert answer.headers["Location"] == "/admin/organs/AYX-XZF"
    assert "没有落款就不能制作文书" in words(browser.get("/admin/organs/AYX-XZF"))
    assert browser.submit("/admin/organs/AYX-XZF/signing-names/new", **NAME).status_code == 303
    with reading() as session:
        organ = find_organ(session, "AYX-XZF")
        assert (organ.areas, organ.accepts_applications) == ("行政审批\n政务服务", True)
        (signing_name,) = organ.signing_names
        assert (signing_name.code_word, signing_name.is_default) == ("安行审公开", True)
    assert [entry.organ_id for entry in _deeds("organ.add")] == [0]
    assert [entry.organ_id for entry in _deeds("signing_name.add")] == [organ.id]


def test_what_is_entered_of_an_organ_is_changed(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    answer = browser.submit(
        "/admin/organs/AYX-MZJ", "/admin/organs/AYX-MZJ", contact_phone="028-1234", valid_to="2026-12-31"
    )
    assert answer.status_code == 303
    with reading() as session:
        organ = find_organ(session, "AYX-MZJ")
        assert (organ.contact_phone, organ.valid_to) == ("028-1234", date(2026, 12, 31))
        assert organ.areas.splitlines() == ["社会救助", "养老服务"], "what was not touched stays"


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code": "AYX"}, "机关代码「AYX」已经存在"),
        ({"code": "安岳"}, "机关代码须为1至20个字母、数字"),
        ({"name": " "}, "请填写机关全称"),
        ({"valid_to": "2019-01-01"}, "截止日期早于起始日期"),
        ({"areas": "很" * 61}, "每行填写一个领域"),
    ],
)
def test_a_wrong_organ_is_refused_and_what_was_typed_stays(login: Login, wrong: dict[str, str], sentence: str) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/organs/new", **{**ORGAN, "contact_phone": "028-77", **wrong})
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert parsed(answer).get_element_by_id("contact_phone").get("value") == "028-77"
    with reading() as session:
        assert session.scalar(select(Organ.id).where(Organ.name == ORGAN["name"])) is None
    assert _deeds("organ.add") == []


def test_an_organ_cannot_stand_below_itself(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    page = browser.page("/admin/organs/AYX")
    assert "AYX" not in page.xpath("//select[@name='parent']/option/@value")
    answer = browser.submit("/admin/organs/AYX", "/admin/organs/AYX", parent="AYX-MZJ")
    assert answer.status_code == 422
    assert "上级机关不能是本机关或者本机关的下级" in words(answer)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"code_word": "安府公开"}, "代字「安府公开」已用于「安岳县人民政府」"),
        ({"code_word": "安〔2026〕"}, "不含年份、括号和序号"),
        ({"court": ""}, "请填写人民法院"),
        ({"review_authority": " "}, "没有填写行政复议机关"),
    ],
)
def test_a_wrong_signing_name_is_refused(login: Login, wrong: dict[str, str], sentence: str) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/organs/AYX-MZJ/signing-names/new", **{**NAME, **wrong})
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_one_signing_name_is_the_default_and_only_another_can_take_its_place(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    default = "/admin/organs/AYX/signing-names/安府办公开"
    refused = browser.submit(default, is_default=None)
    assert "机关须有一个默认落款" in words(refused)
    browser.submit("/admin/organs/AYX/signing-names/安府公开", is_default="y")
    with reading() as session:
        found = session.scalars(select(SigningName).join(SigningName.organ).where(Organ.code == "AYX"))
        assert {one.code_word: one.is_default for one in found} == {"安府办公开": False, "安府公开": True}


# accounts and duties


def test_an_account_is_opened_its_password_shown_once_and_a_duty_granted(login: Login, client: Browser) -> None:
    browser = login(Duty.SYSADMIN)
    answer = browser.submit("/admin/users/new", login="WangWu", name="王五")
    assert answer.headers["Location"] == "/admin/users/wangwu"
    first = browser.get("/admin/users/wangwu")
    assert "口令只显示这一次" in words(first)
    password = parsed(first).xpath("string(//p[@class='number'])")
    assert password not in browser.get("/admin/users/wangwu").text
    granted = browser.submit("/admin/users/wangwu", "/admin/users/wangwu/duties", duty="officer", organ="AYX")
    assert granted.status_code == 303
    assert client.submit("/login", login="wangwu", password=password).headers["Location"] == "/desk"
    assert password not in "".join(entry.body for entry in _deeds("account.add") + _deeds("duty.grant"))
    assert "王五" not in "".join(entry.body for entry in _deeds("account.add") + _deeds("duty.grant"))


def test_a_login_exists_once(login: Login) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/users/new", login="Officer", name="另一人")
    assert answer.status_code == 422
    assert "账号「officer」已经存在" in words(answer)
    assert parsed(answer).get_element_by_id("name").get("value") == "另一人"


def test_a_duty_taken_back_ends_the_login_and_permits_nothing_from_then_on(login: Login) -> None:
    officer, browser = login(Duty.OFFICER), login(Duty.SYSADMIN)
    assert officer.get("/account").status_code == 200
    assert browser.submit("/admin/users/officer", "/admin/users/officer/duties/1/end").status_code == 303
    assert officer.get("/account").status_code == 303
    again = login(Duty.OFFICER)
    assert "您目前没有任何职责" in words(again.get("/account"))


def test_a_duty_for_a_time_begins_and_ends_by_itself(login: Login, moment: time_machine.Traveller) -> None:
    browser = login(Duty.SYSADMIN)
    days = {"valid_from": "2026-03-04", "valid_to": "2026-03-05"}
    browser.submit("/admin/users/officer", "/admin/users/officer/duties", duty="head", organ="AYX", **days)
    held = []
    for day in range(5):
        moment.move_to(MONDAY_MORNING + timedelta(days=day))
        held.append("公开机构负责人" in words(login(Duty.OFFICER).get("/account")))
    assert held == [False, False, True, True, False]


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"duty": "officer", "organ": "AYX"}, "已经担任「承办人」"),
        ({"duty": "head", "organ": ""}, "「公开机构负责人」须在某一机关任职"),
        ({"duty": "head", "organ": "AYX", "valid_to": "2026-03-01"}, "职责的截止日期早于起始日期或者早于今天"),
    ],
)
def test_a_wrong_duty_is_refused(login: Login, fields: dict[str, str], sentence: str) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/users/officer", "/admin/users/officer/duties", **fields)
    assert answer.status_code == 422
    assert sentence in words(answer)


def test_the_system_administrator_gives_no_administrators_duty(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    offered = browser.page("/admin/users/officer").xpath("//select[@name='duty']/option/@value")
    assert "officer" in offered
    assert not {"sysadmin", "security", "auditor"} & set(offered)
    answer = browser.forge("/admin/users/officer/duties", duty="auditor")
    assert answer.status_code == 422
    assert len(_user("officer").holdings) == 1


def test_the_three_administrators_are_three_persons(login: Login) -> None:
    browser = login(Duty.SECURITY)
    path = "/admin/users/auditor"
    answer = browser.submit(path, f"{path}/duties", duty="sysadmin")
    assert answer.status_code == 422
    assert "三员分离，一人只能担任其中一种" in words(answer)
    assert browser.submit("/admin/users/officer", "/admin/users/officer/duties", duty="sysadmin").status_code == 303


def test_nobody_changes_their_own_duties_or_account(login: Login) -> None:
    security, system = login(Duty.SECURITY), login(Duty.SYSADMIN)
    assert security.forge("/admin/users/security/duties/1/end").status_code == 403
    assert system.forge("/admin/users/sysadmin/duties", duty="officer", organ="AYX").status_code == 403
    for deed in ("close", "password"):
        assert system.forge(f"/admin/users/sysadmin/{deed}").status_code == 422


def test_the_last_system_administrator_stays(login: Login) -> None:
    browser = login(Duty.SECURITY)
    refused = browser.submit("/admin/users/sysadmin", "/admin/users/sysadmin/duties/1/end")
    assert refused.status_code == 422
    assert "这是唯一的系统管理员" in words(refused)
    browser.submit("/admin/users/officer", "/admin/users/officer/duties", duty="sysadmin")
    assert browser.submit("/admin/users/sysadmin", "/admin/users/sysadmin/duties/1/end").status_code == 303


def test_a_closed_account_opens_nothing_until_it_is_opened_again(login: Login, client: Browser) -> None:
    officer, browser = login(Duty.OFFICER), login(Duty.SYSADMIN)
    path = "/admin/users/officer"
    browser.submit(path, f"{path}/password")
    old = parsed(browser.get(path)).xpath("string(//p[@class='number'])")
    browser.submit(path, f"{path}/close")
    assert officer.get("/account").status_code == 303
    assert client.submit("/login", login="officer", password=old).status_code == 422
    assert "已停用" in words(browser.get(path))
    browser.submit(path, f"{path}/reopen")
    new = parsed(browser.get(path)).xpath("string(//p[@class='number'])")
    assert client.submit("/login", login="officer", password=old).status_code == 422
    assert client.submit("/login", login="officer", password=new).status_code == 303


def test_a_name_is_corrected(login: Login) -> None:
    browser = login(Duty.SYSADMIN)
    assert browser.submit("/admin/users/officer", "/admin/users/officer/name", name=" 赵六 ").status_code == 303
    assert "赵六" in words(browser.get("/admin/users?q=赵"))
    assert "officer" not in words(browser.get("/admin/users?q=赵七"))


def test_accounts_are_listed_page_by_page(login: Login, office: Office) -> None:
    with transaction() as session:
        for number in range(60):
            session.add(User(login=f"u{number:02}", name="某", password_hash="", created_at=MONDAY_MORNING))
    browser = login(Duty.SYSADMIN)
    seen, path = [], "/admin/users"
    while path:
        page = browser.page(path)
        seen += page.xpath("//tbody/tr/th/a/text()")
        path = next(iter(page.xpath("//a[@rel='next']/@href")), "")
    with reading() as session:
        assert seen == list(session.scalars(select(User.login).order_by(User.login)))


# logins


def test_the_security_administrator_sees_logins_and_ends_them(login: Login) -> None:
    officer, browser = login(Duty.OFFICER), login(Duty.SECURITY)
    page = browser.get("/admin/sessions")
    assert {"officer", "security"} <= set(parsed(page).xpath("//tbody/tr/th/a/text()"))
    browser.submit(page, "/admin/users/officer/sessions/end")
    assert officer.get("/account").status_code == 303
    assert "officer" not in words(browser.get("/admin/sessions"))
    assert len(_deeds("account.end_sessions")) == 1


# errands


@pytest.fixture
def stuck_key(office: Office) -> str:
    """The key of an errand that failed too often."""
    with transaction() as session:
        outbox.post(session, outbox.SWEEP_FILES, "sweep:2026-03-01", MONDAY_MORNING)
        errand = session.scalars(select(Errand).where(Errand.key == "sweep:2026-03-01")).one()
        errand.attempts, errand.last_error = MAX_ATTEMPTS, "OSError：磁盘已满"
    return "sweep:2026-03-01"


def test_a_stuck_errand_is_shown_with_its_reason_and_tried_again(login: Login, stuck_key: str) -> None:
    browser = login(Duty.SYSADMIN)
    assert "1 项任务" in words(browser.get("/admin"))
    page = browser.get("/admin/errands")
    assert "磁盘已满" in words(page)
    assert browser.submit(page, "/admin/errands").status_code == 303
    assert outbox.hand_out(MONDAY_MORNING, limit=10)[-1].task == outbox.SWEEP_FILES
    assert browser.submit(page, "/admin/errands").status_code == 404, "it is not stuck any longer"


# the journal


def test_the_auditor_reads_every_chain_page_by_page(login: Login, office: Office) -> None:
    system = login(Duty.SYSADMIN)
    for number in range(26):
        system.submit("/admin/users/officer", "/admin/users/officer/name", name=f"第{number}人")
        system.submit("/admin/users/head", "/admin/users/head/name", name=f"第{number}人")
    browser = login(Duty.AUDITOR)
    page = browser.page("/admin/journal")
    numbers = page.xpath("//tbody/tr/th/text()")
    assert (numbers[0], len(numbers)) == ("52", 50)
    assert "更正姓名" in page.text_content()
    assert "系统管理员（sysadmin）" in page.text_content()
    rest = browser.page(page.xpath("//a[@rel='next']/@href")[0])
    assert rest.xpath("//tbody/tr/th/text()") == ["2", "1"]
    system.submit("/admin/organs/AYX-MZJ/signing-names/new", **NAME)
    assert "添加落款" in words(browser.get("/admin/journal?organ=AYX-MZJ"))
    assert browser.get("/admin/journal?organ=XX").status_code == 404


def test_holdings_are_never_deleted(login: Login) -> None:
    login(Duty.SYSADMIN).submit("/admin/users/officer", "/admin/users/officer/duties/1/end")
    with reading() as session:
        holding = session.scalars(select(DutyHolding).join(DutyHolding.user).where(User.login == "officer")).one()
        assert holding.ended_at == MONDAY_MORNING


# settings of an office


def test_a_changed_setting_dates_the_open_cases_anew(login: Login, new_life: Callable[..., Life]) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    life.come_to(date(2026, 3, 10)).consult(Question("third_party", "某公司", "", "", "施工合同", "载有报价"))
    life.come_to(date(2026, 3, 12)).party_got_it()
    browser = login(Duty.SYSADMIN)
    page = "/admin/organs/AYX/settings"
    assert browser.submit(page, page, stop_begins="received", organ_answer="9").status_code == 303
    assert "1件在办申请的答复期限随之变动" in words(browser.get("/admin/organs/AYX"))
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert case.due_on == date(2026, 4, 21), "two working days fewer than from the sending, which gave 23 April"
        assert case.organ.office_settings().organ_answer == 9
    (entry,) = _deeds("organ.settings")
    assert '"moved":1' in entry.body


def test_an_impossible_setting_is_refused_at_its_field(login: Login) -> None:
    answer = login(Duty.SYSADMIN).submit("/admin/organs/AYX/settings", "/admin/organs/AYX/settings", lapse_grace="99")
    assert answer.status_code == 422
    assert "应为0至20的整数" in words(answer)
