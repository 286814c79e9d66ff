"""Rules that a deed asks before it is done, pure: the workflows and the casework pass the day and the facts.

A guard raises Refusal or returns; it writes nothing, so that it may also be asked what would be allowed.
"""

from collections.abc import Iterable
from datetime import date

from gkapply.law.clocks import Reckoning, reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.periods import REGULATION_SINCE
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import Calendar

_DEFAULTS = ClockSettings()


def received_on(day: date, today: date, *, late_reason: str = "", proof: bool = False) -> bool:
    """Whether a request received on ``day`` and entered ``today`` is a late registration (补登): true for a past day.

    A past day needs the reason of the late entry and a proof (the signed delivery slip, the envelope). Raises Refusal
    without them, for a day in the future, and for one before the Regulation's present edition came into force.
    """
    if day > today:
        raise Refusal(f"收到日期 {day} 晚于今天 {today}", "条例第三十一条", do="请核对收到日期", field="received_on")
    if day < REGULATION_SINCE:
        raise Refusal(
            f"收到日期 {day} 早于现行条例施行之日 {REGULATION_SINCE}，不能在本系统登记",
            "国务院令第711号",
            do="请核对收到日期",
            field="received_on",
        )
    if day == today:
        return False
    if not late_reason.strip():
        raise Refusal("补登以前收到的申请，应当说明补登理由", "条例第三十一条", field="late_reason")
    if not proof:
        raise Refusal(
            "补登以前收到的申请，应当附收到日期的凭证",
            "条例第三十一条",
            do="请上传签收单、信封或者邮件记录",
            field="proof",
        )
    return True


def next_fact(
    received: date, facts: Iterable[Fact], fact: Fact, calendar: Calendar, settings: ClockSettings = _DEFAULTS
) -> Reckoning:
    """The clocks as they would be with one more fact. Raises Refusal when the law forbids that fact now."""
    return reckon(received, (*facts, fact), calendar, settings)


def correction_may_be_asked(
    received: date,
    facts: Iterable[Fact],
    on: date,
    calendar: Calendar,
    settings: ClockSettings = _DEFAULTS,
    *,
    override: bool = False,
) -> None:
    """Raises Refusal unless a correction notice sent on that day is the first and in time (条例第三十条).

    ``override``: the head of the disclosure office let it go out late.
    """
    next_fact(received, facts, Fact(FactKind.CORRECTION_ASKED, on, override=override), calendar, settings)


def extension_may_be_told(
    received: date, facts: Iterable[Fact], on: date, calendar: Calendar, settings: ClockSettings = _DEFAULTS
) -> None:
    """Raises Refusal unless the applicant may still be told of a first extension on that day (条例第三十三条第二款)."""
    next_fact(received, facts, Fact(FactKind.EXTENSION, on, working_days=1, told_on=on), calendar, settings)


def delay_may_be_told(
    received: date,
    facts: Iterable[Fact],
    on: date,
    until: date,
    calendar: Calendar,
    settings: ClockSettings = _DEFAULTS,
) -> None:
    """Raises Refusal unless the applicant may be told on that day of a reply by ``until`` (条例第三十五条).

    A rest day is refused here only: one that has been told stands (``Fact.until``).
    """
    because = calendar.why_off(until)
    if because is not None:
        raise Refusal(
            f"延迟答复的日期 {until} 不是工作日（{because}）", "条例第三十五条", do="请另定一个工作日", field="until"
        )
    next_fact(received, facts, Fact(FactKind.DELAYED, on, until=until), calendar, settings)
