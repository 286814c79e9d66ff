"""Workbooks that are small as files and endless to read: anybody with an account may upload one."""

import zipfile
from io import BytesIO
from random import Random

import pytest

from gkapply import workbooks
from gkapply.law.refusal import Refusal
from gkapply.workbooks import read_workbook, write_workbook


def patched(old: bytes, new: bytes, part: str = "xl/worksheets/sheet1.xml") -> bytes:
    """A workbook of one row in which that part was changed, with so much noise that nothing seems to unfold too far."""
    out = BytesIO()
    whole = zipfile.ZipFile(BytesIO(write_workbook("表", ["a"], [], [10])))
    with whole, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("docProps/noise.bin", Random(1).randbytes(1 << 15))
        for name in whole.namelist():
            content = whole.read(name)
            assert name != part or old in content
            archive.writestr(name, content.replace(old, new) if name == part else content)
    return out.getvalue()


def refusal_of(content: bytes) -> str:
    with pytest.raises(Refusal) as caught:
        read_workbook(content, most_rows=100, most_bytes=1 << 20)
    return str(caught.value)


def test_a_row_with_a_number_beyond_all_sheets_is_not_walked_to(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_ROWS_WALKED", 1000)
    far = b'<row r="2000000"><c r="A2000000"><v>1</v></c></row></sheetData>'
    assert "空行过多" in refusal_of(patched(b"</sheetData>", far))


def test_merged_cells_written_from_their_end_hide_no_others() -> None:
    merged = b'<mergeCell ref="A9999:A1"/>' * 4 + b'<mergeCell ref="A1:B15000"/>'
    content = patched(b"</sheetData>", b"</sheetData><mergeCells>" + merged + b"</mergeCells>")
    assert "合并的单元格过多" in refusal_of(content)


def test_more_marks_than_rows_could_need_are_refused_before_they_are_built() -> None:
    """Each empty style is an object to build: a file of half a megabyte kept a server busy for minutes."""
    content = patched(b"</cellXfs>", b"<xf/>" * 400_000 + b"</cellXfs>", "xl/styles.xml")
    assert len(content) < 1 << 17
    assert "解压后过大" in refusal_of(content)


def test_one_text_that_every_cell_names_is_refused_before_each_is_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbooks, "MOST_LETTERS", 50)
    merged = b'</sheetData><mergeCells><mergeCell ref="A1:BH1"/></mergeCells>'
    assert "文字过多" in refusal_of(patched(b"</sheetData>", merged))
