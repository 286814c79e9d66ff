"""The fields of the sheets with which an organ above urges and assesses those below it."""

from collections.abc import Mapping

from gkapply.letters import examples
from gkapply.letters import examples_forms as sheet
from gkapply.letters.field import Field, needed

_ORGAN = needed("organ_name", "制作单位", examples.ORGAN)
_DATE = needed("date_text", "制作日期", "2026年3月30日")

SUPERVISION: Mapping[str, tuple[Field, ...]] = {
    "urge_order": (
        _ORGAN,
        _DATE,
        needed("urge_number", "督办编号", "督办〔2026〕3号"),
        needed("to_organ", "被督办机关", "安岳县自然资源和规划局"),
        needed("subject", "督办事项", "申请 AYX-ZRZY-2026-0008"),
        needed("reason", "督办事由和要求", "答复期限已于2026年3月30日届满，请说明原因，并于3日内作出答复"),
        needed("answer_by_text", "回复期限", "2026年4月8日"),
        Field("follows", "再次督办的，前一件的编号", ""),
        Field("answer_text", "回复内容", ""),
        Field("answered_on_text", "回复日期", ""),
        Field("verdict_text", "对回复的意见", ""),
        Field("urged_by", "督办人", "赵六"),
    ),
    "assessment_bulletin": (
        _ORGAN,
        _DATE,
        needed("bulletin_number", "通报编号", "考核通报〔2026〕1号"),
        needed("period_text", "考核时段", "2026年1月1日至2026年3月31日"),
        Field("order_text", "是否排列名次", "不排列名次"),
        Field("comment", "通报意见", "总体情况较好，个别机关答复不及时，请于4月底前整改"),
        needed(
            "organs",
            "各机关得分",
            sheet.ASSESSED,
            needed("name", "机关", ""),
            needed("score", "得分（百分制）", ""),
            Field("timeliness", "按期答复", ""),
            Field("letters", "文书质量", ""),
            Field("proof", "送达证明", ""),
            Field("catalogue", "公开目录", ""),
            Field("disputes", "复议诉讼", ""),
            Field("satisfaction", "满意度", ""),
        ),
        needed("formula", "考核办法", ("按期答复（40分）：按期答复的申请所占的比例。",)),
    ),
}
"""The fields of the 督办通知单 and of the 考核通报."""
