"""The whole history of a case as a time line (办理时间线): every entry of its journal with the thing it is about, by moment.

The journal says what was done; the dated facts add the legal day and what it did to the reply term, remarks their words. Each kind of
thing is read by one statement, however long the history.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from itertools import groupby
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.due_course import DueChange, due_course
from gkapply.casework.entries import Fact
from gkapply.casework.history import names_of, words_of
from gkapply.casework.journal import JournalEntry
from gkapply.casework.ledger import label_of, standing
from gkapply.casework.records import Case
from gkapply.casework.remark_records import Remark
from gkapply.casework.trail_things import Thing, things_of
from gkapply.clock import day_of
from gkapply.law.delivery_ways import DeliveryWay, Outcome
from workflows.undoing import counter_of


class Kind(StrEnum):
    """What a line of the time line is about; the time line can be narrowed to one."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Kind":
        """A member is its code."""
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.label = label
        return kind

    STEP = "step", "办理步骤"
    FACT = "fact", "期限事实"
    LETTER = "letter", "文书审签"
    DELIVERY = "delivery", "发出和送达"
    CONSULTATION = "consultation", "征求意见"
    REFERRAL = "referral", "转办"
    DELIBERATION = "deliberation", "会商"
    DISPUTE = "dispute", "复议、诉讼和投诉"
    PUBLICATION = "publication", "转主动公开"
    URGE = "urge", "督办"
    PAPER = "paper", "材料"
    REMARK = "remark", "内部备注和关联"
    MESSAGE = "message", "邮件、短信"
    OTHER = "other", "其他"


_DELIVERING = {"send", "send_again", "note_delivery", "note_result", "come_back", "dispatch_reply"}
_BY_ROOM = {
    "application": Kind.STEP,
    "fact": Kind.FACT,
    "letter": Kind.LETTER,
    "consultation": Kind.CONSULTATION,
    "referral": Kind.REFERRAL,
    "deliberation": Kind.DELIBERATION,
    "dispute": Kind.DISPUTE,
    "publication": Kind.PUBLICATION,
    "urge": Kind.URGE,
    "history": Kind.STEP,
    "document": Kind.PAPER,
    "bundle": Kind.PAPER,
    "remark": Kind.REMARK,
    "case_tie": Kind.REMARK,
    "message": Kind.MESSAGE,
}
_MESSAGES = {"stop_mails", "resume_mails", "send_code"}
_ROUNDS = {"letter.submit_review", "letter.submit_signature"}
_ENTERED_LATE = {"application.register", "application.take_in", "application.confirm"}
_WITHOUT_DAY = {"application.record_note"}


def kind_of(deed: str) -> Kind:
    """Under which kind a deed of the journal stands."""
    room, _, trigger = deed.partition(".")
    if trigger in _MESSAGES:
        return Kind.MESSAGE
    if trigger in _DELIVERING and room in ("letter", "application"):
        return Kind.DELIVERY
    return _BY_ROOM.get(room, Kind.OTHER)


@dataclass(frozen=True, slots=True)
class Line:
    """One thing that happened. ``seq`` names its entry in the journal; None for a dated fact that has none."""

    at: datetime
    kind: Kind
    deed: str
    seq: int | None
    who: str
    what: str
    on: date | None
    """The legal day, where it is another than that of the entry."""
    late_reason: str
    """Why it was registered late (补登); empty otherwise."""
    revoked: bool
    thing: Thing | None
    """What it leads to."""
    due: DueChange | None
    """What it did to the last day for the reply."""
    text: str
    """The words of a remark."""
    undoes: int | None
    """The entry of the step that this one takes back or explains as a mistake."""
    correctable: bool
    """Whether it is a step of which one may say that it was a mistake."""


@dataclass(frozen=True, slots=True)
class Day:
    """The lines that were entered on one day, in the order of their moments."""

    on: date
    lines: Sequence[Line]


@dataclass(frozen=True, slots=True)
class Timeline:
    """The history of a case: its days, the oldest first, and how many lines there are of each kind."""

    days: Sequence[Day]
    undone: Mapping[int, int]
    """Entry of a mistake → the last entry that puts it right."""
    counts: Mapping[Kind, int]


def timeline(session: Session, case: Case, kind: Kind | None = None) -> Timeline:
    """The history of ``case``, which the caller opened for an actor who sees it; ``kind`` narrows it."""
    lines = _lines(session, case)
    counts = {one: sum(line.kind is one for line in lines) for one in Kind}
    shown = [line for line in lines if kind is None or line.kind is kind]
    days = [Day(on, list(some)) for on, some in groupby(shown, key=lambda line: day_of(line.at))]
    undone = {line.undoes: line.seq for line in lines if line.undoes and line.seq}
    return Timeline(days, undone, {one: count for one, count in counts.items() if count})


def _lines(session: Session, case: Case) -> list[Line]:
    entries = session.execute(
        select(JournalEntry.seq, JournalEntry.deed, JournalEntry.actor, JournalEntry.recorded_at, JournalEntry.body)
        .where(JournalEntry.case_id == case.id)
        .order_by(JournalEntry.id)
    ).all()
    facts = session.scalars(select(Fact).where(Fact.case_id == case.id).order_by(Fact.id)).all()
    teller = _Teller(session, case, facts, (*(one.actor for one in entries), *(fact.actor for fact in facts)))
    lines = [teller.of_entry(*entry) for entry in entries]
    told = {fact for line in lines if (fact := teller.told.get(line.seq or 0))}
    lines += [teller.of_fact(fact) for fact in facts if fact.id not in told]
    return sorted(lines, key=lambda line: line.at)


class _Teller:
    """Puts entries into lines, with all that they are about read beforehand."""

    def __init__(self, session: Session, case: Case, facts: Sequence[Fact], actors: Iterable[str]):
        self.case = case
        self.names = names_of(session, actors)
        self.things = things_of(session, case)
        self.titles = {uid: one.title for uid, one in self.things.items()}
        self.facts = {fact.id: fact for fact in facts}
        self.holding = {fact.id for fact in standing(facts)}
        self.due = due_course(case, facts)
        written = session.execute(select(Remark.uid, Remark.text).where(Remark.case_id == case.id))
        self.remarks = {row.uid: row.text for row in written}
        self.rounds: dict[str, int] = {}
        self.told: dict[int, int] = {}

    def of_entry(self, seq: int, deed: str, actor: str, at: datetime, written: str) -> Line:
        """The line of one entry of the journal."""
        body = json.loads(written)
        fact = self.facts.get(body.get("fact") or 0)
        if fact is not None:
            self.told[seq] = fact.id
        on = date.fromisoformat(body["on"]) if "on" in body and deed not in _WITHOUT_DAY else None
        return Line(
            at=at,
            kind=kind_of(deed),
            deed=deed,
            seq=seq,
            who=self.names[actor],
            what=words_of(deed, body, self.titles) + self._more(deed, body),
            on=None if on == day_of(at) else on,
            late_reason=self.case.late_reason if deed in _ENTERED_LATE else "",
            revoked=fact is not None and fact.revokes_id is None and fact.id not in self.holding,
            thing=self.things.get(body.get("of") or body.get("document") or ""),
            due=self.due.get(fact.id) if fact is not None else None,
            text=self.remarks.get(body.get("remark", ""), ""),
            undoes=body.get("undoes"),
            correctable=actor.startswith("user:") and counter_of(deed) is not None,
        )

    def of_fact(self, fact: Fact) -> Line:
        """The line of a dated fact that the journal does not name: it was taken over with the file."""
        return Line(
            at=fact.recorded_at,
            kind=Kind.FACT,
            deed="",
            seq=None,
            who=self.names[fact.actor],
            what=f"{'期限事实' if fact.revokes_id is None else '撤销期限事实'}：{label_of(fact.kind)}",
            on=None if fact.on_ == day_of(fact.recorded_at) else fact.on_,
            late_reason="",
            revoked=fact.revokes_id is None and fact.id not in self.holding,
            thing=None,
            due=self.due.get(fact.id),
            text="",
            undoes=None,
            correctable=False,
        )

    def _more(self, deed: str, body: Mapping[str, Any]) -> str:
        """What the time line says besides: the round of a letter, the way it went, what became of an attempt."""
        said = []
        if deed in _ROUNDS:
            self.rounds[body["of"]] = self.rounds.get(body["of"], 0) + 1
            said.append(f"第{self.rounds[body['of']]}次送审")
        if body.get("way") in set(DeliveryWay):
            said.append(DeliveryWay(body["way"]).label)
        if body.get("outcome") in set(Outcome):
            said.append(Outcome(body["outcome"]).label)
        return f"（{'，'.join(said)}）" if said else ""
