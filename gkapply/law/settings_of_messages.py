"""Settings of reminders, escalation, quiet hours, and of what applicants are told."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch


@dataclass(frozen=True)
class MessageSettings:
    """When people are told what is due."""

    remind_first: int = field(default=5, metadata=number("期限届满前多少工作日第一次提醒", 1, 15))
    remind_second: int = field(default=2, metadata=number("期限届满前多少工作日第二次提醒", 1, 15))
    remind_third: int = field(
        default=1,
        metadata=number("期限届满前多少工作日第三次提醒", 1, 15, "", "届满当日另行提醒；前一个工作日为内部目标日"),
    )
    escalate_signer_after: int = field(
        default=1,
        metadata=number(
            "逾期后多少工作日上报分管领导", 0, 20, "条例第三十三条", "逾期的第一个工作日告知承办人和公开机构负责人"
        ),
    )
    escalate_supervisor_after: int = field(
        default=3, metadata=number("逾期后多少工作日上报主管部门", 0, 40, "条例第四十七条")
    )
    quiet_from: int = field(
        default=20, metadata=number("每日邮件几点之后不发", 12, 24, "", "0至24的钟点，北京时间；休息日不发")
    )
    quiet_until: int = field(default=8, metadata=number("每日邮件几点之前不发", 0, 12))
    citizens_quiet_from: int = field(
        default=21,
        metadata=number(
            "几点之后不向申请人等发邮件、短信", 12, 24, "", "0至24的钟点，北京时间；本人正在等候的验证码等除外"
        ),
    )
    citizens_quiet_until: int = field(default=8, metadata=number("几点之前不向申请人等发邮件、短信", 0, 12))
    citizens_rest_days_quiet: bool = field(
        default=False,
        metadata=switch("休息日也不向申请人等发邮件、短信", "", "休息日的消息到下一个工作日再发，不影响送达和期限"),
    )
    tell_progress: bool = field(
        default=True,
        metadata=switch("申请有新的进展时告知申请人", "", "留有邮箱或者手机的申请人；本人可以在查询进度页停止"),
    )
    tell_received: bool = field(default=True, metadata=switch("网上提交后，向申请人发送登记编号"))
