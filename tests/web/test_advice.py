"""A legal adviser's opinion by one-time link: asked for, shown without the applicant, given once, answered by whoever goes on."""

import re
from collections.abc import Callable
from datetime import date, timedelta
from io import BytesIO

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import sweep, unadvised
from gkapply.casework.advised import AdviserOpinion
from gkapply.casework.entries import Document
from gkapply.casework.file_index import parts
from gkapply.casework.journal import JournalEntry
from gkapply.casework.notification import Notification
from gkapply.casework.paper_roles import Section
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.jobs import make_celery, run_due
from tests.casework.conftest import Office
from tests.marked_files import MARKED, PAPER_WAY
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

ADVISER = {"name": "某律师事务所某律师", "phone": "13800004321", "email": "adviser@example.com"}
UNTIL = date(2026, 3, 13)
Login = Callable[[Duty], Browser]


@pytest.fixture
def reply(new_life: Callable[..., Life], moment: time_machine.Traveller) -> Life:
    """A reply waits for its review on Tuesday, 10 March 2026."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, f"{PERSON.name}家门前路灯安装的立项文件"), life.at_the_counter()).assign().accept()
    life.come_to(date(2026, 3, 10))
    life.search(f"“路灯”“{PERSON.name}”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    life.draft_reply().submit_reply()
    moment.move_to(life.now)
    return life


def letter() -> Letter:
    with reading() as session:
        return session.scalars(select(Letter).where(Letter.kind == "reply_not_existing")).one()


def step(trigger: str) -> str:
    return f"/desk/letters/{letter().uid}/steps/{trigger}"


def asked(browser: Browser, **other: str) -> tuple[str, str]:
    """Ask as this reviewer; the path of the link and the code, as the letter's page shows them to the asker."""
    path = step("ask_adviser")
    done = browser.submit(path, path, **{**ADVISER, "until": UNTIL.isoformat(), **other})
    assert done.status_code == 303, words(done)
    shown = browser.get(done.location)
    assert parsed(shown).xpath("//a[contains(@href, '/steps/ask_adviser')]")
    page = words(shown)
    link, code = re.search(r"/advice/[0-9a-z]{26}", page), re.search(r"核验码： ?([0-9A-Z]{8})", page)
    assert link is not None
    assert code is not None
    return link[0], code[1]


def asked_first() -> str:
    with reading() as session:
        return session.scalars(select(AdviserOpinion.uid)).one()


def let_in(client: Browser, link: str, code: str, tail: str = "4321") -> int:
    return client.submit(link, link, code=code, tail=tail).status_code


def test_an_opinion_from_the_question_to_the_signature(
    login: Login, client: Browser, reply: Life, office: Office, settings: Settings
) -> None:
    reviewer = login(Duty.REVIEWER)
    link, code = asked(reviewer)
    other = words(login(Duty.OFFICER).get(f"/desk/letters/{letter().uid}"))
    assert "尚未打开" in other
    assert code not in other, "the code is the asker's to tell"
    run_due(make_celery(settings))
    mail = next(
        text
        for path in settings.anchors.parent.rglob("*.eml")
        if "adviser@example.com" in (text := path.read_text(encoding="utf-8"))
    )
    assert code not in mail
    assert PERSON.name not in words(client.get(link))
    assert let_in(client, link, code, "0000") == 422
    assert let_in(client, link, code) == 303
    shown = words(client.get(link))
    assert "申请人家门前路灯安装" in shown
    assert "没有制作或者获取该信息的记录" in shown
    assert "严禁上传、录入涉密信息" in shown
    assert PERSON.name not in client.get(link).text
    bare = client.submit(link, f"{link}/opinion", opinion="unlawful")
    assert "请写明理由和修改建议" in words(bare)
    name, marked = MARKED["pdf"]
    refused = client.submit(bare, f"{link}/opinion", text="检索范围不足", file=(BytesIO(marked), name))
    assert PAPER_WAY in words(refused)
    assert "检索范围不足" in refused.text
    file = BytesIO(b"%PDF-1.4 opinion"), "意见.pdf"
    given = client.submit(bare, f"{link}/opinion", text="检索范围不足，应当补充检索", file=file)
    assert given.status_code == 303
    assert "不合法" in words(client.get(given.location))
    assert client.get(link).status_code == 410
    for page in (f"/desk/letters/{letter().uid}", step("pass_review"), "/desk/reading"):
        read = words(reviewer.get(page))
        assert "法律顾问认为这一文本不合法" in read
        assert "检索范围不足，应当补充检索" in read
    silent = reviewer.submit(step("pass_review"), step("pass_review"))
    assert "同意须写明意见" in words(silent)
    assert reviewer.submit(silent, step("pass_review"), comment="检索范围已经核实").status_code == 303
    with reading() as session:
        papers = session.scalars(select(Document).where(Document.role == "legal_opinion")).all()
        assert sorted(paper.media_type.partition(";")[0] for paper in papers) == ["application/pdf", "text/plain"]
        kept = "".join(session.scalars(select(JournalEntry.body)))
        assert "检索范围不足" not in kept
        assert ADVISER["name"] not in kept
        assert "advice_came" in session.scalars(select(Notification.kind)).all()
        assert verify(session, settings.anchors) is None
        case = session.scalars(select(Case)).one()
        titles = [part.title for part in parts(session, case) if part.section is Section.LEGAL_REVIEW]
        assert [title.partition("：")[0] for title in titles] == ["法制审核意见（法律顾问）"] * 2
    with transaction() as session:
        session.get_one(AdviserOpinion, 1).opinion = "lawful"
    with reading() as session:
        assert verify(session, settings.anchors) is not None


def test_an_opinion_stays_with_the_text_that_it_was_about(login: Login, client: Browser, reply: Life) -> None:
    link, code = asked(login(Duty.REVIEWER))
    reply.return_reply("请补充检索")
    assert let_in(client, link, code) == 303
    assert "已经退回修改" in words(client.get(link))
    assert client.submit(link, f"{link}/opinion", opinion="unlawful", text="检索范围不足").status_code == 303
    reply.search("“照明”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {}).submit_reply()
    page = words(login(Duty.REVIEWER).get(step("pass_review")))
    assert "针对此前的文本" in page
    assert "法律顾问认为这一文本不合法" not in page
    reply.pass_review()


def test_a_question_is_taken_back_until_it_is_opened(login: Login, client: Browser, reply: Life) -> None:
    reviewer = login(Duty.REVIEWER)
    link, _ = asked(reviewer)
    path = step("withdraw_adviser")
    assert reviewer.submit(path, path, advice=asked_first()).status_code == 303
    assert client.get(link).status_code == 410
    second, code = asked(reviewer)
    assert let_in(client, second, code) == 303
    assert "没有法律顾问尚未打开的征求" in words(reviewer.get(path))


def test_silence_closes_the_link_and_is_told_to_the_asker(
    login: Login, client: Browser, reply: Life, office: Office, moment: time_machine.Traveller
) -> None:
    link, _ = asked(login(Duty.REVIEWER))
    moment.move_to(reply.come_to(UNTIL + timedelta(days=1)).now)
    assert client.get(link).status_code == 410
    with reading() as session:
        assert unadvised.is_due(session, reply.today)
    for _ in range(2):
        sweep.sweep(reply.now)
    with reading() as session:
        told = session.scalars(select(Notification).where(Notification.kind == "advice_missing")).one()
        assert told.user_id == office.staff[Duty.REVIEWER].user_id


@pytest.mark.parametrize(
    ("field", "typed", "sentence"),
    [
        ("phone", "123", "联系电话应为"),
        ("until", "2026-03-09", "须在今天之后"),
        ("question", "这份机密★文件合法吗", "国家秘密标志"),
        ("email", "nobody", "电子邮箱地址的格式不对"),
    ],
)
def test_what_is_out_of_bounds_is_told_at_its_field(
    login: Login, reply: Life, field: str, typed: str, sentence: str
) -> None:
    path, browser = step("ask_adviser"), login(Duty.REVIEWER)
    told = browser.submit(path, path, **{**ADVISER, "until": UNTIL.isoformat(), field: typed})
    assert told.status_code == 422
    assert sentence in words(told)
    with reading() as session:
        assert session.scalars(select(AdviserOpinion)).first() is None
