"""Binding papers into one PDF: index first, every page with its number, a bookmark for each paper."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError

from gkapply.volume.page import stamp

MOST_PAGES = 5000
UNREADABLE = (PyPdfError, ValueError, KeyError, TypeError, IndexError, AttributeError, RecursionError, OSError)
"""What reading a damaged or hostile PDF may end in."""


@dataclass(frozen=True, slots=True)
class Leaf:
    """One paper to be bound: its title and its pages as a PDF."""

    title: str
    pdf: bytes


@dataclass(frozen=True, slots=True)
class Bound:
    """The bound volume: its bytes, how many pages it has, and the first and last page of each leaf."""

    pdf: bytes
    pages: int
    places: Sequence[tuple[int, int]]


def is_readable(pdf: bytes) -> bool:
    """Whether the pages of a PDF can be bound: not encrypted, not damaged, not empty, of a size that people read."""
    try:
        reader = PdfReader(BytesIO(pdf))
        if reader.is_encrypted or not 0 < len(reader.pages) <= MOST_PAGES:
            return False
        trial = PdfWriter()
        for page in reader.pages:
            added = trial.add_page(page)
            added.transfer_rotation_to_content()
            added.merge_page(PdfReader(BytesIO(stamp("1", _size(added)))).pages[0])
        trial.write(BytesIO())
    except UNREADABLE:
        return False
    return True


def bind(index_title: str, index: Callable[[Sequence[tuple[int, int]]], bytes], leaves: Sequence[Leaf]) -> Bound:
    """Bind ``leaves`` behind their index, which ``index`` makes as a PDF from the first and last page of each.

    The same leaves give the same bytes. Every leaf must be readable (``is_readable``).
    """
    counts = [len(PdfReader(BytesIO(leaf.pdf)).pages) for leaf in leaves]
    ahead = len(PdfReader(BytesIO(index(_places(counts, 0)))).pages)
    places = _places(counts, ahead)
    whole = [Leaf(index_title, index(places)), *leaves]
    pages = ahead + sum(counts)
    writer = PdfWriter()
    number = 0
    for leaf in whole:
        first = number
        for page in PdfReader(BytesIO(leaf.pdf)).pages:
            number += 1
            added = writer.add_page(page)
            added.transfer_rotation_to_content()
            _put_number(added, f"第{number}页 共{pages}页")
        writer.add_outline_item(title=leaf.title, page_number=first)
    made = BytesIO()
    writer.write(made)
    return Bound(made.getvalue(), pages, places)


def _places(counts: Sequence[int], ahead: int) -> list[tuple[int, int]]:
    found, number = [], ahead
    for count in counts:
        found.append((number + 1, number + count))
        number += count
    return found


def _size(page: object) -> tuple[float, float]:
    box = page.mediabox  # type: ignore[attr-defined]
    return float(box.width), float(box.height)


def _put_number(page: object, text: str) -> None:
    """Lay the number over the foot of the page, wherever its paper begins."""
    mark = PdfReader(BytesIO(stamp(text, _size(page)))).pages[0]
    box = page.mediabox  # type: ignore[attr-defined]
    page.merge_translated_page(mark, float(box.left), float(box.bottom))  # type: ignore[attr-defined]
