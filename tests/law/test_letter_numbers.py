"""文号: their form, the class in which a letter is numbered, the numbers that were left out."""

import pytest

from gkapply.law.letter_numbers import (
    LetterNumber,
    NumberClass,
    class_of,
    missing,
    read_number,
    require_outside_number,
    without,
)
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal


@pytest.mark.parametrize("text", ["安府公开〔2026〕12号", "  沪水务延告〔2010〕5号 "])
def test_a_printed_number_is_read_and_printed_again(text: str) -> None:
    assert str(read_number(text)) == text.strip()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("安府公开[2026]12号", "不是规范的文号"),
        ("安府公开（2026）12号", "不是规范的文号"),
        ("安府公开〔26〕12号", "不是规范的文号"),
        ("安府公开〔2026〕第12号", "不是规范的文号"),
        ("安府公开〔2026〕12", "不是规范的文号"),
        ("安府公开2〔2026〕12号", "不是规范的文号"),
        ("安府公开〔2026〕012号", "不编虚位"),
        ("安府公开〔2026〕0号", "不编虚位"),
        ("安府公开〔2025〕12号", "应为签发的年份2026"),
        ("安府办〔2026〕12号", "代字应为「安府公开」"),
        ("  ", "请填写文号"),
    ],
)
def test_a_number_from_outside_must_have_the_form_the_word_and_the_year(text: str, why: str) -> None:
    with pytest.raises(Refusal, match=why) as refused:
        require_outside_number(text, "安府公开", 2026)
    assert refused.value.field == "number"


def test_a_lawful_number_from_outside() -> None:
    assert require_outside_number("安府公开〔2026〕12号", "安府公开", 2026) == LetterNumber("安府公开", 2026, 12)


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (LetterKind.REPLY_PARTIAL, NumberClass.GIVEN),
        (LetterKind.REPLY_REFUSED, NumberClass.REFUSED),
        (LetterKind.REPLY_NOT_EXISTING, NumberClass.OTHER_REPLY),
        (LetterKind.CORRECTION_NOTICE, NumberClass.CORRECTION),
        (LetterKind.DELAY_NOTICE, NumberClass.MORE_TIME),
        (LetterKind.CO_PRODUCER_INQUIRY, NumberClass.INQUIRY),
        (LetterKind.TRANSFER_NOTICE, NumberClass.REST),
    ],
)
def test_the_class_of_a_letter(kind: LetterKind, expected: NumberClass) -> None:
    assert class_of(kind) is expected


def test_what_was_left_out() -> None:
    assert missing([]) == []
    assert missing([3, 4, 7, 12]) == [(5, 6), (8, 11)]
    assert missing([3, 4], begins=1) == [(1, 2)]
    assert missing([2, 1, 2, 3], begins=1) == []


def test_what_is_left_of_a_stretch() -> None:
    assert without((5, 9), []) == [(5, 9)]
    assert without((5, 9), [(6, 7)]) == [(5, 5), (8, 9)]
    assert without((5, 9), [(1, 5), (9, 20), (30, 31)]) == [(6, 8)]
    assert without((5, 9), [(7, 7), (5, 9)]) == []
