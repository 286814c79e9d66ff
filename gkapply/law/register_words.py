"""The words of a register (台账) that an office brings along: how each value is read, forgivingly, and when it cannot be so.

Every function takes the text of a cell and returns the value, or raises Refusal with the reason.
"""

import re
import unicodedata
from collections.abc import Mapping
from datetime import date
from functools import lru_cache

from gkapply.law import channels
from gkapply.law.annual_rows import COLUMNS, RESULT_ROWS
from gkapply.law.refusal import Refusal

FIRST_DAY = date(2008, 5, 1)
"""Since then there have been requests for government information; an older day is a slip of the pen."""
CHANNEL_WORDS: Mapping[str, str] = {
    "当面": channels.COUNTER,
    "邮寄": channels.SIGNED_POST,
    "平信": channels.ORDINARY_POST,
    "网上": channels.ONLINE,
    "传真": channels.FAX,
    "电子邮件": channels.EMAIL,
    "口头": channels.ORAL,
    "其他": channels.OTHER,
}
"""受理渠道 as the register writes it."""
_CHANNEL_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(
        ("当面提交", "现场", "现场提交", "现场申请", "窗口", "窗口提交", "大厅", "当面申请", "面交", "上门", "来访"),
        "当面",
    ),
    **dict.fromkeys(
        (
            "信函",
            "邮递",
            "邮政",
            "快递",
            "ems",
            "邮政ems",
            "特快专递",
            "邮政特快专递",
            "挂号信",
            "挂号",
            "信件",
            "书信",
            "来信",
            "邮寄签收",
            "快递签收",
            "信函邮寄",
        ),
        "邮寄",
    ),
    **dict.fromkeys(("平常信函", "普通信函", "平邮", "普通邮件", "平常邮件"), "平信"),
    **dict.fromkeys(
        (
            "网上提交",
            "互联网",
            "网络",
            "在线",
            "在线申请",
            "网站",
            "政府网站",
            "门户网站",
            "网上申请",
            "线上",
            "平台",
            "公开平台",
            "网页",
            "网络平台",
            "网站平台",
        ),
        "网上",
    ),
    **dict.fromkeys(("传真提交", "fax"), "传真"),
    **dict.fromkeys(("邮件", "电邮", "email", "e-mail", "电子邮箱", "邮箱"), "电子邮件"),
    **dict.fromkeys(("口头提出", "口述", "代填", "口头代填", "口头申请", "口头提出代为填写"), "口头"),
    **dict.fromkeys(("其它", "其他方式", "其他渠道"), "其他"),
}
KIND_WORDS: Mapping[str, str] = {column.label: column.code for column in COLUMNS}
"""申请人类型: the columns of table 三."""
_KIND_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("公民", "个人", "自然人公民", "群众", "居民", "村民", "市民", "公民个人"), "自然人"),
    **dict.fromkeys(("企业", "公司", "商业", "工商企业", "企业法人", "法人企业", "商业公司"), "商业企业"),
    **dict.fromkeys(("科研", "科研院所", "科研单位", "高校", "高等院校", "研究机构", "科学研究机构"), "科研机构"),
    **dict.fromkeys(("社会组织", "公益组织", "社会团体", "社团", "社会公益机构", "公益机构"), "社会公益组织"),
    **dict.fromkeys(("律师事务所", "律所", "法律机构", "法律服务", "法律服务组织", "法律服务所"), "法律服务机构"),
    **dict.fromkeys(("其它", "其他组织", "其他法人", "其他法人组织", "法人或其他组织其他"), "其他"),
}
DELIVERY_WORDS = ("当面", "邮寄", "网上", "电子邮件", "传真", "其他")
"""送达方式 as the register writes it."""
_DELIVERY_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(
        ("当面领取", "当面送达", "直接送达", "现场", "现场领取", "自取", "领取", "面交", "窗口领取", "当场"), "当面"
    ),
    **dict.fromkeys(
        ("邮寄送达", "邮政", "ems", "邮政ems", "特快专递", "邮政特快专递", "挂号信", "挂号", "快递", "信函", "邮递"),
        "邮寄",
    ),
    **dict.fromkeys(("网上送达", "互联网", "网络", "在线", "网站", "平台", "线上", "网上获取"), "网上"),
    **dict.fromkeys(("邮件", "电邮", "email", "e-mail", "电子邮箱", "邮箱"), "电子邮件"),
    **dict.fromkeys(("传真送达", "fax"), "传真"),
    **dict.fromkeys(("其它", "其他方式", "委托送达", "留置送达", "公告送达", "公告", "留置", "电话", "短信"), "其他"),
}
_RESULT_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(
        ("公开", "全部公开", "同意公开", "已公开", "主动公开", "已主动公开", "属于主动公开范围", "予以提供", "提供"),
        "3.1",
    ),
    **dict.fromkeys(("部分予以公开", "同意部分公开", "区分处理"), "3.2"),
    **dict.fromkeys(("国家秘密",), "3.3.1"),
    **dict.fromkeys(("法律行政法规禁止公开", "法律法规禁止公开"), "3.3.2"),
    **dict.fromkeys(("三安全一稳定", "危及三安全一稳定"), "3.3.3"),
    **dict.fromkeys(("商业秘密", "个人隐私", "商业秘密个人隐私", "保护第三方权益"), "3.3.4"),
    **dict.fromkeys(("内部事务信息", "属于内部事务信息", "内部管理信息"), "3.3.5"),
    **dict.fromkeys(("过程性信息", "属于过程性信息"), "3.3.6"),
    **dict.fromkeys(("行政执法案卷", "执法案卷", "行政执法案卷信息"), "3.3.7"),
    **dict.fromkeys(("行政查询事项",), "3.3.8"),
    **dict.fromkeys(
        (
            "信息不存在",
            "政府信息不存在",
            "不存在",
            "本机关不掌握",
            "不掌握相关政府信息",
            "非本机关",
            "不属于本机关",
            "不属于本机关负责公开",
            "不属于本机关公开",
            "非本机关掌握",
        ),
        "3.4.1",
    ),
    **dict.fromkeys(("没有现成信息", "需要另行制作", "需加工分析", "需要加工分析"), "3.4.2"),
    **dict.fromkeys(("补正后仍不明确", "补正后内容仍不明确", "申请内容不明确"), "3.4.3"),
    **dict.fromkeys(("信访举报投诉", "信访", "举报", "投诉", "信访投诉举报类申请", "信访类"), "3.5.1"),
    **dict.fromkeys(("重复", "重复提出申请"), "3.5.2"),
    **dict.fromkeys(("公开出版物", "属于公开出版物"), "3.5.3"),
    **dict.fromkeys(("大量反复申请",), "3.5.4"),
    **dict.fromkeys(("确认或重新出具已获取信息", "要求确认或重新出具"), "3.5.5"),
    **dict.fromkeys(("逾期不补正", "逾期未补正", "不补正", "视为放弃", "视为放弃申请", "申请人逾期不补正"), "3.6.1"),
    **dict.fromkeys(("逾期不缴费", "逾期未缴费", "未缴费", "不缴费", "申请人逾期未缴费"), "3.6.2"),
    **dict.fromkeys(
        ("其它", "其他处理", "撤回", "申请人撤回", "撤回申请", "主动撤回", "撤销申请", "其他处理其他"), "3.6.3"
    ),
}
_UNCLEAR = {
    "不予公开": "不予公开的，须写明是哪一种（3.3.1 至 3.3.8）",
    "无法提供": "无法提供的，须写明是哪一种（3.4.1 至 3.4.3）",
    "不予处理": "不予处理的，须写明是哪一种（3.5.1 至 3.5.5）",
}
_STILL_OPEN = frozenset(("在办", "办理中", "正在办理", "未办结", "尚未办结", "未答复", "结转", "结转下年度继续办理"))
_ISO = re.compile(r"(\d{4})([-/.])(\d{1,2})\2(\d{1,2})(?:[ T]\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?)?")
_CHINESE = re.compile(r"(\d{4})年(\d{1,2})月(\d{1,2})(?:日|号)?")
_COMPACT = re.compile(r"(\d{4})(\d{2})(\d{2})")
_SERIAL = re.compile(r"\d{5}(?:\.\d+)?")
_MARKS = re.compile(r"[\s\"'“”‘’《》<>,，、;；:：。.·/-]+")
_ORDINAL = re.compile(r"^(?:[((][一二三四五六七八九十]+[))]|[一二三四五六七八九十]+、|\d+[.、．])+")
_BRACKETS = re.compile(r"[((][^()()]*[))]")
_GROUP = re.compile(r"^(?:不予公开|无法提供|不予处理|其他处理)\d*")
_LABELS = {row.code: row.label for row in RESULT_ROWS}


class Formula(str):
    """The text of a cell that holds a formula, of which nobody knows what it comes to."""

    __slots__ = ()


def refuse_formula(text: str) -> None:
    """Raises Refusal for the text of a formula."""
    if isinstance(text, Formula):
        raise Refusal("是公式，公式的结果不采用，请改成固定的内容（复制后选择性粘贴为数值）")


def tidy(text: str) -> str:
    """The text in half width without blanks around it and inside."""
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text))


def read_day(text: str, today: date) -> date:
    """A day as registers write it: 2026-03-02, 2026/3/2, 2026.3.2, 2026年3月2日, 20260302. Raises Refusal for any other and impossible ones."""
    bare = unicodedata.normalize("NFKC", text).strip()
    found = _ISO.fullmatch(bare)
    if found is not None:
        year, month, day = found[1], found[3], found[4]
    else:
        found = _CHINESE.fullmatch(re.sub(r"\s+", "", bare)) or _COMPACT.fullmatch(bare)
        if found is None:
            serial = "，像是日期序号，请把单元格设为日期格式" if _SERIAL.fullmatch(bare) else ""
            raise Refusal(f"不是日期{serial or '，应写作 2026-03-02、2026/3/2 或者 2026年3月2日'}")
        year, month, day = found[1], found[2], found[3]
    return possible_day(int(year), int(month), int(day), today)


def possible_day(year: int, month: int, day: int, today: date) -> date:
    """The day, if a register may hold it: there is one, not before the Regulation and not after today. Raises Refusal."""
    try:
        when = date(year, month, day)
    except ValueError:
        raise Refusal("没有这一天") from None
    if when < FIRST_DAY:
        raise Refusal("不可能的年份：政府信息公开申请始于2008年5月1日")
    if when > today:
        raise Refusal("晚于今天")
    return when


def read_channel(text: str) -> str:
    """The code of a channel. Raises Refusal for an unknown word."""
    word = _word(text, CHANNEL_WORDS, _CHANNEL_SYNONYMS)
    if word is None:
        raise Refusal(f"不认识的受理渠道，应为：{'、'.join(CHANNEL_WORDS)}")
    return CHANNEL_WORDS[word]


def read_kind(text: str) -> str:
    """The code of a kind of applicant. Raises Refusal for an unknown word."""
    word = _word(text, KIND_WORDS, _KIND_SYNONYMS)
    if word is None:
        raise Refusal(f"不认识的申请人类型，应为：{'、'.join(KIND_WORDS)}")
    return KIND_WORDS[word]


def read_delivery(text: str) -> str:
    """One of DELIVERY_WORDS, empty for nothing. Raises Refusal for an unknown word."""
    if not text.strip():
        return ""
    word = _word(text, dict.fromkeys(DELIVERY_WORDS, ""), _DELIVERY_SYNONYMS)
    if word is None:
        raise Refusal(f"不认识的送达方式，应为：{'、'.join(DELIVERY_WORDS)}，或者不填")
    return word


@lru_cache(maxsize=1024)
def read_result(text: str) -> str:
    """The code of a row of table 三, empty for a request that is still open. Raises Refusal for what is no result."""
    bare = tidy(text).strip("。.")
    if not bare or bare in _STILL_OPEN:
        return ""
    if bare in _LABELS:
        return bare
    name = _bare_label(bare)
    code = _RESULT_BY_NAME.get(name) or _RESULT_BY_NAME.get(_bare_label(_GROUP.sub("", name)))
    if code is None:
        raise Refusal(_UNCLEAR.get(name, "不是年度报告表三的处理结果，请写行号（3.1、3.3.1 …）或者该行的名称"))
    return code


def result_label(code: str) -> str:
    """The row's own words."""
    return _LABELS[code]


def _word(text: str, words: Mapping[str, str], synonyms: Mapping[str, str]) -> str | None:
    bare = tidy(text)
    for one in (bare, _BRACKETS.sub("", bare)):
        if one in words:
            return one
        found = synonyms.get(one.lower())
        if found is not None:
            return found
    return None


def _bare_label(text: str) -> str:
    """A label without number, brackets and marks: what tells it from the others."""
    bare = unicodedata.normalize("NFKC", text)
    return _MARKS.sub("", _BRACKETS.sub("", _ORDINAL.sub("", bare)))


_RESULT_BY_NAME = {
    **{_bare_label(name): code for name, code in _RESULT_SYNONYMS.items()},
    **{_bare_label(label): code for code, label in _LABELS.items()},
}
