"""Accounts of citizens on the web: nobody needs one, nothing tells who has one, it opens one's own requests and no desk."""

import io
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select
from werkzeug.test import TestResponse

from gkapply.casework.citizen_records import Citizen, CitizenCase
from gkapply.casework.journal import JournalEntry
from gkapply.casework.query_code import reissue_code
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from gkapply.gateways import Gateways
from tests.web.browser import Browser, parsed, words
from tests.web.citizens import MAIL, PASSWORD, code_in, mails, register, sign_in
from tests.web.test_apply import send
from tests.web.test_track import code_of
from workflows.duties import Duty


@pytest.fixture
def folder(settings: Settings) -> Path:
    """Where mail is left."""
    return settings.anchors


@pytest.fixture
def holder(client: Browser, folder: Path) -> Browser:
    """A browser in which a citizen has just registered."""
    register(client, folder)
    return client


def token_in(page: TestResponse) -> str:
    return str(parsed(page).xpath("//input[@name='csrf_token']/@value")[0])


def listed(client: Browser) -> list[str]:
    return [one.text_content() for one in client.page("/me").xpath("//ul[@class='cards']/li/h2")]


class TestTheAccount:
    def test_an_address_with_and_one_without_an_account_get_the_same_answers(
        self, holder: Browser, new_browser: Callable[[], Browser], folder: Path
    ) -> None:
        told: dict[str, set[tuple[int, str]]] = {}
        for address in (MAIL, "other@example.invalid"):
            stranger = new_browser()
            for page in ("/me/register", "/me/forgot"):
                asked = stranger.submit(page, page, address=address)
                typed = {"code": "000000", "new_password": PASSWORD + "x", "repeated": PASSWORD + "x"}
                shown = words(stranger.get(asked.location)).replace("ci***", "x")
                answer = stranger.submit(asked.location, asked.location, **typed)
                told.setdefault(page, set()).add((answer.status_code, shown.replace("ot***", "x")))
            wrong = stranger.submit("/me/login", "/me/login", address=address, password="wrong")
            told.setdefault("/me/login", set()).add((wrong.status_code, words(wrong)))
        assert {page: len(answers) for page, answers in told.items()} == dict.fromkeys(told, 1)

    def test_only_the_mail_says_that_there_is_an_account(
        self, holder: Browser, new_browser: Callable[[], Browser], folder: Path
    ) -> None:
        before = len(mails(folder))
        stranger = new_browser()
        stranger.submit("/me/register", "/me/register", address=MAIL)
        stranger.submit("/me/forgot", "/me/forgot", address="nobody@example.invalid")
        taken, unknown = mails(folder)[before:]
        assert (taken["To"], "已经有账号" in taken.get_content()) == (MAIL, True)
        assert (unknown["To"], "没有账号" in unknown.get_content()) == ("nobody@example.invalid", True)
        assert not re.search(r"\d{6}", taken.get_content() + unknown.get_content())

    def test_a_code_stands_five_tries_a_quarter_of_an_hour_and_one_use(
        self, client: Browser, folder: Path, moment: time_machine.Traveller
    ) -> None:
        typed = {"new_password": PASSWORD, "repeated": PASSWORD}
        client.submit("/me/register", "/me/register", address=MAIL)
        right = code_in(mails(folder)[-1])
        for _ in range(5):
            assert client.submit("/me/register/code", "/me/register/code", code="x", **typed).status_code == 422
        late = client.submit("/me/register/code", "/me/register/code", code=right, **typed)
        assert "验证码不正确，或者已经失效" in words(late)
        client.submit("/me/register", "/me/register", address=MAIL)
        moment.shift(timedelta(minutes=1))
        right = code_in(mails(folder)[-1])
        moment.shift(timedelta(minutes=15))
        assert client.submit("/me/register/code", "/me/register/code", code=right, **typed).status_code == 422
        with reading() as session:
            assert session.scalars(select(Citizen)).all() == []

    def test_codes_to_one_address_are_bounded(self, client: Browser) -> None:
        for _ in range(4):
            assert client.submit("/me/register", "/me/register", address=MAIL).status_code == 303
        assert client.submit("/me/register", "/me/register", address=MAIL).status_code == 429

    def test_a_weak_password_costs_no_try(self, client: Browser, folder: Path) -> None:
        client.submit("/me/register", "/me/register", address=MAIL)
        code = code_in(mails(folder)[-1])
        for weak in ("short", "Citizen-2026-abc", "aaaaaaaaaaaa") * 2:
            typed = {"code": code, "new_password": weak, "repeated": weak}
            assert client.submit("/me/register/code", "/me/register/code", **typed).status_code == 422
        typed = {"code": code, "new_password": PASSWORD, "repeated": PASSWORD}
        assert client.submit("/me/register/code", "/me/register/code", **typed).status_code == 303

    def test_five_failures_close_the_door_and_a_new_password_opens_it(
        self, holder: Browser, new_browser: Callable[[], Browser], folder: Path
    ) -> None:
        stranger = new_browser()
        for _ in range(5):
            assert sign_in(stranger, password="wrong") == 422
        assert sign_in(stranger) == 429
        asked = stranger.submit("/me/forgot", "/me/forgot", address=MAIL)
        new = "Xinkouling-77"
        typed = {"code": code_in(mails(folder)[-1]), "new_password": new, "repeated": new}
        assert stranger.submit(asked.location, asked.location, **typed).location == "/me/login"
        assert holder.get("/me").status_code == 303, "every earlier login has ended"
        assert sign_in(stranger, password=new) == 303

    def test_a_mobile_number_is_taken_where_text_messages_can_be_sent(
        self, client: Browser, app: Flask, settings: Settings, folder: Path
    ) -> None:
        assert client.submit("/me/register", "/me/register", address="138 0000 0000").status_code == 422
        tray = Gateways(sms_tray=folder / "sms")
        app.config["GKAPPLY"] = replace(settings, gateways=tray)
        asked = client.submit("/me/register", "/me/register", address="138 0000 0000")
        assert "138****0000" in words(client.get(asked.location))
        assert mails(folder) == []
        (sms,) = [json.loads(path.read_text()) for path in (folder / "sms").glob("*.json")]
        code = re.search(r"\d{6}", sms["text"])
        assert code
        typed = {"code": code[0], "new_password": PASSWORD, "repeated": PASSWORD}
        assert client.submit(asked.location, asked.location, **typed).status_code == 303
        client.forge("/me/logout")
        assert sign_in(client, "+86 13800000000") == 303

    def test_each_login_has_a_new_cookie_of_its_own(self, holder: Browser, settings: Settings) -> None:
        def cookie() -> str:
            found = holder.get_cookie("gkapply-me")
            assert found is not None
            assert found.http_only
            assert found.same_site == "Lax"
            return found.value

        first = cookie()
        holder.forge("/me/logout")
        holder.set_cookie("gkapply-me", first)
        assert holder.get("/me").status_code == 303, "a token that was logged out opens nothing"
        assert sign_in(holder, MAIL.upper()) == 303
        assert cookie() != first

    def test_the_journal_names_nobody(self, holder: Browser) -> None:
        with reading() as session:
            bodies = session.scalars(select(JournalEntry.body).where(JournalEntry.deed.like("citizen.%"))).all()
        assert bodies
        assert all("example" not in body for body in bodies)


class TestOwnRequests:
    def test_what_is_sent_while_logged_in_is_listed_and_opens_without_a_code(
        self, holder: Browser, new_browser: Callable[[], Browser]
    ) -> None:
        send(holder)
        assert listed(holder) == ["AYX-2026-0001"]
        text = words(holder.get("/me"))
        assert "待确认" in text
        assert "2026年3月3日前与您确认收到申请" in text
        assert holder.get("/track/AYX-2026-0001").status_code == 200
        assert new_browser().get("/track/AYX-2026-0001").status_code == 303

    def test_the_list_can_be_narrowed_to_one_state(self, holder: Browser, new_life: Callable[..., Life]) -> None:
        life = new_life().apply_online(request(COMPANY, "某工程的批复"))
        life.confirm()
        assert holder.submit("/me/claim", "/me/claim", number=life.reference, code=code_of(life)).status_code == 303
        send(holder)
        page = holder.page("/me")
        links = page.xpath("//nav[@aria-label='只看一种进度']//a")
        assert len(links) == 3
        narrowed = holder.page(links[1].get("href")).xpath("//ul[@class='cards']/li/h2/a")
        assert [one.text_content() for one in narrowed] == [listed(holder)[0]]
        assert "没有这种进度的申请" in words(holder.get("/me?state=paying"))
        assert holder.get("/me?state=nonsense").status_code == 200

    def test_another_accounts_request_stays_shut(
        self, holder: Browser, new_browser: Callable[[], Browser], folder: Path
    ) -> None:
        send(holder)
        other = new_browser()
        register(other, folder, "other@example.invalid")
        assert other.get("/track/AYX-2026-0001").status_code == 303
        assert listed(other) == []

    def test_a_request_is_taken_in_by_number_and_code_until_the_code_is_replaced(
        self, holder: Browser, new_life: Callable[..., Life], moment: time_machine.Traveller
    ) -> None:
        life = new_life().apply_online(request(COMPANY, "某工程的批复"))
        wrong = holder.submit("/me/claim", "/me/claim", number=life.reference, code="WRONGWRONG")
        unknown = holder.submit("/me/claim", "/me/claim", number="AYX-2026-9999", code=code_of(life))
        assert words(wrong) == words(unknown)
        assert holder.submit("/me/claim", "/me/claim", number=life.reference, code=code_of(life)).status_code == 303
        assert listed(holder) == [life.reference]
        moment.shift(timedelta(minutes=29))
        assert holder.get(f"/track/{life.reference}").status_code == 200
        life.do(Duty.REGISTRAR, lambda s, case, actor, now: reissue_code(s, case, "核对身份证", actor, now))
        assert holder.get(f"/track/{life.reference}").status_code == 303
        assert listed(holder) == []

    def test_logging_out_takes_what_the_browser_knew_with_it(
        self, holder: Browser, moment: time_machine.Traveller
    ) -> None:
        sent = send(holder).location
        code = parsed(holder.get(sent)).xpath("//p[@class='number code']/text()")[0].strip()
        page = holder.get("/me")
        moment.shift(timedelta(minutes=31))
        assert holder.post("/me/logout", data={"csrf_token": token_in(page)}).location == "/"
        assert code not in holder.get(sent).text

    def test_what_was_typed_survives_the_idle_time(self, holder: Browser, moment: time_machine.Traveller) -> None:
        page = holder.get("/me/claim")
        moment.shift(timedelta(minutes=31))
        late = holder.submit(page, "/me/claim", number="AYX-2026-0007", code="ABCDEFGHJK")
        assert late.status_code == 401
        again = holder.submit(late, "/me/login", address=MAIL, password=PASSWORD)
        assert parsed(again).xpath("//main//input[@name='number']/@value") == ["AYX-2026-0007"]


class TestSettings:
    def test_the_address_changes_only_with_the_code_sent_to_the_new_one(
        self, holder: Browser, folder: Path, new_browser: Callable[[], Browser]
    ) -> None:
        page, new = "/me/settings/address", "new@example.invalid"
        assert holder.submit(page, page, address=new, password="wrong").status_code == 422
        asked = holder.submit(page, page, address=new, password=PASSWORD)
        mail = mails(folder)[-1]
        assert mail["To"] == new
        assert holder.submit(asked.location, asked.location, code="x").status_code == 422
        assert holder.submit(asked.location, asked.location, code=code_in(mail)).status_code == 303
        assert sign_in(new_browser()) == 422
        assert sign_in(new_browser(), new) == 303

    def test_a_new_password_ends_every_other_login(self, holder: Browser, new_browser: Callable[[], Browser]) -> None:
        other, new = new_browser(), "Xinkouling-77"
        assert sign_in(other) == 303
        page = "/me/settings/password"
        typed = {"password": PASSWORD, "new_password": new, "repeated": new}
        assert holder.submit(page, page, **typed).status_code == 303
        assert (holder.get("/me").status_code, other.get("/me").status_code) == (200, 303)

    def test_closing_leaves_the_requests_and_takes_the_links_and_the_data(
        self, holder: Browser, new_browser: Callable[[], Browser]
    ) -> None:
        holder.submit("/me/profile", "/me/profile", name="申请人甲", phone="13800000000")
        send(holder)
        assert "AYX-2026-0001" in words(holder.get("/me/settings/close"))
        assert holder.submit("/me/settings/close", "/me/settings/close", password=PASSWORD).status_code == 303
        assert holder.get("/track/AYX-2026-0001").status_code == 303
        assert sign_in(new_browser()) == 422
        with reading() as session:
            citizen = session.scalars(select(Citizen)).one()
            assert (citizen.address_index, citizen.sealed, citizen.profile) == (None, b"", b"")
            assert session.scalars(select(CitizenCase)).all() == []
            assert session.scalars(select(Case)).one().reference == "AYX-2026-0001"

    def test_the_profile_is_sealed_checked_and_proposed(self, holder: Browser) -> None:
        wrong = holder.submit("/me/profile", "/me/profile", name="申请人甲", id_number="11010119900101004")
        assert wrong.status_code == 422
        assert "身份证号码应为18位" in words(wrong)
        kept = holder.submit("/me/profile", "/me/profile", name="申请人甲", phone="１３８00000000")
        assert kept.status_code == 303
        shown = holder.page("/me/profile")
        assert shown.xpath("//input[@name='name' or @name='phone']/@value") == ["申请人甲", "13800000000"]
        with reading() as session:
            assert "申请人甲".encode() not in session.scalars(select(Citizen.profile)).one()
        assert holder.submit("/me/profile", "/me/profile/clear").status_code == 303
        assert holder.page("/me/profile").xpath("//input[@name='name']/@value") in ([], [""])


def test_no_page_of_the_office_opens_to_a_citizen(holder: Browser, app: Flask) -> None:
    closed = 0
    for rule in app.url_map.iter_rules():
        view = app.view_functions[rule.endpoint]
        if "GET" in (rule.methods or ()) and isinstance(getattr(view, "_access", None), frozenset):
            path = str(rule.rule)
            for name in rule.arguments:
                path = path.replace(f"<{name}>", "1").replace(f"<int:{name}>", "1")
            answer = holder.get(path)
            assert answer.status_code in (303, 404), f"{path}: {answer.status_code}"
            closed += 1
    assert closed > 40


class TestSheets:
    def fill(self, client: Browser, *rows: tuple[str, ...]) -> tuple[io.BytesIO, str]:
        """The sheet as the page gives it out, filled in."""
        blank = client.get("/me/batch/sheet.csv").data
        return io.BytesIO(blank + "".join(f"{','.join(row)}\r\n" for row in rows).encode()), "批量提交.csv"

    def test_a_sheet_is_looked_through_confirmed_once_and_its_codes_are_shown_here_alone(
        self, holder: Browser, new_browser: Callable[[], Browser]
    ) -> None:
        wanted = [("AYX", "", "", f"第{number}号路灯工程的施工合同") for number in range(3)]
        refused = holder.submit("/me/batch", "/me/batch", file=self.fill(holder, *wanted))
        assert "请先补全常用资料" in words(refused)
        person = {"name": "申请人甲", "id_number": "110101190001010014", "phone": "13800000000"}
        holder.submit("/me/profile", "/me/profile", **person)
        bad = holder.submit("/me/batch", "/me/batch", file=self.fill(holder, *wanted, ("县府", "", "", "x")))
        (row,) = parsed(bad).xpath("//main//td[.='县府']/..")
        assert [cell.text_content() for cell in row][:3] == ["第5行", "受理机关", "县府"]
        preview = holder.submit("/me/batch", "/me/batch", file=self.fill(holder, *wanted))
        page = holder.get(preview.location)
        assert "还没有提交" in words(page)
        for _ in range(2):
            assert holder.submit(page, preview.location).status_code == 303
        assert listed(holder) == ["AYX-2026-0003", "AYX-2026-0002", "AYX-2026-0001"]
        receipts = holder.get(preview.location)
        codes = parsed(receipts).xpath("//td/code/text()")
        assert len(set(codes)) == 3
        table = holder.get(f"{preview.location}/receipts.csv").data.decode("utf-8-sig")
        assert all(code in table for code in codes)
        assert holder.get(f"{preview.location}/receipts.xlsx").data.startswith(b"PK")
        assert holder.get("/me/batch/sheet.xlsx").data.startswith(b"PK")
        stranger = new_browser()
        assert stranger.submit("/track", "/track", number="AYX-2026-0002", code=codes[1]).status_code == 303
        sign_in(stranger)
        assert parsed(stranger.get(preview.location)).xpath("//td/code") == []

    def test_the_profile_fills_in_the_form(self, holder: Browser) -> None:
        holder.submit("/me/profile", "/me/profile", name="申请人甲", phone="13800000000", assistance="大字文本")
        page = holder.get("/apply")
        assert page.headers["Cache-Control"] == "no-store"
        assert parsed(page).xpath("//input[@name='assistance']/@value") == ["大字文本"]
        second = holder.submit(page, organ="AYX", description="某工程的施工合同")
        shown = holder.page(second.location)
        assert shown.xpath("//input[@name='name' or @name='phone']/@value") == ["申请人甲", "13800000000"]
