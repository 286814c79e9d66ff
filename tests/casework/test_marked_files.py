"""A secrecy mark is found in every type of file that can be read, and what cannot be read passes without a fault."""

import io
import os
import zipfile

import pytest
from pypdf import PdfWriter

from gkapply.casework import file_text, pdf_text
from gkapply.casework.documents import Upload, examine
from gkapply.casework.reading_allowance import Allowance
from gkapply.casework.uploads import check_upload, refuse_marked
from gkapply.law.refusal import Refusal
from tests.marked_files import MARKED, PAPER_WAY, docx, packed, pdf


@pytest.mark.parametrize("kind", MARKED)
@pytest.mark.parametrize("door", [check_upload, refuse_marked])
def test_a_mark_is_found_wherever_it_stands(door: object, kind: str) -> None:
    assert callable(door)
    with pytest.raises(Refusal, match=PAPER_WAY) as refused:
        door(Upload(*MARKED[kind]), field="files")
    assert refused.value.field == "files"


def test_a_table_of_an_old_program_is_read() -> None:
    with pytest.raises(Refusal, match=PAPER_WAY):
        refuse_marked(Upload("表.csv", "编号,机密★".encode("gb18030")))
    refuse_marked(Upload("表.csv", "编号,内容".encode("gb18030")))


def test_names_of_an_old_archiver_are_read() -> None:
    made = io.BytesIO()
    with zipfile.ZipFile(made, "w") as archive:
        archive.writestr("XXXXXX.txt", "a")
    name = "绝密☆".encode("gb18030")
    old = made.getvalue().replace(b"XXXXXX", name[:6].ljust(6, b"_"))
    with pytest.raises(Refusal, match=PAPER_WAY):
        refuse_marked(Upload("材料.zip", old))


def test_what_carries_no_mark_passes() -> None:
    assert examine(Upload("批复.pdf", pdf("某工程的批复"))) == "application/pdf"
    assert examine(Upload("批复.docx", docx("", {"word/embeddings/1.docx": docx("")})))
    for broken in (b"%PDF-1.4\n%%EOF", pdf("批复")[:300], b"%PDF-1.5 /Font << >>"):
        assert examine(Upload("残.pdf", broken)) == "application/pdf"
    refuse_marked(Upload("卷宗.zip", packed({"a.pdf": b"%PDF-1.4 /Font", "b.docx": b"no zip"})))
    refuse_marked(Upload("坏.zip", b"PK\x03\x04 broken"))


def test_a_locked_pdf_is_no_way_round() -> None:
    writer, made = PdfWriter(), io.BytesIO()
    writer.append(io.BytesIO(pdf("批复")))
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(made)
    with pytest.raises(Refusal, match="有密码"):
        examine(Upload("批复.pdf", made.getvalue()))


def test_reading_a_pdf_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "批复" in pdf_text.text_of_pdf(pdf("批复"), Allowance())
    assert "批复" not in pdf_text.text_of_pdf(pdf("批复"), Allowance(until=0.0))
    spent = Allowance(left=1)
    assert len(pdf_text.text_of_pdf(pdf("批复"), spent)) <= 1 + len("\n\n")
    assert spent.is_spent
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 0)
    assert "批复" not in pdf_text.text_of_pdf(pdf("批复"), Allowance())


def test_signs_without_end_cost_no_more_than_their_number() -> None:
    """Looking for the end of a tag from each < anew would take minutes for these."""
    assert examine(Upload("长.docx", docx("", {"word/a.xml": b"<" * 300_000, "pad.bin": os.urandom(4000)})))


def test_a_document_in_documents_has_one_allowance(monkeypatch: pytest.MonkeyPatch) -> None:
    inner = docx("", {"word/a.xml": b"a" * 1000})
    outer = docx("", {f"word/embeddings/{number}.docx": inner for number in range(50)})
    allowed = Allowance(left=20_000)
    monkeypatch.setattr(file_text, "Allowance", lambda: allowed)
    assert file_text.words_of(outer, "").count("a" * 1000) < 20
    assert allowed.is_spent


def test_a_broken_or_locked_document_inside_is_told() -> None:
    broken = docx("")[:-30] + b"PK\x05\x06" + b"\xff" * 18
    assert examine(Upload("批复.docx", docx("", {"word/embeddings/1.docx": broken})))
    locked = bytearray(docx(""))
    at = locked.find(b"PK\x01\x02")
    while at >= 0:
        locked[at + 8] |= 1
        at = locked.find(b"PK\x01\x02", at + 4)
    with pytest.raises(Refusal, match="有密码"):
        examine(Upload("批复.docx", docx("", {"word/embeddings/1.docx": bytes(locked)})))
