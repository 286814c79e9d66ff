"""Keeping a query code and getting it again: the receipt's file, the contact in the file, the counter; equal work for wrong guesses."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event, select

from gkapply import clock, database
from gkapply.casework import code_sending, errands, message_contents, opening, outbox
from gkapply.casework.code_sending import DEED
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_records import Channel, Message
from gkapply.casework.outbox import Errand
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.sealing import KeyRing
from tests.web.browser import Browser, words
from tests.web.test_apply import send
from tests.web.test_track import code_of
from workflows.duties import Duty

NewLife = Callable[..., Life]
MAIL, PHONE = "zhang@example.cn", "13800138000"


@pytest.fixture
def applied(new_life: NewLife) -> Life:
    """A request on the web whose applicant left a mail address and a mobile number."""
    return new_life().apply_online(replace(request(PERSON, "某路的施工合同"), email=MAIL, phone=PHONE))


def sent() -> list[tuple[str, str, str]]:
    """Every message that was posted: by what, to whom, what it says."""
    with reading() as session:
        found = [(one, message_contents.contents_of(session, one)) for one in session.scalars(select(Message))]
        return [(one.channel, said.to, said.text) for one, said in found if said is not None and one.kind == "code"]


def run_errands() -> None:
    """Do what waits for the query code."""
    with reading() as session:
        waiting = session.scalars(select(Errand).where(Errand.task == outbox.SEND_CODE)).all()
    for one in waiting:
        claim = outbox._claim(one, clock.now())
        errands.send_code(claim.arguments, clock.now(), None)  # type: ignore[arg-type]


@contextmanager
def counted(monkeypatch: pytest.MonkeyPatch) -> Iterator[dict[str, list[str]]]:
    """The statements sent and the codes derived meanwhile."""
    work: dict[str, list[str]] = {"statements": [], "codes": []}

    def note(conn: object, cursor: object, statement: str, *rest: object) -> None:
        work["statements"].append(statement)

    derive = KeyRing.query_code

    def noted(ring: KeyRing, uid: str, generation: int) -> str:
        work["codes"].append("derived")
        return derive(ring, uid, generation)

    with monkeypatch.context() as patch:
        patch.setattr(KeyRing, "query_code", noted)
        event.listen(database.engine(), "before_cursor_execute", note)
        try:
            yield work
        finally:
            event.remove(database.engine(), "before_cursor_execute", note)


class TestEqualWork:
    def test_an_unknown_number_costs_what_a_wrong_code_costs(
        self, applied: Life, new_life: NewLife, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        whole = new_life()
        whole.register(walked_in(PERSON, "某工程的批复；招生片区的文件"), whole.at_the_counter()).assign()
        part, _ = whole.divide("某工程的批复", "招生片区的文件")
        spent = {}
        for name, number in {"a request": applied.reference, "a part": part, "none": "AYX-2026-9999"}.items():
            with reading() as session, counted(monkeypatch) as work:
                assert opening.find_by_code(session, number, "WRONGWRONG") is None
            spent[name] = work
        assert spent["a request"] == spent["a part"] == spent["none"]
        assert len(spent["none"]["codes"]) == opening.DEPTH

    def test_asking_for_a_code_answers_and_works_alike(
        self, client: Browser, applied: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        seen = []
        for number, contact in (
            (applied.reference, MAIL),
            (applied.reference, "other@example.cn"),
            ("AYX-2026-9999", MAIL),
        ):
            token = client.token()
            with counted(monkeypatch) as work:
                answer = client.post("/track/code", data={"number": number, "contact": contact, "csrf_token": token})
            told = words(client.get("/track"))
            seen.append((answer.status_code, told, work))
        assert seen[0][0] == 303
        assert seen[0] == seen[1] == seen[2]


class TestToTheContactInTheFile:
    def test_the_code_in_force_goes_to_the_contact_that_was_named(
        self, client: Browser, applied: Life, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(code_sending, "texts", lambda session: True)
        before = code_of(applied)
        for contact in ("stranger@example.cn", PHONE, f" {MAIL.upper()} "):
            client.submit("/track/code", "/track/code", number=applied.reference, contact=contact)
        with reading() as session:
            kept = [one.arguments for one in session.scalars(select(Errand).where(Errand.task == outbox.SEND_CODE))]
        assert not [one for one in kept if MAIL in one or PHONE in one or applied.reference in one]
        run_errands()
        run_errands()
        found = {channel: (to, text) for channel, to, text in sent()}
        assert len(sent()) == 2
        assert found[Channel.MAIL][0].casefold() == MAIL
        assert found[Channel.SMS][0] == PHONE
        assert code_of(applied) == before
        for _, text in found.values():
            assert before in text
            assert applied.reference not in text, "number and code never travel together"
        with reading() as session:
            entries = session.scalars(select(JournalEntry).where(JournalEntry.deed == DEED)).all()
        assert [one.actor for one in entries] == ["system", "system"]
        assert all(MAIL not in one.body and before not in one.body for one in entries)

    def test_without_a_gateway_the_right_telephone_leads_to_the_mail(self, client: Browser, applied: Life) -> None:
        for contact in ("13900139000", PHONE):
            client.submit("/track/code", "/track/code", number=applied.reference, contact=contact)
        run_errands()
        assert [(channel, to) for channel, to, _ in sent()] == [(Channel.MAIL, MAIL)]

    def test_once_an_hour(self, client: Browser, applied: Life, moment: time_machine.Traveller) -> None:
        for _ in range(3):
            client.submit("/track/code", "/track/code", number=applied.reference, contact=MAIL)
            run_errands()
        assert len(sent()) == 1
        moment.shift(timedelta(hours=1))
        client.submit("/track/code", "/track/code", number=applied.reference, contact=MAIL)
        run_errands()
        assert len(sent()) == 2


class TestReceipt:
    @pytest.fixture
    def location(self, client: Browser) -> str:
        """The receipt of a form that this browser has just sent."""
        return str(send(client, email=MAIL).location)

    def test_the_file_holds_what_proves_the_submission(
        self, client: Browser, new_browser: Callable[[], Browser], location: str
    ) -> None:
        page = client.get(location)
        file = client.get(f"{location}/file")
        assert file.headers["Content-Disposition"].startswith("attachment")
        text = file.data.decode("utf-8-sig")
        with reading() as session:
            case = session.scalars(select(Case)).one()
            code = query_code(session, case)
            for part in (case.reference, case.content_hash, code, case.organ.name, "2026年3月2日09:00:00"):
                assert part in text, part
        assert "以双方确认之日为准，不是提交之日" in text
        assert "最迟在2026年3月3日与您联系确认" in text
        assert "最迟在2026年3月3日与您联系确认" in words(page)
        stranger = new_browser().get(f"{location}/file").data.decode("utf-8-sig")
        assert code not in stranger
        assert case.reference in stranger

    def test_the_code_goes_to_the_mail_of_the_file_when_asked_for(
        self, client: Browser, new_browser: Callable[[], Browser], location: str
    ) -> None:
        assert "把查询码发到z***@example.cn" in words(client.get(location))
        assert sent() == []
        client.submit(location, f"{location}/code", way="email")
        assert [(channel, to) for channel, to, _ in sent()] == [(Channel.MAIL, MAIL)]
        again = client.submit(location, f"{location}/code", way="email")
        assert "一小时之内已经发过" in words(client.get(again.location))
        assert new_browser().forge(f"{location}/code", way="email").status_code == 404


def test_at_the_counter_a_new_code_is_printed_and_the_old_one_is_dead(
    client: Browser, login: Callable[[Duty], Browser], applied: Life, moment: time_machine.Traveller
) -> None:
    moment.move_to(applied.now)
    old, registrar = code_of(applied), login(Duty.REGISTRAR)
    step = f"/desk/cases/{applied.reference}/steps/reissue_code"
    slip = f"/desk/cases/{applied.reference}/code-slip"
    assert registrar.get(slip).status_code == 303, "nothing was re-issued here"
    done = registrar.submit(step, step, reason="exposed", how="核对居民身份证原件")
    assert done.location == slip
    page = registrar.get(slip)
    assert code_of(applied) in words(page)
    assert old not in page.text
    assert client.submit("/track", "/track", number=applied.reference, code=old).status_code == 422
    moment.shift(timedelta(minutes=11))
    assert registrar.get(slip).status_code == 303
    assert "可能被他人知道" in words(registrar.get(f"/desk/cases/{applied.reference}"))
