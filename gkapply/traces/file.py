"""Taking any accepted file apart, by its media type."""

import csv
import io
from collections.abc import Mapping

from gkapply.traces.contents import Contents, NotRead, Reader, table_lines
from gkapply.traces.office_file import read_ofd, read_sheet, read_word
from gkapply.traces.pdf_file import read_pdf
from gkapply.traces.trace import TraceKind


def read_text(content: bytes) -> Contents:
    """A text file, line by line."""
    found = Contents()
    found.say("全文", _decoded(content))
    return found


def read_csv(content: bytes) -> Contents:
    """A table of comma-separated values."""
    found = Contents()
    rows = csv.reader(io.StringIO(_decoded(content)))
    try:
        lines = [(f"第{number}行", dict(enumerate(row))) for number, row in enumerate(rows, 1) if row]
    except csv.Error as error:
        raise NotRead("表格文件无法读取", do="请另存为 xlsx 后上传") from error
    table_lines(lines, found, "")
    return found


def read_picture(content: bytes) -> Contents:
    """A picture: nothing of it can be read but whether a camera left its notes."""
    found = Contents()
    found.unreadable.append("是图片，内容无法检查")
    head = content[: 256 * 1024]
    if b"Exif\x00\x00" in head or b"eXIf" in head or b"http://ns.adobe.com/xap/" in head:
        found.carry(TraceKind.CAMERA, "图片属性（可能有拍摄时间、地点、设备）")
    return found


READERS: Mapping[str, Reader] = {
    "application/pdf": read_pdf,
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": read_word,
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": read_sheet,
    "application/ofd": read_ofd,
    "image/jpeg": read_picture,
    "image/png": read_picture,
    "text/plain; charset=utf-8": read_text,
    "text/csv; charset=utf-8": read_csv,
}


def contents_of(content: bytes, media_type: str) -> Contents:
    """The file taken apart. Raises NotRead for a kind that cannot be checked (old .doc, .xls, .wps) and a damaged one."""
    reader = READERS.get(media_type)
    if reader is None:
        raise NotRead("这种格式的文件无法检查其中的个人信息", do="请另存为 docx、xlsx 或者 pdf 后上传")
    return reader(content)


def _decoded(content: bytes) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")
