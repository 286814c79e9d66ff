"""How a member of a joint consultation stands to what is proposed (会商意见)."""

from enum import StrEnum


class Stance(StrEnum):
    """One stance; the value is its code. Whoever does not simply agree says why."""

    label: str
    dissents: bool

    # The star: to a type checker, looking a stance up by its code is this call with the code alone.
    def __new__(cls, value: str, *row: tuple[str, bool]) -> "Stance":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        ((member.label, member.dissents),) = row
        return member

    AGREE = "agree", ("同意", False)
    RESERVE = "reserve", ("保留意见", True)
    DISAGREE = "disagree", ("不同意", True)
