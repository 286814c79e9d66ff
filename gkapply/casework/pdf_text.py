"""The text layer of a PDF, as far as it can be read within bounds: to look for secrecy marks. A scan has none."""

import io
import logging
from typing import Any

from pypdf import Configuration, PdfReader, apply_configuration
from pypdf.errors import LimitReachedError, PyPdfError

from gkapply.casework.reading_allowance import Allowance

MOST_PAGES = 500
MOST_CHARACTERS = 4_000_000
BOUNDS = Configuration(
    stream_parsing_work_maximum_count=1_000_000,
    zlib_maximum_output_length=25_000_000,
    array_maximum_element_count=20_000,
)
"""What the reader takes in one go, between two looks at the time."""
_TEXT_SIGNS = (b"/Font", b"/ObjStm")
"""A PDF with neither is a picture of its pages: there is nothing to read."""

log = logging.getLogger(__name__)


class Locked(Exception):
    """The PDF opens with a password only."""


class _Enough(Exception):
    """What is allowed is spent."""


def text_of_pdf(content: bytes, allowed: Allowance) -> str:
    """The words of the title, the pages and the notes on them; what lies behind the bounds is left out.

    A damaged PDF has no words: whether it can be opened is not judged here. Raises Locked.
    """
    if not any(sign in content for sign in _TEXT_SIGNS):
        return ""
    words: list[str] = []
    own = Allowance(min(MOST_CHARACTERS, allowed.left), allowed.until)
    try:
        with apply_configuration(BOUNDS):
            reader = PdfReader(io.BytesIO(content), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise Locked
            words += [own.take(str(value)) for value in (reader.metadata or {}).values()]
            _read_pages(reader, words, own)
    except (
        _Enough,
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
    said = "\n".join(words)
    allowed.left -= len(said)
    return said


def _read_pages(reader: PdfReader, words: list[str], allowed: Allowance) -> None:
    def go_on(*_operation: Any) -> None:
        if allowed.is_spent:
            raise _Enough

    for number, page in enumerate(reader.pages):
        if number == MOST_PAGES:
            return
        go_on()
        try:
            words.append(allowed.take(page.extract_text(visitor_operand_before=go_on) or ""))
        except LimitReachedError:
            log.info("a page of a PDF has too much on it to be read")
        for one in page.get("/Annots") or ():
            go_on()
            words.append(allowed.take(str(one.get_object().get("/Contents", ""))))
