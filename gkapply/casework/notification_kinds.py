"""What officials are told of (消息): one row for each kind, with its words. The text is put together when it is shown.

A notification keeps codes, days and numbers alone; whoever may read it sees them worded here.
"""

from collections.abc import Mapping
from datetime import date
from typing import Any

from gkapply.casework.application import CHANGEABLE, WAYS
from gkapply.casework.notification_kind import NotificationKind
from gkapply.casework.notifications_between_people import BETWEEN_PEOPLE
from gkapply.casework.period_sheet_messages import PERIOD_SHEET_MESSAGES
from gkapply.casework.reappraisal_messages import REAPPRAISAL_MESSAGES
from gkapply.casework.referral_messages import REFERRAL_MESSAGES
from gkapply.law.clocks import Clock

CLOCK_LABELS: Mapping[str, str] = {
    Clock.REPLY: "答复期限",
    Clock.CORRECTION_NOTICE: "补正告知期限",
    Clock.CORRECTION_ANSWER: "申请人补正期限",
    Clock.THIRD_PARTY_OPINION: "第三方提出意见期限",
    Clock.ORGAN_OPINION: "其他机关提出意见期限",
    Clock.PAYMENT: "缴费期限",
}
"""How a message calls a clock; what is missing is called 期限."""


KINDS: Mapping[str, NotificationKind] = {
    kind.code: kind
    for kind in (
        *BETWEEN_PEOPLE,
        NotificationKind(
            "reminder",
            "期限提醒",
            "承办人；未分办的，登记员和公开机构负责人；到期当日，公开机构负责人",
            "条例第三十条、第三十三条",
            "{reference} 的{clock}将于{due_on}届满，还有{left}个工作日。",
        ),
        NotificationKind(
            "target",
            "内部目标日",
            "承办人；未分办的，登记员和公开机构负责人",
            "条例第三十三条",
            "{reference} 的{clock}将于{due_on}届满；请于其前一个工作日，即内部目标日办结。",
        ),
        NotificationKind(
            "due_today",
            "今天到期",
            "承办人、公开机构负责人",
            "条例第三十条、第三十三条",
            "{reference} 的{clock}今天（{due_on}）届满。",
        ),
        NotificationKind(
            "extension_unsent",
            "延期告知尚未发出",
            "登记员、承办人、公开机构负责人",
            "条例第三十三条第二款",
            "{reference} 拟延长答复期限，延期答复告知书尚未发出；最迟{due_on}发出，逾期不得延长。",
        ),
        NotificationKind(
            "overdue",
            "逾期上报",
            "依次为承办人和公开机构负责人、分管领导（签发人）、上级主管部门监督员、再上一级主管部门监督员",
            "条例第三十三条、第四十七条",
            "{reference} 的答复期限已于{due_on}届满，尚未答复。",
        ),
        NotificationKind(
            "unseen",
            "来件无人查看",
            "登记员及其代理人、公开机构负责人",
            "条例第三十一条",
            "{reference} 于{arrived_on}到达，已满一个工作日无人查看。",
        ),
        NotificationKind(
            "unconfirmed",
            "来件未按时确认",
            "登记员及其代理人、公开机构负责人",
            "条例第三十一条",
            "{reference} 于{arrived_on}到达，应于{due_on}与申请人确认，尚未确认。",
        ),
        NotificationKind(
            "receipt_unproved",
            "征求意见书没有送达证明",
            "承办人、登记员",
            "条例第三十二条",
            "{reference} 的征求意见书（{party}）于{asked_on}发出，至今没有对方收到的证明，请查询。",
        ),
        NotificationKind(
            "letter_returned",
            "文书没有送达",
            "承办人、登记员",
            "国办公开办函〔2016〕235号",
            "{reference} 的文书{number}于{returned_on}退回、拒收或者无法送达，请核对地址和联系方式后再次送达。",
        ),
        NotificationKind(
            "message_unreached",
            "邮件、短信没有送到",
            "承办人、登记员",
            "条例第四十条",
            "{reference} 的「{what}」（{channel}）没有送到，请打电话告知或者改用邮寄等方式，并在申请页面登记处理情况。",
        ),
        NotificationKind(
            "opinion_came",
            "收到意见",
            "承办人",
            "条例第三十二条、第三十四条",
            "{reference} 征求意见（{party}）的对方已在网上提出意见，请查看并衡量。",
        ),
        NotificationKind(
            "opinion_silent",
            "逾期未提出意见",
            "承办人",
            "条例第三十二条、第三十四条",
            "{reference} 征求意见（{party}）的期限已满，对方没有提出意见。",
        ),
        NotificationKind(
            "advice_came",
            "收到法律顾问意见",
            "征求的人、承办人",
            "条例第四十五条",
            "{reference} 的文书收到法律顾问意见，请在文书页面查看。",
        ),
        NotificationKind(
            "advice_missing",
            "法律顾问逾期未答复",
            "征求的人",
            "条例第四十五条",
            "{reference} 的文书请法律顾问于{until_on}之前提出意见，至今没有答复；链接已失效，需要的请重新征求。",
        ),
        NotificationKind(
            "lapse_proposed",
            "提请认定视为放弃",
            "承办人、公开机构负责人",
            "条例第三十条",
            "{reference} 的{clock}（{due_on}）及邮路宽限已满，没有收到材料或者缴费。请核对送达证明、来件和电话记录后决定。",
        ),
        NotificationKind(
            "contact_changed",
            "申请人变更联系方式",
            "承办人和登记员；没有分办的，登记员",
            "条例第二十九条",
            "{reference} 的申请人变更了{fields}，此后的文书和联系请按新的联系方式办理。",
        ),
        NotificationKind(
            "way_changed",
            "申请人变更获取方式",
            "承办人和登记员；没有分办的，登记员",
            "条例第四十条",
            "{reference} 的申请人把获取政府信息的方式改为{way}，文书请按新的方式送达。",
        ),
        NotificationKind(
            "uncollected",
            "答复逾期未领取，改邮寄",
            "承办人和登记员",
            "条例第三十三条",
            "{reference} 的答复{number}尚未有人领取，答复期限将于{due_on}届满，请改用邮寄送达。",
        ),
        NotificationKind(
            "instruction_due",
            "领导批示期限",
            "承办人；逾期的，公开机构负责人",
            "条例第四十五条",
            "{reference} 有领导批示须于{due_on}前落实，尚未登记落实情况。",
        ),
        *REFERRAL_MESSAGES,
        *REAPPRAISAL_MESSAGES,
        *PERIOD_SHEET_MESSAGES,
        NotificationKind(
            "redated",
            "期限因放假安排变动",
            "承办人",
            "条例第三十三条",
            "工作日历有变动，您承办的{moved}件申请的期限随之变动，请在工作台「期限变动」核对。",
        ),
    )
}


def words(kind: str, reference: str, codes: Mapping[str, Any]) -> str:
    """The text of a notification, in plain Chinese."""
    shown = {name: _worded(name, value) for name, value in codes.items()}
    return KINDS[kind].text.format(reference=f"申请 {reference}", **shown)


def _worded(name: str, value: Any) -> str:
    if name.endswith("_on"):
        day = date.fromisoformat(value)
        return f"{day.year}年{day.month}月{day.day}日"
    if name == "clock":
        return CLOCK_LABELS.get(value, "期限")
    if name == "fields":
        return "、".join(label for field, label in CHANGEABLE.items() if field in value)
    return WAYS.get(value, "") if name == "way" else str(value)
