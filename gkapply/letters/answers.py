"""The answers of a reply as its text has them: per request and item, with the provisions they rest on."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property

from gkapply.law.letters import LetterKind
from gkapply.law.provisions import Provision, number, provisions
from gkapply.letters.answer_signs import ANSWERS_OF, ARCHIVES_RULE, REFUSED, SIGNS
from gkapply.letters.quotation import end_of_quotation, spoken
from gkapply.letters.reading import Line, Reading

_LEAD = re.compile(r"答复如下[：:]?\s*$")
_ITEM = re.compile(r"第([一二三四五六七八九十百零]+)项[：:]")
_REQUEST = re.compile(r"\d+[.．、]\s*登记编号")
_BASIS = re.compile("(?:依照|依据|根据|按照)((?:《|该?条例|国办|第)[^“”。；]{1,80}?)(?=“|的规定)")
_SHORT = re.compile(r"《(?:中华人民共和国政府信息公开)?条例》(?:（以下简称《条例》）)?|该条例")


@dataclass(frozen=True, slots=True)
class Basis:
    """A provision that an answer rests on, as cited, with the words quoted of it (empty: none)."""

    cited: str
    words: str
    sentence: str

    @property
    def article(self) -> str:
        """The citation as the table of reply kinds writes it: 「条例第三十条」."""
        return _SHORT.sub("条例", self.cited)

    @property
    def provisions(self) -> tuple[Provision, ...]:
        """The places of the Regulation that it names; none when it is of another law."""
        return provisions(self.cited) if self.article.startswith("条例") else ()

    @property
    def answers(self) -> frozenset[str]:
        """The answers that it is the basis of."""
        if ARCHIVES_RULE in self.cited:
            return frozenset({"reply_archives"})
        return frozenset().union(*(ANSWERS_OF.get(one, frozenset()) for one in self.provisions))


@dataclass(frozen=True)
class Answer:
    """The answer to one item: ``heading`` names it (empty: the only one), ``ordinal`` is its number (0: none)."""

    request: str
    heading: str
    ordinal: int
    lines: Sequence[str]

    @property
    def text(self) -> str:
        """All of it."""
        return "\n".join(self.lines)

    @property
    def sentence(self) -> str:
        """Where it stands, for a finding."""
        return self.lines[0] if self.lines else self.heading or self.request

    @cached_property
    def spoken(self) -> str:
        """What it says itself, quotations left out."""
        return "\n".join(spoken(line) for line in self.lines)

    @cached_property
    def bases(self) -> Sequence[Basis]:
        """The provisions cited as its basis, in their order."""
        return [one for line in self.lines for one in bases(line)]

    @cached_property
    def decided(self) -> frozenset[str]:
        """The answers whose words it carries."""
        return frozenset(code for code, sign in SIGNS.items() if sign.decision.search(self.spoken))

    @property
    def main_basis(self) -> Basis | None:
        """The first provision that decides on an answer."""
        return next((one for one in self.bases if one.answers), None)

    @property
    def codes(self) -> frozenset[str]:
        """The answer: what the provision and the words agree on, else what the words alone say."""
        main = self.main_basis
        return (main.answers & self.decided if main else frozenset()) or self.decided

    @property
    def withheld(self) -> Sequence[str]:
        """The paragraphs on what is held back of an item given in part."""
        return [line for line in self.lines if re.search(r"不予(公开|提供)。?\s*$", spoken(line))]

    @property
    def refusing(self) -> bool:
        """Whether something of it is refused under 条例第十四条 to 第十六条."""
        return any(REFUSED in one.answers for one in self.bases)


def bases(line: str) -> list[Basis]:
    """The provisions that the paragraph cites as a basis, with the words quoted right behind."""
    found = []
    for cited in _BASIS.finditer(line):
        words = ""
        if line.startswith("“", cited.end()):
            words = line[cited.end() + 1 : end_of_quotation(line, cited.end())]
        found.append(Basis(cited.group(1).strip(), words, line))
    return found


@dataclass
class _Gathering:
    """Answers being gathered from the lines in their order."""

    answers: list[Answer] = field(default_factory=list)
    request: str = ""

    def open(self, heading: str, ordinal: int) -> None:
        self.answers.append(Answer(self.request, heading, ordinal, []))

    def add(self, line: str) -> None:
        if not self.answers or self.answers[-1].request != self.request:
            self.open("", 0)
        lines = self.answers[-1].lines
        assert isinstance(lines, list)
        lines.append(line)


def answers_of(letter: Reading, kind: LetterKind) -> list[Answer]:
    """The answers of a reply; a request without items has one answer."""
    if kind is LetterKind.REPLY_COMBINED:
        return _combined(letter.said)
    lead = next((place for place, line in enumerate(letter.said) if _LEAD.search(line.text)), None)
    return _gathered(letter.said[1 if lead is None else lead + 1 :], _Gathering())


def _combined(lines: Sequence[Line]) -> list[Answer]:
    """The answers under each number; a request that has none keeps an empty one."""
    gathering = _Gathering()
    part: list[Line] = []
    for line in lines:
        if _REQUEST.match(line.text):
            _close(gathering, part)
            gathering.request, part = line.text, []
        elif gathering.request and not ("收到" in line.text and "申请公开“" in line.text):
            part.append(line)
    _close(gathering, part)
    return gathering.answers


def _close(gathering: _Gathering, part: Sequence[Line]) -> None:
    if gathering.request:
        before = len(gathering.answers)
        _gathered(part, gathering)
        if len(gathering.answers) == before:
            gathering.open("", 0)


def _gathered(lines: Sequence[Line], gathering: _Gathering) -> list[Answer]:
    """Facts that stand before the first item belong to no answer."""
    itemised = any(_ITEM.match(line.text.strip()) for line in lines)
    begun = not itemised
    for line in lines:
        text = line.text.strip()
        heading = _ITEM.match(text)
        if heading:
            begun = True
            gathering.open(text, number(heading.group(1)))
        elif begun:
            gathering.add(text)
    return gathering.answers
