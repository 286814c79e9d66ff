"""The sheet of facts (事实) of a register: what happened to the clocks of a request before it came here, and what they come to.

The register is history: a notice or an extension that was late is told (提示) and has the effect that the law gives it. What the law does
not know (a second correction, an answer before its question, an extension over twenty working days) is refused with its article.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, timedelta
from typing import Any

from gkapply.law.bad_cells import Problem
from gkapply.law.clocks import Reckoning, reckon
from gkapply.law.facts import REQUIRED, Fact, FactKind, in_order
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.law.register_heads import FACT_COLUMNS, NUMBER
from gkapply.law.register_rows import HEADS, SHOWN, Odd, text_of
from gkapply.law.register_words import read_day, refuse_formula, tidy
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import Calendar

FACT_WORDS: Mapping[str, FactKind] = {
    "补正告知": FactKind.CORRECTION_ASKED,
    "收到补正": FactKind.CORRECTION_RECEIVED,
    "征求第三方": FactKind.THIRD_PARTY_ASKED,
    "第三方答复": FactKind.THIRD_PARTY_ANSWERED,
    "征求其他机关": FactKind.ORGAN_ASKED,
    "其他机关答复": FactKind.ORGAN_ANSWERED,
    "延期": FactKind.EXTENSION,
    "收费通知": FactKind.FEE_NOTICED,
    "缴费": FactKind.FEE_PAID,
    "延迟答复": FactKind.DELAYED,
    "撤回": FactKind.WITHDRAWN,
}
"""事实 as the sheet writes it."""
_SYNONYMS: Mapping[str, str] = {
    **dict.fromkeys(("补正", "告知补正", "发出补正", "补正通知", "发出补正告知", "补正告知书"), "补正告知"),
    **dict.fromkeys(("补正收到", "收到补正材料", "申请人补正"), "收到补正"),
    **dict.fromkeys(("征求第三方意见", "征求意见(第三方)"), "征求第三方"),
    **dict.fromkeys(("第三方意见", "第三方回复", "收到第三方意见"), "第三方答复"),
    **dict.fromkeys(("征求其他机关意见", "征求机关意见", "征求意见(机关)"), "征求其他机关"),
    **dict.fromkeys(("其他机关意见", "其他机关回复", "收到其他机关意见"), "其他机关答复"),
    **dict.fromkeys(("延期答复", "延长", "延长答复期限", "延期告知"), "延期"),
    **dict.fromkeys(("收费", "收费告知", "收费通知书"), "收费通知"),
    **dict.fromkeys(("已缴费", "缴纳费用", "收到缴费"), "缴费"),
    **dict.fromkeys(("延迟", "延迟答复告知"), "延迟答复"),
    **dict.fromkeys(("申请人撤回", "撤回申请"), "撤回"),
}
_TOLD = {
    FactKind.CORRECTION_ASKED: "received_on",
    FactKind.THIRD_PARTY_ASKED: "received_on",
    FactKind.ORGAN_ASKED: "received_on",
    FactKind.FEE_NOTICED: "received_on",
    FactKind.EXTENSION: "told_on",
}
"""What 送达日期 is for each fact that has one."""
_DAYS = {
    FactKind.CORRECTION_ASKED: "answer_within",
    FactKind.ORGAN_ASKED: "answer_within",
    FactKind.EXTENSION: "working_days",
}
"""What 工作日数 is."""
_COLUMN_OF = {
    "received_on": "told_on",
    "told_on": "told_on",
    "answer_within": "days",
    "working_days": "days",
    "party": "party",
    "until": "until",
    "returned_on": "returned_on",
    "co_producer": "co_producer",
}
_AHEAD = timedelta(days=3650)
_YES, _NO = frozenset(("是", "共同制作", "√", "y", "yes", "1")), frozenset(("", "否", "不是", "×", "n", "no", "0"))
_LONGEST = {"party": 100, "note": 500}
_DEFAULTS = ClockSettings()
_WAITING = (FactKind.CORRECTION_ASKED, FactKind.FEE_NOTICED)


@dataclass(frozen=True, slots=True)
class FactRow:
    """A sound row of the sheet; the columns as they stand there, the days read."""

    line: int
    number: str
    kind: FactKind
    on: date
    told_on: date | None = None
    days: int | None = None
    party: str = ""
    note: str = ""
    until: date | None = None
    returned_on: date | None = None
    co_producer: bool = False

    def said(self) -> dict[str, Any]:
        """What the row says, as it is kept and compared: line and number are no part of it."""
        values = {name: getattr(self, name) for name in _SAID}
        return {name: value.isoformat() if isinstance(value, date) else value for name, value in values.items()}

    def law(self) -> Fact:
        """The fact as the clocks count it. Raises Refusal for what a fact of its kind cannot say."""
        values: dict[str, Any] = {}
        if self.told_on is not None and self.kind in _TOLD:
            values[_TOLD[self.kind]] = self.told_on
        if self.days is not None and self.kind in _DAYS:
            values[_DAYS[self.kind]] = self.days
        for name in ("party", "until", "returned_on", "co_producer"):
            if value := getattr(self, name):
                values[name] = value
        return Fact(self.kind, self.on, **values)


_SAID = tuple(item.name for item in fields(FactRow) if item.name not in ("line", "number"))


@dataclass(frozen=True, slots=True)
class Standing:
    """What the facts of a request come to: the clocks, the law's facts that they count, and what is odd about them."""

    reckoning: Reckoning
    facts: tuple[Fact, ...]
    odd: tuple[Odd, ...]

    @property
    def waits_for(self) -> FactKind | None:
        """The notice for whose answer the clock waits: CORRECTION_ASKED, FEE_NOTICED, or nothing."""
        last = {one.kind: one for one in self.facts}
        for asked, answered in zip(_WAITING, (FactKind.CORRECTION_RECEIVED, FactKind.FEE_PAID), strict=True):
            if asked in last and answered not in last:
                return asked
        return None

    @property
    def withdrawn_on(self) -> date | None:
        """The day on which the applicant withdrew the request."""
        return next((one.on for one in self.facts if one.kind is FactKind.WITHDRAWN), None)

    @property
    def under_way(self) -> bool:
        """Whether the office has begun to handle it: others were asked, the term was lengthened, the fee is paid."""
        return any(one.kind not in (FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED) for one in self.facts)


def stand(
    received_on: date, rows: Sequence[FactRow], calendar: Calendar, settings: ClockSettings = _DEFAULTS
) -> Standing:
    """What these facts come to for a request received on that day. Raises Refusal for facts that the law does not know."""
    odd: list[Odd] = []
    last_notice = calendar.add(received_on, period(PeriodName.CORRECTION_NOTICE, received_on).amount)
    facts = []
    for row in rows:
        fact = row.law()
        if fact.kind is FactKind.CORRECTION_ASKED and fact.on > last_notice:
            fact = replace(fact, override=True)
            odd.append(Odd.LATE_NOTICE)
        facts.append(fact)
    ordered = in_order(facts)
    try:
        return Standing(reckon(received_on, ordered, calendar, settings), ordered, tuple(odd))
    except Refusal as refusal:
        in_time = tuple(one for one in ordered if one.kind is not FactKind.EXTENSION)
        if refusal.field != "told_on" or len(in_time) == len(ordered):
            raise
        # Told after the term was over it prolongs nothing; that it was told stays in the row.
        return Standing(reckon(received_on, in_time, calendar, settings), in_time, (*odd, Odd.LATE_EXTENSION))


def read_fact(sheet: str, line: int, cells: Mapping[str, str], today: date, found: list[Problem]) -> FactRow | None:
    """The fact of these cells (code → text); what is wrong is added to ``found``, and then there is none."""
    before = len(found)

    def wrong(code: str, reason: str) -> None:
        found.append(Problem(sheet, line, HEADS[code], cells.get(code, "").strip()[:SHOWN], reason))

    values: dict[str, Any] = {}
    for column in FACT_COLUMNS:
        text = cells.get(column.code, "")
        if not text:
            if column.needed:
                wrong(column.code, "不能为空")
            continue
        try:
            refuse_formula(text)
            values[column.code] = _READERS[column.code](text, today)
        except Refusal as refusal:
            wrong(column.code, refusal.reason)
    if len(found) > before:
        return None
    row = FactRow(line, values.pop(NUMBER), values.pop("fact"), values.pop("on"), **values)
    for code, reason in _unfit(row):
        wrong(code, reason)
    return row if len(found) == before else None


def _unfit(row: FactRow) -> list[tuple[str, str]]:
    """What does not belong to a fact of that kind, or is missing."""
    if row.told_on is not None and row.kind not in _TOLD and row.told_on != row.on:
        return [("told_on", f"「{row.kind.label}」没有送达日期，其日期写在「日期」列")]
    if (
        row.days is not None
        and row.kind not in _DAYS
        and not (row.kind is FactKind.THIRD_PARTY_ASKED and row.days == 15)
    ):
        return [("days", f"「{row.kind.label}」不带工作日数")]
    needed = [_COLUMN_OF[name] for name in sorted(REQUIRED.get(row.kind, ()))]
    if missing := [code for code in needed if not getattr(row, code)]:
        return [(code, f"「{row.kind.label}」须填写{HEADS[code]}") for code in missing]
    early = [code for code in ("told_on", "until", "returned_on") if (day := getattr(row, code)) and day < row.on]
    if early:
        return [(code, f"早于日期（{row.on}）") for code in early]
    try:
        row.law()
    except Refusal as refusal:
        return [(_COLUMN_OF.get(refusal.field or "", "fact"), refusal.reason)]
    return []


def _read_kind(text: str, today: date) -> FactKind:
    word = tidy(text)
    kind = FACT_WORDS.get(_SYNONYMS.get(word, word))
    if kind is None:
        raise Refusal(f"不认识的事实，应为：{'、'.join(FACT_WORDS)}")
    return kind


def _read_days(text: str, today: date) -> int:
    digits = tidy(text).removesuffix("个工作日").removesuffix("工作日").removesuffix("天").removesuffix("日")
    if not digits.isdecimal() or not 1 <= int(digits) <= 100:
        raise Refusal("应为1至100的整数")
    return int(digits)


def _read_flag(text: str, today: date) -> bool:
    word = tidy(text).lower()
    if word not in _YES | _NO:
        raise Refusal("应为「是」，或者不填")
    return word in _YES


def _read_text(code: str) -> Any:
    def read(text: str, today: date) -> str:
        if len(text) > _LONGEST[code]:
            raise Refusal(f"超过{_LONGEST[code]}个字")
        return text

    return read


def _read_until(text: str, today: date) -> date:
    return read_day(text, today + _AHEAD)


_READERS: Mapping[str, Any] = {
    NUMBER: text_of(NUMBER),
    "fact": _read_kind,
    "on": read_day,
    "told_on": read_day,
    "days": _read_days,
    "party": _read_text("party"),
    "note": _read_text("note"),
    "until": _read_until,
    "returned_on": read_day,
    "co_producer": _read_flag,
}
