"""The text layer of a PDF, as far as it can be read within bounds: to look for secrecy marks. A scan has none."""

import io
import logging
import time

from pypdf import PdfReader
from pypdf.errors import PyPdfError

MOST_PAGES = 500
MOST_CHARACTERS = 4_000_000
MOST_SECONDS = 10.0
"""Between two pages: what takes longer is read no further."""
_TEXT_SIGNS = (b"/Font", b"/ObjStm")
"""A PDF with neither is a picture of its pages: there is nothing to read."""

log = logging.getLogger(__name__)


class Locked(Exception):
    """The PDF opens with a password only."""


def text_of_pdf(content: bytes) -> str:
    """The words of the title, the pages and the notes on them; what lies behind the bounds is left out.

    A damaged PDF has no words: whether it can be opened is not judged here. Raises Locked.
    """
    if not any(sign in content for sign in _TEXT_SIGNS):
        return ""
    words: list[str] = []
    try:
        reader = PdfReader(io.BytesIO(content), strict=False)
        if reader.is_encrypted and not reader.decrypt(""):
            raise Locked
        words += [str(value) for value in (reader.metadata or {}).values()]
        _read_pages(reader, words)
    except (
        PyPdfError,
        ValueError,
        KeyError,
        TypeError,
        AttributeError,
        IndexError,
        RecursionError,
        NotImplementedError,
        OSError,
    ) as error:
        # The reader raises many things over what it cannot read; the words that it has read count.
        log.info("a PDF could not be read to its end: %s", type(error).__name__)
    return "\n".join(words)


def _read_pages(reader: PdfReader, words: list[str]) -> None:
    begun, left = time.monotonic(), MOST_CHARACTERS
    for number, page in enumerate(reader.pages):
        if number == MOST_PAGES or left <= 0 or time.monotonic() - begun > MOST_SECONDS:
            return
        text = page.extract_text() or ""
        notes = (one.get_object().get("/Contents", "") for one in page.get("/Annots") or ())
        words += [text, *(str(note) for note in notes)]
        left -= len(text)
