"""What an enquiry (咨询) may come to, each with the words that the office uses when it writes none of its own."""

from enum import StrEnum


class Outcome(StrEnum):
    """How an enquiry ended; the value is its code."""

    label: str
    words: str
    """Empty where the office must write the answer itself."""

    def __new__(cls, value: str, label: str, words: str = "") -> "Outcome":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.words = words
        return member

    ANSWERED = "answered", "答复"
    APPLY = (
        "apply",
        "建议申请公开政府信息",
        "您要的是本机关制作或者保存的文件、数据，需要依照《中华人民共和国政府信息公开条例》申请公开。"
        "在本页点击「转为公开申请」，您写的内容会带到申请表里，补填申请人后提交即可；也可以当面、邮寄提出申请。",
    )
    HOTLINE = (
        "hotline",
        "建议拨打12345",
        "您问的事情不属于政府信息公开，本机关不能直接办理。请拨打12345政务服务便民热线，由热线转有关部门答复。",
    )
    PETITION = (
        "petition",
        "建议走信访、投诉、举报渠道",
        "您反映的是投诉、举报或者意见建议。请向信访部门或者有权处理的机关提出（《信访工作条例》第十七条），以便依法办理。",
    )
    BECAME = "became", "已转为公开申请"


GIVEN = tuple(one for one in Outcome if one is not Outcome.BECAME)
"""What the office may choose; a request is made by the citizen alone."""
