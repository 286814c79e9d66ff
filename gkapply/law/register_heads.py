"""The columns of a register (台账) that an office brings along: what each is called, and how its row of heads is found.

Heads are read forgivingly: full width, blanks, brackets and the usual synonyms do not matter; a head may stand in two rows, a group
(申请人) over its parts (姓名, 证件号码 …), as merged cells leave it. The rules stand in docs/register.md.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from gkapply.law.refusal import Refusal

HEAD_WITHIN = 15
"""The heads stand in one of the first rows that hold anything; titles may stand above them."""
LEAST_HEADS = 4
_BRACKETS = re.compile(r"\([^()]*\)|【[^】]*】|\[[^\]]*\]")
_MARKS = re.compile(r"[\s*:_·、/-]+")


@dataclass(frozen=True, slots=True)
class RegisterColumn:
    """One column: its code, its head as product and pages name it, other heads by which it is known."""

    code: str
    head: str
    synonyms: tuple[str, ...] = ()
    needed: bool = False


NUMBER = "number"
COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn(
        NUMBER, "登记编号", ("编号", "申请编号", "登记号", "受理编号", "受理号", "申请号", "收件编号", "案号"), True
    ),
    RegisterColumn(
        "received_on",
        "收到日期",
        (
            "收到申请日期",
            "收到申请之日",
            "收件日期",
            "接收日期",
            "收文日期",
            "受理日期",
            "申请日期",
            "收到时间",
            "收到申请时间",
            "收到申请的时间",
            "收件时间",
            "接收时间",
            "受理时间",
            "申请时间",
        ),
        True,
    ),
    RegisterColumn(
        "channel",
        "受理渠道",
        ("渠道", "申请渠道", "申请方式", "提交方式", "申请途径", "接收渠道", "受理方式", "收件方式", "来源渠道"),
        True,
    ),
    RegisterColumn(
        "kind", "申请人类型", ("申请人类别", "申请人性质", "申请人情况", "申请主体类型", "申请主体", "主体类型"), True
    ),
    RegisterColumn(
        "name", "申请人", ("申请人姓名", "申请人名称", "申请人姓名或名称", "申请人姓名名称", "姓名", "姓名名称"), True
    ),
    RegisterColumn(
        "id_number",
        "证件号码",
        (
            "证件号",
            "证件",
            "身份证号",
            "身份证号码",
            "申请人证件号码",
            "申请人证件号",
            "申请人证件",
            "申请人身份证号",
            "统一社会信用代码",
        ),
    ),
    RegisterColumn(
        "phone",
        "联系电话",
        (
            "电话",
            "电话号码",
            "联系方式",
            "手机",
            "手机号",
            "手机号码",
            "申请人电话",
            "申请人联系电话",
            "申请人联系方式",
            "申请人手机",
        ),
    ),
    RegisterColumn(
        "address",
        "联系地址",
        ("地址", "通信地址", "通讯地址", "住址", "邮寄地址", "申请人地址", "申请人联系地址", "申请人通信地址"),
    ),
    RegisterColumn(
        "description",
        "申请内容",
        (
            "申请公开内容",
            "申请公开的内容",
            "申请信息内容",
            "申请事项",
            "内容描述",
            "信息描述",
            "所需信息",
            "所需信息内容",
            "申请公开的信息",
            "申请公开信息",
            "内容",
            "申请信息",
        ),
        True,
    ),
    RegisterColumn(
        "result",
        "处理结果",
        ("办理结果", "答复结果", "答复类型", "答复情况", "结果", "办理情况", "答复处理结果", "答复类别"),
    ),
    RegisterColumn(
        "replied_on", "答复日期", ("答复时间", "回复日期", "回复时间", "办结日期", "办结时间", "答复之日", "发出日期")
    ),
    RegisterColumn("delivery", "送达方式", ("答复送达方式", "送达途径", "送达形式", "答复方式", "回复方式")),
    RegisterColumn("delivered_on", "送达日期", ("送达时间", "签收日期", "送达之日", "答复送达日期", "收悉日期")),
    RegisterColumn(
        "letter_number",
        "答复文号",
        ("文号", "答复书文号", "答复编号", "答复书编号", "回复文号", "发文字号", "告知书文号"),
    ),
    RegisterColumn(
        "unit",
        "承办机构",
        ("承办单位", "承办科室", "承办部门", "承办处室", "主办单位", "责任科室", "责任单位", "办理单位", "承办股室"),
    ),
    RegisterColumn("remark", "备注", ("说明", "其他", "备注说明", "备考")),
)
"""The register's columns in their order."""
FACT_COLUMNS: tuple[RegisterColumn, ...] = (
    RegisterColumn(NUMBER, "登记编号", ("编号", "申请编号", "登记号", "受理编号", "申请号"), True),
    RegisterColumn("fact", "事实", ("期限事实", "事项", "事实种类", "事实类型"), True),
    RegisterColumn("on", "日期", ("发生日期", "事实日期", "办理日期", "发出日期"), True),
    RegisterColumn("told_on", "送达日期", ("告知日期", "收到日期", "签收日期", "对方收到日期")),
    RegisterColumn("days", "工作日数", ("工作日", "天数", "期限", "延长工作日数")),
    RegisterColumn("party", "对方", ("征求对象", "对方名称", "第三方", "其他机关", "被征求单位")),
    RegisterColumn("note", "说明", ("备注",)),
    RegisterColumn("until", "截止日期", ("延迟至", "截止日", "届满日期")),
    RegisterColumn("returned_on", "退回日期", ("退信日期",)),
    RegisterColumn("co_producer", "共同制作", ("共同制作机关", "是否共同制作")),
)
"""The columns of the sheet of facts (事实)."""
FACTS_SHEET = "事实"


@dataclass(frozen=True, slots=True)
class Head:
    """Which column of a table means what (place → code), the line after which the rows begin, and the heads that are not used."""

    last_line: int
    places: Mapping[int, str]
    width: int
    unused: Sequence[str]


def plain(text: str) -> str:
    """A head without what does not matter: width, blanks, brackets with what they hold, marks."""
    bare = _MARKS.sub("", unicodedata.normalize("NFKC", text))
    return _BRACKETS.sub("", bare) or bare


def find_head(rows: Sequence[tuple[int, Sequence[str]]], columns: Sequence[RegisterColumn], sheet: str = "") -> Head:
    """The heads among the first rows of a table: the first row, or two rows together, that names the needed columns.

    Raises Refusal when there are none, when a needed column is missing, or when two columns mean the same.
    """
    known = {plain(name): one.code for one in columns for name in (one.head, *one.synonyms)}
    best: Head | Refusal | None = None
    for place, (line, upper) in enumerate(rows[:HEAD_WITHIN]):
        below = rows[place + 1] if place + 1 < len(rows) else (line, ())
        double = _goes_on(upper, below[1], known)
        texts = _joined(upper, below[1], known) if double else [(cell, known.get(plain(cell))) for cell in upper]
        codes = [code for _, code in texts if code is not None]
        if len(set(codes)) < min(LEAST_HEADS, sum(one.needed for one in columns)):
            continue
        found = _head(below[0] if double else line, texts, columns, sheet)
        if isinstance(found, Head):
            return found
        best = best or found
    if isinstance(best, Refusal):
        raise best
    needed = "、".join(one.head for one in columns if one.needed)
    where = f"工作表「{sheet}」" if sheet else "文件"
    raise Refusal(f"{where}的前{HEAD_WITHIN}行中没有找到表头", do=f"表头应有：{needed}", field="file")


def _goes_on(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, str]) -> bool:
    """Whether the row below belongs to the heads: it names at least two parts, and no number stands under 登记编号."""
    filled = _filled(upper, lower)
    parts = [_of_two(above, under, known) for above, under in filled if under and under != above]
    if sum(part is not None for part in parts) < 2:
        return False
    return all(
        under in ("", above) or known.get(plain(under)) == NUMBER
        for above, under in filled
        if known.get(plain(above)) == NUMBER
    )


def _joined(upper: Sequence[str], lower: Sequence[str], known: Mapping[str, str]) -> list[tuple[str, str | None]]:
    texts: list[tuple[str, str | None]] = []
    for above, under in _filled(upper, lower):
        if not under or under == above:
            texts.append((above, known.get(plain(above))))
        else:
            texts.append((f"{above}{under}", _of_two(above, under, known)))
    return texts


def _of_two(above: str, under: str, known: Mapping[str, str]) -> str | None:
    """What a part under a group means: both together first (申请人 + 类型), then the part alone (联系电话)."""
    return known.get(plain(above + under)) or known.get(plain(under))


def _filled(upper: Sequence[str], lower: Sequence[str]) -> list[tuple[str, str]]:
    """The cells of both rows; a group's name stands in the first of its cells alone and counts for those to its right."""
    cells, group = [], ""
    for place in range(max(len(upper), len(lower))):
        above = upper[place] if place < len(upper) else ""
        under = lower[place] if place < len(lower) else ""
        group = above or (group if under else "")
        cells.append((group, under))
    return cells


def _head(
    line: int, texts: Iterable[tuple[str, str | None]], columns: Sequence[RegisterColumn], sheet: str
) -> Head | Refusal:
    places: dict[int, str] = {}
    texts = list(texts)
    unused, width = [], 0
    heads = {one.code: one.head for one in columns}
    # Where a column has its own head, others that would be understood as the same are something else.
    own = {code for text, code in texts if code is not None and plain(text) == plain(heads[code])}
    where = f"工作表「{sheet}」第{line}行" if sheet else f"第{line}行"
    for place, (text, code) in enumerate(texts):
        if text:
            width = place + 1
        if code is None or (code in own and plain(text) != plain(heads[code])):
            if text and plain(text) != "序号":
                unused.append(text[:40])
        elif code in places.values():
            return Refusal(f"{where}的表头有两列都表示「{heads[code]}」", do="请只保留一列", field="file")
        else:
            places[place] = code
    missing = [one.head for one in columns if one.needed and one.code not in places.values()]
    if missing:
        return Refusal(f"{where}的表头缺少列：{'、'.join(missing)}", do="请补上后重新导入", field="file")
    return Head(line, places, width, unused)
