"""The kinds of disputes about a request (争议): who hears them, what they may come to, where table 四 counts them."""

from collections.abc import Mapping
from enum import StrEnum

from gkapply.law.dispute_blocks import DisputePath, DisputeResult


class DisputeKind(StrEnum):
    """A kind of dispute: its code, what users call it, its block of table 四 and the rule that its term hangs on."""

    label: str
    path: DisputePath | None
    answer_label: str
    article: str

    # The defaults: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(
        cls, value: str, label: str = "", path: DisputePath | None = None, answer_label: str = "", article: str = ""
    ) -> "DisputeKind":
        """A member is its code."""
        kind = str.__new__(cls, value)
        kind._value_ = value
        kind.label = label
        kind.path = path
        kind.answer_label = answer_label
        kind.article = article
        return kind

    REVIEW = "review", "行政复议", DisputePath.REVIEW, "行政复议答复书", "《行政复议法》第四十八条"
    SUIT_DIRECT = (
        "suit_direct",
        "未经复议直接起诉",
        DisputePath.SUIT_DIRECT,
        "行政诉讼答辩状",
        "《行政诉讼法》第六十七条",
    )
    SUIT_AFTER_REVIEW = (
        "suit_after_review",
        "复议后起诉",
        DisputePath.SUIT_AFTER_REVIEW,
        "行政诉讼答辩状",
        "《行政诉讼法》第六十七条",
    )
    COMPLAINT = "complaint", "投诉、举报", None, "情况说明", "条例第四十七条第二款、第五十一条"
    """Not in table 四: it has results of its own."""

    @property
    def is_suit(self) -> bool:
        """Whether a court hears it, with a second instance above it."""
        return self in (DisputeKind.SUIT_DIRECT, DisputeKind.SUIT_AFTER_REVIEW)


class ComplaintResult(StrEnum):
    """What a complaint came to."""

    label: str

    def __new__(cls, value: str, label: str = "") -> "ComplaintResult":
        """A member is its code."""
        result = str.__new__(cls, value)
        result._value_ = value
        result.label = label
        return result

    FOUNDED = "founded", "属实，已纠正"
    UNFOUNDED = "unfounded", "不属实"
    SETTLED = "settled", "其他（撤回、并入他案等）"


RESULTS: Mapping[DisputeKind, Mapping[str, str]] = {
    kind: (
        {one.value: one.label for one in ComplaintResult}
        if kind is DisputeKind.COMPLAINT
        else {one.value: one.label for one in DisputeResult if one is not DisputeResult.PENDING}
    )
    for kind in DisputeKind
}
"""The results of each kind by code, as table 四 calls them; 其他结果: withdrawn, dismissed for form, ended, settled."""
