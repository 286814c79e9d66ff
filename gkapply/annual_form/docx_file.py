"""The annual report as .docx: A4 after GB/T 9704-2012, tables as wide as the text, their heads repeated on every page."""

import io
from collections.abc import Iterator
from datetime import datetime, time
from typing import Any
from xml.sax.saxutils import escape

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_LINE_SPACING
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Mm, Pt

from gkapply.annual_form.container import alike
from gkapply.annual_form.figures import Values, notes_of, paragraphs_of, shown, values_of
from gkapply.annual_form.layout import (
    PARTS,
    TABLES,
    TEXTS,
    Cell,
    Label,
    Table,
    basis,
    day_of,
    settled_on,
    title,
    title_lines,
)
from gkapply.annual_form.words import printable

FANG, HEI, SONG, TITLE_FONT, LATIN = "仿宋_GB2312", "黑体", "宋体", "方正小标宋简体", "Times New Roman"
LINE = Pt(28.95)
"""22 lines on a page."""
MARGINS = {"top_margin": 37, "bottom_margin": 35, "left_margin": 28, "right_margin": 26}
"""Millimetres of GB/T 9704-2012: a text area of 156 by 225."""
_TWIPS = 1440 / 25.4
_CELL_SIZE, _CELL_LINE = 18, 230
"""Half points of the type in tables (小五), and its lines in twentieths of a point."""
_ROW_HEIGHT = 340


_THUMBNAIL = "thumbnail"


def write(report: dict[str, Any]) -> bytes:
    """The file of a report. Raises Refusal for a paragraph that is too long to print."""
    document = Document()
    _set_page(document)
    _set_styles(document)
    document.add_paragraph("\n".join(title_lines(report)), style="Title")
    if day := day_of(report):
        document.add_paragraph(day, style="Subtitle")
    document.add_paragraph(basis(report))
    values = values_of(report)
    for part, heading in PARTS.items():
        document.add_paragraph(heading, style="Heading 1")
        for line in paragraphs_of(report, part) if part in TEXTS else ():
            document.add_paragraph(line)
        if part in TABLES:
            body = document.element.body
            body.insert(len(body) - 1, parse_xml(_table(TABLES[part], values)))
            for note in notes_of(report, part):
                document.add_paragraph(note, style="Caption")
    _set_properties(document, report)
    out = io.BytesIO()
    document.save(out)
    return alike(out.getvalue())


def _set_page(document: Any) -> None:
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    for name, width in MARGINS.items():
        setattr(section, name, Mm(width))
    section.footer_distance = Mm(24)
    document.settings.odd_and_even_pages_header_footer = True
    for footer, side in ((section.footer, "right"), (section.even_page_footer, "left")):
        line = footer.paragraphs[0]._p
        line.getparent().replace(line, parse_xml(_page_number(side)))


def _page_number(side: str) -> str:
    """The number between dashes, one character from the edge."""
    field = "".join(
        f"<w:r>{_characters(SONG, 28)}{inside}</w:r>"
        for inside in (
            '<w:t xml:space="preserve">— </w:t>',
            '<w:fldChar w:fldCharType="begin"/>',
            '<w:instrText xml:space="preserve"> PAGE </w:instrText>',
            '<w:fldChar w:fldCharType="separate"/>',
            "<w:t>1</w:t>",
            '<w:fldChar w:fldCharType="end"/>',
            '<w:t xml:space="preserve"> —</w:t>',
        )
    )
    return (
        f'<w:p {nsdecls("w")}><w:pPr><w:ind w:left="280" w:right="280" w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
        f"{field}</w:p>"
    )


def _set_styles(document: Any) -> None:
    normal = _style(document, "Normal", FANG, 16)
    normal.paragraph_format.first_line_indent = Pt(32)
    normal.paragraph_format.line_spacing_rule, normal.paragraph_format.line_spacing = WD_LINE_SPACING.EXACTLY, LINE
    normal.paragraph_format.space_before = normal.paragraph_format.space_after = Pt(0)
    normal.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.JUSTIFY
    for name, font, size, indent, above, below in (
        ("Title", TITLE_FONT, 22, 0, 0, 12),
        ("Subtitle", FANG, 16, 0, 0, 12),
        ("Heading 1", HEI, 16, 32, 0, 0),
        ("Caption", FANG, 10.5, 21, 3, 0),
    ):
        style = _style(document, name, font, size)
        style.paragraph_format.first_line_indent = Pt(indent)
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(above), Pt(below)
        style.paragraph_format.keep_with_next = name == "Heading 1"
        if not indent:
            style.paragraph_format.alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.styles["Title"].paragraph_format.line_spacing = Pt(34)
    document.styles["Caption"].paragraph_format.line_spacing = Pt(16)


def _style(document: Any, name: str, font: str, points: float) -> Any:
    """A style of the template with nothing of its own but this type in black."""
    style = document.styles[name]
    for properties in (style.element.rPr, style.element.pPr):
        if properties is not None:
            for one in list(properties):
                if one.tag != qn("w:outlineLvl"):
                    properties.remove(one)
    style.font.name, style.font.size = LATIN, Pt(points)
    style.element.rPr.rFonts.set(qn("w:eastAsia"), font)
    return style


def _set_properties(document: Any, report: dict[str, Any]) -> None:
    """The file's own data: title, organ and day; nothing of a person or a machine."""
    package = document.part.package
    for key in [key for key, one in package.rels.items() if one.reltype.endswith(_THUMBNAIL)]:
        package.rels.pop(key)
    data = document.core_properties
    moment = datetime.combine(settled_on(report), time())
    data.title, data.author, data.last_modified_by = title(report), printable(report["organ"]), ""
    data.comments, data.keywords, data.language, data.revision = "", "", "zh-CN", 1
    data.created = data.modified = moment


def _table(table: Table, values: Values) -> str:
    """The XML of a table with its figures."""
    columns = "".join(f'<w:gridCol w:w="{_twips(width)}"/>' for width in table.widths)
    whole = sum(_twips(width) for width in table.widths)
    margins = "".join(f'<w:{side} w:w="28" w:type="dxa"/>' for side in ("top", "left", "bottom", "right"))
    borders = "".join(
        f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
        for side in ("top", "left", "bottom", "right", "insideH", "insideV")
    )
    return (
        f'<w:tbl {nsdecls("w")}><w:tblPr><w:tblW w:w="{whole}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{borders}</w:tblBorders><w:tblLayout w:type="fixed"/><w:tblCellMar>{margins}</w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{columns}</w:tblGrid>{''.join(_rows(table, values))}</w:tbl>"
    )


def _rows(table: Table, values: Values) -> Iterator[str]:
    for number, cells in enumerate(table.places()):
        head = "<w:tblHeader/>" if number < table.heads else ""
        yield (
            f'<w:tr><w:trPr><w:cantSplit/><w:trHeight w:val="{_ROW_HEIGHT}" w:hRule="atLeast"/>{head}</w:trPr>'
            + "".join(_cell(table, cell, values, number) for cell in cells)
            + "</w:tr>"
        )


def _cell(table: Table, cell: Cell, values: Values, number: int) -> str:
    """A cell, or a place in row ``number`` that a cell of an earlier row covers."""
    begins = cell.row == number
    width = sum(_twips(one) for one in table.widths[cell.column : cell.column + cell.columns])
    span = f'<w:gridSpan w:val="{cell.columns}"/>' if cell.columns > 1 else ""
    merged = "" if cell.rows == 1 else '<w:vMerge w:val="restart"/>' if begins else "<w:vMerge/>"
    text = "" if not begins else cell.text if isinstance(cell, Label) else shown(values[cell.key])
    side = "left" if isinstance(cell, Label) and table.names_row(cell) else "center"
    # A table that fits on one page is not torn apart.
    held = "" if number == table.height - 1 else "<w:keepNext/>"
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{span}{merged}<w:vAlign w:val="center"/></w:tcPr>'
        f'<w:p><w:pPr>{held}<w:spacing w:before="0" w:after="0" w:line="{_CELL_LINE}" w:lineRule="exact"/>'
        f'<w:ind w:firstLine="0"/><w:jc w:val="{side}"/></w:pPr>'
        + (f'<w:r>{_characters(SONG, _CELL_SIZE)}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else "")
        + "</w:p></w:tc>"
    )


def _characters(font: str, half_points: int) -> str:
    return (
        f'<w:rPr><w:rFonts w:ascii="{LATIN}" w:eastAsia="{font}" w:hAnsi="{LATIN}" w:cs="{LATIN}"/>'
        f'<w:sz w:val="{half_points}"/><w:szCs w:val="{half_points}"/></w:rPr>'
    )


def _twips(millimetres: float) -> int:
    return round(millimetres * _TWIPS)
