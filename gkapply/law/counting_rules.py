"""The one place that says what tables 三 and 四 count (国办公开办函〔2021〕30号): the row of a request, and the rules in words.

The format's own words settle little. What is this program's reading stands here, and is printed under the tables.
"""

from collections.abc import Collection, Sequence
from typing import NamedTuple

from gkapply.law.annual_rows import DISCLOSED, PARTIAL, RESULT_GROUP, Row, result_row, weight
from gkapply.law.evidence import PUBLIC_BODY
from gkapply.law.replies import ReplyKind
from gkapply.law.setting_choices import MixedResultRule, OtherBodyRow
from gkapply.law.settings_of_report import ReportSettings

DEFAULTS = ReportSettings()
OTHER_BODIES = frozenset({"party", PUBLIC_BODY, "village"})
"""What ``content_kind`` of 非政府信息 says when the matter is another body's."""
_MIXED = {
    MixedResultRule.PARTIAL_THEN_WEIGHTIEST: (
        "一件申请含多项内容且结果不同的：有予以公开又有其他结果的，计入部分公开；均未公开的，"
        "按不予公开、无法提供、不予处理、其他处理的次序计入在先的一项。"
    ),
    MixedResultRule.SEPARATED_THEN_FIRST: (
        "一件申请含多项内容且结果不同的：有一项作了区分处理的，计入部分公开；其余按予以公开、不予公开、无法提供、"
        "不予处理、其他处理的次序计入在先的一项。"
    ),
}


class CaseRow(NamedTuple):
    """The one row in which a case counts, with the sentence that says why."""

    code: str
    reason: str


def row_of_item(kind: ReplyKind, content_kind: str = "", settings: ReportSettings = DEFAULTS) -> str | None:
    """The row of an item so answered; None for the correction of records, which table 三 does not count.

    ``content_kind`` is what a 非政府信息 was said to be.
    """
    if kind is ReplyKind.NOT_GOVERNMENT_INFORMATION and content_kind in OTHER_BODIES:
        return settings.other_body_row.value
    return kind.row


def row_of_case(item_rows: Collection[str], rule: MixedResultRule = MixedResultRule.PARTIAL_THEN_WEIGHTIEST) -> CaseRow:
    """The row in which a case with these item results counts, by ``rule``.

    ``item_rows`` are the rows of its items, one or more. Raises ValueError when there is none or one is no result row.
    """
    if not item_rows:
        raise ValueError("a case without items has no row")
    codes = sorted(set(item_rows), key=weight)
    leading = result_row(codes[0])
    if len(codes) == 1:
        return CaseRow(leading.code, f"各项结果相同，计入“{_named(leading)}”")
    if PARTIAL in codes:
        return CaseRow(PARTIAL, "有一项作了区分处理，只计部分公开，不计其他情形")
    if rule is MixedResultRule.SEPARATED_THEN_FIRST:
        return CaseRow(leading.code, f"各项结果不同，没有作区分处理，按混合结果规则计入次序在先的“{_named(leading)}”")
    if DISCLOSED in codes:
        return CaseRow(PARTIAL, "有的项予以公开，有的项为其他结果，按混合结果规则计入部分公开")
    return CaseRow(leading.code, f"各项均未公开且结果不同，按混合结果规则计入次序在先的“{_named(leading)}”")


def _named(row: Row) -> str:
    """The row with its head: a label such as 「3.其他」 says nothing alone."""
    return row.label if row.group == RESULT_GROUP else f"{row.group}{row.label}"


def rules_of_table3(settings: ReportSettings) -> Sequence[str]:
    """What is printed under table 三: every rule of counting as the office has settled it."""
    return (
        "新收按收到申请之日计入年度；补正、延期不另计件，补正后跨年答复的，新收计入收到的年度，结果计入答复的年度。",
        "办理结果按答复发出之日计入年度；没有答复书的（不再处理、撤回、终止办理），按办结之日计入；年末未办结的结转下年度。",
        _MIXED[settings.mixed_result_rule],
        f"所申请内容属于党务、公共企事业单位、村（居）务信息的，计入“{_named(result_row(settings.other_body_row.value))}”。",
        "申请人撤回、终止办理、已移送档案馆、其他非政府信息和咨询，计入“（六）其他处理3.其他”。",
        "一件申请拆分为多件的，各件分别计数，原件不计；一并答复的，各件分别计数；联合申请计一件，按第一申请人的类型计入。",
        "经复议、诉讼纠正后重新答复的，不再计入表三；更正申请、投诉举报和未成立的来件不计入。",
    )


def rules_of_table4(settings: ReportSettings) -> Sequence[str]:
    """What is printed under table 四."""
    carried = (
        "年末尚未审结（含二审中）的计入尚未审结，并结转下一年度再次计入。"
        if settings.disputes_carried_over
        else "只计本年度提出的复议、诉讼，年末尚未审结（含二审中）的计入尚未审结，下一年度不再计入。"
    )
    return (f"每件复议、诉讼计一次：本年度审结的按结果计；{carried}", "投诉、举报不计入表四。")


def rules_by_table(settings: ReportSettings) -> dict[str, list[str]]:
    """The rules under each of the two tables, as a report names them."""
    return {"table3": [*rules_of_table3(settings)], "table4": [*rules_of_table4(settings)]}


def other_body_rows() -> frozenset[str]:
    """Every row in which the matter of another body may have been counted, whatever the setting was then."""
    return frozenset(one.value for one in OtherBodyRow)
