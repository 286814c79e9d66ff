"""Settings of what reaches the office before it is a case: incoming mail, and what comes from elsewhere."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch


@dataclass(frozen=True)
class MailSettings:
    """When somebody is told of what lies unsettled, and what is handed to the OA."""

    mail_alarm_after: int = field(
        default=1,
        metadata=number(
            "收文、其他来源的来件未处理的，几个工作日后提醒公开机构负责人",
            0,
            10,
            "条例第三十一条",
            "从来件之日的次日起算；当天没有处理完的，自次日起列入登记员的工作台",
        ),
    )
    letters_to_oa: bool = field(
        default=False,
        metadata=switch("签发的文书交给办公自动化系统（OA）", "", "本站设置了 OA 交换目录（GKAPPLY_OA）的才有效"),
    )
