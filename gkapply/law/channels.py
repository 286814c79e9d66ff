"""The channels by which a request comes (受理渠道), and what each means for the day of its receipt (条例第三十一条).

Handed in, signed for or dictated, that day is the day of receipt. Everything else is received on the day on which both sides
confirm it: an ordinary letter, and one that went to another unit, is to be confirmed on the day on which it came, what came
by wire no later than the next working day.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.law.workdays import Calendar

ARTICLE = "条例第三十一条"
ONLINE, COUNTER, HALL, SIGNED_POST, COURIER = "online", "counter", "hall", "signed_post", "courier"
ORDINARY_POST, OTHER_UNIT, FAX, EMAIL = "ordinary_post", "other_unit", "fax", "email"
ORAL, TELEPHONE, REFERRED, OTHER = "oral", "telephone", "referred", "other"
_BOTH_CONFIRM = "通过互联网、传真、电子邮件提交的，以双方确认之日为收到申请之日"


@dataclass(frozen=True, slots=True)
class Channel:
    """One channel: its code, label, how a letter tells of it, and why a day is its day of receipt.

    ``confirm_within``: working days after the arrival within which both sides are to confirm it; None where the day on which it
    came is the day of receipt itself.
    """

    code: str
    label: str
    how: str
    why: str
    confirm_within: int | None = None

    @property
    def fixes_the_day(self) -> bool:
        """Whether the day on which it came is the day of receipt without more ado."""
        return self.confirm_within is None


CHANNELS: Mapping[str, Channel] = {
    channel.code: channel
    for channel in (
        Channel(ONLINE, "网上提交", "通过互联网提交", _BOTH_CONFIRM, 1),
        Channel(COUNTER, "当面提交", "当面提交", "当面提交的，以提交之日为收到申请之日"),
        Channel(
            HALL,
            "政务服务大厅窗口提交",
            "在政务服务大厅窗口当面提交",
            "在公开指南公布的政务服务大厅窗口提交的，视为向窗口服务的机关当面提交，以提交之日为收到申请之日",
        ),
        Channel(SIGNED_POST, "邮寄（签收）", "通过邮寄提交", "邮寄并由行政机关签收的，以签收之日为收到申请之日"),
        Channel(COURIER, "快递（签收）", "通过快递提交", "快递并由行政机关签收的，以签收之日为收到申请之日"),
        Channel(
            ORDINARY_POST,
            "平常信函",
            "以平常信函提交",
            "以平常信函提交的，以与您确认之日为收到申请之日",
            0,
        ),
        Channel(
            OTHER_UNIT,
            "本机关其他单位或者人员转来",
            "寄送本机关其他单位或者人员后转交提出",
            "寄送本机关其他单位或者人员的，以政府信息公开工作机构与您确认之日为收到申请之日",
            0,
        ),
        Channel(FAX, "传真", "以传真提交", _BOTH_CONFIRM, 1),
        Channel(EMAIL, "电子邮件", "以电子邮件提交", _BOTH_CONFIRM, 1),
        Channel(
            ORAL,
            "口头提出（代为填写）",
            "口头提出、由本机关代为填写",
            "口头提出、由受理机关代为填写的，以您确认之日为收到申请之日",
        ),
        Channel(
            TELEPHONE,
            "电话提出（代为填写）",
            "以电话口头提出、由本机关代为填写",
            "以电话口头提出、由受理机关代为填写的，以您确认之日为收到申请之日",
        ),
        Channel(
            REFERRED,
            "热线、信箱、信访转来",
            "由政务热线、信箱或者信访转来",
            "未经公开渠道、由其他渠道转来的，以受理机关与您确认之日为收到申请之日",
            1,
        ),
        Channel(OTHER, "其他（台账所载）", "以其他方式提交", "收到申请之日依照原台账的记载"),
    )
}
"""Every channel by its code, in the order in which a form offers them."""
ENTERED = tuple(code for code in CHANNELS if code not in (ONLINE, OTHER))
"""The channels that an official enters; 其他 stands in registers that were taken over."""
SIGNED_FOR = (SIGNED_POST, COURIER)
"""What the office signs for. Only its own letters must go by 邮政 (国办公开办函〔2016〕235号): an applicant may use a courier."""
DICTATED = (ORAL, TELEPHONE)
"""What the office writes down for the applicant (条例第二十九条第一款)."""


def confirm_by(channel: str, arrived_on: date, calendar: Calendar) -> date:
    """The day by which what came on ``arrived_on`` is to be confirmed with its applicant; that day where it need not be."""
    within = CHANNELS[channel].confirm_within
    return calendar.add(arrived_on, within) if within else arrived_on
