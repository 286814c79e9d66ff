"""Marks on a returned letter (批注): the words of the letter, and what is to be done about them."""

import json
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from gkapply.casework.journal import canonical
from gkapply.law.refusal import Refusal

MOST = 30
LONGEST_WORDS = 600
LONGEST_REMARK = 500


@dataclass(frozen=True, slots=True)
class Mark:
    """One mark: a sentence of the letter as it was read, and the remark."""

    words: str
    remark: str


def write_marks(marks: Sequence[Mark]) -> str:
    """The marks as a decision keeps them. Raises Refusal for a mark without words or remark, and for too many or too long."""
    if len(marks) > MOST:
        raise Refusal(f"批注最多{MOST}条", field="marks", do="请合并后再退回")
    for place, mark in enumerate(marks):
        if not mark.words.strip():
            raise Refusal("批注没有选择所针对的句子", field=f"marks.{place}.words", do="请选择句子，或者写在退回理由里")
        if not mark.remark.strip():
            raise Refusal("批注没有写意见", field=f"marks.{place}.remark", do="请写明怎样修改，或者不选句子")
        if len(mark.words) > LONGEST_WORDS or len(mark.remark) > LONGEST_REMARK:
            raise Refusal(f"批注过长，意见最多{LONGEST_REMARK}个字", field=f"marks.{place}.remark", do="请精简")
    return canonical([asdict(Mark(one.words.strip(), one.remark.strip())) for one in marks])


def read_marks(kept: str) -> tuple[Mark, ...]:
    """The marks of a decision."""
    return tuple(Mark(**one) for one in json.loads(kept or "[]"))
