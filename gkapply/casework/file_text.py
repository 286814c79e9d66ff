"""The words inside a file, as far as they can be read without a program for its type: to look for secrecy marks."""

import codecs
import html
import lzma
import re
import zipfile
import zlib
from collections.abc import Iterable
from io import BytesIO

from gkapply.casework.pdf_text import Locked, text_of_pdf
from gkapply.casework.reading_allowance import Allowance

PDF = "application/pdf"
INSIDE = (".docx", ".xlsx", ".pptx", ".pdf")
"""Endings of documents that may lie in a document."""
DEPTH = 2
_ENCRYPTED, _UTF8 = 0x1, 0x800
"""Flags of an entry that needs a password, and of one whose name is UTF-8."""
_TAG = re.compile(r"<[^>]*>")


class Unreadable(Exception):
    """The file's container is whole, its content is not."""


def words_of(content: bytes, media_type: str) -> str:
    """The words of a text, an OOXML, OFD or PDF document or an old Office file; empty for pictures.

    Marks of one word may lie in several runs: the runs are joined without a gap. Documents inside a document are read as well.
    ``content`` has been sniffed before. Raises Unreadable, Locked.
    """
    if content.startswith(b"PK\x03\x04"):
        return _words_of_zip(content, Allowance())
    if media_type.startswith("text/"):
        return _text(content)
    if media_type == "application/msword":
        # The text of old Office files lies in UTF-16 at even or odd places.
        return content.decode("utf-16-le", "ignore") + content[1:].decode("utf-16-le", "ignore")
    return text_of_pdf(content, Allowance()) if media_type == PDF else ""


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
    """Plain text as UTF-8, as UTF-16 where its mark says so, or, in tables of old programs, GB18030."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return content.decode("utf-16", "replace")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return content.decode("gb18030", "replace")


def _words_of_zip(content: bytes, allowed: Allowance, *, depth: int = DEPTH) -> str:
    words = []
    with zipfile.ZipFile(BytesIO(content)) as archive:
        words.append(allowed.take(names_in(archive.infolist())))
        for entry in archive.infolist():
            name = entry.filename.lower()
            if not name.endswith((".xml", ".rels", *INSIDE)):
                continue
            if allowed.is_spent:
                break
            part = _read(archive, entry, allowed.left)
            allowed.left -= len(part)
            words.append(_words_inside(part, allowed, depth) if name.endswith(INSIDE) else _without_tags(part))
    return "\n".join(words)


def _without_tags(part: bytes) -> str:
    """The words of an XML part. Behind the last > there is no tag: there the search for the end of one would begin at every <."""
    tagged, end, rest = part.decode("utf-8", "replace").rpartition(">")
    return html.unescape(_TAG.sub("", tagged + end) + rest)


def _words_inside(content: bytes, allowed: Allowance, depth: int) -> str:
    """The words of a document that lies in another; a damaged one has none."""
    if content.startswith(b"%PDF-"):
        return text_of_pdf(content, allowed)
    if depth == 0 or not zipfile.is_zipfile(BytesIO(content)):
        return ""
    try:
        return _words_of_zip(content, allowed, depth=depth - 1)
    except zipfile.BadZipFile:
        return ""


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    if entry.flag_bits & _ENCRYPTED:
        raise Locked
    try:
        with archive.open(entry) as member:
            return member.read(most)
    except (
        zipfile.BadZipFile,
        zlib.error,
        lzma.LZMAError,
        EOFError,
        NotImplementedError,
        OSError,
        ValueError,
    ) as error:
        raise Unreadable(entry.filename) from error
