"""The annual report as .xlsx: a sheet for each of its six parts, figures as numbers, heads merged as in the form, ready to print on A4."""

import io
from datetime import datetime, time
from decimal import Decimal
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet
from openpyxl.xml.functions import tostring

from gkapply.annual_form.container import alike
from gkapply.annual_form.figures import Value, Values, notes_of, paragraphs_of, values_of
from gkapply.annual_form.layout import PARTS, TABLES, TEXTS, Cell, Label, Table, day_of, settled_on, title
from gkapply.annual_form.words import printable

FIRST = 3
"""Rows over a table: the title, and the heading of the part."""
_CHARACTER = 1.9
"""Millimetres that a character of a column's width takes."""
_SQUARE = 3.6
"""Millimetres of a Chinese character of 10 points."""
_LAST_NARROW = 0x2E7F
_TEXT_WIDTH = 84
_LINE = 15
"""Points of a line."""
_THIN = Side(style="thin", color="000000")
_FRAME = Border(left=_THIN, right=_THIN, top=_THIN, bottom=_THIN)
_ACROSS = frozenset({"4"})
"""Tables that are printed across the page."""


def write(report: dict[str, Any]) -> bytes:
    """The file of a report. Raises Refusal for a paragraph that is too long to print."""
    book = Workbook()
    book.remove(book.active)
    values = values_of(report)
    day = day_of(report)
    head = title(report) + (f"（{day}）" if day else "")
    for part, heading in PARTS.items():
        sheet = book.create_sheet(heading)
        _set_print(sheet, part)
        if part in TEXTS:
            _put_texts(sheet, [head, heading, *paragraphs_of(report, part)])
        else:
            _put_table(sheet, TABLES[part], values, (head, heading), notes_of(report, part))
    data = book.properties
    data.title, data.creator, data.language = title(report), printable(report["organ"]), "zh-CN"
    data.created = datetime.combine(settled_on(report), time())
    out = io.BytesIO()
    book.save(out)
    # Saving has put the present moment in.
    data.modified = data.created
    return alike(out.getvalue(), {"docProps/core.xml": tostring(data.to_tree())})


def _set_print(sheet: Worksheet, part: str) -> None:
    setup = sheet.page_setup
    setup.paperSize, setup.orientation = sheet.PAPERSIZE_A4, "landscape" if part in _ACROSS else "portrait"
    setup.fitToWidth, setup.fitToHeight = 1, 0 if part in TEXTS else 1
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.print_options.horizontalCentered = True
    sheet.page_margins.left = sheet.page_margins.right = 0.6
    sheet.oddFooter.center.text = "— &P —"


def _put_texts(sheet: Worksheet, lines: list[str]) -> None:
    sheet.column_dimensions["A"].width = _TEXT_WIDTH
    for number, line in enumerate(lines, start=1):
        _put(sheet, number, 1, line, bold=number <= 2, side="center" if number == 1 else "left", framed=False)
        # Spreadsheets leave a row as low as one line when they did not wrap it themselves.
        sheet.row_dimensions[number].height = _LINE * (1 + int(2 * _squares(line) / _TEXT_WIDTH))


def _put_table(sheet: Worksheet, table: Table, values: Values, over: tuple[str, str], notes: list[str]) -> None:
    last = len(table.widths)
    wider = 1.7 if table.part in _ACROSS else 1
    for place, width in enumerate(table.widths, start=1):
        sheet.column_dimensions[get_column_letter(place)].width = round(wider * width / _CHARACTER, 1)
    for number, line in enumerate(over, start=1):
        _put(sheet, number, 1, line, bold=True, side="center", framed=False)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=last)
        sheet.row_dimensions[number].height = 1.6 * _LINE
    for cell in table.cells:
        _put_cell(sheet, table, cell, values)
    for number in range(table.height):
        sheet.row_dimensions[FIRST + number].height = _height(table, number)
    if table.heads:
        begin = min(figure.column for figure in table.figures())
        sheet.freeze_panes = f"{get_column_letter(begin + 1)}{FIRST + table.heads}"
        sheet.print_title_rows = f"{FIRST}:{FIRST + table.heads - 1}"
    for number, text in enumerate(notes, start=FIRST + table.height):
        _put(sheet, number, 1, text, side="left", framed=False)
        sheet.merge_cells(start_row=number, end_row=number, start_column=1, end_column=last)
        sheet.row_dimensions[number].height = _LINE * (1 + int(_squares(text) * _SQUARE / wider / sum(table.widths)))


def _put_cell(sheet: Worksheet, table: Table, cell: Cell, values: Values) -> None:
    row, column = FIRST + cell.row, 1 + cell.column
    if isinstance(cell, Label):
        _put(sheet, row, column, cell.text, side="left" if table.names_row(cell) else "center")
    else:
        money = "#,##0.00####" if cell.money else "0"
        _put(sheet, row, column, _number(values[cell.key], money=cell.money), side="center", form=money)
    for one in range(row, row + cell.rows):
        for other in range(column, column + cell.columns):
            sheet.cell(one, other).border = _FRAME
    if cell.rows > 1 or cell.columns > 1:
        sheet.merge_cells(
            start_row=row, end_row=row + cell.rows - 1, start_column=column, end_column=column + cell.columns - 1
        )


def _put(
    sheet: Worksheet,
    row: int,
    column: int,
    value: object,
    *,
    bold: bool = False,
    side: str = "left",
    framed: bool = True,
    form: str = "General",
) -> None:
    """One cell; words are words, also where they begin like a formula."""
    cell = sheet.cell(row, column, value)
    if isinstance(value, str):
        cell.data_type, cell.quotePrefix = "s", value.startswith(("=", "+", "-", "@"))
    cell.font = Font(name="宋体", size=11 if bold else 10, bold=bold)
    cell.alignment = Alignment(horizontal=side, vertical="center" if framed or bold else "top", wrap_text=True)
    cell.number_format = form
    if framed:
        cell.border = _FRAME


def _number(value: Value, *, money: bool) -> int | Decimal | None:
    return None if value is None else Decimal(str(value)) if money else int(value)


def _height(table: Table, number: int) -> float:
    """Points of a row: as many lines as its longest label takes that stands in this row alone."""
    lines = [
        _squares(cell.text) * _SQUARE / sum(table.widths[cell.column : cell.column + cell.columns])
        for cell in table.cells
        if isinstance(cell, Label) and cell.row == number and cell.rows == 1
    ]
    return _LINE * (1 + int(max(lines, default=0))) + 4


def _squares(text: str) -> float:
    """How many Chinese characters a text is wide."""
    return sum(1 if ord(letter) > _LAST_NARROW else 0.5 for letter in text)
