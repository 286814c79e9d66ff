"""The counter: it walks day by day, reads the holiday data itself, and shares no code with the clocks but the facts.

It knows nothing of positions or prefix sums, and asks of every single day whether it counts.
"""

import json
from dataclasses import dataclass, field
from datetime import date, timedelta
from importlib.resources import files

from gkapply.law.facts import Fact, FactKind
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings import ClockSettings

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
    """What the counter found: the due date, or since when it stands still, or what the refusal says."""

    due: date | None
    numbers: dict[date, int] = field(default_factory=dict)
    since: date | None = None
    refused: str | None = None


class DayCounter:
    """Counts one case day by day. Every question is asked of the first ``upto`` facts, those known at that place."""

    def __init__(self, received: date, facts: list[Fact], choices: ClockSettings):
        self.received = received
        self.facts = sorted(facts, key=lambda fact: fact.on)
        self.choices = choices

    def settled(self) -> Outcome:
        """The count alone, where every fact has been judged when it was entered."""
        return self.outcome(len(self.facts))

    def run(self) -> Outcome:
        """Every fact judged at its place, the extension of each term at the term's end, and then the count."""
        for place, fact in enumerate(self.facts):
            refused = self.refused(place, fact)
            if refused is None and self.is_restart(place):
                refused = self.extension_too_late(place)
            if refused is not None:
                return Outcome(None, refused=refused)
        refused = self.extension_too_late(len(self.facts))
        return Outcome(None, refused=refused) if refused else self.outcome(len(self.facts))

    def places(self, kind: FactKind, upto: int) -> list[int]:
        return [place for place in range(upto) if self.facts[place].kind is kind]

    def has(self, kind: FactKind, upto: int) -> bool:
        return bool(self.places(kind, upto))

    def lapsed(self, upto: int) -> bool:
        return upto > 0 and self.facts[upto - 1].kind is FactKind.LAPSED

    def restarting(self) -> bool:
        """Whether the case's correction restarts the clock."""
        asked = next(fact for fact in self.facts if fact.kind is FactKind.CORRECTION_ASKED)
        return asked.on <= nth_workday(self.received, 7) or self.choices.late_correction_restarts

    def is_restart(self, place: int) -> bool:
        kind = self.facts[place].kind
        return kind is FactKind.FEE_PAID or (kind is FactKind.CORRECTION_RECEIVED and self.restarting())

    def first(self, upto: int) -> int:
        """Where the facts of the running term begin."""
        return max((place + 1 for place in range(upto) if self.is_restart(place)), default=0)

    def start(self, upto: int) -> date:
        first = self.first(upto)
        return self.facts[first - 1].on if first else self.received

    def in_term(self, kind: FactKind, upto: int) -> Fact | None:
        """The last fact of that kind in the running term."""
        found = [place for place in self.places(kind, upto) if place >= self.first(upto)]
        return self.facts[found[-1]] if found else None

    def stops(self, upto: int, *, of_others: bool = True) -> list[tuple[date, date]]:
        """(begin, end) of every stop of the running term; an open one ends beyond the horizon."""
        found = []
        for place in range(self.first(upto), upto):
            fact = self.facts[place]
            begin = fact.on if self.choices.stop_begins is StopBegins.SENT else fact.received_on
            if fact.kind is FactKind.FEE_NOTICED:
                found.append((fact.on, date.max))
            elif fact.kind is FactKind.CORRECTION_ASKED and self.restarting() and begin is not None:
                found.append((begin, date.max))
            elif fact.kind in ANSWERS and begin is not None and of_others:
                found.append((begin, self.question_ends(place, upto)))
        return found

    def question_ends(self, place: int, upto: int) -> date:
        asked = self.facts[place]
        ends = [date.max]
        if asked.returned_on:
            ends.append(asked.returned_on)
        if asked.received_on:
            within = 15
            if asked.kind is FactKind.ORGAN_ASKED and not asked.co_producer:
                within = asked.answer_within or self.choices.organ_answer
            ends.append(nth_workday(asked.received_on, within))
        for fact in self.facts[place:upto]:
            if fact.kind is ANSWERS[asked.kind] and fact.party == asked.party:
                ends.append(fact.on)
        return min(ends)

    def count(self, upto: int, term: int) -> Outcome:
        """So many days that work and lie in no stop."""
        stops = self.stops(upto)
        numbers: dict[date, int] = {}
        since = None
        day = self.start(upto)
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

    def outcome(self, upto: int) -> Outcome:
        extension = self.in_term(FactKind.EXTENSION, upto)
        fixed = self.in_term(FactKind.DELAYED, upto) or self.in_term(FactKind.ORDERED, upto)
        fee = self.in_term(FactKind.FEE_NOTICED, upto)
        term = (self.choices.reply_term or 20) + ((extension.working_days or 0) if extension else 0)
        if fixed is None:
            counted = self.count(upto, term)
            if fee is None or counted.due is None:
                return counted
            # Noticed on the last day or on rest days before it: every day has counted, and yet the clock waits.
            return Outcome(None, counted.numbers, nth_workday(fee.on, 1))
        held = [begin for begin, _ in self.stops(upto, of_others=False) if fixed.until and begin < fixed.until]
        if fee is not None:
            held.append(fee.on)
        numbers = self.numbers_on_a_told_day(upto, fixed)
        if held:
            return Outcome(None, numbers, nth_workday(min(held), 1))
        return Outcome(fixed.until, {day: number for day, number in numbers.items() if day <= (fixed.until or day)})

    def numbers_on_a_told_day(self, upto: int, fixed: Fact) -> dict[date, int]:
        """Numbers of the days that count; after the telling nothing is left out but the waiting for the applicant."""
        stops, of_applicant = self.stops(upto), self.stops(upto, of_others=False)
        numbers: dict[date, int] = {}
        day = self.start(upto)
        until = max([fixed.until or day, *(fact.on for fact in self.facts)])
        while day < until:
            day += DAY
            held = any(begin < day <= end for begin, end in (stops if day <= fixed.on else of_applicant))
            if works(day) and not held:
                numbers[day] = len(numbers) + 1
        return numbers

    def extension_too_late(self, upto: int) -> str | None:
        extension = self.in_term(FactKind.EXTENSION, upto)
        if extension is None or extension.told_on is None:
            return None
        due = self.count(upto, 20).due
        return "期限届满后不能延长" if due is not None and extension.told_on > due else None

    def refused(self, place: int, fact: Fact) -> str | None:
        """What the law has against this fact at this place."""
        if self.lapsed(place) and fact.kind not in (FactKind.CORRECTION_RECEIVED, FactKind.FEE_PAID):
            return "视为放弃申请，不能再有"
        judge = {
            FactKind.EXTENSION: self.against_extension,
            FactKind.FEE_NOTICED: self.against_fee,
            FactKind.DELAYED: self.against_delay,
            FactKind.LAPSED: self.against_lapse,
        }.get(fact.kind)
        return None if judge is None else judge(place, fact)

    def against_extension(self, place: int, fact: Fact) -> str | None:
        return "不能再延长答复期限" if self.in_term(FactKind.DELAYED, place) else None

    def against_fee(self, place: int, fact: Fact) -> str | None:
        due = self.outcome(place).due
        return "应当在申请处理期限内发出" if due is not None and fact.on > due else None

    def against_delay(self, place: int, fact: Fact) -> str | None:
        unproved = any(
            self.facts[asked].kind in ANSWERS
            and self.facts[asked].on >= self.start(place)
            and self.question_ends(asked, place) == date.max
            for asked in range(place)
        )
        correcting = self.has(FactKind.CORRECTION_ASKED, place) and not self.has(FactKind.CORRECTION_RECEIVED, place)
        due = self.outcome(place).due
        if due is None or unproved or (correcting and self.restarting()):
            return "尚不能确定"
        if fact.on > due:
            return "期限届满后不能延迟"
        assert fact.until is not None
        return "无须延迟" if fact.until <= due else None

    def against_lapse(self, place: int, fact: Fact) -> str | None:
        """Something of the applicant's must be outstanding, its notice proved, and its term over."""
        pairs = [
            (FactKind.CORRECTION_ASKED, FactKind.CORRECTION_RECEIVED, self.choices.correction_answer),
            (FactKind.FEE_NOTICED, FactKind.FEE_PAID, 20),
        ]
        over = []
        for asked, came, within in pairs:
            if self.has(asked, place) and not self.has(came, place):
                notice = self.facts[self.places(asked, place)[0]]
                over.append(notice.received_on is not None and fact.on > nth_workday(notice.received_on, within))
        if not over:
            return "没有等待申请人补正或者缴费"
        return None if any(over) else "不能视为放弃申请"
