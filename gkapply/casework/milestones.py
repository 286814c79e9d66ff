"""What happened to a request, as its applicant is told: the day, the event, why that day, under which article.

Facts about others are told without their names.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from gkapply.casework import ledger
from gkapply.casework.entries import Fact
from gkapply.casework.records import Case
from gkapply.casework.withdrawal import ended_without_applicant
from gkapply.clock import day_of
from gkapply.law.channels import CHANNELS, HALL
from gkapply.law.facts import FactKind

_AT_TERMINAL = "在政务服务大厅的自助机提交申请"
REPLY_DATE_ARTICLE = "国办公开办函〔2016〕235号"
_WHY: Mapping[str, tuple[str, str]] = {
    FactKind.CORRECTION_ASKED: ("发出补正告知书", "申请内容不明确，自此至收到补正，答复期限不计算"),
    ledger.NOTICE_RECEIVED: ("您收到补正告知书", "补正期限自收到之日的次日起算"),
    FactKind.CORRECTION_RECEIVED: ("收到您的补正", "答复期限自收到补正之日的次日起重新计算"),
    FactKind.THIRD_PARTY_ASKED: ("征求第三方意见", "征求意见所需时间不计算在答复期限内"),
    FactKind.THIRD_PARTY_ANSWERED: ("收到第三方意见", "答复期限继续计算"),
    FactKind.ORGAN_ASKED: ("征求其他机关意见", "征求意见所需时间不计算在答复期限内"),
    FactKind.ORGAN_ANSWERED: ("收到其他机关意见", "答复期限继续计算"),
    ledger.QUESTION_RECEIVED: ("对方收到征求意见书", "对方提出意见的期限自收到之日的次日起算"),
    ledger.QUESTION_RETURNED: ("征求意见书退回", "未能送达，答复期限继续计算"),
    FactKind.EXTENSION: ("告知延长答复期限", "经政府信息公开工作机构负责人同意"),
    FactKind.REPLIED: ("作出答复", "邮寄的以交邮之日、当面送达的以签收之日、网上送达的以发送之日为准"),
    ledger.REPLY_DELIVERED: ("答复送达", "申请行政复议、提起行政诉讼的期限自此起算"),
    ledger.ENTRUSTED: ("告知委托部门办理", "答复仍由受理机关以自己的名义按期作出，期限不变"),
    ledger.DIVIDED: ("拆分为多件申请", "各件分别编号、分别答复，收到申请之日不变"),
    ledger.VOIDED: ("认定未成立", "有疑问的，请与受理机关联系"),
    ledger.EXPLANATION_ASKED: ("要求说明理由", "申请的数量、频次明显超过合理范围；答复期限继续计算"),
    ledger.EXPLANATION_NOTICE_RECEIVED: ("您收到说明理由告知书", "说明理由的期限自收到之日的次日起算"),
    ledger.EXPLANATION_RECEIVED: ("收到您的理由说明", "由政府信息公开工作机构负责人认定是否合理"),
    ledger.EXPLANATION_JUDGED: ("认定申请理由", "认定结果见此后的答复或者告知书"),
    FactKind.DELAYED: ("告知延迟答复", "申请理由合理，但是无法在法定期限内答复，另定答复日期"),
    FactKind.FEE_NOTICED: ("发出收费通知书", "自此至缴清信息处理费，答复期限不计算"),
    ledger.FEE_NOTICE_RECEIVED: ("您收到收费通知书", "缴费期限自收到之日的次日起算"),
    FactKind.FEE_PAID: ("缴清信息处理费", "以缴费票据的日期为准，答复期限自次日起重新计算"),
    ledger.LAPSE_REJECTED: ("继续等待", "经核实有理由继续等待您的补正或者缴费"),
    FactKind.LAPSED: (
        "视为放弃申请",
        "期限届满没有补正或者缴费，也没有正当理由；此后补正或者缴费的，由人核实能否恢复办理",
    ),
    FactKind.WITHDRAWN: ("撤回申请", "撤回由申请人自己提出，撤回后不再处理"),
}
"""What each fact is called to the applicant, and what follows from it."""


_AT_ONCE = "受理机关对网上提交的申请以提交之日为收到申请之日"
_WITHOUT_APPLICANT = ("终止办理", "申请人死亡或者终止，没有人继续申请")


@dataclass(frozen=True, slots=True)
class Milestone:
    """Something that happened on a day, why that day, under which article."""

    on: date
    label: str
    why: str
    article: str


def milestones(case: Case) -> list[Milestone]:
    """What happened, in the order of the days, each with its reason."""
    found = []
    if case.submitted_at is not None:
        why = "提交之日不是收到申请之日" if case.received_on != day_of(case.submitted_at) else ""
        found.append(
            Milestone(
                day_of(case.submitted_at),
                _AT_TERMINAL if case.channel == HALL else "网上提交申请",
                why,
                "条例第三十一条",
            )
        )
    for fact in ledger.standing(case.facts):
        if fact.kind == ledger.RECEIVED:
            why = _AT_ONCE if "basis" in json.loads(fact.detail) else CHANNELS[case.channel].why
            found.append(Milestone(fact.on_, "收到申请", why, "条例第三十一条"))
        elif fact.kind == ledger.ARRIVED:
            why = f"{CHANNELS[case.channel].label}到达，尚待与您确认"
            found.append(Milestone(fact.on_, "来件到达", why, "条例第三十一条"))
        elif fact.kind in _WHY:
            found.append(_milestone(fact))
    return sorted(found, key=lambda one: one.on)


def _milestone(fact: Fact) -> Milestone:
    label, why = _WITHOUT_APPLICANT if ended_without_applicant(fact) else _WHY[fact.kind]
    on = fact.on_
    if fact.kind == FactKind.EXTENSION:
        label, on = f"{label}{fact.working_days}个工作日", fact.told_on or fact.on_
    article = REPLY_DATE_ARTICLE if fact.kind in (FactKind.REPLIED, ledger.REPLY_DELIVERED) else fact.article
    return Milestone(on, label, why, article)
