"""The tables of the shipped templates: of the receipt, of the opinion slip, of the file's index."""

from collections.abc import Sequence
from xml.sax.saxutils import escape

LABEL, TEXT, CODE = "TableLabel", "TableText", "TableCode"
LIST_LABEL, LIST_TEXT, LIST_NUMBER = "ListLabel", "ListText", "ListNumber"
WIDTH = 8844
"""The text area, 156 mm, in twentieths of a point."""
_EDGES = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="auto"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)

Cell = tuple[str, Sequence[str]]
"""Style and paragraphs."""


def _paragraph(style: str, text: str) -> str:
    run = f'<w:r><w:t xml:space="preserve">{escape(text)}</w:t></w:r>' if text else ""
    return f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>{run}</w:p>'


def _cell(width: int, cell: Cell) -> str:
    style, texts = cell
    inside = "".join(_paragraph(style, text) for text in texts)
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:vAlign w:val="center"/></w:tcPr>{inside}</w:tc>'


def _row(widths: Sequence[int], cells: Sequence[Cell], *, height: int = 0, heading: bool = False) -> str:
    at_least = f'<w:trHeight w:val="{height}" w:hRule="atLeast"/>' if height else ""
    properties = "<w:cantSplit/>" + at_least + ("<w:tblHeader/>" if heading else "")
    inside = "".join(_cell(width, cell) for width, cell in zip(widths, cells, strict=True))
    return f"<w:tr><w:trPr>{properties}</w:trPr>{inside}</w:tr>"


def _tag_row(widths: Sequence[int], tag: str) -> str:
    """A row that only carries a tag, and is gone in the letter."""
    return _row(widths, [(TEXT, (tag if place == 0 else "",)) for place in range(len(widths))])


def _table(widths: Sequence[int], rows: Sequence[str]) -> str:
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:jc w:val="center"/>'
        f'<w:tblBorders>{_EDGES}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
        f"{''.join(rows)}</w:tbl>"
    )


def _labelled(width: int, *rows: tuple[str, Cell, int]) -> str:
    """Two columns: a label, and what it says, at least so high."""
    widths = (width, WIDTH - width)
    return _table(widths, [_row(widths, [(LABEL, (label,)), cell], height=height) for label, cell, height in rows])


_LIST = (680, 2184, 1920, 760, 3300)

TABLES = {
    "receipt": _labelled(
        2200,
        ("登记编号", (TEXT, ("{{ request_number }}",)), 0),
        ("收到申请日期", (TEXT, ("{{ received_on_text }}",)), 0),
        ("申请人", (TEXT, ("{{ addressee }}",)), 0),
        ("申请内容", (TEXT, ("{{ request_quote }}",)), 0),
        (
            "收到的材料",
            (
                TEXT,
                (
                    "{%p for material in materials %}",
                    "{% if materials|length > 1 %}{{ loop.index }}. {% endif %}{{ material }}",
                    "{%p endfor %}",
                ),
            ),
            0,
        ),
        (
            "查询方式",
            (
                TEXT,
                (
                    "{%p if query_hint %}",
                    "{{ query_hint|sentence }}",
                    "{%p endif %}",
                    "{%p if query_address %}",
                    "网址：{{ query_address }}",
                    "{%p endif %}",
                    "{%p if not query_hint and not query_address %}",
                    "联系本机关查询。",
                    "{%p endif %}",
                ),
            ),
            0,
        ),
        ("内容校验值", (CODE, ("{{ content_hash }}",)), 0),
    ),
    "opinion": _labelled(
        2200,
        ("征求书文号", (TEXT, ("{{ document_number }}",)), 0),
        ("登记编号", (TEXT, ("{{ request_number }}",)), 0),
        ("意见人", (TEXT, ("{{ party_name }}",)), 0),
        ("所涉信息", (TEXT, ("{{ information }}",)), 0),
        (
            "意　　见",
            (TEXT, ("□ 同意公开", "□ 同意部分公开（在下栏写明不同意的部分）", "□ 不同意公开")),
            0,
        ),
        ("理　　由", (TEXT, ("",)), 3000),
        ("签名或盖章", (TEXT, ("", "　　　　　　　　　　　　　　年　　月　　日")), 1200),
        ("联系电话", (TEXT, ("",)), 0),
    ),
    "archive_head": _labelled(
        2200,
        ("登记编号", (TEXT, ("{{ request_number }}",)), 0),
        ("申请人", (TEXT, ("{{ applicant_name }}",)), 0),
        ("申请内容", (TEXT, ("{{ request_quote }}",)), 0),
        ("收到申请日期", (TEXT, ("{{ received_on_text }}",)), 0),
        ("答复日期", (TEXT, ("{{ replied_on_text }}",)), 0),
        ("保管期限", (TEXT, ("{{ retention }}",)), 0),
    ),
    "archive_list": _table(
        _LIST,
        [
            _row(
                _LIST,
                [(LIST_LABEL, (label,)) for label in ("序号", "材料", "日期", "页/份", "SHA-256")],
                heading=True,
            ),
            _tag_row(_LIST, "{%tr for paper in documents %}"),
            _row(
                _LIST,
                [
                    (LIST_NUMBER, ("{{ loop.index }}",)),
                    (LIST_TEXT, ("{{ paper.title }}",)),
                    (LIST_NUMBER, ("{{ paper.on_text }}",)),
                    (LIST_NUMBER, ("{{ paper.pages_text }}",)),
                    (CODE, ("{{ paper.sha256 }}",)),
                ],
            ),
            _tag_row(_LIST, "{%tr endfor %}"),
        ],
    ),
}
