"""What a case file may be about: a request, a correction of records, or a reply that was ordered anew."""

from enum import StrEnum


class CaseKind(StrEnum):
    """The kind of a case file: its code, the label that users read, the letter that its numbers carry."""

    label: str
    mark: str

    @property
    def short(self) -> str:
        """The label without its first words, for a narrow place."""
        return self.label.removeprefix("政府信息")

    # The defaults: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, value: str, label: str = "", mark: str = "") -> "CaseKind":
        """A member is its code."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label = label
        kind.mark = mark
        return kind

    APPLICATION = "application", "政府信息公开申请", ""
    """条例第二十七条; the only kind that the annual report's table 三 counts."""
    RECORD_CORRECTION = "record_correction", "政府信息更正申请", "G"
    """条例第四十一条: the records about the applicant are wrong."""
    REDO = "redo", "责令重新答复", "C"
    """A review decision or judgment ordered the organ to answer again; the first reply stays in its year's report."""
