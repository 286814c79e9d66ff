"""What a secrecy review (保密审查) may find of information that is to be given out: 先审查、后公开, one by one.

条例第十七条、《保守国家秘密法》第三十五条、《保守国家秘密法实施条例》第四十二条.
"""

from enum import StrEnum

ARTICLE = "条例第十七条、《保守国家秘密法》第三十五条"


class SecrecyResult(StrEnum):
    """The finding on one paper or one item; the value is its code."""

    label: str

    # The star: to a type checker, looking a result up by its code is this call with the code alone.
    def __new__(cls, code: str, *words: str) -> "SecrecyResult":
        """A member is its code."""
        member = str.__new__(cls, code)
        member._value_ = code
        (member.label,) = words
        return member

    OPEN = "open", "可以公开"
    SEPARATED = "separated", "区分处理后公开"
    WITHHELD = "withheld", "不予公开"
