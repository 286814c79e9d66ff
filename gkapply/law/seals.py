"""Seals (印章) on letters: which there are, and which letters carry one.

Whether the organ's own seal or that of its disclosure office is used is the organ's rule; the law names neither.
"""

from enum import StrEnum

from gkapply.law.letters import Ladder, LetterKind


class SealKind(StrEnum):
    """Which seal a letter was stamped with."""

    label: str

    # The star: to a type checker, looking a seal up by its code is this call with the code alone.
    def __new__(cls, code: str, *labels: str) -> "SealKind":
        member = str.__new__(cls, code)
        member._value_ = code
        (member.label,) = labels
        return member

    ORGAN = "organ", "机关印章"
    DISCLOSURE = "disclosure", "政府信息公开专用章"


def is_stamped(kind: LetterKind) -> bool:
    """Whether letters of that kind carry a seal: all that somebody signs; receipts and records made on the spot do not."""
    return kind.ladder is not Ladder.NONE
