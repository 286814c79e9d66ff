"""Random cases of 2019–2026: the clocks against a counter that walks day by day and shares no code with them."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import national_calendar
from tests.law.day_counter import ANSWERS, DayCounter, nth_workday

CN = national_calendar()
QUESTIONS = {*ANSWERS, *ANSWERS.values(), FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED}

days_later = st.integers(0, 45).map(lambda number: timedelta(days=number))
maybe_later = st.one_of(st.none(), days_later)


@st.composite
def questions(draw: st.DrawFn, received: date) -> list[Fact]:
    """One question to somebody outside and perhaps its answer."""
    kind = draw(st.sampled_from(list(ANSWERS)))
    on = received + draw(days_later)
    receipt, returned, answered = draw(maybe_later), draw(maybe_later), draw(maybe_later)
    co_producer = kind is FactKind.ORGAN_ASKED and draw(st.booleans())
    within = draw(st.one_of(st.none(), st.integers(1, 30)))
    party = draw(st.sampled_from("甲乙"))
    facts = [
        Fact(
            kind,
            on,
            party=party,
            received_on=None if receipt is None else on + receipt,
            returned_on=None if returned is None else on + returned,
            co_producer=co_producer,
            answer_within=within if kind is FactKind.ORGAN_ASKED and not co_producer else None,
        )
    ]
    if answered is not None:
        facts.append(Fact(ANSWERS[kind], on + answered, party=party))
    return facts


@st.composite
def corrections(draw: st.DrawFn, received: date) -> list[Fact]:
    """One correction, in time or let through late, perhaps received back."""
    on = received + timedelta(days=draw(st.one_of(st.integers(0, 14), st.integers(15, 50))))
    receipt, back = draw(maybe_later), draw(maybe_later)
    late = on > nth_workday(received, 7)
    facts = [Fact(FactKind.CORRECTION_ASKED, on, override=late, received_on=None if receipt is None else on + receipt)]
    if back is not None:
        facts.append(Fact(FactKind.CORRECTION_RECEIVED, on + back))
    return facts


@st.composite
def extensions(draw: st.DrawFn, received: date) -> list[Fact]:
    """One extension, told sooner or later."""
    on = received + timedelta(days=draw(st.integers(0, 70)))
    told = on + timedelta(days=draw(st.integers(0, 4)))
    return [Fact(FactKind.EXTENSION, on, working_days=draw(st.integers(1, 20)), told_on=told)]


@st.composite
def fees(draw: st.DrawFn, received: date) -> list[Fact]:
    """A fee, noticed within some weeks, perhaps paid."""
    on = received + draw(days_later)
    receipt, payment = draw(maybe_later), draw(maybe_later)
    facts = [Fact(FactKind.FEE_NOTICED, on, received_on=None if receipt is None else on + receipt)]
    if payment is not None:
        facts.append(Fact(FactKind.FEE_PAID, on + payment))
    return facts


@st.composite
def delays(draw: st.DrawFn, received: date) -> list[Fact]:
    """A delayed reply, to a day sooner or later."""
    on = received + timedelta(days=draw(st.one_of(st.integers(0, 20), st.integers(0, 60))))
    return [
        Fact(FactKind.DELAYED, on, until=on + timedelta(days=draw(st.one_of(st.integers(30, 120), st.integers(0, 30)))))
    ]


@st.composite
def lapses(draw: st.DrawFn, received: date) -> list[Fact]:
    """The applicant gives no answer in time; perhaps it comes afterwards and reopens the case."""
    on = received + timedelta(days=draw(st.integers(0, 14)))
    receipt = draw(maybe_later)
    lapsed = on + (receipt or timedelta()) + timedelta(days=draw(st.integers(15, 60)))
    if draw(st.booleans()):
        asked, came, late = FactKind.FEE_NOTICED, FactKind.FEE_PAID, False
    else:
        asked, came, late = FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED, on > nth_workday(received, 7)
    facts = [
        Fact(asked, on, received_on=None if receipt is None else on + receipt, override=late),
        Fact(FactKind.LAPSED, lapsed),
    ]
    if draw(st.booleans()):
        facts.append(Fact(came, lapsed + draw(days_later)))
    return facts


@st.composite
def cases(draw: st.DrawFn) -> tuple[date, list[Fact], ClockSettings]:
    received = draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
    waited = draw(st.sampled_from(["nothing", "correction", "fee", "both", "lapse"]))
    parts: list[list[Fact]] = draw(st.lists(questions(received), max_size=1 if waited == "lapse" else 3))
    if waited in ("correction", "both"):
        parts.append(draw(corrections(received)))
    if waited in ("fee", "both"):
        parts.append(draw(fees(received)))
    if waited == "lapse":
        parts.append(draw(lapses(received)))
    if draw(st.booleans()):
        parts.append(draw(extensions(received)))
    if draw(st.integers(1, 3)) == 3 or waited == "nothing":
        parts.append(draw(delays(received)))
    facts = [fact for part in draw(st.permutations(parts)) for fact in part]
    choices = ClockSettings(
        organ_answer=draw(st.integers(1, 20)),
        late_correction_restarts=draw(st.booleans()),
        stop_begins=draw(st.sampled_from(StopBegins)),
    )
    return received, facts, choices


@settings(max_examples=500)
@given(cases())
def test_the_clocks_agree_with_a_day_counter(drawn: tuple[date, list[Fact], ClockSettings]) -> None:
    received, facts, choices = drawn
    expected = DayCounter(received, facts, choices).run()
    if expected.refused is not None:
        event(expected.refused)
        with pytest.raises(Refusal, match=expected.refused):
            reckon(received, facts, CN, choices)
        return
    found = reckon(received, facts, CN, choices)
    if found.ended_on is not None:
        event("lapsed")
        assert (found.ended_on, found.days(), found.running) == (max(fact.on for fact in facts), [], ())
        return
    event(("stopped" if expected.due is None else "due") + (" on a told day" if found.fixed_by else ""))
    if any(fact.kind is FactKind.LAPSED for fact in facts):
        event("reopened")
    assert found.reply_due_on == expected.due
    listed = {day.on: day.number for day in found.days() if day.number is not None}
    if expected.due is not None:
        assert listed == expected.numbers
        assert found.provisional or expected.due <= date(2026, 12, 31)
    else:
        last = max(fact.on for fact in facts)
        assert listed == {day: number for day, number in expected.numbers.items() if day <= last}
        assert found.stopped_since is not None
        assert expected.since is not None
        assert nth_workday(found.stopped_since, 1) == expected.since


@settings(max_examples=100)
@given(cases(), days_later)
def test_a_reply_is_in_time_up_to_the_due_date(drawn: tuple[date, list[Fact], ClockSettings], wait: timedelta) -> None:
    received, facts, choices = drawn
    counter = DayCounter(received, facts, choices)
    expected = counter.run()
    if expected.refused is not None or counter.lapsed(len(facts)):
        return
    replied = max([received, *(fact.on for fact in facts)]) + wait
    found = reckon(received, [*facts, Fact(FactKind.REPLIED, replied)], CN, choices)
    assert found.in_time is (expected.due is None or replied <= expected.due)
    assert found.days() == []
    assert found.running == ()


@settings(max_examples=100)
@given(cases())
def test_forgetting_an_answer_never_brings_the_due_date_forward(drawn: tuple[date, list[Fact], ClockSettings]) -> None:
    received, facts, choices = drawn
    with_answers = [fact for fact in facts if fact.kind in QUESTIONS]
    without = [fact for fact in with_answers if fact.kind not in ANSWERS.values()]
    known = reckon(received, with_answers, CN, choices).reply_due_on
    unknown = reckon(received, without, CN, choices).reply_due_on
    assert unknown is None or (known is not None and known <= unknown)


def test_the_counter_itself_counts_right() -> None:
    received = date(2026, 3, 2)
    asked = Fact(FactKind.THIRD_PARTY_ASKED, date(2026, 3, 10), party="甲")
    answered = Fact(FactKind.THIRD_PARTY_ANSWERED, date(2026, 3, 25), party="甲")
    extension = Fact(FactKind.EXTENSION, date(2026, 4, 15), working_days=10, told_on=date(2026, 4, 15))
    late = replace(extension, told_on=date(2026, 4, 16))
    choices = ClockSettings()
    assert DayCounter(received, [], choices).run().due == date(2026, 3, 30)
    assert DayCounter(received, [asked, answered], choices).run().due == date(2026, 4, 15)
    assert DayCounter(received, [asked, answered, extension], choices).run().due == date(2026, 4, 29)
    assert DayCounter(received, [asked, answered, late], choices).run().refused == "期限届满后不能延长"
