"""The columns of a table of official documents: how they are headed, what else they are called, how their cells are read."""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from gkapply.casework.catalogue_columns import plain_head
from gkapply.law.attributes import attribute_called, ground_called
from gkapply.law.refusal import Refusal

_DAY = re.compile(
    r"(\d{4})\s*[-/.年]\s*(\d{1,2})\s*[-/.月]\s*(\d{1,2})\s*日?(?:\s+0{1,2}:00(?::00)?)?|(\d{4})(\d{2})(\d{2})"
)
_YES_NO = {
    "是": True,
    "√": True,
    "✓": True,
    "Y": True,
    "y": True,
    "1": True,
    "否": False,
    "": False,
    "×": False,
    "0": False,
}


@dataclass(frozen=True, slots=True)
class FileColumn:
    """One column: the field that it fills, its head in files that are written, what else it is called, what is told of it."""

    code: str
    head: str
    also: tuple[str, ...]
    hint: str
    needed: bool = False


FILE_COLUMNS: Sequence[FileColumn] = (
    FileColumn(
        "title",
        "题名",
        (
            "标题",
            "公文标题",
            "公文题名",
            "公文名称",
            "文件名称",
            "文件标题",
            "文件题名",
            "名称",
            "信息名称",
            "政府信息名称",
        ),
        "必填。题名本身属于国家秘密的，不得填写",
        True,
    ),
    FileColumn(
        "number",
        "文号",
        ("发文字号", "发文文号", "公文字号", "公文文号", "字号", "文件编号", "文件字号"),
        "没有文号的不填",
    ),
    FileColumn(
        "formed_on",
        "成文日期",
        ("发文日期", "印发日期", "印发时间", "制发日期", "生成日期", "形成日期", "发文时间", "成文时间", "日期"),
        "例如2024-03-01、2024年3月1日",
    ),
    FileColumn(
        "attribute",
        "公开属性",
        ("属性", "公开类别", "公开类型", "公开方式", "信息公开属性", "公文公开属性", "公开选项"),
        "必填。主动公开、依申请公开、不予公开",
        True,
    ),
    FileColumn(
        "ground",
        "不予公开的依据",
        ("依据", "法律依据", "条款", "不予公开依据", "不公开依据", "不公开的依据", "不予公开条款", "依据条款"),
        "不予公开的必填，例如：内部事务信息（条例第十六条第一款）",
    ),
    FileColumn(
        "reason",
        "理由",
        (
            "不予公开理由",
            "不予公开的理由",
            "不公开理由",
            "不公开的理由",
            "不主动公开的理由",
            "原因",
            "不予公开原因",
            "说明",
        ),
        "不予公开、依申请公开的必填",
    ),
    FileColumn(
        "next_review_on",
        "下次评估审查日期",
        (
            "下次审查日期",
            "下次评估日期",
            "下次评审日期",
            "下次自查日期",
            "复审日期",
            "评估审查日期",
            "下次评估审查时间",
        ),
        "不填的，按本机关设定的间隔计算",
    ),
    FileColumn(
        "keeper",
        "承办单位",
        ("起草单位", "主办单位", "拟稿单位", "主办科室", "责任科室", "科室", "责任单位", "起草科室", "处室"),
        "",
    ),
    FileColumn(
        "normative", "行政规范性文件", ("规范性文件", "是否规范性文件", "是否为规范性文件"), "是或者否；不填为否"
    ),
    FileColumn(
        "ends_on", "有效期至", ("失效日期", "有效期", "有效期限", "有效期截止日期", "废止日期"), "没有有效期的不填"
    ),
    FileColumn(
        "published_where", "发布位置", ("公开位置", "公开网址", "发布网址", "网址", "链接", "公开渠道", "发布渠道"), ""
    ),
)
BY_CODE: Mapping[str, FileColumn] = {one.code: one for one in FILE_COLUMNS}
HEADS: Mapping[str, str] = {plain_head(text): one.code for one in FILE_COLUMNS for text in (one.head, *one.also)}


def day_in(text: str) -> date | None:
    """The day that a cell says; None for an empty one. Raises Refusal for what is no day."""
    if not text:
        return None
    match = _DAY.fullmatch(text.strip())
    if match is None:
        raise Refusal("不是日期，应为2024-03-01或者2024年3月1日的形式")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise Refusal("没有这一天") from None


def yes_or_no(text: str) -> bool:
    """Whether a cell says yes. Raises Refusal for another word."""
    if text not in _YES_NO:
        raise Refusal("只能填写“是”或者“否”")
    return _YES_NO[text]


def _ground(text: str) -> str:
    return ground_called(text).value if text else ""


READ: Mapping[str, Callable[[str], Any]] = {
    "formed_on": day_in,
    "next_review_on": day_in,
    "ends_on": day_in,
    "attribute": attribute_called,
    "ground": _ground,
    "normative": yes_or_no,
}
"""Column → how the text of its cell becomes its value; the others are kept as they stand."""
