"""Random cases of 2019–2026: the clocks against a counter that walks day by day and shares no code with them.

The counter reads the holiday data itself, knows nothing of positions or prefix sums, and asks of every single day whether
it counts.
"""

import json
from dataclasses import dataclass, replace
from datetime import date, timedelta
from importlib.resources import files

import pytest
from hypothesis import event, given, settings
from hypothesis import strategies as st

from gkapply.law.clocks import reckon
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings, StopBegins
from gkapply.law.workdays import national_calendar

CN = national_calendar()
DAY = timedelta(days=1)
HORIZON = date(2030, 12, 31)
ANSWERS = {
    FactKind.THIRD_PARTY_ASKED: FactKind.THIRD_PARTY_ANSWERED,
    FactKind.ORGAN_ASKED: FactKind.ORGAN_ANSWERED,
}

_DATA = json.loads(files("gkapply.law").joinpath("calendar_cn.json").read_text(encoding="utf-8"))["years"].values()
OFF = {date.fromisoformat(day) for year in _DATA for day in year.get("off_days", [])}
MAKEUP = {date.fromisoformat(day) for year in _DATA for day in year.get("makeup_workdays", [])}


def works(day: date) -> bool:
    return day in MAKEUP or (day not in OFF and day.isoweekday() < 6)


def nth_workday(day: date, number: int) -> date:
    while number:
        day += DAY
        number -= works(day)
    return day


@dataclass
class Outcome:
    """What the counter found: the due date, or since when it stands still, or that the extension came too late."""

    due: date | None
    numbers: dict[date, int]
    since: date | None = None
    extension_too_late: bool = False


class DayCounter:
    """Counts one case day by day."""

    def __init__(self, received: date, facts: list[Fact], choices: ClockSettings):
        self.received = received
        self.facts = sorted(facts, key=lambda fact: fact.on)
        self.choices = choices

    def restart_index(self) -> int:
        """Where the last restart stands among the facts; -1 without one."""
        for index, fact in enumerate(self.facts):
            if fact.kind is FactKind.CORRECTION_RECEIVED and self.restarts():
                return index
        return -1

    def restarts(self) -> bool:
        asked = next(fact for fact in self.facts if fact.kind is FactKind.CORRECTION_ASKED)
        return asked.on <= nth_workday(self.received, 7) or self.choices.late_correction_restarts

    def stops(self, first: int, last: int) -> list[tuple[date, date]]:
        """(begin, end) of every stop asked among these facts; an open one ends beyond the horizon."""
        found = []
        for index in range(first, last):
            fact = self.facts[index]
            by_sending = self.choices.stop_begins is StopBegins.SENT
            begin = fact.on if by_sending else fact.received_on
            if fact.kind is FactKind.CORRECTION_ASKED and self.restarts() and begin is not None:
                found.append((begin, date.max))
            if fact.kind in ANSWERS and begin is not None:
                found.append((begin, self.question_ends(index)))
        return found

    def question_ends(self, index: int) -> date:
        asked = self.facts[index]
        ends = [date.max]
        if asked.returned_on:
            ends.append(asked.returned_on)
        if asked.received_on:
            within = 15
            if asked.kind is FactKind.ORGAN_ASKED and not asked.co_producer:
                within = asked.answer_within or self.choices.organ_answer
            ends.append(nth_workday(asked.received_on, within))
        for fact in self.facts[index:]:
            if fact.kind is ANSWERS[asked.kind] and fact.party == asked.party:
                ends.append(fact.on)
        return min(ends)

    def count(self, start: date, stops: list[tuple[date, date]], term: int) -> Outcome:
        numbers: dict[date, int] = {}
        since = None
        day = start
        while len(numbers) < term:
            day += DAY
            if not works(day):
                continue
            if any(begin < day <= end for begin, end in stops):
                since = since or day
            else:
                since = None
                numbers[day] = len(numbers) + 1
            if day > HORIZON:
                return Outcome(None, numbers, since)
        return Outcome(day, numbers)

    def run(self) -> Outcome:
        restart = self.restart_index()
        extension = next(((i, fact) for i, fact in enumerate(self.facts) if fact.kind is FactKind.EXTENSION), None)
        if extension is not None:
            index, fact = extension
            in_new_term = index > restart
            start = self.facts[restart].on if in_new_term and restart >= 0 else self.received
            span = (restart + 1, len(self.facts)) if in_new_term else (0, restart)
            bare = self.count(start, self.stops(*span), 20)
            assert fact.told_on is not None
            if bare.due is not None and fact.told_on > bare.due:
                return Outcome(None, {}, extension_too_late=True)
        start = self.facts[restart].on if restart >= 0 else self.received
        term = 20
        if extension is not None and extension[0] > restart:
            term += extension[1].working_days or 0
        return self.count(start, self.stops(restart + 1, len(self.facts)), term)


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
def cases(draw: st.DrawFn) -> tuple[date, list[Fact], ClockSettings]:
    received = draw(st.dates(date(2019, 1, 1), date(2026, 12, 31)))
    parts: list[list[Fact]] = draw(st.lists(questions(received), max_size=3))
    if draw(st.booleans()):
        parts.append(draw(corrections(received)))
    if draw(st.booleans()):
        parts.append(draw(extensions(received)))
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
    if expected.extension_too_late:
        event("extension told too late")
        with pytest.raises(Refusal, match="期限届满后不能延长"):
            reckon(received, facts, CN, choices)
        return
    found = reckon(received, facts, CN, choices)
    event("stopped" if expected.due is None else "due")
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
    expected = DayCounter(received, facts, choices).run()
    if expected.extension_too_late:
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
    with_answers = [fact for fact in facts if fact.kind is not FactKind.EXTENSION]
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
    assert DayCounter(received, [asked, answered, late], choices).run().extension_too_late
