"""The PDF of a letter: after the .docx, once, never in its way; the same bytes that a bundle has."""

from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select

from gkapply import pdf
from gkapply.adapters.mail import OutTray
from gkapply.casework import errands, letter_pdf, letterbook, outbox, storekeeping
from gkapply.casework.bundled_papers import Rendition
from gkapply.casework.history import history
from gkapply.casework.journal import JournalEntry
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from tests.casework.conftest import BEFORE, Office

PAGES = b"%PDF-1.7 pages"


@pytest.fixture
def letter(office: Office, new_life: Callable[..., Life]) -> str:
    """A 收件回执 that is signed and has no file yet; its uid."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter())
    with reading() as session:
        return session.scalars(select(Letter.uid)).one()


def pages(docx: bytes) -> bytes:
    assert docx.startswith(b"PK")
    return PAGES


def count(model: type) -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(model)) or 0


def orders() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Errand.key).where(Errand.task == outbox.MAKE_PDF)))


def test_it_is_ordered_with_the_file_and_made_once(letter: str) -> None:
    letterbook.render_file(letter, BEFORE, then_pdf=True)
    letterbook.render_file(letter, BEFORE, then_pdf=True)
    assert orders() == [f"make_pdf:{letter}"]
    digest = letter_pdf.make(letter, BEFORE, pages)
    assert letter_pdf.make(letter, BEFORE, lambda _: pytest.fail("made twice")) == digest
    with reading() as session:
        one = session.scalars(select(Letter)).one()
        assert letter_pdf.pdf_of(session, one) == digest
        assert set(letter_pdf.having_pdf(session, [one])) == {letter}
        assert store(session).get(digest) == PAGES
        assert digest in set(storekeeping.named_files(session))
        assert "生成PDF" in history(session, session.scalars(select(Case)).one())[0].what
    assert count(Rendition) == 1


def test_without_the_program_the_letter_is_all_there_is(
    letter: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(pdf, "PROGRAMS", ("no-such-program",))
    tools = errands.Equipment(tmp_path, OutTray(tmp_path))
    errands.render_letter({"letter": letter}, BEFORE, tools)
    assert orders() == []
    errands.make_pdf({"letter": letter}, BEFORE, tools)
    with reading() as session:
        one = session.scalars(select(Letter)).one()
        assert one.file_sha
        assert letter_pdf.pdf_of(session, one) == ""
    with pytest.raises(Refusal, match="没有安装 LibreOffice"):
        letter_pdf.make(letter, BEFORE)


def test_a_conversion_that_fails_leaves_the_letter_as_it_is(letter: str) -> None:
    letterbook.render_file(letter, BEFORE)

    def fails(docx: bytes) -> bytes:
        raise Refusal("文件不能转换成 PDF")

    with pytest.raises(Refusal, match="不能转换"):
        letter_pdf.make(letter, BEFORE, fails)
    assert count(Rendition) == 0
    assert letter_pdf.make(letter, BEFORE, pages)


def test_a_second_runner_finds_what_the_first_has_made(letter: str) -> None:
    """A bundle may turn the same letter into pages meanwhile: its bytes stay."""
    letterbook.render_file(letter, BEFORE)
    entries = count(JournalEntry)

    def meanwhile(docx: bytes) -> bytes:
        with transaction() as session:
            source = session.scalars(select(Letter.file_sha)).one()
            session.add(Rendition(source_sha=source, pdf_sha="f" * 64, made_at=BEFORE))
        return PAGES

    assert letter_pdf.make(letter, BEFORE, meanwhile) == "f" * 64
    assert (count(Rendition), count(JournalEntry)) == (1, entries)
