"""The one-time link of a consulted party: who gets in, what it proves, what it takes once, and what it never shows."""

import re
from collections.abc import Callable
from datetime import date, datetime, timedelta
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from gkapply.casework import asking, consultation, delivery, letters_together
from gkapply.casework.access import Actor
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.asking import Asking, Party
from gkapply.casework.delivery import ONLINE, POST
from gkapply.casework.delivery_ledger import Dispatch
from gkapply.casework.entries import Fact
from gkapply.casework.journal import JournalEntry
from gkapply.casework.link_door import hash_of
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.consulting import sent_by
from gkapply.demo.life import Life
from gkapply.demo.stamping import SCAN
from gkapply.jobs import make_celery, run_due
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.consultation import ConsultationState
from workflows.duties import Duty

COMPANY = Party("某建设工程有限公司", "某县某路1号", "13800001234", "91510000MA0000000C", "office@example.com")
CO_PRODUCER = Party("资阳市水利局", "某路2号", "028-26111111")
OPENED_ON = date(2026, 3, 12)


def asked_by_link(new_life: Callable[..., Life], party: Party, kind: str = "third_party") -> Life:
    """Asked on the web on Tuesday, 10 March 2026, in a case received on the 2nd."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某工程的施工合同"), life.at_the_counter()).assign().accept()
    life.come_to(date(2026, 3, 10))
    question = Asking(kind, "施工合同", "合同载有报价明细")
    life.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose_all(s, case, question, [party], actor, now))
    life.sign(LetterKind.INQUIRY_NOTICE).sign(asking.INQUIRY_OF[kind])
    return life


def send_online(life: Life) -> None:
    life.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: letters_together.send(
            s,
            next(one for one in case.letters if one.kind == "third_party_inquiry"),
            Dispatch(ONLINE, life.today),
            [],
            actor,
            now,
        ),
    )


def send_by_post(life: Life, kind: LetterKind) -> None:
    def deed(session: Session, case: Case, actor: Actor, now: datetime) -> None:
        letter = next(one for one in case.letters if one.kind == kind)
        delivery.send(session, letter, sent_by(session, letter, POST, life.today, actor, now), actor, now)

    life.do(Duty.REGISTRAR, deed)


@pytest.fixture
def asked(new_life: Callable[..., Life], moment: time_machine.Traveller) -> Life:
    """A company was asked on the web; two days later it opens its mail."""
    life = asked_by_link(new_life, COMPANY)
    send_online(life)
    life.come_to(OPENED_ON)
    moment.move_to(life.now)
    return life


def question() -> Consultation:
    with reading() as session:
        one = session.scalars(select(Consultation)).one()
        _ = one.case
        return one


def link(office: Office) -> tuple[str, str]:
    """Address and code, as the letter's file prints them."""
    token, code = office.ring.answer_link(question().uid)
    return f"/answer/{token}", code


def let_in(client: Browser, office: Office, tail: str = "1234") -> TestResponse:
    address, code = link(office)
    return client.submit(address, address, code=code, tail=tail)


def test_the_file_of_the_letter_alone_shows_address_and_code(asked: Life, office: Office) -> None:
    address, code = link(office)
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == "third_party_inquiry")).one()
        text = "\n".join(paragraphs(office.store.get(letter.file_sha)))
        assert address in text
        assert code in text
        kept = letter.final + letter.snapshot + "".join(session.scalars(select(JournalEntry.body)))
        assert address.removeprefix("/answer/") not in kept
        assert code not in kept
        assert question().link_hash == hash_of(address.removeprefix("/answer/"))


def test_the_mail_carries_the_link(asked: Life, office: Office, settings: Settings) -> None:
    run_due(make_celery(settings))
    mails = [path.read_text(encoding="utf-8") for path in settings.anchors.parent.rglob("*.eml")]
    assert [mail for mail in mails if "office@example.com" in mail]


def test_the_first_opening_proves_the_receipt(client: Browser, asked: Life, office: Office) -> None:
    address, _ = link(office)
    assert "核验身份" in client.get(address).text
    assert question().received_on is None
    assert let_in(client, office).status_code == 303
    page = words(client.get(address))
    assert "施工合同" in page
    assert "2026年4月2日" in page
    assert "既不视为同意，也不视为不同意" in page
    assert PERSON.name not in page
    assert asked.reference not in page
    one = question()
    assert (one.received_on, one.opinion_due_on) == (OPENED_ON, date(2026, 4, 2))
    with reading() as session:
        fact = session.scalars(select(Fact).where(Fact.kind == "question_received")).one()
        looks = session.scalars(select(AccessEntry.deed).where(AccessEntry.actor == "link")).all()
        assert (fact.actor, looks[0]) == ("link", "question.opened")


def test_the_credit_code_identifies_as_well(client: Browser, asked: Life, office: Office) -> None:
    assert let_in(client, office, "000c").status_code == 303


@pytest.mark.parametrize(("code", "tail"), [("AAAAAAAA", "1234"), (None, "9999"), ("", "1234")])
def test_a_wrong_code_or_number_opens_nothing(
    client: Browser, asked: Life, office: Office, code: str | None, tail: str
) -> None:
    address, right = link(office)
    refused = client.submit(address, address, code=right if code is None else code, tail=tail)
    assert refused.status_code == 422
    assert "施工合同" not in refused.text
    assert question().received_on is None


def test_ten_failures_close_the_link_for_an_hour(
    new_browser: Callable[[], Browser], asked: Life, office: Office, moment: time_machine.Traveller
) -> None:
    client = new_browser()
    for _ in range(10):
        assert let_in(client, office, "0000").status_code == 422
    assert "以后再试" in words(let_in(client, office))
    moment.shift(timedelta(minutes=61))
    assert let_in(client, office).status_code == 303


def test_an_unknown_link_is_not_there(client: Browser, asked: Life) -> None:
    assert client.get("/answer/2345").status_code == 404


def test_an_opinion_is_taken_once_with_its_confirmation(client: Browser, asked: Life, office: Office) -> None:
    address, _ = link(office)
    let_in(client, office)
    papers = (BytesIO(b"%PDF-1.4 proof"), "证明.pdf")
    partly = client.submit(address, f"{address}/opinion", opinion="partly", text="报价是商业秘密", files=papers)
    assert partly.status_code == 422
    assert "同意公开哪些内容" in words(partly)
    papers = (BytesIO(b"%PDF-1.4 proof"), "证明.pdf")
    taken = client.submit(partly, f"{address}/opinion", parts="报价以外的部分", files=papers)
    assert taken.status_code == 303
    page = words(client.get(taken.location))
    one = question()
    assert (one.state, one.opinion, one.opinion_parts) == (ConsultationState.ANSWERED, "partly", "报价以外的部分")
    with reading() as session:
        case = session.get_one(Case, one.case_id)
        digest = next(fact.detail for fact in case.facts if fact.kind == "third_party_answered")
        assert [paper.name for paper in case.documents if paper.role == "opinion"] == ["证明.pdf"]
    shown = re.search(r"[0-9a-f]{64}", page)
    assert shown is not None
    assert shown[0] in digest
    again = client.get(address)
    assert again.status_code == 410
    assert "链接已使用" in words(again)
    # 11 and 12 March do not count.
    assert case.due_on == date(2026, 4, 1)


def test_a_late_opinion_is_taken_and_marked(
    client: Browser, asked: Life, office: Office, moment: time_machine.Traveller
) -> None:
    let_in(client, office)
    due_on = question().case.due_on
    moment.move_to(asked.come_to(date(2026, 4, 3)).now)
    let_in(client, office)
    address, _ = link(office)
    assert "期限已经届满" in words(client.get(address))
    taken = client.submit(address, f"{address}/opinion", opinion="agree")
    assert "已记明逾期" in words(client.get(taken.location))
    assert (question().came_late, question().case.due_on) == (True, due_on)


def test_a_withdrawn_question_closes_its_link(client: Browser, asked: Life, office: Office) -> None:
    let_in(client, office)
    asked.do(
        Duty.OFFICER,
        lambda s, case, actor, now: consultation.withdraw(s, case.consultations[0], "不再需要", actor, now),
    )
    address, _ = link(office)
    assert client.get(address).status_code == 410


def test_a_browser_that_did_not_identify_itself_gives_no_opinion(
    new_browser: Callable[[], Browser], asked: Life, office: Office
) -> None:
    address, _ = link(office)
    let_in(new_browser(), office)
    stranger = new_browser()
    assert stranger.forge(f"{address}/opinion", opinion="agree").status_code == 303
    assert question().state is ConsultationState.ASKED
    assert stranger.get(f"{address}/letter").status_code == 303


def test_what_was_opened_closes_after_half_an_hour(
    client: Browser, asked: Life, office: Office, moment: time_machine.Traveller
) -> None:
    let_in(client, office)
    moment.shift(timedelta(minutes=31))
    address, _ = link(office)
    assert "施工合同" not in client.get(address).text


def test_a_co_producer_reads_that_silence_is_consent(
    client: Browser, new_life: Callable[..., Life], office: Office, moment: time_machine.Traveller
) -> None:
    life = asked_by_link(new_life, CO_PRODUCER, "co_producer")
    send_by_post(life, LetterKind.CO_PRODUCER_INQUIRY)
    moment.move_to(life.come_to(OPENED_ON).now)
    assert let_in(client, office, "1111").status_code == 303
    address, _ = link(office)
    page = client.get(address)
    assert "视为同意公开" in words(page)
    letter = client.get(f"{address}/letter")
    assert (letter.mimetype, letter.data) == ("application/pdf", SCAN.content)
    with reading() as session:
        asking_it = session.scalars(select(Letter).where(Letter.kind == "co_producer_inquiry")).one()
    assert "视为同意公开" in "\n".join(paragraphs(office.store.get(asking_it.file_sha)))


def test_a_party_without_a_number_gets_no_link(new_life: Callable[..., Life], office: Office) -> None:
    life = asked_by_link(new_life, Party("某村村民"))
    assert question().link_hash is None
    with reading() as session:
        letter = session.scalars(select(Letter).where(Letter.kind == "third_party_inquiry")).one()
        assert "在线提交意见" not in "\n".join(paragraphs(office.store.get(letter.file_sha)))
    with pytest.raises(Refusal, match="才能网上送达"):
        send_online(life)
