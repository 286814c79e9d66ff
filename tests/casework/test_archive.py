"""Closing a file: its index, its guards, and that nothing of it changes afterwards."""

import hashlib
import json
from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import archive, delivery, extension, outbox
from gkapply.casework.documents import Upload, add_paper
from gkapply.casework.journal import JournalEntry
from gkapply.casework.outbox import Errand
from gkapply.casework.paper_roles import Section
from gkapply.casework.records import Case
from gkapply.casework.reply import record_search
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal, WrongState
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]


@pytest.fixture
def replied(new_life: NewLife) -> Life:
    """A request whose reply was sent by post; its delivery is not proved yet."""
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "石羊镇某路段安装路灯的立项文件"), life.at_the_counter()).assign().accept()
    life.search("“石羊镇”“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    proof = Upload("现场照片.png", b"\x89PNG\r\n\x1a\n" + b"0" * 32)
    life.do(Duty.OFFICER, lambda s, case, actor, now: add_paper(s, case, "file", proof, life.today, actor, now))
    life.draft_reply().submit_reply().pass_review().sign_reply()
    return life.come_to(date(2026, 3, 10)).send_reply(delivery.POST)


def case_of(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.documents, case.letters, case.notes
        return case


def test_a_reply_without_proof_of_delivery_is_not_closed(replied: Life) -> None:
    with pytest.raises(Refusal, match="答复尚无送达记录"):
        replied.archive()
    assert case_of(replied).state is CaseState.REPLIED


def test_an_unknown_retention_is_refused(replied: Life) -> None:
    replied.delivered()
    with pytest.raises(Refusal, match="请选择保管期限") as refused:
        replied.archive("5年")
    assert refused.value.field == "retention"


def test_the_index_names_every_part_with_its_hash(replied: Life, office: Office) -> None:
    replied.come_to(date(2026, 3, 16)).delivered().archive("10年")
    case = case_of(replied)
    assert (case.state, case.retention, case.archived_on) == (CaseState.ARCHIVED, "10年", date(2026, 3, 16))
    (paper,) = [one for one in case.documents if one.role == "archive_index"]
    index = json.loads(office.store.get(paper.sha256))
    assert (index["reference"], index["retention"], index["replied_on"]) == (case.reference, "10年", "2026-03-10")
    sections = [part["section"] for part in index["parts"]]
    assert sections == sorted(sections)
    by_section = {part["section"]: part for part in index["parts"]}
    reply = next(letter for letter in case.letters if letter.kind == "reply_not_existing")
    of_reply = [(part["title"], part["sha256"]) for part in index["parts"] if part["section"] == Section.REPLY]
    title = f"政府信息不存在告知书（{reply.number}）"
    assert of_reply == [(title, reply.file_sha), (f"{title}（盖章扫描件）", reply.sealed_sha)]
    assert (by_section[Section.OTHER]["title"], by_section[Section.OTHER]["pages"]) == ("其他材料：现场照片.png", "1页")
    search = next(note for note in case.notes if note.kind == "search")
    assert by_section[Section.SEARCH]["sha256"] == hashlib.sha256(search.content.encode()).hexdigest()
    assert {Section.RECEIPT, Section.APPROVAL, Section.LOG} <= set(sections)
    for letter in case.letters:
        assert letter.file_sha in [part["sha256"] for part in index["parts"]]


def test_the_word_table_is_made_once_and_lists_the_same_parts(replied: Life, office: Office) -> None:
    replied.delivered().archive()
    with reading() as session:
        errand = session.scalars(select(Errand).where(Errand.task == outbox.RENDER_INDEX)).one()
        uid = json.loads(errand.arguments)["index"]
    first = archive.render_index(uid, replied.now)
    assert archive.render_index(uid, replied.now) == first
    case = case_of(replied)
    papers = [one for one in case.documents if one.role == "archive_index"]
    assert [one.name.rsplit(".", 1)[-1] for one in papers] == ["json", "docx"]
    text = "\n".join(paragraphs(office.store.get(first)))
    for part in json.loads(office.store.get(papers[0].sha256))["parts"]:
        assert part["sha256"] in text.replace("\n", "").replace(" ", "")
    assert case.reference in text


def test_a_letter_that_waits_to_be_sent_keeps_the_file_open(new_life: NewLife) -> None:
    life = new_life(date(2026, 3, 2))
    life.register(walked_in(PERSON, "某文件"), life.at_the_counter()).assign()
    life.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, 5, "卷宗多", actor, now))
    life.propose_void("误登记").approve_void()
    with pytest.raises(Refusal, match="尚有1份文书没有发出"):
        life.archive()


def test_nothing_of_a_closed_file_changes(replied: Life) -> None:
    replied.delivered().archive()
    receipt = next(letter for letter in case_of(replied).letters if letter.kind == "receipt")
    with pytest.raises(WrongState):
        replied.do(Duty.OFFICER, lambda s, case, actor, now: record_search(s, case, SEARCH, replied.today, actor, now))
    with pytest.raises(Refusal, match="案卷已经归档"):
        replied.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: delivery.note_delivery(
                s, next(one for one in case.letters if one.uid == receipt.uid), replied.today, None, actor, now
            ),
        )


SEARCH = {
    "units": "办公室",
    "systems": "公文系统",
    "archive_room": "已检索",
    "period": "2018年",
    "words": "“路灯”",
    "result": "没有",
}


def test_closing_stands_in_the_journal(replied: Life) -> None:
    replied.delivered().archive("永久")
    with reading() as session:
        query = select(JournalEntry).where(JournalEntry.deed == "application.archive")
        body = json.loads(session.scalars(query).one().body)
    assert (body["retention"], body["state"]) == ("永久", "archived")
