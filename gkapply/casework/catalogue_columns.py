"""The columns of a catalogue file (政务公开事项标准目录): how they are headed, and which values they take.

Source of the columns: the standard catalogue of the ministries' guides (基层政务公开标准指引) as the offices print it, with
公开事项 over 一级事项 and 二级事项, and with ticks under 全社会, 特定群体, 主动, 依申请, 县级, 乡级.
"""

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import secret_mark

EVERYBODY, CERTAIN = "全社会", "特定群体"
ACTIVE, ON_REQUEST = "主动", "依申请"
LEVELS = ("省级", "市级", "县级", "乡级", "村级")


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its code, its head in files that are written, what else it is called, whether every row must fill it."""

    code: str
    head: str
    also: tuple[str, ...]
    longest: int
    needed: bool = True


FILE_COLUMNS: Sequence[Column] = (
    Column("area", "公开领域", ("领域", "领域名称", "公开领域名称", "试点领域"), 60, False),
    Column("heading", "一级事项", ("一级公开事项", "事项类别", "事项分类"), 200, False),
    Column("name", "二级事项", ("事项名称", "公开事项名称", "公开事项", "二级公开事项", "事项"), 200),
    Column("content", "公开内容（要素）", ("公开要素", "内容", "公开内容要素", "公开内容及要素"), 4000),
    Column("basis", "公开依据", ("依据", "法律依据", "政策依据"), 4000),
    Column("term", "公开时限", ("时限", "公开期限"), 300),
    Column("subject", "公开主体", ("主体", "责任主体", "责任单位", "公开责任主体", "公开责任单位"), 200),
    Column("channel", "公开渠道和载体", ("公开渠道", "渠道", "公开载体", "渠道和载体", "公开渠道及载体"), 1000),
    Column("audience", "公开对象", ("对象",), 100),
    Column("way", "公开方式", ("方式",), 20),
    Column("level", "公开层级", ("层级",), 40),
    Column("address", "公开地址", ("网址", "链接", "公开网址", "公开链接", "发布地址", "公开网站地址"), 500, False),
    Column("organ", "机关代码", (), 20, False),
)
WRITTEN = FILE_COLUMNS[:-1]
BY_CODE: Mapping[str, Column] = {one.code: one for one in FILE_COLUMNS}
TICKED: Mapping[str, tuple[str, str]] = {
    EVERYBODY: ("audience", EVERYBODY),
    CERTAIN: ("audience", CERTAIN),
    "特定群众": ("audience", CERTAIN),
    ACTIVE: ("way", ACTIVE),
    "主动公开": ("way", ACTIVE),
    ON_REQUEST: ("way", ON_REQUEST),
    "依申请公开": ("way", ON_REQUEST),
    **{level: ("level", level) for level in LEVELS},
    **{level.removesuffix("级"): ("level", level) for level in LEVELS},
}
"""Heads under which a row is ticked: the column that is meant, and the value."""
TICKS = frozenset("√✓✔☑●■vV是Y1")
_BRACKETS = re.compile(r"[（(][^（）()]*[）)]")
_HEADS = {_BRACKETS.sub("", text): one.code for one in FILE_COLUMNS for text in (one.head, *one.also)}
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")


def plain_head(text: str) -> str:
    """A head without blanks, brackets and stars."""
    return _BRACKETS.sub("", "".join(text.split())).strip("*：:")


def column_headed(text: str) -> str | None:
    """The code of the column that a head means, if any."""
    return _HEADS.get(plain_head(text))


def tick_headed(text: str) -> tuple[str, str] | None:
    """The column and the value that a tick under this head means, if any."""
    return TICKED.get(plain_head(text))


def clean(text: str) -> str:
    """The text of a cell without control characters and the apostrophe that guards it against being taken for a formula."""
    plain = _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
    guarded = plain[1:2] in tuple("=+-@＝＋－＠") and plain.startswith("'")
    return plain[1:] if guarded else plain


def audience(text: str) -> str:
    """全社会, or 特定群体 with who they are in brackets. Raises Refusal."""
    plain = "".join(text.split())
    if plain in (EVERYBODY, "社会公众", "公众", "社会", "全体公民", "面向全社会", "向全社会公开"):
        return EVERYBODY
    if plain.startswith((CERTAIN, "特定群众", "特定对象")):
        who = plain[4:].strip("：:（）()，,。")
        return f"{CERTAIN}（{who}）" if who else CERTAIN
    raise Refusal("应为「全社会」或者「特定群体（写明是谁）」")


def way(text: str) -> str:
    """主动, 依申请 or both. Raises Refusal."""
    plain = "".join(text.split()).replace("公开", "")
    found = [one for one in (ACTIVE, ON_REQUEST) if one in plain]
    if not found or plain.strip("、，,；;和及/或者") not in _combinations(found):
        raise Refusal("应为「主动」「依申请」或者「主动、依申请」")
    return "、".join(found)


def _combinations(found: Sequence[str]) -> set[str]:
    return {
        joint.join(order)
        for joint in ("", "、", "，", ",", "；", ";", "和", "及", "/", "或", "或者")
        for order in (found, found[::-1])
    }


def level(text: str) -> str:
    """One or several of 省级 … 村级, joined by 、. Raises Refusal."""
    parts = [part for part in re.split(r"[、，,；;/和及\s]+", text) if part]
    full = [part if part.endswith("级") else f"{part}级" for part in parts]
    full = ["乡级" if part in ("镇级", "乡镇级", "街道级", "乡镇街道级", "乡（镇）级") else part for part in full]
    if not full or any(part not in LEVELS for part in full):
        raise Refusal(f"应为{'、'.join(f'「{one}」' for one in LEVELS)}中的一个或者几个，用“、”分开")
    return "、".join(one for one in LEVELS if one in full)


def address(text: str) -> str:
    """A whole http or https address. Raises Refusal."""
    if not text:
        return ""
    try:
        parts = urlsplit(text)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and not parts.username
    except ValueError:
        sound = False
    if not sound or any(one.isspace() or one in '<>"\\' for one in text):
        raise Refusal("应为以 http:// 或者 https:// 开头的完整网址")
    return text


CHECKS: Mapping[str, Callable[[str], str]] = {
    "audience": audience,
    "way": way,
    "level": level,
    "address": address,
}


def checked(code: str, text: str) -> str:
    """The value of a column as it is kept. Raises Refusal with what is wrong, naming the column as the field."""
    column = BY_CODE[code]
    if text.startswith("="):
        raise Refusal("是公式，请改为公式算出的文字", field=code)
    value = clean(text)
    if not value and column.needed:
        raise Refusal("没有填写", field=code)
    if len(value) > column.longest:
        raise Refusal(f"超过{column.longest}个字", field=code)
    if mark := secret_mark(value):
        raise Refusal(f"带有国家秘密标志“{mark}”，不得录入本系统", field=code)
    if code not in CHECKS:
        return value
    try:
        return CHECKS[code](value)
    except Refusal as refusal:
        raise Refusal(refusal.reason, field=code) from refusal
