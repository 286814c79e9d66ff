"""The plain text of a .docx: for previews on a page, for the difference between two drafts, for tests."""

import io
from collections.abc import Iterator

from docx import Document
from docx.document import Document as Letter
from docx.section import Section, _BaseHeaderFooter
from docx.table import Table
from docx.text.paragraph import Paragraph


def paragraphs(docx: bytes) -> list[str]:
    """The text of a letter in reading order: the head of its first page, then the body.

    A paragraph each, a table row each with its cells parted by tabs. Line breaks inside a paragraph are kept. The headers of
    later pages and all footers are left out.
    """
    letter = Document(io.BytesIO(docx))
    first = letter.sections[0]
    head = first.first_page_header if first.different_first_page_header_footer else first.header
    return [*_lines(head), *_blocks(letter)]


def margins(docx: bytes) -> dict[str, list[str]]:
    """The text of every header and footer by its name in python-docx (``first_page_header``, ``even_page_footer`` …).

    A field, as the page number is, stands with its last result. Left out are those that the letter does not show.
    """
    letter = Document(io.BytesIO(docx))
    found: dict[str, list[str]] = {}
    for section in letter.sections:
        for name, part in _parts(section, letter.settings.odd_and_even_pages_header_footer):
            found.setdefault(name, []).extend(_lines(part))
    return found


def _parts(section: Section, odd_and_even: bool) -> Iterator[tuple[str, _BaseHeaderFooter]]:
    shown = ["header", "footer"]
    if section.different_first_page_header_footer:
        shown += ["first_page_header", "first_page_footer"]
    if odd_and_even:
        shown += ["even_page_header", "even_page_footer"]
    for name in shown:
        part: _BaseHeaderFooter = getattr(section, name)
        if not part.is_linked_to_previous:
            yield name, part


def _lines(part: _BaseHeaderFooter) -> list[str]:
    """What a header or footer says, without its empty paragraphs."""
    return [] if part.is_linked_to_previous else [line for line in _blocks(part) if line.strip()]


def _blocks(container: Letter | _BaseHeaderFooter) -> list[str]:
    found: list[str] = []
    for block in container.iter_inner_content():
        found.extend([block.text] if isinstance(block, Paragraph) else _rows(block))
    return found


def _rows(table: Table) -> list[str]:
    rows = []
    for row in table.rows:
        seen: list[object] = []
        cells = []
        for cell in row.cells:
            if not any(cell._tc is one for one in seen):  # a merged cell is listed once for each column it spans
                seen.append(cell._tc)
                cells.append(cell.text)
        rows.append("\t".join(cells))
    return rows
