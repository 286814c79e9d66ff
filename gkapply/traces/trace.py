"""One trace: what it is, where it stands, what could stand in its place."""

from dataclasses import dataclass
from enum import StrEnum


class TraceKind(StrEnum):
    """What a trace may be. The label is what officials read; ``instead`` is the replacement that is proposed."""

    label: str
    instead: str

    def __new__(cls, value: str, label: str, instead: str) -> "TraceKind":
        """A member is its code."""
        member = str.__new__(cls, value)
        member._value_ = value
        member.label = label
        member.instead = instead
        return member

    PARTY = "party", "本案当事人的名称", "某某"
    PARTY_DATA = "party_data", "本案当事人的号码、地址", "***"
    CASE_NUMBER = "case_number", "本案的登记编号或者文号", "（编号略）"
    IDENTITY = "identity", "身份证号码", "***"
    MOBILE = "mobile", "手机号码", "***"
    LANDLINE = "landline", "电话号码", "***"
    BANK = "bank", "银行卡号或者账号", "***"
    EMAIL = "email", "电子邮箱", "***"
    ACCOUNT = "account", "微信、QQ等账号", "***"
    PASSPORT = "passport", "护照、通行证号码", "***"
    PLATE = "plate", "车牌号", "***"
    ADDRESS = "address", "门牌地址", "（地址略）"
    BIRTH = "birth", "出生日期", "（出生日期略）"
    NAME = "name", "姓名", "某某"
    REVISION = "revision", "修订痕迹", ""
    COMMENT = "comment", "批注", ""
    HIDDEN = "hidden", "隐藏的内容", ""
    PROPERTY = "property", "文件属性中的人员、单位", ""
    OLDER = "older", "以前保存的版本", ""
    EMBEDDED = "embedded", "内嵌的文件", ""
    CAMERA = "camera", "照片的拍摄信息", ""


@dataclass(frozen=True, slots=True)
class Trace:
    """A stretch of a text that may point to a person.

    ``start`` and ``end`` are places in the text as it was given; ``key`` is the value in its one written form, equal for the
    same value however it is typed.
    """

    kind: TraceKind
    start: int
    end: int
    value: str
    key: str
    instead: str


@dataclass(frozen=True, slots=True)
class Wanted:
    """Somebody or something of the case that must not show: the word, what it is, what stands in its place."""

    word: str
    kind: TraceKind
    instead: str


def masked(value: str) -> str:
    """The value with its middle hidden, for lists: enough to find it again, not enough to use it."""
    if len(value) <= 1:
        return "*"
    if len(value) <= 4:
        return value[0] + "*" * (len(value) - 1)
    ends = 2 if len(value) < 8 else 3
    return value[:ends] + "*" * (len(value) - 2 * ends) + value[-ends:]
