"""Random lives of a case: at each turn one of the steps that ``available()`` offers is taken through its own form and deed.

Nothing here knows the rows: a new step is walked as soon as it has its page. What an applicant, a link holder or time does
has no page at the desk, so it is written down below; a row without either fails the walk.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from random import Random
from typing import Any
from uuid import uuid4

from flask import Flask
from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from gkapply.casework import (
    advising,
    contact_change,
    correction,
    errands,
    excess,
    fee,
    intake,
    letterbook,
    sweep,
    track,
    withdrawal,
)
from gkapply.casework.access import Actor, applicant_on
from gkapply.casework.advised import Advice
from gkapply.casework.documents import Upload
from gkapply.casework.journal import JournalHead
from gkapply.casework.papers import Letter
from gkapply.casework.people import Organ
from gkapply.casework.publications import Publication
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, LAWYERS, PERSON, request, walked_in
from gkapply.law.channels import COUNTER
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import kinds_for
from gkapply.web.subjects import SUBJECTS, Subject
from tests.casework.conftest import Office
from tests.journeys.form_filling import PDF, filled
from tests.journeys.known import known
from workflows.duties import OFFICIAL_DUTIES, Duty
from workflows.step import Step

ENDING = {"propose_void", "record_withdrawal", "end_without_applicant", "withdraw", "divide", "split_off"}
IDLE = {
    *("record_note", "add_paper", "reissue_code", "reassign", "revise", "itemise", "record_contact", "advise_channel"),
    *("change_contact", "change_way"),
    *("order_bundle", "amend", "record_instruction", "add_cleaned_copy", "register_dispute"),
    *("review_secrecy", "ask_adviser", "withdraw_adviser"),
}
HASTY = {"accept", "draft_reply", "confirm_lapse", "hand_in"}
"""Steps after which other branches can no longer be taken."""
BACK = {"discard", "cancel", "return_signature", "return_review", "come_back", "reject_void", "answer_on_the_spot"}
RARE = ENDING | IDLE
"""Steps that end a life or lead nowhere: taken now and then, so that they do not crowd out the others."""
ONWARD = {"submit_signature", "submit_review", "pass_review", "sign_notice", "sign_extension", "sign_reply", "send"}


NOVELTY = 0.8
"""What has been walked often is walked less: so the rare branches get their turn within few steps."""


def weight(trigger: str) -> float:
    """How likely a step is taken: letters are mostly sent on their way, seldom back."""
    for triggers, found in ((ENDING, 0.03), (IDLE, 0.05), (BACK, 0.2), (HASTY, 0.2), (ONWARD | {"seal"}, 8.0)):
        if trigger in triggers:
            return found
    return 1.0


_CASE = select(Case).where(Case.reference == bindparam("reference"))
_STANDING = select(
    select(Case.version).where(Case.reference == bindparam("reference")).scalar_subquery(),
    select(JournalHead.seq).where(JournalHead.organ_id == bindparam("organ")).scalar_subquery(),
)
ACTING = (*OFFICIAL_DUTIES, Duty.APPLICANT, Duty.ADVISER)
APPLICANTS = (PERSON, COMPANY, LAWYERS)

Act = Callable[[Session, Any, Actor, datetime], Any]


def give_advice(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
    """An adviser who was asked answers by the link."""
    one = next(one for one in letter.advice if one.is_open_on(day_of(now)))
    advising.give(session, one, Advice.AFTER_CHANGES, "请补充依据的条款", None, actor, now)


OUTSIDERS: Mapping[Duty, Callable[[Case], Actor]] = {
    Duty.APPLICANT: applicant_on,
    Duty.ADVISER: lambda case: Actor("adviser", case.organ_id, frozenset({Duty.ADVISER}), case_id=case.id),
}
"""Who acts on a page of their own, without an account."""
FROM_OUTSIDE: Mapping[tuple[str, str], Act] = {
    ("application", "submit_correction"): lambda s, case, actor, now: correction.submit_online(
        s, case, "请公开某工程的施工合同", None, actor, now
    ),
    ("application", "submit_explanation"): lambda s, case, actor, now: excess.submit_explanation(
        s, case, "为核实补偿标准所需", None, actor, now
    ),
    ("application", "submit_payment"): lambda s, case, actor, now: fee.submit_payment(
        s, case, Upload("缴款凭证.pdf", PDF), actor, now
    ),
    ("application", "withdraw"): withdrawal.withdraw_online,
    ("application", "change_contact"): lambda s, case, actor, now: contact_change.change_contact(
        s, case, {"address": f"某市某路{case.version}号"}, actor, now
    ),
    ("application", "change_way"): lambda s, case, actor, now: contact_change.change_way(
        s, case, "pickup" if case.way == "read" else "read", actor, now
    ),
    ("letter", "note_delivery"): lambda s, letter, actor, now: track.fetch(s, actor, letter.uid, now),
    ("letter", "give_advice"): give_advice,
}
"""What the applicant and a legal adviser do on their pages, by workflow and trigger."""


@dataclass(frozen=True, slots=True)
class Turn:
    """One step that could be taken now: of which thing, by whom."""

    subject: Subject
    key: str
    step: Step
    actor: Actor
    is_reply: bool

    @property
    def name(self) -> tuple[str, str]:
        """The row: workflow and trigger."""
        return self.subject.flow.workflow.name, self.step.trigger


@dataclass
class Walk:
    """One life after another in one office; ``taken`` counts how often each row was walked."""

    app: Flask
    office: Office
    random: Random
    now: datetime
    check: Callable[[Case], None]
    taken: Counter[tuple[str, str]] = field(default_factory=Counter)
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    reference: str = ""
    _offered: tuple[str, date, list[Turn]] | None = None
    """What ``turns`` found for the case on the day, while nothing has changed."""

    @property
    def today(self) -> date:
        """The day to which the walk has come."""
        return self.now.astimezone(OFFICE_ZONE).date()

    def begin(self) -> None:
        """A new request comes in: on the web or over the counter."""
        self._offered = None
        self.now += timedelta(minutes=1)
        application = request(self.random.choice(APPLICANTS), f"第{self.random.randint(1, 10**6)}号工程的批复")
        with transaction() as session:
            organ = session.get_one(Organ, self.office.organ_id)
            if self.random.random() < 0.5:
                case = intake.submit(session, organ, application, {}, uuid4().hex, self.now)
            else:
                registrar, paper = self.office.staff[Duty.REGISTRAR], walked_in(application, application.description)
                case = intake.register(session, organ, paper, {}, Receipt(COUNTER, self.today), registrar, self.now)
            self.reference = case.reference
        self.look()

    def let_time_pass(self, most: int) -> None:
        """Up to ``most`` days go by; what time alone brings happens."""
        self._offered = None
        day = self.today + timedelta(days=self.random.randint(0, most))
        self.now = max(self.now, datetime.combine(day, time(9, 30), OFFICE_ZONE))
        errands.let_time_pass({}, self.now, errands.Equipment(self.office.store.folder, None))  # type: ignore[arg-type]
        sweep.sweep(self.now)
        self.render()

    def render(self) -> None:
        """The files of what was signed are made, as by the errand that the signature posted."""
        with reading() as session:
            case = self.case(session)
            waiting = [letter.uid for letter in case.letters if letter.final and not letter.file_sha]
        for uid in waiting:
            letterbook.render_file(uid, self.now)

    def case(self, session: Session) -> Case:
        """The case of this life."""
        return session.scalars(_CASE, {"reference": self.reference}).one()

    def turns(self) -> list[Turn]:
        """Every step that ``available()`` allows anybody now; a refused step, which changes nothing, changes none of them."""
        if self._offered is None or self._offered[:2] != (self.reference, self.today):
            with reading() as session:
                case = self.case(session)
                things = [(SUBJECTS[name], thing) for name, some in things_of(session, case).items() for thing in some]
                found = [turn for subject, thing in things for turn in self._turns_of(subject, thing, case)]
            self._offered = self.reference, self.today, found
        return self._offered[2]

    def _turns_of(self, subject: Subject, thing: Any, case: Case) -> list[Turn]:
        key = thing.reference if isinstance(thing, Case) else thing.uid
        is_reply = isinstance(thing, Letter) and LetterKind(thing.kind).ends_case
        here = {duty for step in subject.flow.workflow.from_state(thing.state) for duty in step.duties}
        found = []
        for duty in (one for one in ACTING if one in here):
            actor = OUTSIDERS[duty](case) if duty in OUTSIDERS else self.office.staff[duty]
            for option in subject.flow.available(thing, actor, self.now):
                turn = Turn(subject, key, option.step, actor, is_reply)
                acts = turn.name in FROM_OUTSIDE if duty in OUTSIDERS else turn.name[1] in subject.pages
                if option.possible and option.step.via is None and acts:
                    found.append(turn)
        return found

    def take(self, turn: Turn, wanted: Mapping[str, Any] | None = None) -> bool:
        """Take the step with a form filled in at random; False, with nothing changed, when form or law refuse it."""
        self.now += timedelta(minutes=1)
        before = self.standing()
        try:
            done = self._act(turn) if turn.actor.holds(*OUTSIDERS) else self._fill_in(turn, wanted)
        except Refusal:
            done = False
        if not done:
            assert self.standing() == before, f"{turn.name} was refused and yet something changed"
            self.refused[turn.name] += 1
            return False
        self._offered = None
        self.taken[turn.name] += 1
        if turn.step.trigger.startswith("sign_"):
            self.render()
        self.look()
        return True

    def _act(self, turn: Turn) -> bool:
        with transaction() as session:
            case = self.case(session)
            thing: Any = case
            if turn.subject.flow.workflow.name == "letter":
                thing = next(one for one in case.letters if one.uid == turn.key)
            FROM_OUTSIDE[turn.name](session, thing, turn.actor, self.now)
        return True

    def _fill_in(self, turn: Turn, wanted: Mapping[str, Any] | None) -> bool:
        page, query = turn.subject.pages[turn.step.trigger], self._query(turn, wanted)
        with reading() as session:
            thing = turn.subject.open(session, turn.key, turn.actor)
            with self.app.test_request_context(query_string=query):
                empty = self._form(page, session, thing)
                wise = {**known(turn.step.trigger, thing, self.random, self.today), **(wanted or {})}
                typed = {**filled(empty, self.random, self.today, wanted=wise), **query}
            request = self.app.test_request_context(method="POST", data=typed)
            request.push()
            form = self._form(page, session, thing)
        try:
            if form.grows or not form.validate():
                return False
            with transaction() as session:
                thing = turn.subject.open(session, turn.key, turn.actor, for_step=True)
                turn.subject.flow.require(thing, turn.step.trigger, turn.actor)
                page.deed(session, thing, form, turn.actor, self.now)
        finally:
            request.pop()
        return True

    def _query(self, turn: Turn, wanted: Mapping[str, Any] | None) -> dict[str, str]:
        """What the first of two pages has chosen already: the item and its outcome."""
        if turn.step.trigger != "decide_item":
            return {}
        with reading() as session:
            case = self.case(session)
            undecided = [one.ordinal for one in case.items if one.outcome is None] or [
                one.ordinal for one in case.items
            ]
            kinds = [kind.value for kind in kinds_for(case.kind)]
        outcome = (wanted or {}).get("outcome")
        if outcome not in kinds:
            outcome = self.random.choice([kind for kind in kinds if wanted is None or kind in PLAIN_OUTCOMES])
        return {"item": str(self.random.choice(undecided)), "outcome": outcome}

    def _form(self, page: Any, session: Session, thing: Any) -> Any:
        case = thing if isinstance(thing, Case) else thing.case
        form_class = page.form_for(thing)
        form = form_class(data={"version": case.version, **form_class.initial(thing, self.today)}, meta={"csrf": False})
        form.prepare(session, thing, self.today)
        return form

    def standing(self) -> tuple[Any, ...]:
        """What a refused step must leave as it was: the version of the case and the length of the organ's journal."""
        with reading() as session:
            connection = session.connection()
            return tuple(
                connection.execute(_STANDING, {"reference": self.reference, "organ": self.office.organ_id}).one()
            )

    def look(self) -> None:
        """Have the case as it stands now checked."""
        with reading() as session:
            self.check(self.case(session))

    def wander(self, turns: int) -> int:
        """Take up to ``turns`` random steps; returns how many were taken."""
        taken = 0
        for _ in range(turns):
            if self.random.random() < 0.3:
                self.let_time_pass(self.random.choice((1, 3, 9)))
            possible = self._somebodys_turns()
            if not possible:
                break
            weights = [self._weight(turn) for turn in possible]
            taken += self.take(self.random.choices(possible, weights)[0])
        return taken

    def _weight(self, turn: Turn) -> float:
        """How likely the step is taken now: less, the more often it was walked or refused, but for sending letters on."""
        trigger, tried = turn.step.trigger, self.taken[turn.name] + 4 * self.refused[turn.name]
        return weight(trigger) if trigger in ONWARD else weight(trigger) / (1 + tried) ** NOVELTY

    def _somebodys_turns(self) -> list[Turn]:
        """What one person, chosen by lot among those who can do anything, may do now."""
        possible = self.turns()
        by_actor: dict[Actor, list[Turn]] = {}
        for turn in possible:
            by_actor.setdefault(turn.actor, []).append(turn)
        able = [turns for turns in by_actor.values() if any(turn.step.trigger not in RARE for turn in turns)]
        return self.random.choice(able or [possible])

    def _homeward(self, turn: Turn) -> Mapping[str, Any]:
        """What is chosen on the way home where a random choice would seldom be lawful; not always the same outcome again."""
        if turn.step.trigger == "review_secrecy":
            return {"result": "open"}
        return {"outcome": self.random.choice(PLAIN_OUTCOMES)} if turn.step.trigger == "decide_item" else {}

    def follow_up(self) -> None:
        """Walk the cases that came out of this one, a part or a reply ordered anew, to the archive as well."""
        with reading() as session:
            waiting = [one.reference for one in self.case(session).offspring if one.archived_on is None]
        for reference in waiting:
            self.reference = reference
            self.wander(self.random.choice((0, 10, 20)))
            self.go_home()

    def go_home(self, turns: int = 400) -> None:
        """Lead the life to the archive, by the steps that bring it nearer. Raises AssertionError when it does not get there."""
        refused: Counter[tuple[str, str]] = Counter()
        for turn_number in range(turns):
            with reading() as session:
                if self.case(session).archived_on is not None:
                    return
            if turn_number % 15 == 14:
                refused.clear()
                self.let_time_pass(20)
            nearer = [
                turn for turn in self.turns() if rank(turn) is not None and refused[turn.step.trigger, turn.key] < 3
            ]
            if not nearer:
                refused.clear()
                self.let_time_pass(20)
                continue
            turn = min(nearer, key=lambda one: (refused[one.step.trigger, one.key], rank(one)))
            if not self.take(turn, self._homeward(turn)) or turn.step.trigger in AGAIN_AND_AGAIN:
                refused[turn.step.trigger, turn.key] += 1
        with reading() as session:
            case = self.case(session)
            raise AssertionError(
                f"{case.reference} never reached the archive: {case.state} {[(t.name) for t in self.turns()]} {self.now} {refused}"
            )


def things_of(session: Session, case: Case) -> Mapping[str, Sequence[Any]]:
    """What moves in a case, by workflow."""
    proposals = select(Publication).where(Publication.case_id == case.id)
    return {
        "application": [case],
        "letter": case.letters,
        "consultation": case.consultations,
        "dispute": case.disputes,
        "publication": session.scalars(proposals).all(),
        "deliberation": case.deliberations,
    }


UNDONE_FIRST = {("deliberation", "withdraw")}
"""What bars the way home while it is open, and is left for want of opinions that nobody gives."""
AGAIN_AND_AGAIN = ("review_secrecy", "seal", "explain_departure")
"""Steps that can be taken any number of times from where they lead: once is enough on the way home."""
PLAIN_OUTCOMES = ("not_ours", "petition", "publication", "record_corrected", "record_not_corrected")
"""Outcomes that need no more than words."""
_OTHER_LETTERS = ("discard", *sorted(ONWARD), "seal", "cancel", "return_signature", "return_review")
"""What is done on the way home with every letter but the reply, so that none waits to be sent: given up, else sent, else taken back."""
_ORDER = (
    "carry_out_instruction",
    "archive",
    "approve_void",
    "confirm",
    "assign",
    "receive_correction",
    "receive_explanation",
    "confirm_lapse",
    "receive_payment",
    "note_receipt",
    "answer",
    "weigh",
    "note_delivery",
    "send",
    "seal",
    "waive_deliberation",
    "explain_departure",
    "sign_reply",
    "pass_review",
    "submit_review",
    "review_secrecy",
    "accept",
    "draft_reply",
    "decide_item",
    "return_signature",
    "return_review",
    "discard",
    "cancel",
    "record_withdrawal",
)


def rank(turn: Turn) -> int | None:
    """How directly a step leads home, 0 first; None for one that does not."""
    trigger = turn.step.trigger
    if turn.name in UNDONE_FIRST:
        return 0
    if turn.name[0] == "letter" and not turn.is_reply and trigger != "note_delivery":
        return 5 + _OTHER_LETTERS.index(trigger) if trigger in _OTHER_LETTERS else None
    return _ORDER.index(trigger) if trigger in _ORDER else None
