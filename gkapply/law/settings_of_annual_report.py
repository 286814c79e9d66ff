"""Settings of the annual report as a document: its terms and reminders, the usual length of its first part."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number

BASIS = "条例第四十九条"


@dataclass(frozen=True)
class AnnualReportSettings:
    """When a report is handed in and published, how long before that people are reminded, how long part 一 is at most."""

    report_january_day: int = field(
        default=31,
        metadata=number(
            "部门、乡镇等提交并公布上一年度报告的期限：每年1月几日前",
            1,
            31,
            BASIS,
            "条例规定县级以上人民政府部门为1月31日；主管部门要求更早的，可以改为要求的日期",
        ),
    )
    report_march_day: int = field(
        default=31,
        metadata=number("人民政府公布上一年度报告的期限：每年3月几日前", 1, 31, BASIS, "条例规定为3月31日"),
    )
    report_first_reminder: int = field(
        default=20, metadata=number("年度报告期限前多少日第一次提醒", 1, 60, BASIS, "提醒统计员和公开机构负责人")
    )
    report_last_reminder: int = field(default=5, metadata=number("年度报告期限前多少日再次提醒", 0, 30, BASIS))
    report_overview_length: int = field(
        default=1000,
        metadata=number(
            "年度报告「总体情况」一般不超过多少字", 200, 10000, "条例第五十条", "超过时只作提示，不影响定稿"
        ),
    )
