"""What every response carries, and the pages for what goes wrong."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import cast

import pytest
import time_machine
from flask import Flask, request

from gkapply import clock, create_app, database
from gkapply.casework.attempts import Blocked, when_open
from gkapply.config import Settings
from gkapply.law.refusal import NotFound, NotPermitted, NotYetProvided, Refusal, Stale, WrongState
from gkapply.web.access import public
from gkapply.web.headers import LARGEST_REQUEST
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.page_check import faults
from workflows.duties import Duty


def test_every_page_forbids_inline_code_frames_and_guessing(client: Browser) -> None:
    headers = client.get("/login").headers
    policy = headers["Content-Security-Policy"]
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "frame-ancestors 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_error_pages_carry_the_headers_too(client: Browser) -> None:
    missing = client.get("/nowhere")
    assert missing.status_code == 404
    assert "Content-Security-Policy" in missing.headers
    assert missing.headers["Cache-Control"] == "no-store"


def test_pages_of_officials_are_never_kept_by_the_browser(login: Callable[[Duty], Browser]) -> None:
    assert login(Duty.OFFICER).get("/account").headers["Cache-Control"] == "no-store"


def test_the_cookie_is_out_of_reach_of_scripts_and_other_sites(client: Browser) -> None:
    cookie = client.get("/login").headers["Set-Cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=Lax" in cookie
    assert "Secure" not in cookie


def test_with_tls_the_cookie_is_secure_and_the_site_insists_on_tls(
    settings: Settings, moment: time_machine.Traveller
) -> None:
    app = create_app(replace(settings, secure_cookies=True), relay=False)
    answer = app.test_client().get("/login", base_url="https://example.gov.cn")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert answer.headers["Set-Cookie"].startswith("__Host-")
    assert answer.headers["Strict-Transport-Security"].startswith("max-age=")


@pytest.mark.parametrize(
    ("error", "status", "title"),
    [
        (NotPermitted("甲", "条例第三十条", do="乙"), 403, "您没有办理此事的职责"),
        (NotFound("甲", "条例第三十条", do="乙"), 404, "没有找到"),
        (WrongState("甲", "条例第三十条", do="乙"), 409, "情况已有变动"),
        (Stale("甲", "条例第三十条", do="乙"), 409, "情况已有变动"),
        (Refusal("甲", "条例第三十条", do="乙"), 422, "提交的内容有误"),
    ],
)
def test_a_refusal_becomes_its_status_and_a_page_with_reason_article_and_advice(
    app: Flask, client: Browser, error: Refusal, status: int, title: str
) -> None:
    _raise_at(app, "/refused", error)
    page = client.get("/refused")
    assert page.status_code == status
    assert parsed(page).findtext(".//h1") == title
    assert "甲（条例第三十条） 乙" in words(page)


def test_what_is_not_yet_provided_says_so(app: Flask, client: Browser) -> None:
    _raise_at(app, "/later", NotYetProvided("收费"))
    page = client.get("/later")
    assert page.status_code == 501
    assert "尚未提供：收费" in words(page)


def test_a_fault_shows_a_mark_that_the_log_has_and_nothing_of_its_inside(
    app: Flask, client: Browser, caplog: pytest.LogCaptureFixture
) -> None:
    app.config["PROPAGATE_EXCEPTIONS"] = False
    _raise_at(app, "/broken", RuntimeError("secret inside"))
    page = client.get("/broken")
    assert page.status_code == 500
    assert "secret" not in page.text
    mark = words(page).split("故障编号：")[1][:8]
    assert any(mark in record.getMessage() for record in caplog.records)


def test_a_closed_door_says_until_when(app: Flask, client: Browser, moment: time_machine.Traveller) -> None:
    until = clock.now() + timedelta(minutes=30)
    _raise_at(app, "/closed", Blocked("次数过多", do=f"请在{when_open(until)}以后再试", until=until))
    page = client.get("/closed")
    assert (page.status_code, page.headers["Retry-After"]) == (429, "1800")
    assert "请在3月2日09:30以后再试" in words(page)


def test_a_form_that_is_refused_at_a_closed_door_says_it_too(
    settings: Settings, office: Office, moment: time_machine.Traveller
) -> None:
    app = create_app(replace(settings, wrong_codes_per_hour=1), relay=False)
    app.test_client_class = Browser
    client = cast(Browser, app.test_client())
    assert client.submit("/track", "/track", number="AYX-2026-9999", code="A" * 10).status_code == 422
    again = client.submit("/track", "/track", number="AYX-2026-9999", code="A" * 10)
    assert (again.status_code, again.headers["Retry-After"]) == (429, "3600")


def test_a_database_that_does_not_answer_is_told_without_it(
    app: Flask, client: Browser, caplog: pytest.LogCaptureFixture, tmp_path: Path
) -> None:
    client.set_cookie("gkapply_display", "contrast")
    database.connect(f"sqlite:///{tmp_path / 'nowhere' / 'gone.db'}")
    page = client.get("/")
    assert (page.status_code, page.headers["Retry-After"]) == (503, "120")
    assert parsed(page).get("class") == "contrast"
    mark = words(page).split("故障编号：")[1][:8]
    assert any(mark in record.getMessage() for record in caplog.records)


def test_a_page_that_takes_forms_alone_says_so_to_programs(client: Browser) -> None:
    assert "POST" in client.get("/display").headers["Allow"]


def _raise_at(app: Flask, path: str, error: Exception) -> None:
    @public
    def view() -> str:
        raise error

    app.add_url_rule(path, path, view)


def test_unknown_addresses_and_methods_get_chinese_pages(client: Browser) -> None:
    assert "没有找到这个页面" in words(client.get("/nowhere"))
    wrong = client.get("/display")
    assert wrong.status_code == 405
    assert "只接收表单提交" in words(wrong)


def test_a_request_over_the_limit_is_refused_with_advice(client: Browser) -> None:
    answer = client.post("/login", data={"a": "b"}, environ_overrides={"CONTENT_LENGTH": str(LARGEST_REQUEST + 1)})
    assert answer.status_code == 413
    assert "每个附件不超过20 MB" in words(answer)


def test_a_form_without_token_is_handed_back_whole_for_confirmation(client: Browser) -> None:
    answer = client.post(
        "/login", data={"login": "登记员\n<b>", "password": "Ab1-secret"}, headers={"Sec-Fetch-Site": "same-origin"}
    )
    assert answer.status_code == 400
    form = parsed(answer).xpath("//main//form")[0]
    assert form.action == "/login"
    assert form.fields["login"] == "登记员\n<b>"
    assert "Ab1-secret" not in answer.text
    assert client.submit(answer).status_code == 422, "the second sending passes the check of tokens"


@pytest.mark.parametrize("headers", [{"Sec-Fetch-Site": "cross-site"}, {"Origin": "https://elsewhere.example"}, {}])
def test_a_form_of_another_site_is_never_offered_for_confirmation(client: Browser, headers: dict[str, str]) -> None:
    answer = client.post("/login", data={"login": "somebody"}, headers=headers)
    assert answer.status_code == 400
    assert "somebody" not in answer.text
    assert not parsed(answer).xpath("//main//form")


def test_the_switches_are_kept_in_a_cookie_and_rendered_on_the_server(client: Browser) -> None:
    assert parsed(client.get("/login")).get("class") is None
    form = {"csrf_token": client.token(), "switch": "large", "back": "/login?next=%2Fdesk"}
    answer = client.post("/display", data=form)
    assert answer.status_code == 303
    assert answer.headers["Location"] == "/login?next=%2Fdesk"
    page = parsed(client.get("/login"))
    assert page.get("class") == "large"
    assert page.xpath("//button[@value='large']/@aria-pressed") == ["true"]
    client.post("/display", data={**form, "switch": "contrast"})
    assert parsed(client.get("/login")).get("class") == "contrast large"
    client.post("/display", data=form)
    assert parsed(client.get("/login")).get("class") == "contrast"


@pytest.mark.parametrize("back", ["https://elsewhere.example/", "//elsewhere.example", "/\\elsewhere.example", "x", ""])
def test_a_switch_leads_nowhere_else(client: Browser, back: str) -> None:
    answer = client.post("/display", data={"csrf_token": client.token(), "switch": "large", "back": back})
    assert answer.headers["Location"] == "/"


GOOD = """<!doctype html><html lang="zh-CN"><head><title>甲 - 乙</title></head><body><h1>甲</h1>{}</body></html>"""


@pytest.mark.parametrize(
    ("part", "fault"),
    [
        ("<h1>丙</h1>", "2 <h1>"),
        ("<p id=a></p><p id=a></p>", "'a' occurs 2"),
        ("<input name=x>", "no label"),
        ("<form method=post action=/x></form>", "0 tokens"),
        ("<form method=get></form>", "without action"),
        ("<p style='color:red'>", "inline style"),
        ("<script>1</script>", "inline script"),
        ("<button onclick=x>丁</button>", "inline script"),
        ("<a href='#none'>丁</a>", "points nowhere"),
        ("<button></button>", "without words"),
    ],
)
def test_the_page_check_finds(part: str, fault: str) -> None:
    assert faults(GOOD.format("")) == []
    assert any(fault in one for one in faults(GOOD.format(part)))


@pytest.mark.parametrize(("proxies", "address"), [(0, "10.0.0.1"), (1, "203.0.113.7")])
def test_the_visitors_address_is_taken_from_trusted_proxies_alone(
    settings: Settings, moment: time_machine.Traveller, proxies: int, address: str
) -> None:
    app = create_app(replace(settings, trusted_proxies=proxies), relay=False)
    seen: list[str | None] = []
    app.before_request(lambda: seen.append(request.remote_addr))
    told = {"X-Forwarded-For": "198.51.100.1, 203.0.113.7"}
    app.test_client().get("/login", headers=told, environ_base={"REMOTE_ADDR": "10.0.0.1"})
    assert seen == [address]
