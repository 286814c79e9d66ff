"""The words inside a file, as far as they can be read without a program for its type: to look for secrecy marks."""

import html
import re
import zipfile
import zlib
from io import BytesIO

MOST_XML = 50 * 1024 * 1024
"""Bytes of XML read from one document: more is no document that a person wrote."""
_TAG = re.compile(r"<[^>]*>")


class Unreadable(Exception):
    """The file's container is whole, its content is not."""


def words_of(content: bytes, media_type: str) -> str:
    """The words of a text, an OOXML or OFD document or an old Office file; empty for pictures and PDF.

    Marks of one word may lie in several runs: the runs are joined without a gap. ``content`` has been sniffed before. Raises
    Unreadable.
    """
    if media_type.startswith("text/"):
        return content.decode("utf-8", "replace")
    if content.startswith(b"PK\x03\x04"):
        return _words_of_zip(content)
    if media_type == "application/msword":
        # The text of old Office files lies in UTF-16 at even or odd places.
        return content.decode("utf-16-le", "ignore") + content[1:].decode("utf-16-le", "ignore")
    return ""


def _words_of_zip(content: bytes) -> str:
    words, left = [], MOST_XML
    with zipfile.ZipFile(BytesIO(content)) as archive:
        for entry in archive.infolist():
            if left <= 0 or not entry.filename.lower().endswith((".xml", ".rels")):
                continue
            text = _read(archive, entry, left)
            left -= len(text)
            words.append(html.unescape(_TAG.sub("", text.decode("utf-8", "replace"))))
    return "\n".join(words)


def _read(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, most: int) -> bytes:
    try:
        with archive.open(entry) as member:
            return member.read(most)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError) as error:
        raise Unreadable(entry.filename) from error
