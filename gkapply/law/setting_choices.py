"""The answers of the settings that are a choice between words."""

from enum import StrEnum


class StopBegins(StrEnum):
    """From which day the time of asking others is left out (条例第三十三条第三款 does not say)."""

    SENT = "sent"
    RECEIVED = "received"


class OnlineReceipt(StrEnum):
    """Which day of a request on the web is its day of receipt (条例第三十一条第三项; 最高人民法院指导案例26号)."""

    CONFIRMATION = "confirmation"
    """The day on which both sides confirm it; the page after sending says so."""
    SUBMISSION = "submission"
    """The day of sending: for the cautious office."""


class ForeignApplicants(StrEnum):
    """How requests of foreigners and foreign organisations are taken (条例第二十七条 names citizens and organisations only)."""

    ACCEPT = "accept"
    RECIPROCITY = "reciprocity"
    """Handled once it is noted that their country does the same."""


class SealDemand(StrEnum):
    """What has to be entered of the seal before a letter leaves."""

    SCAN = "scan"
    """The use of the seal, with the scan of the stamped letter."""
    REGISTER = "register"
    """The use of the seal."""
    NONE = "none"
    """Nothing: the organ keeps its register of seals elsewhere."""


class MixedResultRule(StrEnum):
    """How a case whose items came to different results is counted in table 三: the format leaves it open."""

    PARTIAL_THEN_WEIGHTIEST = "partial_then_weightiest"
    SEPARATED_THEN_FIRST = "separated_then_first"


class OtherBodyRow(StrEnum):
    """The row of table 三 for what is no government information because it is the matter of another body."""

    OTHER = "3.6.3"
    UNABLE = "3.4.1"
