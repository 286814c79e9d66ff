"""What officials are told of reappraisals (评估审查)."""

from gkapply.casework.notification_kind import NotificationKind

REAPPRAISAL_MESSAGES: tuple[NotificationKind, ...] = (
    NotificationKind(
        "reappraisal_due",
        "应当开展评估审查",
        "公开机构负责人、承办人",
        "条例第十八条",
        "{year}年应当对不予公开的政府信息开展定期评估审查，请在「评估审查」中开始。",
    ),
    NotificationKind(
        "reappraisal_submitted",
        "评估审查待确认",
        "公开机构负责人",
        "条例第十八条",
        "{year}年度评估审查已逐项认定，请在「评估审查」中确认或者退回。",
    ),
    NotificationKind(
        "reappraisal_returned",
        "评估审查被退回",
        "提交的人",
        "条例第十八条",
        "{year}年度评估审查被退回，请在「评估审查」中查看理由后重新认定、提交。",
    ),
)
