"""A secrecy mark is found in every type of file that can be read, and what cannot be read passes without a fault."""

import io
import zipfile

import pytest
from pypdf import PdfWriter

from gkapply.casework import pdf_text
from gkapply.casework.documents import Upload, examine
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
    monkeypatch.setattr(pdf_text, "MOST_SECONDS", -1.0)
    assert "批复" not in pdf_text.text_of_pdf(pdf("批复"))
    monkeypatch.undo()
    monkeypatch.setattr(pdf_text, "MOST_PAGES", 0)
    assert "批复" not in pdf_text.text_of_pdf(pdf("批复"))
