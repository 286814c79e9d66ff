"""Documents of office programs (.docx, .xlsx, .ofd): every part's text, revisions, comments, hidden text, properties."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from posixpath import basename
from xml.etree.ElementTree import Element, ParseError, fromstring

from gkapply.traces.contents import Contents, NotRead, table_lines, told_author
from gkapply.traces.trace import TraceKind

MOST_XML = 50 * 1024 * 1024
DEEPEST = 256
"""Elements around an element; tables in tables of a real document reach a few dozen."""
_PICTURES = (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".emf", ".wmf", ".tif", ".tiff", ".webp", ".svg", ".jp2")
_PROPERTIES = ("creator", "lastModifiedBy", "Manager", "Company", "author", "Author", "Creator")
_WORD_PARTS = (
    ("word/header", "页眉"),
    ("word/footer", "页脚"),
    ("word/footnotes", "脚注"),
    ("word/endnotes", "尾注"),
    ("word/comments", "批注"),
    ("word/document", "正文"),
    ("docProps/", "文件属性"),
)
_REVISIONS = frozenset({"ins", "del", "moveFrom", "moveTo", "rPrChange", "pPrChange"})


def read_word(content: bytes) -> Contents:
    """A .docx."""
    found = Contents()
    for name, root in _trees(content, found):
        place = next((label for start, label in _WORD_PARTS if name.startswith(start)), basename(name))
        _properties(name, root, found)
        if not name.startswith("word/"):
            _plain(root, place, found)
            continue
        if name.startswith(("word/styles", "word/fontTable", "word/theme", "word/webSettings", "word/numbering")):
            continue
        _word_burdens(root, place, found)
        for number, paragraph in enumerate((one for one in root.iter() if _local(one) == "p"), 1):
            found.say(f"{place}第{number}段" if place == "正文" else place, _word_text(paragraph))
        if place not in ("正文", "页眉", "页脚", "脚注", "尾注", "批注"):
            _plain(root, place, found)
    return found


def read_sheet(content: bytes) -> Contents:
    """An .xlsx."""
    found = Contents()
    trees = dict(_trees(content, found))
    shared = [
        "".join(_texts(one, "t")) for one in trees.get("xl/sharedStrings.xml", Element("sst")) if _local(one) == "si"
    ]
    names = _sheet_names(trees, found)
    for name, root in trees.items():
        _properties(name, root, found)
        if re.fullmatch(r"xl/worksheets/[^/]+\.xml", name):
            _sheet(names.get(basename(name), basename(name)), root, shared, found)
        elif name.startswith(("xl/comments", "xl/threadedComments", "xl/persons")):
            found.carry(TraceKind.COMMENT, "批注")
            found.say("批注", " ".join([*_texts(root), *_attributes(root, "displayName")]))
        elif name != "xl/sharedStrings.xml" and not name.startswith(("xl/styles", "xl/theme")):
            _plain(root, "文件属性" if name.startswith("docProps/") else basename(name), found)
    for name in sorted(set(shared)):
        found.say("单元格文字", name)
    return found


def read_ofd(content: bytes) -> Contents:
    """An .ofd: the words of its pages and its properties."""
    found = Contents()
    for name, root in _trees(content, found):
        _properties(name, root, found)
        page = re.search(r"Pages/Page_([0-9]+)/", name)
        place = f"第{int(page.group(1)) + 1}页" if page else basename(name)
        found.say(place, "".join(_texts(root, "TextCode")))
        if not page:
            _plain(root, place, found)
    return found


def _trees(content: bytes, found: Contents) -> Iterator[tuple[str, Element]]:
    """Every XML part; pictures and embedded files are told on the way. Raises NotRead."""
    left, pictures = MOST_XML, 0
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as package:
            for entry in package.infolist():
                name = entry.filename
                if name.startswith("docProps/thumbnail"):
                    found.carry(TraceKind.HIDDEN, "文件属性", "首页缩略图")
                elif name.lower().endswith(_PICTURES):
                    pictures += 1
                elif re.search(r"(?i)/embeddings/|afchunk|/Attachs?/", name):
                    found.carry(TraceKind.EMBEDDED, basename(name), basename(name))
                elif name.lower().endswith((".xml", ".rels")):
                    left -= entry.file_size
                    if left < 0:
                        raise NotRead("文件解压后过大，无法检查", do="请拆分后上传")
                    yield name, _parsed(package.read(entry))
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ParseError) as error:
        raise NotRead("文件已损坏或者设有密码，无法检查", do="请重新保存后上传") from error
    if pictures:
        found.unreadable.append(f"内有图片{pictures}幅，图片中的文字无法检查")


def _parsed(part: bytes) -> Element:
    if b"<!DOCTYPE" in part or b"<!ENTITY" in part:
        raise NotRead("文件含有不应有的声明，无法检查", do="请用办公软件另存后上传")
    root = fromstring(part)
    _require_shallow(root)
    return root


def _require_shallow(root: Element) -> None:
    """Raises NotRead for elements in elements without end: what lies in each is read anew for each around it."""
    level, depth = [root], 0
    while level:
        depth += 1
        if depth > DEEPEST:
            raise NotRead("文件结构嵌套过深，无法检查", do="请用办公软件另存后上传")
        level = [child for one in level for child in one]


def _local(element: Element) -> str:
    return element.tag.rsplit("}", 1)[-1] if isinstance(element.tag, str) else ""


def _texts(root: Element, *names: str) -> Iterator[str]:
    """The texts of all elements, or of those with one of these local names."""
    for one in root.iter():
        if one.text and (not names or _local(one) in names):
            yield one.text


def _attributes(root: Element, name: str) -> Iterator[str]:
    for one in root.iter():
        yield from (value for key, value in one.attrib.items() if key.rsplit("}", 1)[-1] == name)


def _plain(root: Element, place: str, found: Contents) -> None:
    """All texts of a part one after another, and where its links lead."""
    found.say(place, "\n".join([*_texts(root), *_attributes(root, "Target")]))


def _properties(name: str, root: Element, found: Contents) -> None:
    if name.startswith("docProps/") or name.endswith("OFD.xml"):
        for one in root.iter():
            value = (one.text or "").strip()
            if _local(one) in _PROPERTIES and told_author(value):
                found.carry(TraceKind.PROPERTY, "文件属性", value)


def _word_text(paragraph: Element) -> str:
    """The text of a paragraph, also what was deleted by a revision; without that of paragraphs in its boxes."""
    parts: list[str] = []

    def walk(element: Element) -> None:
        for one in element:
            name = _local(one)
            if name == "p":
                continue
            if name in ("t", "delText", "instrText"):
                parts.append(one.text or "")
            elif name in ("tab", "br", "cr"):
                parts.append(" ")
            walk(one)

    walk(paragraph)
    return "".join(parts)


def _word_burdens(root: Element, place: str, found: Contents) -> None:
    authors = {value for value in _attributes(root, "author") if told_author(value)}
    if any(_local(one) in _REVISIONS for one in root.iter()):
        found.carry(TraceKind.REVISION, place, "、".join(sorted(authors)))
    if place == "批注" and any(_local(one) == "comment" for one in root.iter()):
        found.carry(TraceKind.COMMENT, place, "、".join(sorted(authors)))
    for author in sorted(authors):
        found.say(f"{place}的作者", author)
    hidden = ["".join(_texts(run, "t")) for run in root.iter() if _local(run) == "r" and _is_hidden(run)]
    if any(one.strip() for one in hidden):
        found.carry(TraceKind.HIDDEN, place, "".join(hidden)[:40])


def _is_hidden(run: Element) -> bool:
    off = ("0", "false", "off")
    return any(
        _local(one) == "vanish" and not any(value in off for value in one.attrib.values())
        for part in run
        if _local(part) == "rPr"
        for one in part
    )


def _sheet_names(trees: Mapping[str, Element], found: Contents) -> dict[str, str]:
    """The sheet's name by its file; hidden sheets are told."""
    targets = {
        one.get("Id"): basename(one.get("Target") or "")
        for one in trees.get("xl/_rels/workbook.xml.rels", Element("none"))
    }
    names = {}
    for one in trees.get("xl/workbook.xml", Element("none")).iter():
        if _local(one) == "sheet":
            key = next((value for name, value in one.attrib.items() if name.rsplit("}", 1)[-1] == "id"), "")
            names[targets.get(key, "")] = f"工作表「{one.get('name')}」"
            if one.get("state", "visible") != "visible":
                found.carry(TraceKind.HIDDEN, f"工作表「{one.get('name')}」", one.get("name") or "")
    return names


def _sheet(place: str, root: Element, shared: list[str], found: Contents) -> None:
    rows = []
    for row in (one for one in root.iter() if _local(one) == "row"):
        cells = {
            _column(cell.get("r") or ""): value
            for cell in row
            if _local(cell) == "c" and (value := _cell(cell, shared)).strip()
        }
        if cells:
            rows.append((f"第{row.get('r') or ''}行", cells))
    table_lines(rows, found, place)
    if any(_local(one) in ("row", "col") and one.get("hidden") in ("1", "true") for one in root.iter()):
        found.carry(TraceKind.HIDDEN, f"{place}的隐藏行列", place)
    found.say(
        f"{place}页眉页脚",
        " ".join(text for one in root.iter() if _local(one) == "headerFooter" for text in _texts(one)),
    )


def _column(reference: str) -> int:
    """B7 → 2. No sheet has more columns than three letters tell."""
    number = 0
    for sign in re.match(r"[A-Z]{0,3}", reference).group():  # type: ignore[union-attr]
        number = number * 26 + ord(sign) - 64
    return number


def _cell(cell: Element, shared: list[str]) -> str:
    if cell.get("t") == "inlineStr":
        return "".join(_texts(cell, "t"))
    value = next((one.text or "" for one in cell if _local(one) == "v"), "")
    if cell.get("t") == "s":
        return shared[int(value)] if re.fullmatch("[0-9]{1,9}", value) and int(value) < len(shared) else ""
    if re.fullmatch(r"[0-9]+(?:\.[0-9]+)?E\+?[0-9]{1,2}", value):  # a long number as the file keeps it: 1.380000111E10
        return f"{float(value):.0f}"
    return value
