"""Login, lockout, logoff, one's own password, one of several organs."""

from collections.abc import Callable
from datetime import timedelta
from functools import cache

import pytest
import time_machine
from flask import Flask, request
from sqlalchemy import func, select, update

from gkapply.casework import duties, organs, passwords
from gkapply.casework.access import Actor
from gkapply.casework.accounts import find_user, operator
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import Attempt, User, UserSession
from gkapply.database import reading, transaction
from gkapply.web.access import current_actor, requires
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.conftest import MONDAY_MORNING
from workflows.duties import Duty

PASSWORD = "Shanhai-2026"
NEW = "Tianxia+2027"
WRONG = "账号或者口令不正确"
LOCKED = "登录失败次数过多"
Login = Callable[[Duty], Browser]
NewBrowser = Callable[[], Browser]
ELSEWHERE = {"REMOTE_ADDR": "192.0.2.7"}


@pytest.fixture(autouse=True)
def known_passwords(office: Office) -> None:
    """Everybody's password is PASSWORD."""
    with transaction() as session:
        session.execute(update(User).values(password_hash=_kept()))


@cache
def _kept() -> str:
    return passwords.hash_of(PASSWORD)


def _try(browser: Browser, login: str, password: str, **environ: object) -> str:
    """What the login page says, or where it leads."""
    form = {"login": login, "password": password, "csrf_token": browser.token()}
    answer = browser.post("/login", data=form, environ_overrides=environ)
    return answer.headers.get("Location") or words(answer)


# login


@pytest.mark.parametrize(
    ("login", "place"),
    [
        ("officer", "/desk"),
        (" Officer ", "/desk"),
        ("auditor", "/admin"),
        ("template_keeper", "/templates"),
        ("supervisor", "/supervise"),
    ],
)
def test_a_login_leads_to_where_the_work_is(client: Browser, login: str, place: str) -> None:
    assert client.submit("/login", login=login, password=PASSWORD).headers["Location"] == place


def test_a_login_goes_on_to_where_the_user_was_going(client: Browser) -> None:
    sent = client.get("/account?x=1")
    answer = client.submit(sent.headers["Location"], login="officer", password=PASSWORD)
    assert answer.headers["Location"] == "/account?x=1"


def test_a_login_leads_to_no_other_site(client: Browser) -> None:
    answer = client.submit("/login", login="officer", password=PASSWORD, next="https://elsewhere.example/")
    assert answer.headers["Location"] == "/"


def test_unknown_wrong_and_closed_accounts_are_not_told_apart(client: Browser, office: Office) -> None:
    with transaction() as session:
        session.execute(update(User).where(User.login == "head").values(closed_at=MONDAY_MORNING))
    pages = [_try(client, login, "Wrong-2026-x") for login in ("nobody", "officer")] + [_try(client, "head", PASSWORD)]
    assert WRONG in pages[0]
    assert pages[1].replace("officer", "nobody") == pages[0]
    assert pages[2].replace("head", "nobody") == pages[0]


def test_an_unknown_account_costs_as_much_work_as_a_known_one(monkeypatch: pytest.MonkeyPatch, client: Browser) -> None:
    checked = []
    real = passwords._hasher.verify

    class Counting:
        def verify(self, kept: str, password: str) -> bool:
            checked.append(kept.split("$")[3])
            return bool(real(kept, password))

        def hash(self, password: str) -> str:
            return passwords.hash_of(password)

    passwords.matches(None, "")
    monkeypatch.setattr(passwords, "_hasher", Counting())
    _try(client, "officer", "Wrong-2026-x")
    _try(client, "nobody", "Wrong-2026-x")
    assert checked == ["m=19456,t=2,p=1"] * 2


def test_the_cookie_says_nothing_about_the_user(client: Browser) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    assert len(token) > 40
    with reading() as session:
        kept = session.scalars(select(UserSession.token_hash)).one()
    assert token != kept


def test_a_login_is_journaled_and_the_password_is_nowhere(client: Browser) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    with reading() as session:
        bodies = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == "account.signed_in")).all()
    assert len(bodies) == 1
    assert PASSWORD not in bodies[0]
    assert "officer" not in bodies[0]


# lockout


def test_five_failures_close_the_account_for_a_quarter_of_an_hour(
    client: Browser, moment: time_machine.Traveller
) -> None:
    for _ in range(5):
        moment.shift(timedelta(seconds=30))
        assert WRONG in _try(client, "officer", "Wrong-2026-x")
    for _ in range(14):
        moment.shift(timedelta(minutes=1))
        assert LOCKED in _try(client, "officer", PASSWORD, **ELSEWHERE), "trying a closed door does not open it"
    moment.shift(timedelta(minutes=1))
    assert _try(client, "officer", PASSWORD, **ELSEWHERE) == "/desk", "nor does it keep it closed for longer"
    with reading() as session:
        locks = session.scalar(select(func.count()).where(JournalEntry.deed == "account.locked"))
    assert locks == 1


def test_four_failures_leave_the_account_open(client: Browser) -> None:
    for _ in range(4):
        _try(client, "officer", "Wrong-2026-x")
    assert _try(client, "officer", PASSWORD) == "/desk"


def test_a_success_wipes_out_the_failures_before_it(client: Browser, new_browser: NewBrowser) -> None:
    for _ in range(2):
        for _ in range(4):
            _try(client, "officer", "Wrong-2026-x")
        assert _try(new_browser(), "officer", PASSWORD) == "/desk"


def test_failures_far_apart_close_nothing(client: Browser, moment: time_machine.Traveller) -> None:
    for _ in range(6):
        assert WRONG in _try(client, "officer", "Wrong-2026-x")
        moment.shift(timedelta(minutes=5))


def test_five_failures_from_one_address_close_it_for_every_account(client: Browser) -> None:
    for login in ("officer", "head", "signer", "reviewer", "nobody"):
        assert WRONG in _try(client, login, "Wrong-2026-x")
    assert LOCKED in _try(client, "archivist", PASSWORD)
    assert _try(client, "archivist", PASSWORD, **ELSEWHERE) == "/desk"


def test_an_unknown_account_is_locked_with_the_same_words(client: Browser) -> None:
    pages = []
    for login, address in (("officer", "192.0.2.1"), ("nobody", "192.0.2.2")):
        tries = [_try(client, login, "Wrong-2026-x", REMOTE_ADDR=address) for _ in range(6)]
        pages.append([page.replace(login, "…") for page in tries])
    assert pages[0] == pages[1]
    assert LOCKED in pages[0][-1]


def test_the_security_administrator_unlocks(client: Browser, login: Login) -> None:
    for number in range(5):
        _try(client, "officer", "Wrong-2026-x", REMOTE_ADDR=f"192.0.2.{number}")
    assert LOCKED in _try(client, "officer", PASSWORD)
    browser = login(Duty.SECURITY)
    assert "登录已锁定" in words(browser.get("/admin/users/officer"))
    browser.submit("/admin/users/officer", "/admin/users/officer/unlock")
    assert _try(client, "officer", PASSWORD) == "/desk"


def test_tries_are_kept_under_digests(client: Browser) -> None:
    _try(client, "officer", "Wrong-2026-x")
    with reading() as session:
        attempt = session.scalars(select(Attempt)).one()
    assert len(attempt.subject) == 64
    assert "officer" not in attempt.subject


# logoff


def test_a_login_ends_after_the_idle_time(login: Login, moment: time_machine.Traveller) -> None:
    browser = login(Duty.OFFICER)
    for _ in range(3):
        moment.shift(timedelta(minutes=29))
        assert browser.get("/account").status_code == 200
    moment.shift(timedelta(minutes=31))
    assert browser.get("/account").headers["Location"].startswith("/login")


def test_a_login_ends_after_twelve_hours_however_busy(login: Login, moment: time_machine.Traveller) -> None:
    browser = login(Duty.OFFICER)
    for _ in range(36):
        moment.shift(timedelta(minutes=20))
        assert browser.get("/account").status_code == 200
    moment.shift(timedelta(minutes=1))
    assert browser.get("/account").status_code == 303


def test_reading_pages_within_a_minute_writes_nothing(login: Login, moment: time_machine.Traveller) -> None:
    browser = login(Duty.OFFICER)
    moment.shift(timedelta(seconds=59))
    browser.get("/account")
    with reading() as session:
        assert session.scalars(select(UserSession.last_seen_at)).one() == MONDAY_MORNING


def test_a_logout_ends_the_session_on_both_sides(client: Browser) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    with client.session_transaction() as cookie:
        token = cookie["_user_id"]
    form = {"csrf_token": client.token()}
    assert client.post("/logout", data=form).status_code == 303
    with client.session_transaction() as cookie:
        cookie["_user_id"] = token
    assert client.get("/account").status_code == 303, "a copy of the cookie opens nothing"


def test_a_forged_token_opens_nothing(client: Browser) -> None:
    with client.session_transaction() as cookie:
        cookie["_user_id"] = "1"
    assert client.get("/account").status_code == 303


def test_a_form_sent_after_the_end_of_the_login_is_kept_over_the_next_login(
    app: Flask, login: Login, moment: time_machine.Traveller
) -> None:
    got = []

    @requires(Duty.SYSADMIN)
    def note() -> tuple[str, int]:
        got.append(request.form.getlist("line"))
        return "", 204

    app.add_url_rule("/note", "note", note, methods=["POST"])
    browser = login(Duty.SYSADMIN)
    token = browser.token()
    moment.shift(timedelta(minutes=31))
    headers = {"Sec-Fetch-Site": "same-origin"}
    late = browser.post("/note", data={"csrf_token": token, "line": ["一\n二", "<三>"]}, headers=headers)
    assert late.status_code == 401
    assert "您填写的内容已经保留" in words(late)
    missed = browser.submit(late, login="sysadmin", password="Wrong-2026-x")
    assert missed.status_code == 422
    confirm = browser.submit(missed, login="sysadmin", password=PASSWORD)
    assert "请再确认一次" in words(confirm)
    assert got == []
    assert browser.submit(confirm, "/note").status_code == 204
    assert got == [["一\n二", "<三>"]]


# one's own password


def test_a_password_set_by_others_is_changed_before_anything_else(client: Browser) -> None:
    with transaction() as session:
        session.execute(update(User).where(User.login == "sysadmin").values(must_change_password=True))
    assert client.submit("/login", login="sysadmin", password=PASSWORD).status_code == 303
    for path in ("/admin", "/account", "/nowhere"):
        answer = client.get(path)
        assert answer.headers.get("Location") == "/account/password" or answer.status_code == 404, path
    fields = {"password": PASSWORD, "new_password": NEW, "repeated": NEW}
    assert client.submit("/account/password", **fields).headers["Location"] == "/admin"
    assert client.get("/admin").status_code == 200


def test_a_changed_password_ends_every_other_login(client: Browser, new_browser: NewBrowser) -> None:
    other = new_browser()
    for browser in (client, other):
        browser.submit("/login", login="officer", password=PASSWORD)
    client.submit("/account/password", password=PASSWORD, new_password=NEW, repeated=NEW)
    assert client.get("/account").status_code == 200
    assert other.get("/account").status_code == 303
    assert WRONG in _try(other, "officer", PASSWORD)
    assert _try(other, "officer", NEW) == "/desk"


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"password": "Wrong-2026-x"}, WRONG),
        ({"repeated": "Tianxia+2028"}, "两次输入的新口令不一致"),
        ({"new_password": "Ab1-Ab1-A", "repeated": "Ab1-Ab1-A"}, "口令不足10个字符"),
        ({"new_password": PASSWORD, "repeated": PASSWORD}, "新口令与原口令相同"),
        ({"new_password": ""}, "请填写新口令"),
    ],
)
def test_a_bad_new_password_is_refused(client: Browser, fields: dict[str, str], sentence: str) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    form = {"password": PASSWORD, "new_password": NEW, "repeated": NEW, **fields}
    answer = client.submit("/account/password", **form)
    assert answer.status_code == 422
    assert sentence in words(answer)
    assert NEW not in answer.text


def test_guessing_the_old_password_closes_the_door_as_well(client: Browser) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    form = {"password": "Wrong-2026-x", "new_password": NEW, "repeated": NEW}
    said = [words(client.submit("/account/password", **form)) for _ in range(6)]
    assert WRONG in said[4]
    assert LOCKED in said[5]


# organs


@pytest.fixture
def two_organs(app: Flask, office: Office) -> list[Actor]:
    """The officer works in two organs; /who notes the actor of each request."""
    seen: list[Actor] = []

    @requires(Duty.OFFICER, Duty.HEAD)
    def who() -> tuple[str, int]:
        seen.append(current_actor())
        return "", 204

    app.add_url_rule("/who", "who", who)
    with transaction() as session:
        officer = find_user(session, "officer")
        duties.grant_duty(
            session, officer, Duty.HEAD, organs.find_organ(session, "AYX-MZJ"), operator(), MONDAY_MORNING
        )
    return seen


def test_a_user_with_two_organs_chooses_one_and_has_its_duties_alone(
    client: Browser, office: Office, two_organs: list[Actor]
) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    assert client.get("/who").headers["Location"] == "/account/organ"
    page = client.get("/account/organ")
    places = parsed(page).xpath("//input[@type='radio']/@value")
    assert len(places) == 2
    for place in places:
        assert client.submit("/account/organ", organ=place).status_code == 303
        client.get("/who")
    assert [(one.organ_id == office.organ_id, one.duties) for one in two_organs] == [
        (True, frozenset({Duty.OFFICER})),
        (False, frozenset({Duty.HEAD})),
    ]


def test_an_organ_without_a_duty_cannot_be_chosen(client: Browser, two_organs: list[Actor]) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    assert client.forge("/account/organ", organ="no-such-organ").status_code == 422
    assert client.get("/who").headers["Location"] == "/account/organ"


def test_the_chosen_organ_stays_when_the_password_changes(client: Browser, two_organs: list[Actor]) -> None:
    client.submit("/login", login="officer", password=PASSWORD)
    second = parsed(client.get("/account/organ")).xpath("//input[@type='radio']/@value")[1]
    client.submit("/account/organ", organ=second)
    client.submit("/account/password", password=PASSWORD, new_password=NEW, repeated=NEW)
    client.get("/who")
    assert two_organs[0].duties == {Duty.HEAD}


def test_an_installation_duty_goes_along_into_every_organ(client: Browser, office: Office) -> None:
    with transaction() as session:
        officer = find_user(session, "officer")
        duties.grant_duty(session, officer, Duty.AUDITOR, None, operator(), MONDAY_MORNING)
    client.submit("/login", login="officer", password=PASSWORD)
    assert "审计管理员" in words(client.get("/account"))
    assert client.get("/admin/journal").status_code == 200
