"""What a file says and carries in the places where nobody looks: headers, comments, deleted and hidden words, properties."""

import io
import zipfile

import pytest
from pypdf import apply_configuration

from gkapply.traces import contents
from gkapply.traces.contents import NotRead
from gkapply.traces.file import contents_of, read_csv, read_picture, read_text
from gkapply.traces.numbers import numbers_in
from gkapply.traces.office_file import read_ofd, read_sheet, read_word
from gkapply.traces.pdf_file import read_pdf
from tests.traces.made_files import (
    NAME,
    body,
    burdens_of,
    comments,
    found_in,
    pdf,
    row,
    sheet,
    with_parts,
    word,
)


@pytest.mark.parametrize(
    ("given", "place"),
    [
        ({"body": f"{NAME}："}, "正文第1段"),
        ({"header": f"{NAME}的申请"}, "页眉"),
        ({"footer": f"送{NAME}"}, "页脚"),
        ({"cell": NAME}, "正文第2段"),
    ],
)
def test_words_anywhere_in_a_letter_are_read(given: dict[str, str], place: str) -> None:
    assert (place, NAME) in found_in(read_word(word(**given)))


def test_the_author_in_the_properties_is_told() -> None:
    contents = read_word(word(author=NAME))
    assert ("property", NAME) in burdens_of(contents)
    assert ("文件属性", NAME) in found_in(contents)
    assert not {kind for kind, _ in burdens_of(read_word(word(author="python-docx")))} - {"hidden"}


def test_a_small_picture_of_the_first_page_is_told() -> None:
    assert ("hidden", "首页缩略图") in burdens_of(read_word(word()))


def test_comments_and_their_authors_are_read() -> None:
    contents = read_word(with_parts(word(), {"word/comments.xml": comments(f"问过{NAME}", "李四五")}))
    assert ("批注", NAME) in found_in(contents)
    assert ("comment", "李四五") in burdens_of(contents)


def test_what_a_revision_deleted_is_still_there() -> None:
    deleted = f'<w:p><w:del w:author="{NAME}"><w:r><w:delText>13900001111</w:delText></w:r></w:del></w:p>'
    contents = read_word(with_parts(word(), {"word/document.xml": body(deleted)}))
    assert ("正文第1段", "13900001111") in found_in(contents)
    assert ("revision", NAME) in burdens_of(contents)


def test_a_name_torn_into_runs_is_one_name() -> None:
    torn = "".join(f"<w:r><w:t>{sign}</w:t></w:r>" for sign in NAME)
    assert ("正文第1段", NAME) in found_in(
        read_word(with_parts(word(), {"word/document.xml": body(f"<w:p>{torn}</w:p>")}))
    )


def test_hidden_words_are_told() -> None:
    hidden = f"<w:p><w:r><w:rPr><w:vanish/></w:rPr><w:t>{NAME}</w:t></w:r></w:p>"
    shown = '<w:p><w:r><w:rPr><w:vanish w:val="0"/></w:rPr><w:t>公开</w:t></w:r></w:p>'
    contents = read_word(with_parts(word(), {"word/document.xml": body(hidden)}))
    assert ("hidden", NAME) in burdens_of(contents)
    assert ("正文第1段", NAME) in found_in(contents)
    assert burdens_of(read_word(with_parts(word(), {"word/document.xml": body(shown)}))) == {("hidden", "首页缩略图")}


def test_pictures_and_embedded_files_are_told() -> None:
    contents = read_word(with_parts(word(), {"word/media/image1.png": "x", "word/embeddings/list.xlsx": "x"}))
    assert contents.unreadable == ["内有图片1幅，图片中的文字无法检查"]
    assert ("embedded", "list.xlsx") in burdens_of(contents)


def test_cells_of_a_table_are_read_with_their_heads() -> None:
    contents = read_sheet(sheet(row(1, "序号", "姓名", "电话") + row(2, "1", "王小明", "13900001111")))
    found = found_in(contents)
    assert ("工作表「名单」第2行", "王小明") in found
    assert ("工作表「名单」第2行", "13900001111") in found


def test_a_telephone_kept_as_a_number_is_found() -> None:
    assert ("工作表「名单」第1行", "13900001111") in found_in(
        read_sheet(sheet('<row r="1"><c r="A1"><v>1.3900001111E10</v></c></row>'))
    )


def test_hidden_sheets_rows_and_comments_are_told() -> None:
    hidden = '<row r="2" hidden="1"><c r="A2"><v>1</v></c></row>'
    note = '<comments><commentList><comment ref="A1"><text><t>问诸葛孔明</t></text></comment></commentList></comments>'
    contents = read_sheet(sheet(hidden, state="hidden", more={"xl/comments1.xml": note}))
    assert {kind for kind, _ in burdens_of(contents)} == {"hidden", "comment"}
    assert len([one for one in contents.burdens if one.kind == "hidden"]) == 2
    assert ("批注", NAME) in found_in(contents)


def test_words_under_a_black_bar_are_read() -> None:
    assert ("第1页", "13900001111") in found_in(read_pdf(pdf("Tel 13900001111")))


def test_a_page_without_text_is_left_to_a_person() -> None:
    assert read_pdf(pdf()).unreadable == ["第1页没有文字层（扫描件或者图片），无法检查"]
    assert read_pdf(pdf("words")).unreadable == []
    assert read_pdf(pdf("words", picture=True)).unreadable == ["第1页有图片，图片中的文字无法检查"]


def test_properties_and_notes_of_a_pdf_are_read() -> None:
    contents = read_pdf(pdf("words", author=NAME, note="13900001111"))
    assert {("property", NAME), ("comment", NAME)} <= burdens_of(contents)
    assert ("第1页的批注", "13900001111") in found_in(contents)


def test_what_was_saved_over_an_earlier_version_is_told() -> None:
    content = pdf("words")
    assert not burdens_of(read_pdf(content))
    assert ("older", "2") in burdens_of(read_pdf(content + b"\n%%EOF\n"))


def test_an_ofd_is_read() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as package:
        package.writestr("OFD.xml", "<OFD><DocInfo><Author>李四五</Author></DocInfo></OFD>")
        torn = "<Page><TextCode>诸葛</TextCode><TextCode>孔明</TextCode></Page>"
        package.writestr("Doc_0/Pages/Page_0/Content.xml", torn)
    contents = read_ofd(target.getvalue())
    assert ("第1页", NAME) in found_in(contents)
    assert ("property", "李四五") in burdens_of(contents)


def test_texts_and_tables_of_text_are_read() -> None:
    assert ("全文", "13900001111") in found_in(read_text("电话13900001111".encode("gb18030")))
    found = found_in(read_csv("户主,电话\n王小明,13900001111\n".encode()))
    assert {("第2行", "王小明"), ("第2行", "13900001111")} <= found


def test_a_photograph_may_tell_where_it_was_taken() -> None:
    assert read_picture(b"\xff\xd8\xff\xe1..Exif\x00\x00GPS").burdens
    plain = read_picture(b"\xff\xd8\xff\xe0JFIF")
    assert not plain.burdens
    assert plain.unreadable


@pytest.mark.parametrize(
    ("content", "media_type"),
    [
        (b"\xd0\xcf\x11\xe0", "application/msword"),
        (b"%PDF-1.4 broken", "application/pdf"),
        (b"PK\x03\x04", "application/ofd"),
        (with_parts(word(), {"word/document.xml": "<!DOCTYPE x><x/>"}), "application/ofd"),
    ],
)
def test_what_cannot_be_read_is_refused(content: bytes, media_type: str) -> None:
    with pytest.raises(NotRead, match="无法检查"):
        contents_of(content, media_type)


def test_a_file_that_was_made_to_be_endless_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    deep = "<r>" * 300 + "</r>" * 300
    with pytest.raises(NotRead, match="嵌套"):
        read_word(with_parts(word(), {"word/document.xml": body(deep)}))
    monkeypatch.setattr(contents, "MOST_SAID", 3000)
    cells = "".join(f'<c r="{"A" * 9}{number}" t="s"><v>0</v></c>' for number in range(9))
    parts = {
        "xl/workbook.xml": "<workbook/>",
        "xl/sharedStrings.xml": f"<sst><si><t>{'长' * 999}</t></si></sst>",
        "xl/worksheets/sheet1.xml": f"<worksheet>{f'<row>{cells}</row>' * 9}</worksheet>",
    }
    with pytest.raises(NotRead, match="过多"):
        read_sheet(with_parts(word(), parts))


def test_a_number_that_is_none_is_left_as_it_stands() -> None:
    cells = "".join(
        f"<c t='{kind}'><v>{value}</v></c>" for kind, value in (("s", "²"), ("n", "1.1.1E5"), ("n", "1E999"))
    )
    parts = {"xl/worksheets/sheet1.xml": f"<worksheet><row>{cells}</row></worksheet>"}
    assert read_sheet(with_parts(word(), parts))


def test_a_run_of_letters_is_walked_once() -> None:
    """From each of its letters anew it would take minutes."""
    assert not list(numbers_in("a1" * 60_000))


def test_a_page_with_too_much_on_it_is_told() -> None:
    with apply_configuration(stream_parsing_work_maximum_count=1), pytest.raises(NotRead, match="PDF"):
        read_pdf(pdf("全文"))
