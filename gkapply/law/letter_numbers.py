"""The 文号 of a letter: 机关代字, year in six-angle brackets, number without padding zeros (《党政机关公文格式》GB/T 9704-2012).

No rule says how many series an organ keeps: one for all letters, or one for each class of them (as in 不公告, 补告, 延告). The
office chooses, and may also have its numbers given by another system (OA), in which case they are checked here.
"""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from gkapply.law.letters import INQUIRIES, LetterKind
from gkapply.law.refusal import Refusal

NUMBER_RULE = "《党政机关公文格式》GB/T 9704-2012"
_PRINTED = re.compile(r"(?P<word>[^\W\d_]{2,20})〔(?P<year>[0-9]{4})〕(?P<ordinal>[0-9]{1,9})号")
_WORD = re.compile(r"[^\W\d_]{2,20}")


class NumberClass(StrEnum):
    """A class of letters that may be numbered in a series of its own; ``example`` is a 代字 as offices choose it."""

    label: str
    example: str

    # The star: to a type checker, looking a class up by its code is this call with the code alone.
    def __new__(cls, code: str, *labels: str) -> "NumberClass":
        member = str.__new__(cls, code)
        member._value_ = code
        member.label, member.example = labels
        return member

    GIVEN = "given", "予以公开、部分公开的答复", "公开告"
    REFUSED = "refused", "不予公开的答复", "不公告"
    OTHER_REPLY = "other_reply", "其他答复（不存在、非本机关、不予处理等）", "其他告"
    CORRECTION = "correction", "补正告知", "补告"
    MORE_TIME = "more_time", "延期答复、延迟答复告知", "延告"
    INQUIRY = "inquiry", "征求意见", "征函"
    REST = "rest", "其他告知书和函件", "函告"


class NumberSource(StrEnum):
    """Who gives the numbers of a signing name."""

    HERE = "here"
    OUTSIDE = "outside"
    """Another system (OA) gives them; they are typed in at the signature."""


_CLASS_OF = {
    **dict.fromkeys((LetterKind.REPLY_PUBLIC, LetterKind.REPLY_DISCLOSED, LetterKind.REPLY_PARTIAL), NumberClass.GIVEN),
    LetterKind.REPLY_REFUSED: NumberClass.REFUSED,
    LetterKind.CORRECTION_NOTICE: NumberClass.CORRECTION,
    **dict.fromkeys((LetterKind.EXTENSION_NOTICE, LetterKind.DELAY_NOTICE), NumberClass.MORE_TIME),
    **dict.fromkeys(INQUIRIES, NumberClass.INQUIRY),
}


def class_of(kind: LetterKind) -> NumberClass:
    """The class in which letters of that kind are numbered."""
    return _CLASS_OF.get(kind, NumberClass.OTHER_REPLY if kind.ends_case else NumberClass.REST)


@dataclass(frozen=True, slots=True, order=True)
class LetterNumber:
    """A 文号 in its parts."""

    word: str
    year: int
    ordinal: int

    def __str__(self) -> str:
        """As it is printed: 安府公开〔2026〕12号."""
        return f"{self.word}〔{self.year}〕{self.ordinal}号"


def read_number(text: str) -> LetterNumber:
    """The parts of a printed 文号. Raises Refusal for another form, a padded number or the number nought."""
    found = _PRINTED.fullmatch(text.strip())
    if found is None:
        raise Refusal(
            f"「{text.strip()[:40]}」不是规范的文号",
            NUMBER_RULE,
            field="number",
            do="请按“机关代字〔年份〕顺序号号”填写，年份用六角括号，例如：安府公开〔2026〕12号",
        )
    if found["ordinal"].startswith("0"):
        raise Refusal(
            f"文号的顺序号不编虚位：{found['ordinal']}", NUMBER_RULE, field="number", do="例如“1号”不写作“01号”"
        )
    return LetterNumber(found["word"], int(found["year"]), int(found["ordinal"]))


def require_outside_number(text: str, word: str, year: int) -> LetterNumber:
    """The number that another system has given to a letter signed in ``year`` whose series has the 代字 ``word``.

    Raises Refusal when it is left out, has another form, another 代字 or another year.
    """
    if not text.strip():
        raise Refusal("这一落款的文号由外部系统给出，请填写文号", field="number", do=f"例如：{word}〔{year}〕12号")
    number = read_number(text)
    if number.word != word:
        raise Refusal(
            f"这份文书的代字应为「{word}」，填写的是「{number.word}」",
            field="number",
            do="确已改用新代字的，请先在落款的文号设置中更改",
        )
    if number.year != year:
        raise Refusal(f"文号的年份应为签发的年份{year}，填写的是{number.year}", NUMBER_RULE, field="number")
    return number


def is_code_word(text: str) -> bool:
    """Whether a 代字 may be so: two to twenty letters or characters, without year, brackets and number."""
    return _WORD.fullmatch(text) is not None


Stretch = tuple[int, int]
"""First and last of consecutive numbers."""


def missing(ordinals: Iterable[int], begins: int | None = None) -> list[Stretch]:
    """The stretches of numbers that were left out between the first and the last; ``begins`` stands for the first if given."""
    found, expected = list[Stretch](), begins
    for ordinal in sorted(set(ordinals)):
        if expected is not None and ordinal > expected:
            found.append((expected, ordinal - 1))
        expected = ordinal + 1
    return found


def without(stretch: Stretch, others: Sequence[Stretch]) -> list[Stretch]:
    """What is left of ``stretch`` when ``others`` are taken out of it."""
    left, first = list[Stretch](), stretch[0]
    for begin, end in sorted(others):
        if end < first or begin > stretch[1]:
            continue
        if begin > first:
            left.append((first, begin - 1))
        first = max(first, end + 1)
    if first <= stretch[1]:
        left.append((first, stretch[1]))
    return left
