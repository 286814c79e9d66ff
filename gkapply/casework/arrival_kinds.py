"""Where something may reach the organ besides its published channels, and what may become of it (其他来源的来件)."""

from collections.abc import Mapping
from enum import StrEnum

from gkapply.casework.receipt import SOURCES

HOTLINE, UNIT, ORGAN = "hotline", "unit", "organ"
WHENCE: Mapping[str, str] = {**SOURCES, UNIT: "本机关其他单位或者人员"}
"""Where an arrival comes from."""
TOLD_BY: Mapping[str, str] = {
    "phone": "电话",
    "letter": "书面",
    "sms": "短信",
    "email": "电子邮件",
    "in_person": "当面",
}
"""How somebody was guided to the channels."""


class ArrivalOutcome(StrEnum):
    """What the office decided about an arrival; the value is its code, ``why`` what its reason is asked for."""

    label: str
    why: str

    def __new__(cls, value: str, label: str, why: str) -> "ArrivalOutcome":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.why = why
        return member

    ACCEPTED = "accepted", "按申请人的意愿直接受理", "请写明申请人的意愿和直接受理的理由"
    GUIDED = "guided", "引导通过公开渠道提出", "请写明怎样引导、告知了哪些渠道"
    ANSWERED = "answered", "由本机关答复原渠道", "请写明为什么不按政府信息公开申请办理"
    NOT_REQUEST = "not_request", "不是政府信息公开申请", "请写明理由和移交给谁"
    MISTAKE = "mistake", "登记有误（作废，留存）", "请写明错在哪里"
