"""The dated facts (期限事实) of a case, as the clocks read them and as FACTS.json writes them.

``on`` is always the day on which the office acted: sent, approved, received back. Guards test that day; terms of others
run from ``received_on``.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from operator import attrgetter
from typing import Any

from gkapply.law.json_values import (
    no_other_fields,
    read_count,
    read_date,
    read_flag,
    read_list,
    read_object,
    read_text,
    shown,
)
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import NATIONAL


class FactKind(StrEnum):
    """What may happen to a clock; the value is the ``kind`` of FACTS.json."""

    CORRECTION_ASKED = "correction_asked"
    CORRECTION_RECEIVED = "correction_received"
    THIRD_PARTY_ASKED = "third_party_asked"
    THIRD_PARTY_ANSWERED = "third_party_answered"
    ORGAN_ASKED = "organ_asked"
    ORGAN_ANSWERED = "organ_answered"
    EXTENSION = "extension"
    FEE_NOTICED = "fee_noticed"
    FEE_PAID = "fee_paid"
    DELAYED = "delayed"
    ORDERED = "ordered"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"
    REPLIED = "replied"

    @property
    def label(self) -> str:
        """The Chinese name of the fact."""
        return _LABELS[self]


_LABELS = {
    FactKind.CORRECTION_ASKED: "补正告知",
    FactKind.CORRECTION_RECEIVED: "收到补正",
    FactKind.THIRD_PARTY_ASKED: "征求第三方",
    FactKind.THIRD_PARTY_ANSWERED: "第三方答复",
    FactKind.ORGAN_ASKED: "征求其他机关",
    FactKind.ORGAN_ANSWERED: "其他机关答复",
    FactKind.EXTENSION: "延期",
    FactKind.FEE_NOTICED: "收费通知",
    FactKind.FEE_PAID: "缴费",
    FactKind.DELAYED: "延迟答复",
    FactKind.ORDERED: "责令限期答复",
    FactKind.LAPSED: "视为放弃",
    FactKind.WITHDRAWN: "撤回",
    FactKind.REPLIED: "答复",
}

REQUIRED: Mapping[FactKind, frozenset[str]] = {
    FactKind.THIRD_PARTY_ASKED: frozenset({"party"}),
    FactKind.THIRD_PARTY_ANSWERED: frozenset({"party"}),
    FactKind.ORGAN_ASKED: frozenset({"party"}),
    FactKind.ORGAN_ANSWERED: frozenset({"party"}),
    FactKind.EXTENSION: frozenset({"working_days", "told_on"}),
    FactKind.DELAYED: frozenset({"until"}),
    FactKind.ORDERED: frozenset({"until"}),
}
"""Fields a fact cannot do without, besides ``kind`` and ``on``."""

OPTIONAL: Mapping[FactKind, frozenset[str]] = {
    FactKind.CORRECTION_ASKED: frozenset({"received_on", "answer_within", "override"}),
    FactKind.THIRD_PARTY_ASKED: frozenset({"received_on", "returned_on"}),
    FactKind.ORGAN_ASKED: frozenset({"received_on", "returned_on", "co_producer", "answer_within"}),
    FactKind.FEE_NOTICED: frozenset({"received_on"}),
}
"""Fields a fact may carry."""

FIELD_LABELS: Mapping[str, str] = {
    "party": "对方",
    "received_on": "送达日期",
    "returned_on": "退回日期",
    "answer_within": "答复或补正的期限",
    "override": "负责人同意逾期告知",
    "co_producer": "共同制作",
    "working_days": "延长的工作日数",
    "told_on": "告知日期",
    "until": "截止日期",
}
"""The Chinese name of each field, for sentences that officials read."""

_DATES = ("received_on", "returned_on", "told_on", "until")
_NONE: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Fact:
    """One dated fact. Making one raises Refusal when a field is missing, foreign to the kind, or cannot be true.

    ``answer_within`` and ``working_days`` are working days; ``override``: the head let a correction notice go out after
    its term; ``co_producer``: the organ asked has produced the information together with this one (条例第三十四条);
    ``until``: the last day for the reply as the delay or the order fixes it, on a rest day too. ``settled``: it was judged
    to be in time when it was entered; a notice of holidays or a proof that comes later does not make it late.
    """

    kind: FactKind
    on: date
    party: str | None = None
    received_on: date | None = None
    returned_on: date | None = None
    answer_within: int | None = None
    override: bool = False
    co_producer: bool = False
    working_days: int | None = None
    told_on: date | None = None
    until: date | None = None
    settled: bool = False

    def __post_init__(self) -> None:
        self._check_fields()
        self._check_dates()
        self._check_terms()

    def _check_fields(self) -> None:
        required, optional = REQUIRED.get(self.kind, _NONE), OPTIONAL.get(self.kind, _NONE)
        for name in _DETAILS:
            value = getattr(self, name)
            given = value is not None and value is not False
            if given and name not in required and name not in optional:
                raise Refusal(f"「{self.kind.label}」不带 {name}（{FIELD_LABELS[name]}）", field=name)
            if not given and name in required:
                raise Refusal(f"「{self.kind.label}」（{self.on}）缺少 {name}（{FIELD_LABELS[name]}）", field=name)
        if self.party is not None and not self.party.strip():
            raise Refusal(
                f"「{self.kind.label}」（{self.on}）的 party（对方）为空", do="请写明征求的是谁", field="party"
            )

    def _check_dates(self) -> None:
        for name in _DATES:
            value = getattr(self, name)
            if value is not None and value < self.on:
                raise Refusal(
                    f"「{self.kind.label}」的 {name}（{value}）早于该事实的日期（{self.on}）",
                    do="请核对日期",
                    field=name,
                )

    def _check_terms(self) -> None:
        if self.answer_within is not None and self.answer_within < 1:
            raise Refusal("答复或补正的期限至少为1个工作日", field="answer_within")
        if self.co_producer and self.answer_within is not None:
            statutory = period(PeriodName.CO_PRODUCER_OPINION, self.on)
            if self.answer_within != statutory.amount:
                raise Refusal(
                    f"共同制作机关提出意见的期限是法定的{statutory}，不能另定", statutory.article, field="answer_within"
                )
        if self.working_days is not None:
            most = period(PeriodName.EXTENSION, self.on)
            if self.working_days > most.amount:
                raise Refusal(f"延长的期限最长不得超过{most}", most.article, field="working_days")
            if self.working_days < 1:
                raise Refusal("延长的期限至少为1个工作日", most.article, field="working_days")


_DETAILS = tuple(item.name for item in fields(Fact) if item.name not in ("kind", "on", "settled"))


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What FACTS.json says: day of receipt, calendar code, and the facts by day, in the file's order within a day."""

    received_on: date
    calendar: str
    facts: tuple[Fact, ...]


def read_facts(payload: object) -> CaseFacts:
    """The facts that a FACTS.json payload states; ``calendar`` (default CN) and ``facts`` (none) may be left out.

    Raises Refusal naming the field, and the number of the fact, for an unknown kind or field, a missing field, a value
    of the wrong type, a date that does not exist, and whatever making a ``Fact`` refuses.
    """
    top = read_object(payload, "文件内容")
    no_other_fields(top, {"received_on", "calendar", "facts"}, "文件")
    if "received_on" not in top:
        raise Refusal("缺少 received_on（收到申请之日）", "条例第三十一条", field="received_on")
    received_on = read_date(top["received_on"], "received_on")
    code = read_text(top.get("calendar", NATIONAL), "calendar")
    entries = read_list(top.get("facts", []), "facts")
    facts = [_read_fact(entry, number) for number, entry in enumerate(entries, start=1)]
    return CaseFacts(received_on, code, in_order(facts))


def in_order(facts: Iterable[Fact]) -> tuple[Fact, ...]:
    """The facts by day; facts of one day keep their order."""
    return tuple(sorted(facts, key=attrgetter("on")))


def _read_fact(entry: object, number: int) -> Fact:
    place = f"第{number}条事实"
    values = read_object(entry, place)
    for name in ("kind", "on"):
        if name not in values:
            raise Refusal(f"{place}缺少 {name}", field=f"facts[{number}].{name}")
    try:
        kind = FactKind(values["kind"])
    except ValueError:
        known = "、".join(FactKind)
        raise Refusal(
            f"{place}的 kind {shown(values['kind'])} 不认识", do=f"可用：{known}", field=f"facts[{number}].kind"
        ) from None
    allowed = REQUIRED.get(kind, _NONE) | OPTIONAL.get(kind, _NONE)
    no_other_fields(values, allowed | {"kind", "on"}, f"{place}（{kind}）", prefix=f"facts[{number}].")
    details = {name: _READERS[name](values[name], f"facts[{number}].{name}") for name in allowed & values.keys()}
    on = read_date(values["on"], f"facts[{number}].on")
    try:
        return Fact(kind, on, **details)
    except Refusal as refusal:
        refusal.field = f"facts[{number}].{refusal.field}"
        raise


_READERS: Mapping[str, Callable[[object, str], Any]] = {
    "party": read_text,
    "received_on": read_date,
    "returned_on": read_date,
    "told_on": read_date,
    "until": read_date,
    "answer_within": read_count,
    "working_days": read_count,
    "override": read_flag,
    "co_producer": read_flag,
}
