"""What the people of units and of the disclosure office are told of referrals (转办): the words of each kind."""

from gkapply.casework.notification_kind import NotificationKind

ARTICLE = "条例第四十五条"
UNIT = "承办单位签收的人；没有签收的，承办单位的接收人员"
OFFICE = "转办的人、申请的承办人"


def _kind(code: str, label: str, who: str, text: str) -> NotificationKind:
    return NotificationKind(code, label, who, ARTICLE, text)


REFERRAL_MESSAGES: tuple[NotificationKind, ...] = (
    _kind("referral_came", "收到转办", UNIT, "收到转办 {number}，请签收，并于{due_on}（含当日）前反馈。"),
    _kind("referral_urged", "转办催办", UNIT, "转办 {number} 第{times}次催办，请于{due_on}（含当日）前反馈。"),
    _kind("referral_due", "转办将到期", UNIT, "转办 {number} 应于{due_on}（含当日）前反馈，尚未反馈。"),
    _kind("referral_overdue", "转办逾期", UNIT, "转办 {number} 应于{due_on}（含当日）前反馈，已经逾期，请立即反馈。"),
    _kind(
        "referral_unanswered",
        "转办逾期上报",
        f"{UNIT}；{OFFICE}、登记员、公开机构负责人",
        "转办 {number} 应于{due_on}（含当日）前反馈，逾期仍未反馈，请催办或者另行安排；答复期限照常计算。",
    ),
    _kind("referral_withdrawn", "转办已撤回", UNIT, "转办 {number} 已由转出的机关撤回，不再需要反馈。"),
    _kind("referral_answered", "转办已反馈", OFFICE, "转办 {number} 已反馈办理结果，请查看。"),
    _kind(
        "referral_returned",
        "转办被退回",
        f"{OFFICE}、登记员、公开机构负责人",
        "转办 {number} 被承办单位退回，请另行安排；答复期限照常计算。",
    ),
)
