"""Numbers that the text of an annual report states about its tables: 「新收政府信息公开申请12件」 and what it should be.

Only words that name one figure of the year are read; a number beside other words is left to the reader.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from gkapply.law.annual_rows import CARRIED_IN, CARRIED_OUT, DISCLOSED, NEW, PARTIAL, RESULT_ROWS, TOTAL
from gkapply.law.dispute_blocks import DisputePath

_DIGITS = str.maketrans("０１２３４５６７８９，", "0123456789,")
_REQUESTS = r"(?:政府信息公开|依申请公开)?(?:的)?(?:申请)?(?:数量)?(?:共|共计|为|有)?"
_NUMBER = r"\s*(?P<number>[0-9０-９][0-9０-９,，]*)\s*件"


@dataclass(frozen=True, slots=True)
class _Phrase:
    """Words that name a figure: rows of table 三, or blocks of table 四, that it adds up."""

    words: re.Pattern[str]
    rows: tuple[str, ...] = ()
    paths: tuple[DisputePath, ...] = ()


def _under(begins: str) -> tuple[str, ...]:
    return tuple(row.code for row in RESULT_ROWS if row.code.startswith(begins))


def _phrase(words: str, *rows: str, paths: tuple[DisputePath, ...] = ()) -> _Phrase:
    return _Phrase(re.compile(rf"(?:{words}){_REQUESTS}{_NUMBER}"), rows, paths)


_PHRASES = (
    _phrase("(?:本年)?新收|(?:本年|全年|共)(?:新)?收到|受理", NEW),
    _phrase("上年(?:度)?结转", CARRIED_IN),
    _phrase("(?<!部分)予以公开|(?<!部分)全部公开", DISCLOSED),
    _phrase("部分公开", PARTIAL),
    _phrase("不予公开", *_under("3.3.")),
    _phrase("无法提供", *_under("3.4.")),
    _phrase("不予处理", *_under("3.5.")),
    _phrase("其他处理", *_under("3.6."), "3.6"),
    _phrase("办结|办理答复|(?:均已|共|已)答复", TOTAL),
    _phrase("结转下(?:一)?年(?:度)?(?:继续办理)?", CARRIED_OUT),
    _phrase("(?:政府信息公开)?行政复议(?:案件)?", paths=(DisputePath.REVIEW,)),
    _phrase("(?:政府信息公开)?行政诉讼(?:案件)?", paths=(DisputePath.SUIT_DIRECT, DisputePath.SUIT_AFTER_REVIEW)),
)


@dataclass(frozen=True, slots=True)
class Statement:
    """A number that the text states: the words as they stand, the number, and the figures that it adds up."""

    words: str
    number: int
    rows: tuple[str, ...]
    paths: tuple[DisputePath, ...]

    @property
    def cells(self) -> Iterator[tuple[str, str]]:
        """Table and row of each figure that it adds up."""
        yield from (("3", row) for row in self.rows)
        yield from (("4", path.value) for path in self.paths)

    def figure(self, table3: Mapping[str, Sequence[int]], table4: Mapping[str, Sequence[int]]) -> int:
        """What the tables say in its place: the sum column of its rows, the 总计 of its blocks."""
        rows = sum(table3[row][-1] for row in self.rows if row in table3)
        return rows + sum(table4[path.value][-1] for path in self.paths)


def statements(text: str) -> list[Statement]:
    """Every number of the text that names a figure of the year, in the order of the text."""
    found = [(match.start(), _stated(match, phrase)) for phrase in _PHRASES for match in phrase.words.finditer(text)]
    return [said for _, said in sorted(found, key=lambda pair: pair[0])]


def _stated(match: re.Match[str], phrase: _Phrase) -> Statement:
    number = int(match["number"].translate(_DIGITS).replace(",", ""))
    return Statement(match[0], number, phrase.rows, phrase.paths)
