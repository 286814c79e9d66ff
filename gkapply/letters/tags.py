"""The tags of a template (模板标记), read twice: as they will be filled in, which decides, and paragraph by paragraph as a
person sees them, which says where.
"""

import html
import io
import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise
from typing import Any

from docxtpl import DocxTemplate
from jinja2 import TemplateSyntaxError

from gkapply.letters.findings import Fault, Finding
from gkapply.letters.grammar import Reading, Said, read
from gkapply.letters.places import Line, is_filled, lines, local, part_label
from gkapply.letters.sandbox import environment

TAG = re.compile(r"{{.*?}}|{%.*?%}|{#.*?#}", re.DOTALL)
_SPAN = re.compile(r"({[{%#]-?)(?:p|tr|tc|r)(?=\s)")
"""「{%p」 and its like: the whole paragraph, row, cell or run makes way for the tag."""
_REMNANT = re.compile(
    r"[{｛]\s*[{｛%％#][^{}｛｝]{0,20}|[^{}｛｝]{0,20}[}｝%％#]\s*[}｝]|[{｛]\s*[A-Za-z_][\w.]*\s*[}｝]"
)
"""What looks like a tag and is none: torn braces, full-width ones, a single pair around a name."""
_BLOCK = re.compile(r"{%-?(?:p|tr|tc|r)?\s*((?:end)?(?:if|for))\b")
_MARKS = frozenset({"proofErr", "bookmarkStart", "bookmarkEnd"})
_INSIDE_RUNS = frozenset({"rPr", "t", "lastRenderedPageBreak"})
_FEATURE = re.compile(r"<[^>]*>")


def tag_findings(
    template: bytes, contents: Mapping[str, bytes], allowed: Collection[str]
) -> tuple[list[Finding], set[str]]:
    """Everything wrong with the tags, part by part, and the declared names that the template prints or tests."""
    patched = DocxTemplate(io.BytesIO(template))
    found: list[Finding] = []
    used: set[str] = set()
    for name, content in contents.items():
        if not name.endswith(".xml"):
            continue
        text = content.decode("utf-8", "replace")
        if is_filled(name):
            part = _Part(name, content, patched.patch_xml(text), allowed)
            found += part.findings
            used |= part.used
        elif TAG.search(_FEATURE.sub("", text)):
            found.append(Finding(Fault.MISPLACED, place=part_label(name)))
    return found, used


class _Part:
    """One part of a template, with what is wrong in it."""

    def __init__(self, name: str, content: bytes, source: str, allowed: Collection[str]):
        self.label = part_label(name)
        self.lines = lines(name, content)
        self.findings: list[Finding] = list(self._torn(source))
        self.used: set[str] = set()
        try:
            filled = read(environment().parse(source))
        except TemplateSyntaxError:
            self.findings += self._broken()
            return
        self.used = filled.used
        shown = self._shown()
        self._add(Fault.UNSAFE, filled.unsafe, shown.unsafe)
        unknown = [one for one in filled.names if one.what not in allowed]
        self._add(Fault.UNKNOWN, unknown, shown.names)

    def _add(self, fault: Fault, decided: Sequence[Said], shown: Sequence[Said]) -> None:
        """What is wrong once for each paragraph that shows it; for the part where no paragraph does."""
        for what in dict.fromkeys(one.what for one in decided):
            places = dict.fromkeys(self.lines[one.line - 1].place for one in shown if one.what == what)
            self.findings += [Finding(fault, what, place) for place in places or (self.label,)]

    def _shown(self) -> Reading:
        """What the paragraphs say, line for line; nothing where they cannot be read by themselves."""
        try:
            return read(environment().parse(_as_source(self.lines)))
        except TemplateSyntaxError:
            return Reading()

    def _broken(self) -> Iterator[Finding]:
        """Where the tags no longer fit together; nothing when a torn tag explains it."""
        if any(one.fault is Fault.TORN for one in self.findings):
            return
        unpaired = list(_unpaired(self.lines))
        yield from unpaired
        if unpaired:
            return
        place = self.label
        try:
            environment().parse(_as_source(self.lines))
        except TemplateSyntaxError as seen:
            place = self.lines[min(seen.lineno, len(self.lines)) - 1].place
        yield Finding(Fault.SYNTAX, "写法不能识别", place)

    def _torn(self, source: str) -> Iterator[Finding]:
        seen = Counter(_plain(tag) for tag in TAG.findall(source))
        for line in self.lines:
            for tag in TAG.finditer(line.text):
                seen[_plain(tag.group())] -= 1
                if seen[_plain(tag.group())] < 0 or _is_torn(line, tag.start(), tag.end()):
                    yield Finding(Fault.TORN, tag.group(), line.place)
            rest = [one.strip() for one in _REMNANT.findall(TAG.sub("\0", line.text))]
            if rest:
                yield Finding(Fault.TORN, " … ".join(rest), line.place)


def _unpaired(paragraphs: Sequence[Line]) -> Iterator[Finding]:
    """Each 「if」 and 「for」 without its end, and each end without its beginning."""
    opened: list[tuple[str, str]] = []
    for line in paragraphs:
        for word in _BLOCK.findall(line.text):
            if not word.startswith("end"):
                opened.append((word, line.place))
            elif opened and opened[-1][0] == word.removeprefix("end"):
                opened.pop()
            else:
                yield Finding(Fault.SYNTAX, f"「{word}」之前没有与它成对的「{word.removeprefix('end')}」", line.place)
    for word, place in opened:
        yield Finding(Fault.SYNTAX, f"「{word}」没有以「end{word}」结束", place)


def _as_source(paragraphs: Sequence[Line]) -> str:
    """The paragraphs as one source, a line each: its line numbers are theirs."""
    return "\n".join(_SPAN.sub(r"\1", line.text.replace("\n", " ")) for line in paragraphs)


def _plain(tag: str) -> str:
    """A tag without what the filling in changes of it."""
    return re.sub(r"[\s-]", "", html.unescape(_SPAN.sub(r"\1", _FEATURE.sub("", tag)))).translate(_QUOTES)


_QUOTES = str.maketrans("“”‘’", "\"\"''")


def _is_torn(line: Line, start: int, end: int) -> bool:
    """Whether anything but plain runs stands between the pieces of a tag: filling in would tear that apart."""
    pieces, at = [], 0
    for one in line.segments:
        if at < end and at + len(one.text) > start:
            pieces.append(one.holder)
        at += len(one.text)
    return any(not _adjoin(one, other) for one, other in pairwise(pieces))


def _adjoin(one: Any, other: Any) -> bool:
    if local(one) != "t" or local(other) != "t":
        return False
    run, next_run = one.getparent(), other.getparent()
    runs = [run]
    if run is not next_run:
        siblings = list(run.itersiblings())
        if next_run not in siblings:
            return False
        runs += siblings[: siblings.index(next_run) + 1]
    return all(_is_plain(each) for each in runs)


def _is_plain(element: Any) -> bool:
    """Whether nothing is lost when the element is taken for its text alone."""
    return local(element) in _MARKS or (local(element) == "r" and all(local(each) in _INSIDE_RUNS for each in element))
