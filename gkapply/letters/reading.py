"""A letter as the check reads it: the text of every part of the .docx, and which paragraph is what.

A paragraph is known by its style. What was edited in Word or WPS may have lost its styles; then it is known by its place and
its words.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from lxml import etree

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.letters import package
from gkapply.letters.titles import kinds_of_title, split_title, squeezed

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_P, _T, _TAB, _BR, _CR, _HYPHEN = (_W + name for name in ("p", "t", "tab", "br", "cr", "noBreakHyphen"))
_TC, _TR, _STYLE, _PPR, _VAL = (_W + name for name in ("tc", "tr", "pStyle", "pPr", "val"))
_OTHER_PARTS = re.compile(r"word/(header|footer|footnotes|endnotes)\d*\.xml")
_UNSETTLED = re.compile(rb"<w:(ins|del|moveFrom|moveTo|commentReference)[ />]")
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, remove_comments=True, remove_pis=True)

DATE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})日")
_DATE_LINE = re.compile(r"[\d〇零一二三四五六七八九十××XxＸ_＿\s]{2,}年.{0,6}月.{0,6}日")
_NUMBER_LINE = re.compile(r"[^\s，。：（(]{2,24}[〔\[［（(【]\s*\d{2,4}\s*[〕\]］）)】].{0,8}号")
_ENCLOSURE = re.compile(r"附\s*件[：:]\s*")
_LISTED = re.compile(r"^\d+[.．、]\s*")
_REMEDY = re.compile(r"(?:如|若|对|您对|贵单位对|当事人对|行政复议申请也可以)")
_ADDRESSED = re.compile(r"(?<!如下)(?<!事项)(?<!信息)[：:]$")
_SPOKEN = ("LetterBody", "LeadIn", "ItemHeading", "Remedies", "Closing", "Enclosure", "ContactNote")
_SUING = re.compile(r"行政复议|行政诉讼|提起诉讼|起诉")

_ROLES: Mapping[str, str] = {
    "文书标题": "LetterTitle",
    "文号": "LetterNumber",
    "主送": "Addressee",
    "文书正文": "LetterBody",
    "事项": "ItemHeading",
    "救济告知": "Remedies",
    "结语": "Closing",
    "附件说明": "Enclosure",
    "落款": "Signature",
    "落款（紧凑）": "SignatureClose",
    "落款日期": "SignatureDate",
    "附注": "ContactNote",
    "回执标题": "SlipTitle",
    "发文机关标志": "RedHead",
}
"""The styles' names, which outlive a change of their ids in Word."""
_VARIANT = re.compile(r"(RedHead|Remedies|Enclosure|Signature(?:Date)?)(?:Longest|Long|First|Next)?(Close)?")
"""Styles that a role has besides its own: for a longer name, for the first of several."""
_SIZE = re.compile(r"（(长名称|最长名称|多件|续|无红头)）")
_OTHER_NAMES: Mapping[str, str] = {
    "PlainTitle": "LetterTitle",
    "PlainAddressee": "Addressee",
    "AddressLine": "LetterBody",
}


_SHIPPED = frozenset(
    {"", *_ROLES.values(), "LeadIn", "AfterTable", "TableTitle", "TableLabel", "TableText", "TableCode", "ListLabel"}
    | {"ListText", "ListNumber"}
)
"""The ids of the shipped styles; any other is looked up by its name."""


@dataclass(frozen=True, slots=True)
class Line:
    """One paragraph: its text, its role by style (empty: none of ours), whether it stands in a table."""

    text: str
    role: str
    in_table: bool = False


@dataclass(frozen=True)
class Reading:
    """The whole text of a letter."""

    lines: Sequence[Line]
    rows: Sequence[Sequence[str]]
    """Rows of the tables of the body."""
    elsewhere: Sequence[Line]
    """Headers, footers, notes."""
    unsettled: bool
    """Whether revisions or comments are still in it."""

    @cached_property
    def body(self) -> Sequence[Line]:
        """The paragraphs outside of tables that say something, a slip to be cut off left out."""
        found: list[Line] = []
        for line in self.lines:
            if line.role == "SlipTitle" or (len(found) > 8 and squeezed(line.text) == "意见回执"):
                break
            if line.text.strip() and not line.in_table:
                found.append(line)
        return found

    @cached_property
    def title(self) -> str:
        """The title, with the organ's name where that is part of it."""
        styled = "".join(line.text for line in self.body if line.role == "LetterTitle")
        if kinds_of_title(styled):
            return squeezed(styled)
        for line in self.body[:8]:
            if kinds_of_title(line.text):
                return squeezed(line.text)
        return squeezed(styled)

    @cached_property
    def kinds(self) -> tuple[LetterKind, ...]:
        """The kinds that the title may stand for."""
        return kinds_of_title(self.title)

    @property
    def organ(self) -> str:
        """The organ's name as title or red head has it; empty when neither does."""
        head = next((line.text.strip() for line in self.elsewhere if line.role == "RedHead"), "")
        return split_title(self.title)[0] or head

    @cached_property
    def number(self) -> str | None:
        """The 文号 as printed; None when there is no line for it."""
        return self._styled("LetterNumber") or self._first(_NUMBER_LINE, self.body[:10], longest=60)

    @cached_property
    def addressee(self) -> str | None:
        """The addressee with its colon; None when there is none."""
        styled = self._styled("Addressee")
        return styled if styled is not None else self._first(_ADDRESSED, self.body[:8], longest=120)

    @cached_property
    def date_text(self) -> str | None:
        """The date under the signature as printed."""
        place = self._date_place
        return None if place is None else self.body[place].text.strip()

    @cached_property
    def signature(self) -> str | None:
        """The name under which it is signed."""
        styled = self._styled("Signature") or self._styled("SignatureClose")
        if styled is not None:
            return styled
        place = self._date_place
        if place is None or place == 0:
            return None
        before = self.body[place - 1]
        return None if before.role in ("Closing", "Remedies", "Enclosure") else before.text.strip()

    @cached_property
    def remedies(self) -> Sequence[str]:
        """The paragraphs that tell of remedies."""
        return [line.text.strip() for line in self.body if _is_remedy(line)]

    @cached_property
    def enclosures(self) -> Sequence[str]:
        """What is listed as enclosed, without numbers."""
        found: list[str] = []
        listing = False
        for line in self.body:
            text = line.text.strip()
            begins = _ENCLOSURE.match(text)
            listing = bool(begins) or (listing and line.role in ("Enclosure", "") and bool(_LISTED.match(text)))
            if listing:
                found.append(_LISTED.sub("", text[begins.end() if begins else 0 :]).strip())
        return found

    @cached_property
    def said(self) -> Sequence[Line]:
        """What the letter says to its addressee: between head and 落款, without remedies, closing and enclosures."""
        found: list[Line] = []
        begun = False
        end = self._date_place if self._date_place is not None else len(self.body)
        for line in self.body[:end]:
            if (
                begun
                and line.role not in ("Closing", "Enclosure", "Signature", "SignatureClose")
                and not _is_remedy(line)
            ):
                found.append(line)
            begun = begun or line.text.strip() == (self.addressee or "").strip()
        return found or [line for line in self.body[:end] if line.role in ("LetterBody", "LeadIn", "ItemHeading", "")]

    @cached_property
    def notes(self) -> Sequence[str]:
        """What stands below the date: whom to contact."""
        place = self._date_place
        return [] if place is None else [line.text for line in self.body[place + 1 :]]

    @property
    def everything(self) -> Iterator[Line]:
        """Every paragraph of every part."""
        yield from self.lines
        yield from self.elsewhere

    @cached_property
    def _date_place(self) -> int | None:
        for place, line in enumerate(self.body):
            if line.role == "SignatureDate":
                return place
        dated = [place for place, line in enumerate(self.body) if _DATE_LINE.fullmatch(line.text.strip())]
        return dated[-1] if dated else None

    def _styled(self, role: str) -> str | None:
        return next((line.text.strip() for line in self.body if line.role == role), None)

    def _first(self, pattern: re.Pattern[str], lines: Sequence[Line], longest: int) -> str | None:
        """The first of the lines without a role that looks like this."""
        texts = (one.text.strip() for one in lines if one.role not in _SPOKEN)
        return next((one for one in texts if len(one) <= longest and pattern.search(one)), None)


def read(docx: bytes) -> Reading:
    """The letter in a .docx. Raises Refusal when the file is none."""
    contents = package.parts(docx, what="文书")
    lines, rows = _lines(contents[package.MAIN])
    if {line.role for line in lines} - _SHIPPED and "word/styles.xml" in contents:
        names = _style_names(contents["word/styles.xml"])
        lines = [Line(line.text, names.get(line.role, line.role), line.in_table) for line in lines]
    elsewhere: list[Line] = []
    unsettled = bool(_UNSETTLED.search(contents[package.MAIN]))
    for name in sorted(contents):
        if _OTHER_PARTS.fullmatch(name):
            elsewhere += _lines(contents[name])[0]
            unsettled = unsettled or bool(_UNSETTLED.search(contents[name]))
    return Reading(lines, rows, elsewhere, unsettled)


def _lines(xml: bytes) -> tuple[list[Line], list[list[str]]]:
    """The paragraphs and the table rows of one part."""
    try:
        root = etree.fromstring(xml, _PARSER)
    except etree.XMLSyntaxError as broken:
        raise Refusal("文书文件的内容已损坏，无法读取", do="请用 Word 或者 WPS 打开后另存为 .docx 再试") from broken
    boxed = b"txbxContent" in xml
    in_cells = {paragraph for cell in root.iter(_TC) for paragraph in cell.iter(_P)}
    lines = []
    for paragraph in root.iter(_P):
        if boxed and any(one.tag == _FALLBACK for one in paragraph.iterancestors()):
            continue
        lines.append(Line(_text(paragraph, boxed), _style(paragraph), paragraph in in_cells))
    rows = [["\n".join(_text(one, boxed) for one in cell.iter(_P)) for cell in row.iter(_TC)] for row in root.iter(_TR)]
    return lines, rows


def _text(paragraph: etree._Element, boxed: bool) -> str:
    """The text of a paragraph, without that of text boxes inside it."""
    found = []
    for node in paragraph.iter(_T, _TAB, _BR, _CR, _HYPHEN):
        if boxed and next(node.iterancestors(_P)) is not paragraph:
            continue
        if node.tag == _T:
            found.append(node.text or "")
        elif node.tag == _TAB:
            found.append("" if node.getparent().tag == _W + "tabs" else "\t")
        else:
            found.append("-" if node.tag == _HYPHEN else "\n")
    return "".join(found)


def _style(paragraph: etree._Element) -> str:
    properties = paragraph.find(_PPR)
    style = None if properties is None else properties.find(_STYLE)
    code = "" if style is None else style.get(_VAL, "")
    variant = _VARIANT.fullmatch(code)
    return "".join(filter(None, variant.groups())) if variant else _OTHER_NAMES.get(code, code)


def _style_names(xml: bytes) -> dict[str, str]:
    """The role of each style by its id, from its name."""
    root = etree.fromstring(xml, _PARSER)
    found = {}
    for style in root.iter(_W + "style"):
        name = style.find(_W + "name")
        role = None if name is None else _ROLES.get(_SIZE.sub("", name.get(_VAL, "")))
        if role:
            found[style.get(_W + "styleId", "")] = role
    return found


def _is_remedy(line: Line) -> bool:
    if line.role == "Remedies":
        return True
    text = line.text.strip()
    against = "不服" in text or "异议" in text or "在线提交" in text
    return line.role in ("LetterBody", "") and against and bool(_REMEDY.match(text) and _SUING.search(text))
