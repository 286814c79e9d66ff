"""Settings of terms and fees while a request is handled."""

from dataclasses import dataclass, field

from gkapply.law.setting_choices import StopBegins
from gkapply.law.setting_fields import choice, number, switch


@dataclass(frozen=True)
class HandlingSettings:
    """Terms in working days, unless the label says otherwise, and what counts."""

    correction_answer: int = field(
        default=15,
        metadata=number("补正期限（工作日）", 1, 60, "条例第三十条", "自申请人收到补正告知书之日起；条例只要求“合理”"),
    )
    late_correction_restarts: bool = field(
        default=False,
        metadata=switch(
            "逾期发出的补正告知，收到补正后重新起算答复期限", "条例第三十条", "条例没有规定，从严的做法是不重新起算"
        ),
    )
    organ_answer: int = field(
        default=15, metadata=number("其他机关提出意见的期限（工作日）", 1, 30, "条例第三十三条第三款")
    )
    stop_begins: StopBegins = field(
        default=StopBegins.SENT,
        metadata=choice(
            "征求意见所需时间的起点",
            {StopBegins.SENT: "征求意见书发出之日", StopBegins.RECEIVED: "对方收到之日"},
            "条例第三十三条第三款",
            "条例没有规定起点",
        ),
    )
    opinion_proof_within: int = field(
        default=5, metadata=number("征求意见书发出后多少工作日仍无送达证明即提醒", 1, 15, "条例第三十二条")
    )
    hold_days: int = field(
        default=5,
        metadata=number(
            "告知第三方决定公开之后、提供信息之前的等待期（工作日）", 0, 15, "条例第三十二条", "在答复期限之内"
        ),
    )
    lapse_grace: int = field(
        default=5,
        metadata=number(
            "补正、缴费期满后等待邮路的宽限（工作日）", 0, 20, "条例第三十条", "宽限期满系统只提请，由人确认"
        ),
    )
    explanation_ask_within: int = field(
        default=7, metadata=number("要求说明理由的期限（工作日）", 1, 20, "条例第三十五条")
    )
    explanation_answer: int = field(
        default=10, metadata=number("申请人说明理由的期限（工作日）", 1, 60, "条例第三十五条")
    )
    on_the_spot_within: int = field(
        default=1,
        metadata=number(
            "收到申请后多少工作日内可以作为当场答复",
            0,
            5,
            "条例第三十三条第一款",
            "条例只规定“能够当场答复的，应当当场予以答复”",
        ),
    )
    record_correction_term: int = field(
        default=20,
        metadata=number("更正申请的办理期限（工作日）", 1, 60, "条例第四十一条", "条例没有规定期限，为内部期限"),
    )
    fee_counts_withdrawn: bool = field(
        default=True, metadata=switch("撤回的申请仍计入当月累计件数", "国办函〔2020〕109号", "文件没有规定")
    )
