"""Files that were made to be endless, and files of other kinds: refused with a sentence, and at once."""

import io
import time
import zipfile

import pytest
from openpyxl import Workbook

from gkapply.annual_form.reading import read
from gkapply.law.refusal import Refusal
from tests.annual_form import pages

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'


def packed(text: str | bytes, name: str = "word/document.xml") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(name, text)
    return out.getvalue()


def word(inside: str) -> bytes:
    return packed(f"<w:document {W}><w:body>{inside}</w:body></w:document>")


def boxes(deep: int) -> str:
    """Text boxes, each in a paragraph of the one around it."""
    return "<w:p><w:r><w:txbxContent>" * deep + "<w:p/>" + "</w:txbxContent></w:r></w:p>" * deep


def reaching_down(deep: int) -> bytes:
    """Tables in each other, of each of which one cell reaches down four hundred rows."""
    inside = "x" * 1_000
    for _ in range(deep):
        inside = f'<table><tr><td rowspan="400">{inside}</td></tr>{"<tr></tr>" * 399}</table>'
    return inside.encode()


def workbook(text: str = "x", covers: str = "A1:A1") -> bytes:
    book = Workbook()
    assert book.active is not None
    book.active["A1"] = text
    book.active.merge_cells(covers)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "不是 docx、xlsx 或者网页"),
        (b"%PDF-1.7 <", "不是 docx、xlsx 或者网页"),
        (b"\xd0\xcf\x11\xe0 <", "不是 docx、xlsx 或者网页"),
        (packed("x", "content.xml"), "不是 docx、xlsx 或者网页"),
        (b"PK\x03\x04 damaged", "文件已损坏"),
        (word("")[:60], "文件已损坏"),
        (word("<w:p>"), "文件的内容已损坏"),
        (b"<html></html>", "没有找到年度报告的表三或者表四"),
        (b"<", "网页|没有找到"),
        (b"<\xff\xff\x81", "既不是 UTF-8"),
        (word("<w:p><w:r><w:t>x</w:t></w:r></w:p>"), "没有找到年度报告的表三或者表四"),
        (workbook(), "没有找到年度报告的表三或者表四"),
        (word("<w:tbl><w:tr><w:tc>" * 12 + "</w:tc></w:tr></w:tbl>" * 12), "嵌套过深"),
        (b"<table><tr><td>" * 50, "嵌套过深"),
        (b"<p>" + b"<b></b>" * 160_000, "网页过大"),
        (packed(b" " * (30 << 20)), "解压后过大"),
        (packed(f"<w:document {W}>" + "<a/>" * 700_000 + "</w:document>"), "解压后过大"),
        (packed('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'), "不应出现的声明"),
        ((b"<table>" + b'<tr><td colspan="60">1</td></tr>' * 1_100 + b"</table>"), "表格过大"),
        (b"<table><tr><td>1</td></tr></table>" * 400, "表格过多"),
        (b"<p>x</p>" * 41_000, "文字过多"),
        (word(boxes(20)), "没有找到年度报告的表三或者表四"),
        (reaching_down(2), "表格文字过多"),
        (b"<p>x" + b" " * 60_000 + b"x</p>", "没有找到年度报告的表三或者表四"),
        (workbook("x" * 30_000, "A1:BH5"), "表格文字过多"),
    ],
    ids=lambda value: value if isinstance(value, str) else "file",
)  # fmt: skip
def test_it_is_refused(content: bytes, sentence: str) -> None:
    begun = time.process_time()
    with pytest.raises(Refusal, match=sentence):
        read(content)
    assert time.process_time() - begun < 3


def test_a_page_may_be_nested_as_deep_as_pages_are_and_no_deeper() -> None:
    page = pages.page(pages.table3())
    assert read(f"<html><body>{'<div>' * 200}{page}".encode()).report["year"] == 2025
    with pytest.raises(Refusal, match="没有找到"):
        read(f"<html><body>{'<div>' * 50_000}{page}".encode())


def test_a_page_of_an_old_program_is_read_in_its_encoding() -> None:
    page = pages.page(pages.table3())
    for encoded in (page.replace("utf-8", "gb2312").encode("gb18030"), page.encode("utf-16"), page.encode("utf-8-sig")):
        assert read(encoded).report["organ"] == "安岳县人民政府"
