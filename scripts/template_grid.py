"""How a table of the templates is set: cells of a style, rows, labelled lines, lists."""

import re
from collections.abc import Sequence
from xml.sax.saxutils import escape

LABEL, TEXT, CODE, SIGN = "TableLabel", "TableText", "TableCode", "TableSignature"
LIST_LABEL, LIST_TEXT, LIST_NUMBER = "ListLabel", "ListText", "ListNumber"
WIDTH = 8844
"""The text area, 156 mm, in twentieths of a point."""
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = '<w:tblCellMar><w:left w:w="80" w:type="dxa"/><w:right w:w="80" w:type="dxa"/></w:tblCellMar>'

Cell = tuple[str, Sequence[str]]
"""Style and paragraphs."""


COPIES = "CopyLine"
_AT_THE_FOOT = (
    f'<w:framePr w:w="{WIDTH}" w:hSpace="0" w:wrap="around" w:vAnchor="margin" w:hAnchor="margin" w:xAlign="center" '
    'w:yAlign="bottom"/>'
)
"""At the foot of the text area of its page. In a style, LibreOffice would not heed it."""


def paragraph(style: str, text: str) -> str:
    """One paragraph in one run; that of the copies stands at the foot of its page."""
    place = _AT_THE_FOOT if style == COPIES and not text.startswith("{%p") else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/>{place}</w:pPr>{run(text)}</w:p>'


def run(text: str) -> str:
    """One run, tabs and line breaks kept; nothing for an empty text."""
    said = "".join(
        {"\t": "<w:tab/>", "\n": "<w:br/>"}.get(one, f'<w:t xml:space="preserve">{escape(one)}</w:t>')
        for one in re.split("([\t\n])", text)
        if one
    )
    return f"<w:r>{said}</w:r>" if said else ""


def cell(width: int, inside: Sequence[Cell], span: int = 1) -> str:
    """One cell over ``span`` columns of the grid."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    said = "".join(paragraph(style, text) for style, texts in inside for text in texts)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}<w:vAlign w:val="center"/></w:tcPr>{said}</w:tc>'


def row(cells: str, *, height: int = 0, heading: bool = False) -> str:
    """One row, never cut by a page's end, at least so high."""
    at_least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    return f"<w:tr><w:trPr><w:cantSplit/>{at_least}{'<w:tblHeader/>' if heading else ''}</w:trPr>{cells}</w:tr>"


def table(widths: Sequence[int], rows: Sequence[str]) -> str:
    """A table with thin edges, as wide as its columns."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/>{_MARGINS}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def labelled(width: int, *rows: tuple[str, Cell, int]) -> str:
    """Two columns: a label, and what it says, at least so high."""
    value = WIDTH - width
    return table(
        (width, value),
        [
            row(cell(width, [(LABEL, (label,))]) + cell(value, [inside]), height=height)
            for label, inside, height in rows
        ],
    )
