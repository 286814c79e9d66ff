"""The words inside a file, as far as they can be read without a program for its type: to look for secrecy marks."""

import html
import re
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from gkapply.casework.pdf_text import text_of_pdf

MOST_XML = 50 * 1024 * 1024
"""Bytes of XML read from one document: more is no document that a person wrote."""
PDF = "application/pdf"
INSIDE = (".docx", ".xlsx", ".pptx", ".pdf")
"""Endings of documents that may lie in a document."""
DEPTH = 2
_UTF8 = 0x800
"""Flag of an entry whose name is UTF-8."""
_TAG = re.compile(r"<[^>]*>")


class Unreadable(Exception):
    """The file's container is whole, its content is not."""


def words_of(content: bytes, media_type: str) -> str:
    """The words of a text, an OOXML, OFD or PDF document or an old Office file; empty for pictures.

    Marks of one word may lie in several runs: the runs are joined without a gap. Documents inside a document are read as well.
    ``content`` has been sniffed before. Raises Unreadable, Locked.
    """
    if content.startswith(b"PK\x03\x04"):
        return _words_of_zip(content)
    if media_type.startswith("text/"):
        return _text(content)
    if media_type == "application/msword":
        # The text of old Office files lies in UTF-16 at even or odd places.
        return content.decode("utf-16-le", "ignore") + content[1:].decode("utf-16-le", "ignore")
    return text_of_pdf(content) if media_type == PDF else ""


def type_of(content: bytes) -> str:
    """The type of a file that was not sniffed, as far as ``words_of`` asks for it: what is nothing else is text."""
    if content.startswith(b"%PDF-"):
        return PDF
    return "application/msword" if content.startswith(b"\xd0\xcf\x11\xe0") else "text/plain"


def names_in(entries: Iterable[zipfile.ZipInfo]) -> str:
    """The names in the directory of a zip container, also where an old program wrote them in GB18030."""
    return "\n".join(_name(entry) for entry in entries)


def _name(entry: zipfile.ZipInfo) -> str:
    if entry.flag_bits & _UTF8:
        return entry.filename
    try:
        return entry.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return entry.filename


def _text(content: bytes) -> str:
    """Plain text as UTF-8 or, in tables of old programs, GB18030."""
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _words_of_zip(content: bytes, *, depth: int = DEPTH) -> str:
    words, left = [], MOST_XML
    with zipfile.ZipFile(BytesIO(content)) as archive:
        words.append(names_in(archive.infolist()))
        for entry in archive.infolist():
            name = entry.filename.lower()
            if left <= 0 or not name.endswith((".xml", ".rels", *INSIDE)):
                continue
            text = _read(archive, entry, left)
            left -= len(text)
            if name.endswith(INSIDE):
                words.append(_words_inside(text, depth))
                continue
            words.append(html.unescape(_TAG.sub("", text.decode("utf-8", "replace"))))
    return "\n".join(words)


def _words_inside(content: bytes, depth: int) -> str:
    """The words of a document that lies in another."""
    if content.startswith(b"%PDF-"):
        return text_of_pdf(content)
    if depth == 0 or not zipfile.is_zipfile(BytesIO(content)):
        return ""
    return _words_of_zip(content, depth=depth - 1)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as member:
            return member.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable(entry.filename) from error
