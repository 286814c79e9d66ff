"""Settings of the joint consultation (会商): which circumstances demand one, from which number on, how long before its day people are told."""

from dataclasses import dataclass, field

from gkapply.law.deliberation_triggers import Bounds, Trigger
from gkapply.law.setting_fields import number, switch


def _on(trigger: Trigger, hint: str = "") -> bool:
    about = switch(f"须先会商：{trigger.label}", trigger.basis, hint)
    default: bool = field(default=trigger.usual, metadata=about)
    return default


@dataclass(frozen=True)
class DeliberationSettings:
    """One switch for each trigger that no person ticks at will, and the numbers from which on something is many."""

    deliberate_secrecy: bool = _on(Trigger.SECRECY)
    deliberate_public_interest: bool = _on(Trigger.PUBLIC_INTEREST)
    deliberate_excessive: bool = _on(Trigger.EXCESSIVE)
    deliberate_dispute: bool = _on(Trigger.DISPUTE, "同一案件、相关案件，或者他人申请相同信息的案件")
    deliberate_disagreement: bool = _on(Trigger.DISAGREEMENT)
    deliberation_returns: int = field(
        default=2, metadata=number("答复书被退回多少次即视为意见不一致", 1, 9, "条例第四十五条")
    )
    deliberate_objection: bool = _on(Trigger.OBJECTION)
    deliberate_several_organs: bool = _on(Trigger.SEVERAL_ORGANS)
    deliberation_organs: int = field(default=2, metadata=number("征求多少个其他机关的意见即须会商", 1, 20))
    deliberate_group: bool = _on(Trigger.GROUP)
    deliberation_applicants: int = field(default=5, metadata=number("多少名申请人即须会商", 2, 100))
    deliberate_fee: bool = _on(Trigger.FEE)
    deliberate_many_items: bool = _on(Trigger.MANY_ITEMS)
    deliberation_items: int = field(default=10, metadata=number("多少项申请事项即须会商", 2, 50))
    deliberate_media: bool = _on(Trigger.MEDIA, "由经办人员登记")
    deliberation_usual_term: int = field(
        default=5, metadata=number("会商的通常期限（工作日）", 1, 20, "条例第三十三条", "会商不停止计算答复期限")
    )
    deliberation_remind_before: int = field(
        default=2, metadata=number("会商期限届满前多少日提醒尚未提出意见的成员", 0, 10)
    )

    @property
    def deliberated(self) -> frozenset[Trigger]:
        """The triggers that the office has on."""
        return frozenset(one for one in Trigger if not one.setting or getattr(self, one.setting))

    @property
    def deliberation_bounds(self) -> Bounds:
        """From which number on something is many."""
        return Bounds(
            self.deliberation_returns, self.deliberation_applicants, self.deliberation_organs, self.deliberation_items
        )
