"""Settings of the annual report: what the format leaves open about counting (国办公开办函〔2021〕30号)."""

from dataclasses import dataclass, field

from gkapply.law.setting_choices import MixedResultRule, OtherBodyRow
from gkapply.law.setting_fields import choice, switch

BASIS = "国办公开办函〔2021〕30号"


@dataclass(frozen=True)
class ReportSettings:
    """How the office counts where the format of the annual report says nothing. ``law.counting_rules`` puts each into words."""

    mixed_result_rule: MixedResultRule = field(
        default=MixedResultRule.PARTIAL_THEN_WEIGHTIEST,
        metadata=choice(
            "年度报告：一件申请各项结果不同的计入哪一行",
            {
                MixedResultRule.PARTIAL_THEN_WEIGHTIEST.value: "有公开又有其他结果的计入部分公开",
                MixedResultRule.SEPARATED_THEN_FIRST.value: "作了区分处理的才计入部分公开，其余计入次序在先的一项",
            },
            BASIS,
            "答复发出时确定，只影响以后的答复；规则印在表下",
        ),
    )
    other_body_row: OtherBodyRow = field(
        default=OtherBodyRow.OTHER,
        metadata=choice(
            "年度报告：党务、公共企事业单位、村（居）务信息计入哪一行",
            {
                OtherBodyRow.OTHER.value: "（六）其他处理3.其他",
                OtherBodyRow.UNABLE.value: "（四）无法提供1.本机关不掌握相关政府信息",
            },
            BASIS,
            "答复发出时确定，只影响以后的答复；规则印在表下",
        ),
    )
    disputes_carried_over: bool = field(
        default=True,
        metadata=switch(
            "年度报告：年末尚未审结的复议、诉讼，下一年度再次计入表四",
            BASIS,
            "不再计入的，表四只计本年度提出的复议、诉讼",
        ),
    )
