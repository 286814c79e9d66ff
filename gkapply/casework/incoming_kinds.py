"""What mail may be, and what may become of an envelope (收文的种类和去向)."""

from collections.abc import Mapping
from enum import StrEnum

from gkapply.law.channels import CHANNELS, COURIER, FAX, ORDINARY_POST, SIGNED_POST

MAIL: Mapping[str, str] = {code: CHANNELS[code].label for code in (SIGNED_POST, COURIER, ORDINARY_POST, FAX)}
"""The kinds of mail that the book takes: the channels that reach the mail room as paper."""


class MailOutcome(StrEnum):
    """What became of an envelope; the value is its code."""

    label: str

    def __new__(cls, value: str, label: str) -> "MailOutcome":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        return member

    REQUEST = "request", "已登记为申请"
    EXISTING = "existing", "属于已有的申请"
    NOT_REQUEST = "not_request", "不是申请，或者不属于本机关"
    MISTAKE = "mistake", "登记有误（作废，留存）"


class Purpose(StrEnum):
    """What an envelope is to a request that the office has already; ``trigger`` is the step that takes it."""

    label: str
    trigger: str

    def __new__(cls, value: str, label: str, trigger: str) -> "Purpose":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.trigger = trigger
        return member

    CORRECTION = "correction", "补正材料", "receive_correction"
    OPINION = "opinion", "第三方、其他机关的意见", "answer"
    RETURNED = "returned", "退回的文书", "come_back"
    EXPLANATION = "explanation", "说明理由的材料", "receive_explanation"
    PAYMENT = "payment", "缴费凭证", "receive_payment"
    OTHER = "other", "其他材料", "add_paper"


SETTLED_BY_HAND = (MailOutcome.EXISTING, MailOutcome.NOT_REQUEST, MailOutcome.MISTAKE)
"""What an official chooses; a request is made by registering it."""
