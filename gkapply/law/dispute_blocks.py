"""Blocks and columns of table 四 of the annual report (国办公开办函〔2021〕30号), labels literal."""

from enum import StrEnum


class DisputePath(StrEnum):
    """The three blocks of table 四."""

    REVIEW = "review"
    SUIT_DIRECT = "suit_direct"
    SUIT_AFTER_REVIEW = "suit_after_review"

    @property
    def label(self) -> str:
        """The block's head."""
        return _BLOCKS[self]


_BLOCKS = {
    DisputePath.REVIEW: "行政复议",
    DisputePath.SUIT_DIRECT: "未经复议直接起诉",
    DisputePath.SUIT_AFTER_REVIEW: "复议后起诉",
}


class DisputeResult(StrEnum):
    """The columns of each block of table 四, before their sum."""

    UPHELD = "upheld"
    CORRECTED = "corrected"
    OTHER = "other"
    PENDING = "pending"

    @property
    def label(self) -> str:
        """The column's head."""
        return _RESULTS[self]


_RESULTS = {
    DisputeResult.UPHELD: "结果维持",
    DisputeResult.CORRECTED: "结果纠正",
    DisputeResult.OTHER: "其他结果",
    DisputeResult.PENDING: "尚未审结",
}
