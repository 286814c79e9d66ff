"""The words of a register of disputes (复议诉讼台账) that an office brings along: how each value is read, and when it cannot be so.

Every function takes the text of a cell and returns the value, or raises Refusal with the reason.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date

from gkapply.law.annual_report import DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.refusal import Refusal
from gkapply.law.register_words import possible_day

APPLICANT, ORGAN = "applicant", "organ"
_KINDS: Mapping[str, DisputeKind] = {
    **dict.fromkeys(("行政复议", "复议"), DisputeKind.REVIEW),
    **dict.fromkeys(("未经复议直接起诉", "直接起诉", "未经复议起诉"), DisputeKind.SUIT_DIRECT),
    **dict.fromkeys(("复议后起诉", "经复议后起诉", "经复议起诉"), DisputeKind.SUIT_AFTER_REVIEW),
}
_RESULTS: Mapping[str, DisputeResult | None] = {
    **dict.fromkeys(("结果维持", "维持", "维持原行为", "驳回诉讼请求"), DisputeResult.UPHELD),
    **dict.fromkeys(("结果纠正", "纠正", "撤销", "变更", "确认违法", "责令履行"), DisputeResult.CORRECTED),
    **dict.fromkeys(
        ("其他结果", "其他", "终止", "撤回", "撤诉", "调解", "驳回申请", "驳回复议申请", "驳回起诉", "不予受理"),
        DisputeResult.OTHER,
    ),
    **dict.fromkeys(("", "尚未审结", "未审结", "审理中", "在审", "未办结"), None),
}
_INSTANCES: Mapping[str, int] = {
    **dict.fromkeys(("", "一审", "第一审", "初审", "1"), 1),
    **dict.fromkeys(("二审", "第二审", "终审", "2"), 2),
}
_APPELLANTS: Mapping[str, str] = {
    "": "",
    **dict.fromkeys(("申请人", "原告", "原告方"), APPLICANT),
    **dict.fromkeys(("本机关", "被告", "行政机关", "机关"), ORGAN),
}
_YES: Mapping[str, bool] = {"": False, "否": False, "无": False, "是": True, "有": True}
_DAY = re.compile(r"(\d{4})(?:[-/.年])(\d{1,2})(?:[-/.月])(\d{1,2})日?(?: 0{1,2}:00(?::00)?)?|(\d{4})(\d{2})(\d{2})")


def read_kind(text: str) -> DisputeKind:
    """复议 or 诉讼 of which path. Raises Refusal."""
    found = _KINDS.get(_tidy(text))
    if found is None:
        raise Refusal("应为：行政复议、未经复议直接起诉、复议后起诉")
    return found


def read_result(text: str) -> DisputeResult | None:
    """What it came to, None while it is pending. Raises Refusal."""
    if _tidy(text) not in _RESULTS:
        raise Refusal("应为：结果维持、结果纠正、其他结果，尚未审结的不填")
    return _RESULTS[_tidy(text)]


def read_instance(text: str, kind: DisputeKind) -> int:
    """1 or 2; a review has one instance. Raises Refusal."""
    found = _INSTANCES.get(_tidy(text))
    if found is None:
        raise Refusal("应为：一审、二审，或者不填")
    if found > 1 and not kind.is_suit:
        raise Refusal("行政复议没有二审", "《行政复议法》第二条")
    return found


def read_appellant(text: str) -> str:
    """Who appealed, empty where nothing is said. Raises Refusal."""
    if _tidy(text) not in _APPELLANTS:
        raise Refusal("应为：申请人、本机关，或者不填")
    return _APPELLANTS[_tidy(text)]


def read_yes(text: str) -> bool:
    """Whether it is so; empty is no. Raises Refusal."""
    if _tidy(text) not in _YES:
        raise Refusal("应为：是、否，或者不填")
    return _YES[_tidy(text)]


def read_day(text: str, today: date) -> date:
    """A day as registers write it, up to today. Raises Refusal."""
    found = _DAY.fullmatch(unicodedata.normalize("NFKC", text).strip())
    if found is None:
        raise Refusal("不是日期，应写作 2026-03-02、2026/3/2 或者 2026年3月2日")
    year, month, day = (int(one) for one in found.groups() if one is not None)
    return possible_day(year, month, day, today)


def _tidy(text: str) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))
