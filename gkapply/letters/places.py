"""Where something stands in a .docx, told so that whoever has the file open finds it: part, paragraph, first words."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from docx.oxml import parse_xml

from gkapply.letters import package

PARTS: tuple[tuple[re.Pattern[str], str], ...] = tuple(
    (re.compile(pattern), label)
    for pattern, label in (
        (r"word/document\.xml", "正文"),
        (r"word/header\d*\.xml", "页眉"),
        (r"word/footer\d*\.xml", "页脚"),
        (r"word/footnotes\.xml", "脚注"),
        (r"word/endnotes\.xml", "尾注"),
        (r"word/comments\w*\.xml", "批注"),
        (r"word/styles\w*\.xml", "样式"),
        (r"word/numbering\.xml", "编号"),
        (r"word/settings\.xml", "文档设置"),
        (r"docProps/.*", "文件属性"),
    )
)
"""Names of parts and what people call them."""
FIRST_WORDS = 16
"""Characters of a paragraph that a place repeats."""


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text that Word keeps in one piece, with the element that holds it."""

    text: str
    holder: Any


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph: where it stands, and its text, which Word may have torn into segments."""

    place: str
    segments: tuple[Segment, ...]

    @property
    def text(self) -> str:
        """The whole text of the paragraph."""
        return "".join(one.text for one in self.segments)


def part_label(name: str) -> str:
    """What people call the part; of a relations file, the part that it belongs to."""
    owner = re.sub(r"_rels/(.*)\.rels$", r"\1", name)
    return next((label for pattern, label in PARTS if pattern.fullmatch(owner)), name)


def tree(content: bytes) -> Any:
    """The parsed part; None when it is no XML."""
    try:
        return parse_xml(content)
    except SyntaxError:  # what lxml raises is one
        return None


def local(element: Any) -> str:
    """The element's name without its namespace; empty for a comment."""
    tag = element.tag
    return tag.rsplit("}", 1)[-1] if isinstance(tag, str) else ""


def lines(name: str, content: bytes) -> list[Line]:
    """Every paragraph of a part in reading order, the empty ones too; nothing when the part is no XML."""
    root = tree(content)
    if root is None:
        return []
    found: dict[Any, list[Segment]] = {}
    for element in root.iter():
        if local(element) == "p":
            found[element] = []
        elif local(element) in ("t", "tab", "br", "cr"):
            home = paragraph_of(element)
            if home is not None:
                found[home].append(Segment(element.text or "" if local(element) == "t" else " ", element))
    places = _places(part_label(name), found)
    return [Line(place, tuple(segments)) for place, segments in zip(places, found.values(), strict=True)]


def place_of(name: str, content: bytes, wanted: frozenset[str]) -> Iterator[str]:
    """Where elements with one of these names stand, each paragraph once."""
    root = tree(content)
    homes = [] if root is None else [paragraph_of(one) for one in root.iter() if local(one) in wanted]
    order = {} if root is None else {one: place for place, one in enumerate(_paragraphs(root))}
    told = lines(name, content)
    seen = dict.fromkeys(told[order[home]].place if home in order else part_label(name) for home in homes)
    yield from seen


def paragraph_of(element: Any) -> Any:
    """The innermost paragraph around the element; None outside of every one."""
    while element is not None and local(element) != "p":
        element = element.getparent()
    return element


def _paragraphs(root: Any) -> Iterator[Any]:
    return (one for one in root.iter() if local(one) == "p")


def _places(label: str, found: dict[Any, list[Segment]]) -> Iterator[str]:
    """The paragraphs counted as a reader counts them: those that say something."""
    count = 0
    for element, segments in found.items():
        words = "".join(one.text for one in segments).strip()
        count += bool(words)
        table = "表格内" if any(local(one) == "tbl" for one in element.iterancestors()) else ""
        first = f"「{words[:FIRST_WORDS]}{'…' if len(words) > FIRST_WORDS else ''}」" if words else "之后的空段"
        yield f"{label}第{count}段{table}{first}"


FILLED = re.compile(r"word/(document|header\d*|footer\d*|footnotes)\.xml")
"""The parts whose tags are filled in."""


def is_filled(name: str) -> bool:
    """Whether tags in that part are filled in."""
    return FILLED.fullmatch(name) is not None or name == package.CORE
