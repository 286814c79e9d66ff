"""After sending: each step is told once, messages stop when unwanted, satisfaction is asked once and kept apart."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
import time_machine
from sqlalchemy import select, update

from gkapply import clock
from gkapply.casework import contact_change, notices, satisfaction
from gkapply.casework.access import applicant_on
from gkapply.casework.case_news import NEWS, SILENT
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_kinds import Kind
from gkapply.casework.message_records import Message
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.satisfaction_records import Satisfaction
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from tests.web.test_track import look
from workflows.application import APPLICATION
from workflows.duties import Duty

NewLife = Callable[..., Life]
OLD, NEW = "old@example.cn", "new@example.cn"


@pytest.fixture
def applied(new_life: NewLife) -> Life:
    """A request on the web whose applicant left a mail address."""
    return new_life().apply_online(replace(request(COMPANY, "某路的施工合同"), email=OLD))


@pytest.fixture
def replied(applied: Life) -> Life:
    """It was answered, and the reply waits to be fetched."""
    applied.confirm().assign().accept().search("施工合同", "没有").decide(1, "not_existing", {})
    return applied.draft_reply().submit_reply().pass_review().sign_reply().send_reply()


def news() -> list[str]:
    """What the applicant was told of, in the order of telling."""
    with reading() as session:
        query = select(Message.about).where(Message.kind == Kind.PROGRESS).order_by(Message.id)
        return list(session.scalars(query))


def test_every_step_that_moves_a_request_is_told_or_said_why_not() -> None:
    moving = {step.trigger for step in APPLICATION.steps if step.dest is not None}
    assert moving <= set(NEWS) | set(SILENT)
    assert set(NEWS) | set(SILENT) <= APPLICATION.triggers()
    assert not set(NEWS) & set(SILENT)


class TestMessages:
    def test_each_step_is_told_once_and_no_more_after_they_are_stopped(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().assign()
        assert news() == ["confirm"]
        page = look(client, applied, moment)
        assert "会告知o***@example.cn" in words(page)
        address = f"/track/{applied.reference}"
        stopped = client.submit(page, f"{address}/messages")
        assert "您停止了消息提醒" in words(client.get(stopped.location))
        applied.ask_correction("写明标段", "写明标段").receive_correction("写明了的合同")
        assert news() == ["confirm"]
        with reading() as session:
            assert not session.scalars(select(Message).where(Message.kind == Kind.LETTER_WAITS)).all()
        look(client, applied, moment)
        client.submit(address, f"{address}/messages")
        applied.withdraw()
        assert news() == ["confirm", "withdraw"]

    def test_a_change_of_mail_is_told_to_the_old_address(self, applied: Life) -> None:
        with transaction() as session:
            case = session.scalars(select(Case)).one()
            contact_change.change_contact(session, case, {"email": NEW}, applicant_on(case), clock.now())
        with reading() as session:
            message = session.scalars(select(Message).where(Message.kind == Kind.PROGRESS)).one()
            worded = notices.put_together(session, message)
        assert worded.contents.to == OLD
        assert "登记的联系方式已经变更" in worded.contents.text

    def test_whoever_left_no_address_costs_no_message(self, new_life: NewLife) -> None:
        new_life().apply_online(replace(request(COMPANY, "某合同"), email="", phone="028-12345678")).confirm()
        assert news() == []


class TestSatisfaction:
    def test_it_is_asked_once_after_the_delivery_and_names_no_request(
        self, client: Browser, replied: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, replied, moment)
        address = f"/track/{replied.reference}/satisfaction"
        assert address not in page.text
        replied.delivered()
        page = look(client, replied, moment)
        assert address in page.text
        nothing = client.submit(address, address, words="办得很快")
        assert nothing.status_code == 422
        assert "办得很快" in nothing.text
        before = version_of(replied)
        assert client.submit(address, address, score="4", words="办得很快").status_code == 303
        assert address not in client.get(f"/track/{replied.reference}").text
        assert client.forge(address, score="1").status_code == 422
        with reading() as session:
            kept = session.scalars(select(Satisfaction)).one()
            assert (kept.score, kept.quarter, kept.organ_id) == (4, date(2026, 1, 1), 1)
            assert b"\xe5\x8a\x9e" not in kept.words, "the words are sealed"
            assert satisfaction.words(session, 1, 2026) == [(4, "办得很快")]
            told = [one for one in session.scalars(select(JournalEntry)) if "satisf" in one.body or "score" in one.body]
        assert told == []
        assert version_of(replied) == before, "nobody's open form goes stale over it"

    def test_it_may_be_passed_over_and_switched_off(
        self, client: Browser, replied: Life, moment: time_machine.Traveller
    ) -> None:
        replied.delivered()
        page = look(client, replied, moment)
        address = f"/track/{replied.reference}/satisfaction"
        with transaction() as session:
            session.execute(update(Organ).values(settings=json.dumps({"ask_satisfaction": False})))
        assert address not in client.get(f"/track/{replied.reference}").text
        with transaction() as session:
            session.execute(update(Organ).values(settings="{}"))
        assert client.submit(page, address).status_code == 303
        assert address not in client.get(f"/track/{replied.reference}").text
        with reading() as session:
            assert session.scalars(select(Satisfaction)).all() == []

    def test_the_head_reads_words_and_the_supervisor_no_small_figures(
        self, office: Office, login: Callable[[Duty], Browser], moment: time_machine.Traveller
    ) -> None:
        with transaction() as session:
            seal = office.ring.seal("等了很久".encode(), "satisfaction.words.99")
            rows = [Satisfaction(id=99, organ_id=1, quarter=date(2026, 1, 1), score=2, words=seal)]
            rows += [Satisfaction(id=n, organ_id=1, quarter=date(2026, 1, 1), score=5, words=b"") for n in range(1, 8)]
            session.add_all(rows)
        head = login(Duty.HEAD).get("/report/satisfaction")
        assert "等了很久" in words(head)
        assert "8" in words(head)
        supervisor = login(Duty.SUPERVISOR).get("/report/satisfaction")
        assert "等了很久" not in supervisor.text
        with reading() as session:
            shown = satisfaction.figures(session, 1, 2026, inside=False)
        assert (shown.scores[2], shown.scores[5], shown.total) == (None, None, 8)
        assert login(Duty.OFFICER).get("/report/satisfaction").status_code == 403


def version_of(life: Life) -> int:
    with reading() as session:
        return session.scalars(select(Case.version).where(Case.reference == life.reference)).one()
