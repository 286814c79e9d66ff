"""The rows of a file of ten years: organs and officials, then requests in batches, as their tables take them."""

import json
import random
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import TypeVar

from benchmarks.wordings import LONGEST, Writer
from gkapply.casework.applicant import IDENTITY
from gkapply.casework.people_data import CONTACT_FIELDS
from gkapply.law.workdays import national_calendar
from gkapply.sealing import KeyRing
from workflows.application import CaseState
from workflows.duties import Duty

ORGANS, YEARS, SEED = 200, 10, 7
LAST_DAY = date(2026, 6, 30)
"""The day after which nothing has come in yet; the first request came ten years before."""
BATCH = 10_000
AGAIN = 0.04
"""Share of requests by somebody who applied before, in nearly the same words."""
CHANNELS = {
    "online": 52,
    "courier": 17,
    "counter": 13,
    "signed_post": 9,
    "ordinary_post": 4,
    "email": 3,
    "fax": 1,
    "oral": 1,
}
KINDS = {"natural_person": 86, "enterprise": 8, "research": 1, "welfare": 1, "legal_service": 2, "other": 2}
OUTCOMES = {
    "3.1": 40,
    "3.2": 6,
    **dict.fromkeys(("3.3.1", "3.3.2", "3.3.3", "3.3.8", "3.4.2", "3.5.3", "3.5.4", "3.5.5", "3.6.2"), 1),
    "3.3.4": 2,
    "3.3.5": 2,
    "3.3.6": 3,
    "3.3.7": 2,
    "3.4.1": 17,
    "3.4.3": 2,
    "3.5.1": 5,
    "3.5.2": 3,
    "3.6.1": 3,
    "3.6.3": 3,
}
KIND_OF_REPLY = {
    "3.1": "disclosed",
    "3.2": "partial",
    "3.4.1": "not_existing",
    "3.5.1": "petition",
    "3.5.2": "repeated",
}
OPEN_STATES = {
    CaseState.REGISTERED: 1,
    CaseState.REVIEWING: 2,
    CaseState.CORRECTING: 1,
    CaseState.HANDLING: 6,
    CaseState.APPROVING: 2,
    CaseState.DELIVERING: 1,
}
ENDED_STATES = {CaseState.REPLIED: 93, CaseState.WITHDRAWN: 4, CaseState.LAPSED: 2, CaseState.VOIDED: 1}
TO_THE_ARCHIVE = timedelta(days=30)

Row = tuple[object, ...]
Code = TypeVar("Code")


@dataclass(frozen=True, slots=True)
class Rows:
    """Rows of one table: the columns that differ with their values, and those that are the same in every row."""

    table: str
    columns: Sequence[str]
    same: Mapping[str, object]
    rows: list[Row] = field(default_factory=list)


@cache
def officials() -> Sequence[tuple[int, int]]:
    """The officials' ids, each with its organ: a bigger organ has more of them; the first of each holds every duty."""
    organs = [organ for organ in range(1, ORGANS + 1) for _ in range(max(2, 40 // organ))]
    return tuple(enumerate(organs, 1))


def people() -> Iterator[Rows]:
    """Organs with their signing names, officials with their duties."""
    numbers = range(1, ORGANS + 1)
    since = "2016-01-01"
    settled = {"kind": "department", "calendar": "CN", "areas": "", "accepts_applications": True, "valid_from": since}
    contact = {"contact_unit": "", "contact_phone": "", "contact_address": ""}
    yield Rows(
        "organ", ("id", "code", "name"), {**settled, **contact}, [(n, f"O{n:03d}", f"第{n}机关") for n in numbers]
    )
    name = {"review_authority": "县人民政府", "court": "县人民法院", "online_review": "", "is_default": True}
    yield Rows(
        "signing_name",
        ("id", "organ_id", "full_name", "code_word"),
        {**name, "valid_from": since},
        [(n, n, f"第{n}机关", f"{n}公开") for n in numbers],
    )
    account = {"password_hash": "none", "must_change_password": False, "created_at": f"{since} 01:00:00.000000"}
    yield Rows(
        "user", ("id", "login", "name"), account, [(one, f"official{one}", f"承办人{one}") for one, _ in officials()]
    )
    firsts = {organ: one for one, organ in reversed(officials())}
    held = [(one, organ, Duty.OFFICER.value) for one, organ in officials()]
    held += [(one, organ, duty.value) for organ, one in firsts.items() for duty in (Duty.REGISTRAR, Duty.HEAD)]
    yield Rows(
        "duty_holding",
        ("id", "user_id", "organ_id", "duty"),
        {"valid_from": since},
        [(number, *one) for number, one in enumerate(held, 1)],
    )


def requests(cases: int, seed: int, ring: KeyRing) -> Iterator[list[Rows]]:
    """So many requests in batches: persons, requests, applicants and items, each after what it refers to."""
    office = _Office(seed, ring)
    for start in range(1, cases + 1, BATCH):
        batch = _batch()
        for number in range(start, min(start + BATCH, cases + 1)):
            came = LAST_DAY - timedelta(days=int((cases - number) * YEARS * 365 / cases))
            office.take(number, came, *batch)
        yield batch


def _batch() -> list[Rows]:
    empty = dict.fromkeys(("late_reason", "information_name", "information_number", "assistance"), "")
    empty |= dict.fromkeys(("suggests_disclosure", "void_reason", "retention"), "")
    settled = {"accepts_other_form": True, "due_provisional": False, "taken_over": False, "query_code_generation": 1}
    settled |= {"searched": True}
    case = {**empty, **settled, "version": 5, "content_hash": "0" * 64, "carrier": "paper", "way": "post"}
    differing = "id uid organ_id number reference state channel entered_at submitted_at received_on clock_from look_on"
    differing += " description due_on replied_on delivered_on ended_on archived_on officer_id signing_name_id"
    differing += " report_row report_reason applicant_kind"
    return [
        Rows("person", ("id", "organ_id", "identity_index"), {}),
        Rows("case_file", differing.split(), case),
        Rows("applicant", ("id", "uid", "organ_id", "case_id", "kind", "name", "person_id", "sealed"), {"ordinal": 1}),
        Rows("item", ("id", "organ_id", "case_id", "quote", "outcome"), {"ordinal": 1, "evidence": "{}"}),
    ]


class _Office:
    """What is drawn, and what has to be remembered from one request to the next."""

    def __init__(self, seed: int, ring: KeyRing):
        self._draw = random.Random(seed)
        self._writer = Writer(seed)
        self._ring = ring
        self._numbers: dict[tuple[int, int], int] = {}
        self._persons = 0
        self._known: dict[int, list[tuple[int, str, str]]] = {}
        self._officers: dict[int, list[int]] = {}
        for one, organ in officials():
            self._officers.setdefault(organ, []).append(one)
        self._contact = json.dumps(dict.fromkeys(CONTACT_FIELDS, "")).encode()

    def take(self, number: int, came: date, persons: Rows, cases: Rows, applicants: Rows, items: Rows) -> None:
        """One more request."""
        organ = min(ORGANS, int(self._draw.paretovariate(0.9)))
        person, name, text = self._applicant(organ, persons)
        end = came + timedelta(days=self._days())
        state, ended, archived, row = self._course(end)
        counted = self._numbers[organ, came.year] = self._numbers.get((organ, came.year), 0) + 1
        entered = f"{came} 0{self._draw.randrange(1, 10)}:{self._draw.randrange(10, 60)}:00.000000"
        replied = ended if state in (CaseState.REPLIED, CaseState.ARCHIVED) else None
        handled = None if state is CaseState.REGISTERED else self._draw.choice(self._officers[organ])
        uid = f"{number:08x}{self._draw.getrandbits(96):024x}"
        plain = f"{came.year}-{counted:04d}"
        reason = f"答复结果计入{row}" if row else ""
        days = (str(came), str(came), str(came))
        ends = (_due(came), replied, replied, ended, archived)
        known_as = (number, uid, organ, plain, f"O{organ:03d}-{plain}", state.value, _drawn(self._draw, CHANNELS))
        kind = _drawn(self._draw, KINDS)
        cases.rows.append((*known_as, entered, entered, *days, text, *ends, handled, organ, row, reason, kind))
        who = f"{number:08x}{'a' * 24}"
        sealed = self._ring.seal(self._contact, f"applicant.sealed.{who}")
        applicants.rows.append((number, who, organ, number, kind, name, person, sealed))
        items.rows.append((number, organ, number, text, KIND_OF_REPLY.get(row or "")))

    def _applicant(self, organ: int, persons: Rows) -> tuple[int, str, str]:
        """Who applies and for what: somebody new, or somebody known with a few characters of the earlier text changed."""
        known = self._known.setdefault(organ, [])
        if known and self._draw.random() < AGAIN:
            person, name, text = self._draw.choice(known)
            at = self._draw.randrange(len(text) - 8)
            return person, name, f"{text[:at]}{self._writer.name()}{text[at + 3 :]}"[:LONGEST]
        self._persons += 1
        index = self._ring.blind_index(f"bench:{self._persons}", IDENTITY)
        persons.rows.append((self._persons, organ, index))
        one = self._persons, self._writer.name(), self._writer.request()
        if len(known) < 200:
            known.append(one)
        else:
            known[self._draw.randrange(200)] = one
        return one

    def _days(self) -> int:
        """How many days its handling takes, weekends included: three weeks, or seven with an extension."""
        return max(1, int(self._draw.gauss(20, 6))) + (26 if self._draw.random() < 0.08 else 0)

    def _course(self, end: date) -> tuple[CaseState, str | None, str | None, str | None]:
        """How far it has come: its state, the days of its end and its archiving, and its row of the annual report."""
        if end > LAST_DAY:
            return _drawn(self._draw, OPEN_STATES), None, None, None
        state = _drawn(self._draw, ENDED_STATES)
        if state is CaseState.VOIDED:
            return state, str(end), str(end), None
        row = _drawn(self._draw, OUTCOMES) if state is CaseState.REPLIED else "3.6.3"
        archived = end + TO_THE_ARCHIVE
        if archived > LAST_DAY:
            return state, str(end), None, row
        return CaseState.ARCHIVED, str(end), str(archived), row


def _drawn(draw: random.Random, shares: Mapping[Code, int]) -> Code:
    bounds = _bounds(tuple(shares.values()))
    return tuple(shares)[bisect_right(bounds, draw.random() * bounds[-1])]


@cache
def _bounds(shares: tuple[int, ...]) -> tuple[int, ...]:
    return tuple(sum(shares[: place + 1]) for place in range(len(shares)))


@cache
def _due(came: date) -> str:
    """The twentieth working day after; of years whose holidays are not shipped four weeks."""
    calendar = national_calendar()
    return str(calendar.add(came, 20) if came >= calendar.published_from else came + timedelta(days=28))
