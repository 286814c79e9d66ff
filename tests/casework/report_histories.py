"""Histories of small files of requests, drawn at random, written as the deeds write them, and counted by a naive reader.

The rows are those that the deeds leave behind: case, applicants, items, the dated facts that begin and end a request, disputes. Walking
thousands of histories through the deeds themselves would take hours; ``tests/journeys/test_random_lives.py`` walks hundreds of
steps through the forms and holds the reports of what came of them to the same checks. The reader knows nothing of rows: it
counts from the histories.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, timedelta
from random import Random
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from gkapply.casework import ledger, report, report_checks
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.entries import Fact
from gkapply.casework.people import Organ
from gkapply.casework.records import Applicant, Case, Item
from gkapply.law.annual_checks import check
from gkapply.law.annual_rows import COLUMNS, NOT_CORRECTED, NOT_PAID, OTHER
from gkapply.law.case_kinds import CaseKind
from gkapply.law.counting_rules import row_of_case
from gkapply.law.dispute_blocks import DisputePath, DisputeResult
from gkapply.law.dispute_kinds import DisputeKind
from gkapply.law.facts import FactKind
from gkapply.law.replies import ReplyKind
from gkapply.law.report_spans import Span
from workflows.application import CaseState
from workflows.dispute import DisputeState

YEARS = (2024, 2025, 2026)
BEGIN, LAST_DAY = date(2024, 1, 1), date(2026, 12, 31)
EVER = Span.between(BEGIN, LAST_DAY)
SINCE = datetime(2024, 1, 1, tzinfo=UTC)
KINDS = tuple(column.code for column in COLUMNS)
ANSWERS = tuple(kind for kind in ReplyKind if kind.row is not None)
ENDINGS = {
    "withdrawn": (CaseState.WITHDRAWN, FactKind.WITHDRAWN, OTHER),
    "ended": (CaseState.ENDED, FactKind.WITHDRAWN, OTHER),
    "uncorrected": (CaseState.LAPSED, FactKind.LAPSED, NOT_CORRECTED),
    "unpaid": (CaseState.LAPSED, FactKind.LAPSED, NOT_PAID),
}
NOT_COUNTED = {"divided": CaseState.DIVIDED, "voided": CaseState.VOIDED}
PATHS = {kind: kind.path for kind in DisputeKind if kind.path is not None}


@dataclass(frozen=True)
class Quarrel:
    """A dispute about a request: what it was decided as and when, and again on appeal."""

    kind: DisputeKind
    filed: date
    decisions: tuple[tuple[int, date, DisputeResult], ...] = ()
    appealed: date | None = None
    answered_anew: date | None = None
    """The day of the reply given anew; the case of it begins with the decision."""
    begun_anew: bool = False


@dataclass(frozen=True)
class Request:
    """One request from its receipt to its end, as somebody would tell it."""

    received: date | None
    kinds: tuple[str, ...]
    end: str = "open"
    """open, answered, one of ENDINGS, divided, voided."""
    ended: date | None = None
    answers: tuple[ReplyKind, ...] = ()
    lapsed_before: date | None = None
    """It counted as given up on that day, and went on."""
    parts: tuple["Request", ...] = ()
    quarrels: tuple[Quarrel, ...] = ()
    about_records: bool = False
    taken_over: bool = False
    """It comes from an earlier register: its days are known, its facts are not."""
    archived: bool = False


@dataclass
class Draw:
    """Draws a history. Most things happen near the turn of a year, where they can be counted wrongly."""

    random: Random

    def history(self) -> list[Request]:
        """A file of a few requests; now and then two are answered with one letter."""
        file = [self.request() for _ in range(self.random.randint(1, 5))]
        if self.random.random() < 0.3:
            file += self.answered_together()
        return file

    def request(self) -> Request:
        """One request with its fate."""
        received = self.day(BEGIN)
        begun = Request(received, self.kinds(), archived=self.random.random() < 0.4)
        roll = self.random.random()
        if roll < 0.08:
            return replace(begun, about_records=True, **self.answer(received))
        if roll < 0.14:
            return replace(begun, end="voided", received=self.random.choice((None, received)), ended=self.day(received))
        if roll < 0.26:
            return self.divided(begun, received)
        return self.fate(replace(begun, taken_over=self.random.random() < 0.1), received)

    def fate(self, begun: Request, since: date) -> Request:
        """How a request that counts goes on from a day."""
        roll = self.random.random()
        if roll < 0.15:
            return begun
        if roll < 0.4:
            return replace(begun, end=self.random.choice(sorted(ENDINGS)), ended=self.day(since))
        if roll < 0.5:
            lapsed_on = self.day(since)
            return replace(begun, lapsed_before=lapsed_on, **self.answer(lapsed_on))
        answered = replace(begun, **self.answer(since))
        if roll < 0.7 and answered.ended is not None:
            quarrels = tuple(self.quarrel(answered.ended) for _ in range(self.random.randint(1, 2)))
            return replace(answered, quarrels=quarrels)
        return answered

    def divided(self, begun: Request, received: date) -> Request:
        """A cover, and parts that inherit its day of receipt and its applicants."""
        on = self.day(received)
        parts = tuple(self.fate(begun, on) for _ in range(self.random.randint(2, 3)))
        return replace(begun, end="divided", ended=on, parts=parts)

    def answered_together(self) -> list[Request]:
        """Two requests of one applicant in one letter (一并答复): each with its own row, on the same day."""
        kinds, first = self.kinds(), self.day(BEGIN)
        second = self.day(first)
        on = self.day(second)
        return [
            Request(day, kinds, "answered", on, tuple(self.random.choices(ANSWERS, k=self.random.randint(1, 2))))
            for day in (first, second)
        ]

    def answer(self, since: date) -> dict[str, Any]:
        """The reply, and its day."""
        answers = tuple(self.random.choices(ANSWERS, k=self.random.choice((1, 1, 1, 2, 3))))
        return {"end": "answered", "ended": self.day(since), "answers": answers}

    def quarrel(self, since: date) -> Quarrel:
        """A review, a suit or a complaint: pending, decided, appealed; a corrected reply is given anew."""
        filed = self.day(since)
        kind = self.random.choice(list(DisputeKind))
        begun = Quarrel(kind, filed)
        if kind is DisputeKind.COMPLAINT or self.random.random() < 0.3:
            return begun
        decided = self.day(filed)
        result = self.random.choice((DisputeResult.UPHELD, DisputeResult.CORRECTED, DisputeResult.OTHER))
        one = replace(begun, decisions=((1, decided, result),))
        if kind.is_suit and self.random.random() < 0.3:
            appealed = min(decided + timedelta(days=self.random.randint(1, 15)), LAST_DAY)
            again = (2, self.day(appealed), self.random.choice(list(DisputeResult)[:3]))
            return replace(
                one, appealed=appealed, decisions=one.decisions + ((again,) if self.random.random() < 0.6 else ())
            )
        if result is DisputeResult.CORRECTED:
            anew = self.day(decided) if self.random.random() < 0.6 else None
            return replace(one, begun_anew=True, answered_anew=anew)
        return one

    def kinds(self) -> tuple[str, ...]:
        """The applicants' kinds, the first one's first."""
        return tuple(self.random.choices(KINDS, k=self.random.choice((1, 1, 1, 2))))

    def day(self, since: date) -> date:
        """A day from ``since`` on: the same one, soon, at the turn of the year, or long after; the third year at the latest."""
        turn = date(since.year, 12, 31) + timedelta(days=self.random.randint(0, 1))
        soon = since + timedelta(days=self.random.randint(0, 60))
        late = since + timedelta(days=self.random.randint(0, 500))
        return min(max(since, self.random.choice((since, soon, turn, late))), LAST_DAY)


def counted(file: Iterable[Request]) -> Iterator[Request]:
    """The requests of a file that table 三 knows: parts instead of covers, nothing void, no correction of records."""
    for one in file:
        if one.end == "divided":
            yield from one.parts
        elif one.end != "voided" and not one.about_records:
            yield one


def naive_table3(file: Iterable[Request], year: int) -> dict[tuple[str, str], int]:
    """Row and column → requests, by asking of each request what happened to it in the year."""
    table: Counter[tuple[str, str]] = Counter()
    for one in counted(file):
        assert one.received is not None
        if one.received.year > year or (one.ended is not None and one.ended.year < year):
            continue
        rows = ["1" if one.received.year == year else "2"]
        if one.ended is not None and one.ended.year == year:
            rows += [
                "3.7",
                ENDINGS[one.end][2] if one.end in ENDINGS else row_of_case([a.row or "" for a in one.answers]).code,
            ]
        else:
            rows.append("4")
        for row in rows:
            table[row, one.kinds[0]] += 1
    return dict(table)


def naive_table4(file: Iterable[Request], year: int) -> dict[tuple[str, str], int]:
    """Block and column → disputes, by what stood at the end of the year."""
    table: Counter[tuple[str, str]] = Counter()
    everything = [part for one in file for part in (one, *one.parts)]
    for quarrel in (quarrel for one in everything for quarrel in one.quarrels):
        if quarrel.kind not in PATHS or quarrel.filed.year > year:
            continue
        until_then = [decision for decision in quarrel.decisions if decision[1].year <= year]
        appealed = quarrel.appealed is not None and quarrel.appealed.year <= year
        if not until_then or (appealed and len(until_then) < 2):
            table[str(PATHS[quarrel.kind]), DisputeResult.PENDING.value] += 1
        elif until_then[-1][1].year == year:
            table[str(PATHS[quarrel.kind]), until_then[-1][2].value] += 1
    return dict(table)


def table3_of(report: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The figures of a report above nought, as the naive reader has them."""
    rows = {row["code"]: row["values"] for row in report["table3"]["rows"]}
    return {(row, kind): rows[row][place] for row in rows for place, kind in enumerate(KINDS) if rows[row][place]}


def table4_of(report: dict[str, Any]) -> dict[tuple[str, str], int]:
    """The disputes of a report, as the naive reader has them."""
    results = list(DisputeResult)
    return {
        (path.value, results[place].value): number
        for path in DisputePath
        for place, number in enumerate(report["table4"][path.value][:-1])
        if number
    }


@dataclass
class Writer:
    """Writes histories into organs of a database, as the deeds leave them; ``cases`` counts the keys given out."""

    session: Session
    rows: dict[type[Any], list[dict[str, Any]]] = field(default_factory=dict)
    cases: int = 0
    disputes: int = 0

    def write(self, files: dict[int, list[Request]]) -> None:
        """Enter each organ's file; the organs come with it."""
        organs = [{"id": one, "code": f"O{one}", "name": f"第{one}机关", "kind": "department"} for one in files]
        self.rows = {model: [] for model in (Organ, Case, Applicant, Item, Fact, Dispute, DisputeDecision)}
        self.rows[Organ] = organs
        for organ_id, file in files.items():
            for request in file:
                self.request(organ_id, request)
        for model, rows in self.rows.items():
            if rows:
                self.session.execute(insert(model.__table__), rows)

    def request(self, organ_id: int, one: Request, origin: int | None = None) -> None:
        """A request with its parts and disputes."""
        state, kind, row = CaseState.HANDLING, CaseKind.APPLICATION, None
        if one.about_records:
            kind = CaseKind.RECORD_CORRECTION
        if one.end == "answered":
            state = CaseState.REPLIED
            row = None if one.about_records else row_of_case([answer.row or "" for answer in one.answers]).code
        elif one.end in ENDINGS:
            state, _, row = ENDINGS[one.end]
        elif one.end in NOT_COUNTED:
            state = NOT_COUNTED[one.end]
        if one.archived and one.end != "open":
            state = CaseState.ARCHIVED
        key = self.case(organ_id, one, state, kind, row, origin)
        self.facts(organ_id, key, one)
        for part in one.parts:
            self.request(organ_id, part, key)
        for quarrel in one.quarrels:
            self.quarrel(organ_id, key, one, quarrel)

    def case(
        self, organ_id: int, one: Request, state: CaseState, kind: CaseKind, row: str | None, origin: int | None
    ) -> int:
        """The case with its applicants and items; gives its key."""
        self.cases += 1
        key, uid = self.cases, f"{self.cases:032x}"
        self.rows[Case].append({
            "id": key, "uid": uid, "organ_id": organ_id, "number": f"2024-{key:04d}", "reference": f"O{organ_id}-{key}",
            "kind": kind, "origin_id": origin, "state": state, "version": 1, "channel": "counter", "content_hash": uid,
            "entered_at": SINCE, "received_on": one.received, "description": f"申请第{key}件", "carrier": "paper",
            "way": "post", "ended_on": one.ended, "replied_on": one.ended if one.end == "answered" else None,
            "report_row": row, "applicant_kind": one.kinds[0], "taken_over": one.taken_over,
        })  # fmt: skip
        for ordinal, applicant in enumerate(one.kinds, 1):
            self.rows[Applicant].append({
                "uid": f"{key:030x}{ordinal:02x}", "organ_id": organ_id, "case_id": key, "ordinal": ordinal,
                "kind": applicant, "name": "某", "sealed": b"",
            })  # fmt: skip
        for ordinal, answer in enumerate(one.answers or (None,), 1):
            self.rows[Item].append(
                {"organ_id": organ_id, "case_id": key, "ordinal": ordinal, "quote": "某项", "outcome": answer}
            )
        return key

    def facts(self, organ_id: int, key: int, one: Request) -> None:
        """The dated facts that begin and end it. A record taken over from an earlier register has none."""
        if one.taken_over:
            return
        happened = [(ledger.RECEIVED, one.received), (FactKind.LAPSED, one.lapsed_before)]
        if one.end == "answered":
            happened.append((FactKind.REPLIED, one.ended))
        elif one.end in ENDINGS:
            happened.append((ENDINGS[one.end][1], one.ended))
        elif one.end in ("divided", "voided"):
            happened.append((ledger.DIVIDED if one.end == "divided" else ledger.VOIDED, one.ended))
        for kind, on in happened:
            if on is not None:
                self.rows[Fact].append({
                    "organ_id": organ_id, "case_id": key, "kind": kind, "on_": on, "recorded_at": SINCE, "actor": "user:1",
                })  # fmt: skip

    def quarrel(self, organ_id: int, key: int, one: Request, quarrel: Quarrel) -> None:
        """The dispute with its decisions, and the case of the reply given anew."""
        self.disputes += 1
        redo = self.anew(organ_id, key, one, quarrel) if quarrel.begun_anew else None
        last = quarrel.decisions[-1] if quarrel.decisions else None
        done = last is not None and (quarrel.appealed is None or last[0] == 2)
        self.rows[Dispute].append({
            "id": self.disputes, "uid": f"{self.disputes:032x}", "organ_id": organ_id, "case_id": key, "kind": quarrel.kind,
            "state": DisputeState.HEARD, "version": 1, "authority": "某机关", "filed_on": quarrel.filed,
            "instance": 1 if quarrel.appealed is None else 2, "appealed_on": quarrel.appealed, "redo_id": redo,
            "registered_at": SINCE, "closed_on": last[1] if done and last is not None else None,
        })  # fmt: skip
        for instance, on, result in quarrel.decisions:
            self.rows[DisputeDecision].append({
                "organ_id": organ_id, "dispute_id": self.disputes, "instance": instance, "result": result.value,
                "decided_on": on, "received_on": on, "recorded_at": SINCE, "actor": "user:1",
            })  # fmt: skip

    def anew(self, organ_id: int, key: int, one: Request, quarrel: Quarrel) -> int:
        """The case of the reply given anew: with a row of its own, outside of the table."""
        answered = quarrel.answered_anew
        answers = (ReplyKind.DISCLOSED,) if answered else ()
        again = Request(quarrel.decisions[0][1], one.kinds, "answered" if answered else "open", answered, answers)
        row = ReplyKind.DISCLOSED.row if answered else None
        found = self.case(
            organ_id, again, CaseState.REPLIED if answered else CaseState.HANDLING, CaseKind.REDO, row, key
        )
        self.facts(organ_id, found, again)
        return found


def organs(session: Session) -> list[Organ]:
    """Every organ, by key."""
    return list(session.scalars(select(Organ).order_by(Organ.id)))


def departures(session: Session, files: Mapping[int, list[Request]]) -> list[str]:
    """Where a report of an organ breaks a rule, does not carry on what the year before left, or differs from the naive reader."""
    found = organs(session)
    years = {
        year: {organ.id: made for organ, made in report.each(session, found, Span.of_year(year))} for year in YEARS
    }
    wrong = []
    for organ_id, file in files.items():
        for year in YEARS:
            made, before = years[year][organ_id], years.get(year - 1, {}).get(organ_id)
            told, naive = (table3_of(made), table4_of(made)), (naive_table3(file, year), naive_table4(file, year))
            if told != naive:
                wrong.append(f"O{organ_id} {year}: {told} instead of {naive}")
            broken = [one.name for one in check(made, before) if not one.ok]
            broken += [one["name"] for one in made["checks"] if not one["ok"]]
            wrong += [f"O{organ_id} {year}: {name}" for name in broken]
    named = report_checks.examined(session, list(files), EVER)
    return wrong + [f"{one.fault.label}: {one.references}" for one in named]
