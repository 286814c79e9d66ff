"""The text and tables of a .docx in their order."""

from collections.abc import Iterator

from lxml import etree

from gkapply.annual_form.container import part_of
from gkapply.annual_form.published import MOST_COLUMNS, Allowance, Block
from gkapply.annual_form.unfolding import RawCell, refuse_depth, unfolded
from gkapply.law.refusal import Refusal

MAIN = "word/document.xml"
_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _T, _TAB, _BR, _CR = (_W + name for name in ("p", "t", "tab", "br", "cr"))
_TBL, _TR, _TC, _BOX = (_W + name for name in ("tbl", "tr", "tc", "txbxContent"))
_DELETED = (_W + "del", _W + "moveFrom")
_VAL = _W + "val"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)


def blocks(content: bytes) -> list[Block]:
    """What stands in the body. Raises Refusal for what is damaged or made to be endless."""
    try:
        root = etree.fromstring(part_of(content, MAIN), _PARSER)
    except etree.XMLSyntaxError as broken:
        raise Refusal(
            "文件的内容已损坏，无法读取", do="请用 Word 或者 WPS 打开后另存为 .docx 再试", field="file"
        ) from broken
    return list(_inside(root, Allowance(), 0))


def _inside(node: etree._Element, allowance: Allowance, depth: int) -> Iterator[Block]:
    """Paragraphs and tables under a node, wherever content controls and the like put them."""
    for child in node:
        if child.tag == _P:
            yield from _lines(child, allowance)
        elif child.tag == _TBL:
            refuse_depth(depth + 1)
            rows = [_row(row, allowance, depth + 1) for row in _under(child, _TR)]
            yield from unfolded(rows, allowance)
        elif child.tag not in (_FALLBACK, *_DELETED):
            yield from _inside(child, allowance, depth)


def _under(node: etree._Element, tag: str) -> Iterator[etree._Element]:
    """The nearest descendants of that tag."""
    for child in node:
        if child.tag == tag:
            yield child
        elif child.tag not in (_TBL, _P):
            yield from _under(child, tag)


def _row(row: etree._Element, allowance: Allowance, depth: int) -> list[RawCell]:
    before = row.find(f"{_W}trPr/{_W}gridBefore")
    cells = [RawCell(columns=_number(before))] if before is not None else []
    for cell in _under(row, _TC):
        properties = cell.find(f"{_W}tcPr")
        merge = None if properties is None else properties.find(f"{_W}vMerge")
        span = None if properties is None else properties.find(f"{_W}gridSpan")
        continues = merge is not None and merge.get(_VAL, "continue") != "restart"
        cells.append(RawCell(list(_inside(cell, allowance, depth)), 1, _number(span), continues))
    return cells


def _number(node: etree._Element | None) -> int:
    """The number that a property gives, within bounds; 1 without it."""
    told = "" if node is None else node.get(_VAL, "")
    return min(int(told), MOST_COLUMNS) if told.isascii() and told.isdigit() and 0 < len(told) < 4 else 1


def _lines(paragraph: etree._Element, allowance: Allowance) -> Iterator[str]:
    """The lines of a paragraph that say something; what a text box in it says has lines of its own."""
    said: list[str] = []
    for node in _speaking(paragraph):
        if node.tag == _BOX:
            yield from (line for line in _inside(node, allowance, 0) if isinstance(line, str))
        else:
            said.append((node.text or "") if node.tag == _T else " " if node.tag == _TAB else "\n")
    for line in "".join(said).splitlines():
        if line.strip():
            allowance.take_line()
            yield line.strip()


def _speaking(node: etree._Element) -> Iterator[etree._Element]:
    """The words, breaks and text boxes under a node. Boxes inside a box are its own: otherwise each would be read again for every one around it."""
    for child in node:
        if child.tag in (_T, _TAB, _BR, _CR, _BOX):
            yield child
        elif child.tag not in (_FALLBACK, *_DELETED):
            yield from _speaking(child)
