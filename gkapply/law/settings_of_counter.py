"""Settings of the counter: how long a reply waits to be fetched."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number


@dataclass(frozen=True)
class CounterSettings:
    """What the counter keeps to."""

    pickup_post_days: int = field(
        default=2,
        metadata=number(
            "当面领取的答复，答复期限届满前多少工作日仍未领取即改邮寄",
            0,
            10,
            "条例第三十三条、国办公开办函〔2016〕235号",
            "以签收、交邮之日为答复之日，等待领取不能使答复逾期",
        ),
    )
