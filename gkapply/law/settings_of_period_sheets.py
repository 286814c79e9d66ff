"""Settings of the sheets that organs deliver upward during the year (季度统计表): asked for by some programmes, by no law."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch

BASIS = "条例第四十六条"


@dataclass(frozen=True)
class PeriodSheetSettings:
    """Whether the organs below deliver sheets each quarter, by when, and when they are reminded."""

    quarterly_sheets: bool = field(
        default=False,
        metadata=switch(
            "下级机关按季度报送依申请公开统计表",
            BASIS,
            "本机关作为主管部门的要求，对全部下级机关有效；下级中另有要求的，以近的一级为准",
        ),
    )
    quarterly_sheet_days: int = field(
        default=10, metadata=number("季度统计表的报送期限（季度终了后日数）", 1, 60, BASIS, "条例没有规定期限")
    )
    quarterly_sheet_reminder: int = field(
        default=3, metadata=number("季度统计表到期前多少日提醒统计员", 0, 30, BASIS, "逾期没有报送的，再提醒一次")
    )
