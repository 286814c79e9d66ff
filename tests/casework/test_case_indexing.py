"""What deeds write about a case is searched from their commit on, and nothing that they took back or that is sealed."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import replace

import pytest
from sqlalchemy import select, text, update

from gkapply.casework import case_indexing, case_search, documents, due_errands, letterbook, paper_reading, reply
from gkapply.casework.case_grams import words_of
from gkapply.casework.case_search import Wanted
from gkapply.casework.case_text import CaseText
from gkapply.casework.case_words import without_numbers
from gkapply.casework.documents import Upload
from gkapply.casework.entries import Document
from gkapply.casework.outbox import READ_PAPER, Errand
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.traces import reading as files
from tests.casework.conftest import BEFORE, MONDAY, Office
from workflows.duties import Duty

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
ADDRESS = "永安街道二十九号院"


def docx(words: str) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as package:
        body = f'<w:document xmlns:w="w"><w:body><w:p><w:t>{words}</w:t></w:p></w:body></w:document>'
        package.writestr("[Content_Types].xml", "<Types/>")
        package.writestr("word/document.xml", body)
    return file.getvalue()


def searching(office: Office, words: str) -> list[int]:
    with reading() as session:
        return case_search.found(session, office.staff[Duty.OFFICER], Wanted(words_of(words)), 50)


@pytest.fixture
def life(office: Office, new_life: Callable[..., Life]) -> Life:
    """A request that an officer works on."""
    application = replace(walked_in(PERSON, "Ｇ318国道改线的环评批复"), address=ADDRESS)
    return (life := new_life()).register(application, life.at_the_counter()).assign().accept()


def test_a_request_is_found_by_number_name_and_content(office: Office, life: Life) -> None:
    for words in ("g318国道", life.reference.rsplit("-", 1)[1], PERSON.name, "环评 改线", "评"):
        assert searching(office, words) == [1], words
    assert searching(office, "环评 不在案") == []


def test_notes_are_found_and_drafts_while_they_stand(office: Office, life: Life) -> None:
    officer = office.staff[Duty.OFFICER]
    life.do(Duty.OFFICER, lambda s, c, a, now: reply.record_note(s, c, "电话询问了水务站", "phone", MONDAY, a, now))
    assert searching(office, "水务站") == [1]
    with transaction() as session:
        case = session.scalars(select(Case)).one()
        fields = {"reason": "须到省图书馆核对", "working_days": 10}
        letter = letterbook.draft(session, case, LetterKind.EXTENSION_NOTICE, fields, officer, BEFORE)
        uid = letter.uid
    assert searching(office, "图书馆 水务站") == [1]
    with transaction() as session:
        letter = letterbook.open_letter(session, uid, officer)
        letterbook.revise(session, letter, {**fields, "reason": "须到规划院核对"}, officer, BEFORE)
    assert (searching(office, "图书馆"), searching(office, "规划院")) == ([], [1])
    with transaction() as session:
        letterbook.discard(session, letterbook.open_letter(session, uid, officer), officer, BEFORE)
    assert searching(office, "规划院") == []
    assert searching(office, "水务站") == [1]


def test_a_paper_is_found_by_its_words_without_what_is_sealed(office: Office, life: Life) -> None:
    content = docx(f"石门水库移民后期扶持资金发放表，申请人住{ADDRESS}，电话13800138000")
    life.do(
        Duty.OFFICER,
        lambda s, c, a, now: documents.add_paper(s, c, "file", Upload("发放表.docx", content), MONDAY, a, now),
    )
    assert searching(office, "发放表.docx") == [1]
    assert searching(office, "石门水库") == []
    with reading() as session:
        (paper,) = session.scalars(select(Document).where(Document.role == "file"))
        assert session.scalar(select(Errand.id).where(Errand.key == f"{READ_PAPER}:{paper.uid}"))
    for _ in range(2):
        paper_reading.read(paper.uid, BEFORE)
        assert searching(office, "石门水库 资金") == [1]
    with reading() as session:
        kept = "".join(session.scalars(select(CaseText.text)))
    assert (ADDRESS in kept, "13800138000" in kept) == (False, False)


def test_requests_from_before_the_search_are_put_in_by_an_errand(office: Office, life: Life) -> None:
    with transaction() as session:
        session.execute(update(Case).values(searched=False))
        session.execute(text("DELETE FROM case_text"))
        case_indexing.rebuild(session)
    life.do(Duty.OFFICER, lambda s, c, a, now: reply.record_note(s, c, "已联系水务站", "phone", MONDAY, a, now))
    assert searching(office, "水务站") == [], "half a case would be searched as if it were the whole"
    due_errands.post_due(BEFORE)
    with reading() as session:
        assert session.scalar(select(Errand.key).where(Errand.key == "index_cases:1"))
    assert case_indexing.put_older_in(BEFORE) == 1
    assert searching(office, "水务站 国道") == [1]
    assert case_indexing.put_older_in(BEFORE) == 0


def test_numbers_of_persons_are_left_out_and_other_numbers_stay() -> None:
    told = without_numbers("机主138 0013 8000来电，身份证11010519491231002X，文号〔2019〕14号，金额13800元")
    assert told == "机主 … 来电，身份证 … ，文号〔2019〕14号，金额13800元"


def test_a_file_that_takes_too_much_to_read_is_given_up(monkeypatch: pytest.MonkeyPatch) -> None:
    content = docx("石门水库" * 10)
    assert files.words_of_file(content, WORD, 6) == "石门水库石门"
    assert files.words_of_file(content, "image/png", 6) == ""
    monkeypatch.setattr(files, "SMALL", 0)
    assert files.words_of_file(content, WORD, 6) == "石门水库石门", "the same in a process of its own"
    monkeypatch.setattr(files, "SECONDS", 0)
    assert files.words_of_file(content, WORD, 6) == ""
