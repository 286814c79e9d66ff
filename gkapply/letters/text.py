"""The plain text of a .docx: for previews on a page, for the difference between two drafts, for tests."""

import io

from docx import Document
from docx.table import Table
from docx.text.paragraph import Paragraph


def paragraphs(docx: bytes) -> list[str]:
    """The text of the body in reading order: a paragraph each, a table row each with its cells parted by tabs.

    Line breaks inside a paragraph are kept. Headers and footers are left out.
    """
    found = []
    for block in Document(io.BytesIO(docx)).iter_inner_content():
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
