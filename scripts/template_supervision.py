"""The sheets with which an organ above urges and assesses those below it, as shipped."""

from scripts.template_paragraphs import BODY, SHEET_LINE, SHEET_NOTE, TABLE, TABLE_TITLE, Entry, each
from scripts.template_sheet_rows import DAY_BY_HAND, field, line, listed, sheet

SUPERVISION_TABLES: dict[str, str] = {
    "urge_order": sheet(
        line(field("被督办\n机关", "to_organ"), field("回复期限", "answer_by_text")),
        line(field("督办事项", "subject")),
        line(field("督办事由\n和要求", "reason"), height=2600),
        line(field("前一件\n督办", "follows"), field("督办人", "urged_by")),
        line(
            (
                "被督办机\n关回复",
                (
                    "{{ answer_text }}",
                    f"{{% if answered_on_text %}}{{{{ answered_on_text }}}}{{% else %}}{DAY_BY_HAND}{{% endif %}}",
                ),
            ),
            height=3600,
        ),
        line(field("对回复的\n意见", "verdict_text"), height=1600),
    ),
    "assessment_bulletin": sheet(
        listed(
            "one",
            "organs",
            (6, "机关", "name"),
            (2, "得分", "score"),
            (2, "按期\n答复", "timeliness"),
            (2, "文书\n质量", "letters"),
            (2, "送达\n证明", "proof"),
            (2, "公开\n目录", "catalogue"),
            (2, "复议\n诉讼", "disputes"),
            (2, "满意度", "satisfaction"),
            heading=True,
        ),
    ),
}

SUPERVISION_SHEETS: dict[str, tuple[Entry, ...]] = {
    "urge_order": (
        (TABLE_TITLE, "督办通知单"),
        (SHEET_LINE, "{{ organ_name }}\t{{ urge_number }}"),
        (TABLE, "urge_order"),
        (SHEET_NOTE, "制作日期：{{ date_text }}。请在回复期限内回复；情况特殊不能按期回复的，请提前说明。"),
    ),
    "assessment_bulletin": (
        (TABLE_TITLE, "政府信息依申请公开工作考核通报"),
        (SHEET_LINE, "{{ organ_name }}\t{{ bulletin_number }}"),
        (
            BODY,
            "现将{{ period_text }}各机关政府信息依申请公开工作的考核情况通报如下{% if order_text %}（{{ order_text }}）{% endif %}。"
            "{% if comment %}{{ comment|sentence }}{% endif %}",
        ),
        (TABLE, "assessment_bulletin"),
        (SHEET_NOTE, "考核办法（条例第四十六条）：“—”为没有数据，不计入得分。"),
        *each("text", "formula", (SHEET_NOTE, "{{ loop.index }}. {{ text }}")),
        (SHEET_NOTE, "{{ organ_name }}　{{ date_text }}"),
    ),
}
