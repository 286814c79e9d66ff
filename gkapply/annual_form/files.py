"""The files that a report is handed out as, by the ending that names them."""

import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from gkapply.annual_form import docx_file, html_page, xlsx_file
from gkapply.annual_form.layout import title
from gkapply.workbooks import WORKBOOK_TYPE

Report = dict[str, Any]


@dataclass(frozen=True, slots=True)
class FileKind:
    """A kind of file: what it is called, its media type, and who writes it from a report."""

    label: str
    media_type: str
    write: Callable[[Report], bytes]


def _as_json(report: Report) -> bytes:
    return (json.dumps(report, ensure_ascii=False, indent=1) + "\n").encode()


_WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
FILES: dict[str, FileKind] = {
    "docx": FileKind("Word 文档", _WORD, docx_file.write),
    "xlsx": FileKind("Excel 工作簿", WORKBOOK_TYPE, xlsx_file.write),
    "html": FileKind("网页", "text/html; charset=utf-8", html_page.page),
    "json": FileKind("JSON 数据", "application/json", _as_json),
}


def file_name(report: Report, ending: str) -> str:
    """The name under which a report is handed out; it says when the report is not settled yet (no ``on``)."""
    return f"{title(report)}{'' if report.get('on') else '（未定稿）'}.{ending}"
