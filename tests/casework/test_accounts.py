"""Accounts, duties, organs and logins on both databases."""

import threading
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import func, select

from gkapply.casework import accounts, duties, logins, organs, passwords, sessions, signing_names
from gkapply.casework.access import Actor
from gkapply.casework.accounts import operator
from gkapply.casework.attempts import Blocked
from gkapply.casework.journal import JournalEntry
from gkapply.casework.organs import OrganDetails
from gkapply.casework.papers import Letter
from gkapply.casework.people import Attempt, DutyHolding, Organ
from gkapply.casework.signing_names import SigningNameDetails
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from tests.casework.conftest import Office
from workflows.duties import CASE_DUTIES, Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
PASSWORD = "Shanhai-2026"
NAME = SigningNameDetails("安岳县行政审批局", "安行审公开", "安岳县人民政府", "安岳县人民法院")


def _open(login: str, *held: Duty) -> None:
    """An account with PASSWORD and duties at the county's desk, as the command line makes it."""
    with transaction() as session:
        user, _ = accounts.add_user(session, login, "某人", operator(), NOW, password=PASSWORD, must_change=False)
        for duty in held:
            duties.grant_duty(session, user, duty, organs.find_organ(session, "AYX"), operator(), NOW)


def _login(token: str) -> sessions.Login:
    with reading() as session:
        found = sessions.find(session, token, NOW, timedelta(minutes=30))
    assert found is not None
    return found


def _grant(duty: Duty, office: Office, actor: Actor, **days: Any) -> DutyHolding:
    """The officer gets one more duty at the county's desk."""
    with transaction() as session:
        officer = accounts.find_user(session, "officer", for_change=True)
        desk = session.get_one(Organ, office.organ_id)
        return duties.grant_duty(session, officer, duty, desk, actor, NOW, **days)


def test_an_account_logs_in_with_the_duties_of_its_organ(office: Office) -> None:
    _open("zhangsan", Duty.REGISTRAR, Duty.OFFICER)
    login = _login(logins.sign_in("ZhangSan ", PASSWORD, "192.0.2.1", NOW))
    assert login.actor == Actor("user", office.organ_id, frozenset({Duty.REGISTRAR, Duty.OFFICER}), login.user_id)
    assert not login.must_change_password


def test_the_operator_gives_an_administrators_duty_without_organ(office: Office) -> None:
    _open("zhangsan", Duty.SYSADMIN)
    actor = _login(logins.sign_in("zhangsan", PASSWORD, "192.0.2.1", NOW)).actor
    assert (actor.organ_id, actor.duties) == (None, frozenset({Duty.SYSADMIN}))


def test_a_hash_of_weaker_figures_is_renewed_at_the_login(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _open("zhangsan")
    with reading() as session:
        before = accounts.find_user(session, "zhangsan").password_hash
    monkeypatch.setattr(passwords, "outdated", lambda kept: kept == before)
    logins.sign_in("zhangsan", PASSWORD, "192.0.2.1", NOW)
    with reading() as session:
        after = accounts.find_user(session, "zhangsan").password_hash
    assert after != before
    assert passwords.matches(after, PASSWORD)


def test_tries_at_the_same_moment_cannot_overrun_the_limit(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    _open("zhangsan")
    checked: list[str] = []

    def wrong(_: str | None, password: str) -> bool:
        checked.append(password)
        return False

    monkeypatch.setattr(passwords, "matches", wrong)

    def guess(number: int) -> None:
        with pytest.raises(Refusal):
            logins.sign_in("zhangsan", f"Guess-{number}", f"192.0.2.{number}", NOW)

    threads = [threading.Thread(target=guess, args=(number,)) for number in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(checked) <= 5
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Attempt)) == 16, "every try stays on record"


def test_the_limit_holds_over_processes_because_it_is_in_the_database(office: Office) -> None:
    _open("zhangsan")
    for number in range(5):
        with pytest.raises(Refusal, match="账号或者口令不正确"):
            logins.sign_in("zhangsan", "Wrong-2026-x", f"192.0.2.{number}", NOW)
    with pytest.raises(Blocked):
        logins.sign_in("zhangsan", PASSWORD, "192.0.2.99", NOW)
    with transaction() as session:
        accounts.unlock(session, accounts.find_user(session, "zhangsan"), operator(), NOW)
    assert logins.sign_in("zhangsan", PASSWORD, "192.0.2.99", NOW)


@pytest.mark.parametrize("duty", sorted(CASE_DUTIES | {Duty.AUDITOR, Duty.SUPERVISOR}))
def test_only_the_system_administrator_enters_organs_and_accounts(office: Office, duty: Duty) -> None:
    actor = office.staff[duty]
    with pytest.raises(NotPermitted), transaction() as session:
        organs.add_organ(session, "X-1", OrganDetails("某机关"), actor, NOW)
    with pytest.raises(NotPermitted), transaction() as session:
        accounts.add_user(session, "somebody", "某人", actor, NOW)
    with pytest.raises(NotPermitted):
        _grant(Duty.HEAD, office, actor)


def test_organs_are_listed_as_plain_values(office: Office) -> None:
    with transaction() as session:
        added = organs.add_organ(session, "AYX-XZ", OrganDetails("岳阳镇人民政府", "township", "AYX"), operator(), NOW)
        signing_names.add_signing_name(session, added, NAME, operator(), NOW)
    with reading() as session:
        listed = {one["code"]: one for one in organs.list_organs(session)}
    assert listed["AYX-XZ"] == {
        "code": "AYX-XZ",
        "name": "岳阳镇人民政府",
        "kind": "township",
        "parent": "AYX",
        "accepts_applications": True,
        "valid_from": "2019-05-15",
        "valid_to": None,
        "signing_names": ["安岳县行政审批局"],
    }


def test_a_refused_organ_leaves_nothing(office: Office) -> None:
    for wrong in (OrganDetails(""), OrganDetails("某机关", "ministry"), OrganDetails("某机关", parent="NONE")):
        with pytest.raises(Refusal), transaction() as session:
            organs.add_organ(session, "X-1", wrong, operator(), NOW)
    with pytest.raises(NotFound), reading() as session:
        organs.find_organ(session, "X-1")
    with reading() as session:
        assert session.scalar(select(JournalEntry.id).where(JournalEntry.deed == "organ.add")) is None


def test_the_journal_proves_what_was_entered_without_repeating_it(office: Office) -> None:
    with transaction() as session:
        organs.add_organ(session, "X-1", OrganDetails("保密的名称"), operator(), NOW)
    with reading() as session:
        body = session.scalars(select(JournalEntry.body).where(JournalEntry.deed == "organ.add")).one()
    assert "保密的名称" not in body
    assert '"entered":"' in body


def test_a_duty_ends_on_the_day_after_its_last(office: Office) -> None:
    held = _grant(Duty.HEAD, office, operator(), valid_to=date(2026, 3, 6))
    assert [held.holds_on(date(2026, 3, day)) for day in (1, 2, 6, 7)] == [False, True, True, False]


def test_the_same_duty_is_held_again_after_its_end(office: Office) -> None:
    _grant(Duty.HEAD, office, operator(), valid_to=date(2026, 3, 6))
    _grant(Duty.HEAD, office, operator(), valid_from=date(2026, 3, 7))
    with pytest.raises(Refusal, match="已经担任"):
        _grant(Duty.HEAD, office, operator(), valid_from=date(2026, 3, 6))


@pytest.fixture
def numbered_letter(new_life: Callable[..., Life]) -> str:
    """The 代字 under which a letter of the county's desk has been numbered."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign()
    life.ask_correction("请写明是哪一项工程", "请写明工程名称或者文号")
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.number.is_not(None))).first()
        assert letter is not None
        return letter.signing_name.code_word


def test_a_name_under_which_letters_went_out_stays(office: Office, numbered_letter: str) -> None:
    def change(**changes: Any) -> None:
        with transaction() as session:
            desk = organs.find_organ(session, "AYX", for_change=True)
            standing = signing_names.find_signing_name(session, desk, numbered_letter)
            details = replace(signing_names.details_of(standing), **changes)
            signing_names.change_signing_name(session, standing, details, operator(), NOW)

    with pytest.raises(Refusal, match="已有文书以这一落款编号"):
        change(code_word="安府新公开")
    with pytest.raises(Refusal, match="已有文书以这一落款编号"):
        change(full_name="安岳县人民政府新办公室")
    change(court="安岳县第二人民法院", valid_to=date(2026, 12, 31))
