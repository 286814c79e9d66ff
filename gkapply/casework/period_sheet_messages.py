"""What officials are told of quarterly sheets (季度统计表)."""

from gkapply.casework.notification_kind import NotificationKind

PERIOD_SHEET_MESSAGES: tuple[NotificationKind, ...] = (
    NotificationKind(
        "period_sheet_due",
        "季度统计表待报送",
        "统计员、公开机构负责人",
        "条例第四十六条",
        "{year}年第{quarter}季度依申请公开统计表须于{due_on}前报送主管部门，请在「时段统计」中核对后报送。",
    ),
    NotificationKind(
        "period_sheet_overdue",
        "季度统计表逾期未报送",
        "统计员、公开机构负责人",
        "条例第四十六条",
        "{year}年第{quarter}季度依申请公开统计表应于{due_on}前报送主管部门，尚未报送。",
    ),
)
