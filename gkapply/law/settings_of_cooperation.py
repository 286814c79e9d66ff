"""Settings of working together inside the organ and with the organs near it."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch


@dataclass(frozen=True)
class CooperationSettings:
    """Part-terms of units, and who takes what."""

    referral_answer: int = field(
        default=5,
        metadata=number(
            "转办的办结时限（工作日）",
            1,
            20,
            "条例第四十五条",
            "自转办次日起，在答复期限之内；条例没有规定内部时限，转办不停止计算答复期限",
        ),
    )
    referral_overdue_to_head: int = field(
        default=1,
        metadata=number("转办逾期后第几个工作日报告公开机构负责人", 1, 10, "条例第四十五条", "逾期当时先催承办单位"),
    )
    officers_claim: bool = field(
        default=False,
        metadata=switch(
            "承办人可以自行认领没有分办的申请", "条例第四十五条", "不开启的，由登记员或者公开机构负责人分办"
        ),
    )
