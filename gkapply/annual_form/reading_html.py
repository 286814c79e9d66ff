"""The text and tables of a web page in their order, whatever its frame."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree

from gkapply.annual_form.published import Allowance, Block
from gkapply.annual_form.unfolding import RawCell, refuse_depth, unfolded
from gkapply.law.refusal import Refusal
from gkapply.sheets import decoded

LARGEST = 8 << 20
MOST_TAGS = 300_000
_SILENT = frozenset(
    {"script", "style", "template", "noscript", "svg", "select", "textarea", "iframe", "object", "head", "nav"}
)
_INLINE = frozenset({"a", "abbr", "b", "bdi", "bdo", "cite", "code", "em", "font", "i", "ins", "kbd", "label", "mark", "o:p", "q"}
    | {"s", "samp", "small", "span", "strong", "sub", "sup", "time", "tt", "u", "var", "img", "wbr"})  # fmt: skip
"""Tags that end no line."""
_SPAN = 400
_BROKEN = re.compile(r"(?:(?<![ \t])[ \t]+)?[\r\n]+[ \t]*")
"""A line break with the blanks around it; those before it are tried from their first alone, or a long row of them would cost its square."""


@dataclass(slots=True)
class _Room:
    """A page or a cell while it is read: what stands in it so far, and the line that is being written."""

    blocks: list[Block] = field(default_factory=list)
    line: list[str] = field(default_factory=list)
    cell: RawCell | None = None

    def end_line(self, allowance: Allowance) -> None:
        """Keep what the line says."""
        said = "".join(self.line).replace("\xa0", " ").strip()
        self.line.clear()
        if said:
            allowance.take_line()
            self.blocks.append(said)


@dataclass(slots=True)
class _Table:
    """A table while it is read."""

    rows: list[list[RawCell]] = field(default_factory=list)
    around: _Room = field(default_factory=_Room)
    """What stands in it and in none of its cells: its caption."""


def blocks(content: bytes) -> list[Block]:
    """What stands on the page. Raises Refusal for what is no page, or made to be endless."""
    text = decoded_page(content)
    if len(text) > LARGEST or text.count("<") > MOST_TAGS:
        raise Refusal("网页过大，不像一份年度报告", do="请只保存正文部分", field="file")
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        root = etree.fromstring(text.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as broken:
        raise Refusal("网页无法读取", do="请用浏览器打开后重新保存", field="file") from broken
    if root is None:
        raise Refusal("网页是空的", do="请用浏览器打开后重新保存", field="file")
    title = " ".join((root.findtext(".//title") or "").split())
    return [*([title] if title else []), *_Reader().read(root)]


def decoded_page(content: bytes) -> str:
    """The text of a page in UTF-8, GB18030 or UTF-16. Raises Refusal for another encoding."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        try:
            return content.decode("utf-16")
        except UnicodeDecodeError as wrong:
            raise Refusal("文件的编码无法识别", do="请另存为 UTF-8 编码的网页", field="file") from wrong
    return decoded(content)


class _Reader:
    """Walks a page from its beginning to its end, without going down into it: a page may be nested as deep as it likes."""

    def __init__(self) -> None:
        self.allowance = Allowance()
        self.rooms: list[_Room] = [_Room()]
        self.tables: list[_Table] = []

    def read(self, root: etree._Element) -> list[Block]:
        """The blocks of the page."""
        walk = etree.iterwalk(root, events=("start", "end"))
        for event, node in walk:
            tag = node.tag if isinstance(node.tag, str) else "span"
            if event == "start":
                if tag in _SILENT:
                    walk.skip_subtree()
                    continue
                self._begin(tag, node)
                self._say(node.text)
            else:
                if tag not in _SILENT:
                    self._end(tag)
                self._say(node.tail)
        self.rooms[0].end_line(self.allowance)
        return self.rooms[0].blocks

    def _begin(self, tag: str, node: etree._Element) -> None:
        if tag not in _INLINE:
            self.rooms[-1].end_line(self.allowance)
        if tag == "table":
            refuse_depth(len(self.tables) + 1)
            made = _Table()
            self.tables.append(made)
            self.rooms.append(made.around)
        elif tag == "tr" and self.tables:
            self.tables[-1].rows.append([])
        elif tag in ("td", "th") and self.tables:
            cell = RawCell([], _span(node.get("rowspan")), _span(node.get("colspan")))
            self.rooms.append(_Room(cell.blocks, cell=cell))

    def _end(self, tag: str) -> None:
        if tag not in _INLINE:
            self.rooms[-1].end_line(self.allowance)
        if tag in ("td", "th") and self.rooms[-1].cell is not None:
            cell = self.rooms.pop().cell
            assert cell is not None
            rows = self.tables[-1].rows
            if not rows:
                rows.append([])
            rows[-1].append(cell)
        elif tag == "table" and self.tables:
            made = self.tables.pop()
            self.rooms.pop()
            self.rooms[-1].blocks += [*made.around.blocks, *unfolded(_squared(made.rows), self.allowance)]

    def _say(self, text: str | None) -> None:
        """Words of the page: its own line breaks are none of the text."""
        if text:
            self.rooms[-1].line.append(_BROKEN.sub(" " if text.isascii() else "", text))


def _squared(rows: Sequence[Sequence[RawCell]]) -> list[list[RawCell]]:
    """The rows, with no cell reaching below the last of them."""
    return [
        [RawCell(cell.blocks, min(cell.rows, len(rows) - number), cell.columns) for cell in row]
        for number, row in enumerate(rows)
    ]


def _span(told: str | None) -> int:
    """How many rows or columns a cell spans: as many as are sensible."""
    plain = (told or "").strip()
    return min(int(plain), _SPAN) if plain.isascii() and plain.isdigit() and 0 < len(plain) < 8 and int(plain) else 1
