"""PDF files: the text of each page (also under black bars), properties, notes, fields, attachments, earlier versions."""

import io
import re
from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader
from pypdf.errors import PyPdfError

from gkapply.traces.contents import Contents, NotRead, told_author
from gkapply.traces.trace import TraceKind

MOST_PAGES = 2000
_NAMES = {"/Author": "作者", "/Manager": "主管", "/Company": "单位"}


def read_pdf(content: bytes) -> Contents:
    """A PDF. Raises NotRead for one that is damaged or locked."""
    found = Contents()
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted:
            raise NotRead("PDF 设有密码或者限制，无法检查", do="请去除密码后上传")
        if len(reader.pages) > MOST_PAGES:
            raise NotRead(f"PDF 超过{MOST_PAGES}页，无法检查", do="请拆分后上传")
        _pages(reader, found)
        _properties(reader, found)
        for name in reader.attachments:
            found.carry(TraceKind.EMBEDDED, "附件", name)
        for name, value in (reader.get_fields() or {}).items():
            found.say(f"表单域「{name}」", str(value.get("/V", "")))
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        OSError,
    ) as error:
        raise NotRead("PDF 已损坏，无法检查", do="请重新导出后上传") from error
    # A linearised file closes twice from the start; more is what was saved on top of an earlier version.
    versions = len(re.findall(rb"%%EOF", content)) - (b"/Linearized" in content[:2048])
    if versions > 1:
        found.carry(TraceKind.OLDER, "整个文件", str(versions))
    return found


def _pages(reader: PdfReader, found: Contents) -> None:
    silent, pictured = [], []
    for number, page in enumerate(reader.pages, 1):
        text = page.extract_text() or ""
        found.say(f"第{number}页", text)
        if not text.strip():
            silent.append(number)
        elif _has_pictures(page):
            pictured.append(number)
        for note, author in _notes(page):
            found.carry(TraceKind.COMMENT, f"第{number}页", author)
            found.say(f"第{number}页的批注", f"{note} {author}")
    if silent:
        found.unreadable.append(f"{_listed(silent)}没有文字层（扫描件或者图片），无法检查")
    if pictured:
        found.unreadable.append(f"{_listed(pictured)}有图片，图片中的文字无法检查")


def _has_pictures(page: Any) -> bool:
    resources = page.get("/Resources")
    objects = resources.get_object().get("/XObject") if resources is not None else None
    if objects is None:
        return False
    return any(one.get_object().get("/Subtype") in ("/Image", "/Form") for one in objects.get_object().values())


def _notes(page: Any) -> Iterator[tuple[str, str]]:
    for reference in page.get("/Annots") or ():
        note = reference.get_object()
        words = str(note.get("/Contents", "")) + " " + str((note.get("/A") or {}).get("/URI", ""))
        if note.get("/Subtype") != "/Link" or words.strip():
            yield words.strip(), str(note.get("/T", ""))


def _properties(reader: PdfReader, found: Contents) -> None:
    for key, value in (reader.metadata or {}).items():
        words = str(value)
        if key in _NAMES and told_author(words):
            found.carry(TraceKind.PROPERTY, f"文件属性（{_NAMES[key]}）", words)
        found.say("文件属性", words)
    raw = reader.root_object.get("/Metadata")
    if raw is not None:
        found.say("文件属性（XMP）", re.sub(r"<[^>]*>", " ", raw.get_object().get_data().decode("utf-8", "replace")))


def _listed(pages: list[int]) -> str:
    shown = "、".join(str(one) for one in pages[:8])
    return f"第{shown}页" + (f"等{len(pages)}页" if len(pages) > 8 else "")
