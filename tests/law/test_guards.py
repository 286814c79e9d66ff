"""What may be done on a day, pure."""

from datetime import date

import pytest

from gkapply.law import guards
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import national_calendar

CN = national_calendar()
RECEIVED = date(2026, 3, 2)
TODAY = date(2026, 3, 9)


def test_a_request_received_today_is_no_late_registration() -> None:
    assert guards.received_on(TODAY, TODAY) is False


def test_a_past_day_with_reason_and_proof_is_a_late_registration() -> None:
    assert guards.received_on(date(2026, 3, 6), TODAY, late_reason="收发室周五签收", proof=True) is True
    assert guards.received_on(date(2019, 5, 15), TODAY, late_reason="移交旧案", proof=True) is True


@pytest.mark.parametrize(
    ("day", "reason", "proof", "field", "sentence"),
    [
        (date(2026, 3, 10), "写错", True, "received_on", "晚于今天"),
        (date(2019, 5, 14), "移交旧案", True, "received_on", "早于现行条例施行之日 2019-05-15"),
        (date(2026, 3, 6), "", True, "late_reason", "应当说明补登理由"),
        (date(2026, 3, 6), "  ", True, "late_reason", "应当说明补登理由"),
        (date(2026, 3, 6), "收发室周五签收", False, "proof", "应当附收到日期的凭证"),
    ],
)
def test_an_implausible_day_of_receipt(day: date, reason: str, proof: bool, field: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        guards.received_on(day, TODAY, late_reason=reason, proof=proof)
    assert refused.value.field == field


def test_a_correction_may_be_asked_within_seven_working_days() -> None:
    guards.correction_may_be_asked(RECEIVED, [], date(2026, 3, 11), CN)
    guards.correction_may_be_asked(RECEIVED, [], date(2026, 3, 12), CN, override=True)
    with pytest.raises(Refusal, match="最迟 2026-03-11"):
        guards.correction_may_be_asked(RECEIVED, [], date(2026, 3, 12), CN)


def test_a_second_correction_may_not_be_asked() -> None:
    asked = Fact(FactKind.CORRECTION_ASKED, date(2026, 3, 4))
    with pytest.raises(Refusal, match="一次性告知"):
        guards.correction_may_be_asked(RECEIVED, [asked], date(2026, 3, 5), CN, override=True)


def test_an_extension_may_be_told_up_to_the_shifted_last_day() -> None:
    facts = [
        Fact(FactKind.THIRD_PARTY_ASKED, date(2026, 3, 10), party="甲"),
        Fact(FactKind.THIRD_PARTY_ANSWERED, date(2026, 3, 25), party="甲"),
    ]
    guards.extension_may_be_told(RECEIVED, facts, date(2026, 4, 15), CN)
    with pytest.raises(Refusal, match="2026-04-15"):
        guards.extension_may_be_told(RECEIVED, facts, date(2026, 4, 16), CN)


def test_the_next_fact_is_judged_together_with_the_others() -> None:
    extension = Fact(FactKind.EXTENSION, date(2026, 3, 20), working_days=10, told_on=date(2026, 3, 20))
    assert guards.next_fact(RECEIVED, [], extension, CN).reply_due_on == date(2026, 4, 14)
    with pytest.raises(Refusal, match="只能延长一次"):
        guards.next_fact(RECEIVED, [extension], extension, CN)


def test_a_delay_is_told_to_a_working_day_later_than_the_term() -> None:
    guards.delay_may_be_told(RECEIVED, [], date(2026, 3, 20), date(2026, 4, 30), CN)
    with pytest.raises(Refusal, match="不是工作日（劳动节）") as rest_day:
        guards.delay_may_be_told(RECEIVED, [], date(2026, 3, 20), date(2026, 5, 1), CN)
    assert (rest_day.value.article, rest_day.value.field) == ("条例第三十五条", "until")
    with pytest.raises(Refusal, match="无须延迟"):
        guards.delay_may_be_told(RECEIVED, [], date(2026, 3, 20), date(2026, 3, 30), CN)
