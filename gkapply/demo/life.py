"""The life of one request, walked through the same deeds that the pages call.

Each verb is one unit of work at the moment to which the life has come, done by an account that holds the duty; whatever the
law refuses on the way is refused here as well. The demonstration and the tests walk their cases with it.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any, TypeVar
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import (
    archive,
    asking,
    assignment,
    consultation,
    correction,
    delivery,
    division,
    extension,
    intake,
    letterbook,
    reply,
    voiding,
    withdrawal,
)
from gkapply.casework.access import Actor, applicant_on, open_case
from gkapply.casework.application import COUNTER, Application
from gkapply.casework.asking import INQUIRY_OF
from gkapply.casework.consultation import Opinion, Question
from gkapply.casework.correction import CorrectionNotice
from gkapply.casework.documents import Upload
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people import Organ, User
from gkapply.casework.receipt import Confirmation, Receipt
from gkapply.casework.records import Case
from gkapply.casework.withdrawal import Gone
from gkapply.clock import OFFICE_ZONE
from gkapply.database import transaction
from gkapply.demo.consulting import sent_by, weigh_refusals
from gkapply.law.letters import LetterKind
from workflows.duties import Duty

Result = TypeVar("Result")
NO_FILES: Mapping[str, Sequence[Upload]] = {}
OPENING = time(9, 30)


@dataclass
class Life:
    """One request and the moment to which it has come. ``staff`` gives the account for each duty."""

    organ_code: str
    staff: Mapping[Duty, Actor]
    now: datetime
    reference: str = ""
    uid: str = field(default_factory=lambda: uuid4().hex)

    def come_to(self, day: date) -> "Life":
        """Let time pass until the opening of the office on ``day`` (or stay, when that is past)."""
        self.now = max(self.now, datetime.combine(day, OPENING, OFFICE_ZONE))
        return self

    @property
    def today(self) -> date:
        """The day to which the life has come."""
        return self.now.astimezone(OFFICE_ZONE).date()

    def apply_online(self, application: Application) -> "Life":
        """The applicant applies on the web."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == self.organ_code)).one()
            self.reference = intake.submit(session, organ, application, NO_FILES, self.uid, self._tick()).reference
        return self

    def register(self, application: Application, receipt: Receipt) -> "Life":
        """The registrar enters a request that came by another way."""
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == self.organ_code)).one()
            actor = self.staff[Duty.REGISTRAR]
            self.reference = intake.register(
                session, organ, application, NO_FILES, receipt, actor, self._tick()
            ).reference
        return self

    def do(self, duty: Duty, deed: Callable[[Session, Case, Actor, datetime], Result]) -> Result:
        """One deed on the case by the holder of ``duty``, in a unit of its own."""
        actor = self.staff[duty]
        with transaction() as session:
            return deed(session, open_case(session, self.reference, actor, for_step=True), actor, self._tick())

    def confirm(self) -> "Life":
        """The registrar confirms with the applicant: the request is received."""
        confirmation = Confirmation(self.today, "phone", "申请人本人")
        self.do(Duty.REGISTRAR, lambda s, case, actor, now: intake.confirm(s, case, confirmation, actor, now))
        return self

    def at_the_counter(self) -> Receipt:
        """Handed in at the counter on the day to which the life has come."""
        return Receipt(COUNTER, self.today)

    def assign(self) -> "Life":
        """The registrar hands the case to the officer."""
        officer = self.staff[Duty.OFFICER].user_id
        self.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: assignment.assign(s, case, s.get_one(User, officer), actor, now),
        )
        return self

    def divide(self, *quotes: str, reason: str = "matters", words: str = "各部分互不相关") -> list[str]:
        """The officer divides the request; gives back the numbers of the parts."""
        made = self.do(
            Duty.OFFICER, lambda s, case, actor, now: division.divide(s, case, quotes, reason, words, actor, now)
        )
        return [one.reference for one in made]

    def propose_void(self, reason: str) -> "Life":
        """The registrar proposes to treat the submission as 未成立."""
        self.do(Duty.REGISTRAR, lambda s, case, actor, now: voiding.propose_void(s, case, reason, actor, now))
        return self

    def approve_void(self) -> "Life":
        """The head agrees."""
        self.do(Duty.HEAD, voiding.approve_void)
        return self

    def accept(self) -> "Life":
        """The content is clear."""
        self.do(Duty.OFFICER, reply.accept)
        return self

    def ask_correction(self, points: str, guidance: str, answer_within: int = 15, way: str = "") -> "Life":
        """Draft, sign and send the 补正告知书."""
        notice = CorrectionNotice(points, guidance, answer_within)
        self.do(Duty.OFFICER, lambda s, case, actor, now: correction.propose(s, case, notice, actor, now))
        return self.issue(LetterKind.CORRECTION_NOTICE, way)

    def receive_correction(self, text: str) -> "Life":
        """The corrected request comes in."""
        self.do(
            Duty.REGISTRAR,
            lambda s, case, actor, now: correction.receive(s, case, self.today, text, None, actor, now),
        )
        return self

    def itemise(self, *quotes: str) -> "Life":
        """Split the request into what is asked."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: reply.itemise(s, case, quotes, actor, now))
        return self

    def search(self, words: str, result: str) -> "Life":
        """Keep the search record."""
        fields = {
            "units": "办公室、档案室",
            "systems": "公文处理系统、纸质文书档案",
            "period": f"2019年1月1日至{self.today.year}年{self.today.month}月{self.today.day}日",
            "words": words,
            "result": result,
        }
        self.do(Duty.OFFICER, lambda s, case, actor, now: reply.record_search(s, case, fields, self.today, actor, now))
        return self

    def consult(self, question: Question, way: str = "") -> "Life":
        """Ask a third party or organ, and tell the applicant."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: asking.propose(s, case, question, actor, now))
        self.sign(LetterKind.INQUIRY_NOTICE)
        inquiry = INQUIRY_OF[question.party_kind]
        self.sign(inquiry)._send(inquiry, way or delivery.POST)
        return self._send(LetterKind.INQUIRY_NOTICE, "")

    def party_got_it(self) -> "Life":
        """The party got the question today."""
        self._on_question(lambda s, one, actor, now: consultation.note_receipt(s, one, self.today, actor, now))
        return self

    def party_answers(self, opinion: str, text: str) -> "Life":
        """The party's opinion comes in today; the officer at once weighs a third party's refusal, and finds it good."""
        said = Opinion(opinion, text, "已隐去报价的部分" if opinion == "partly" else "")
        self._on_question(lambda s, one, actor, now: consultation.answer(s, one, self.today, said, actor, now))
        self.do(Duty.OFFICER, weigh_refusals)
        return self

    def extend(self, working_days: int, reason: str, way: str = "") -> "Life":
        """Draft, have consented to, and send the 延期答复告知书."""
        self.do(Duty.OFFICER, lambda s, case, actor, now: extension.propose(s, case, working_days, reason, actor, now))
        return self.issue(LetterKind.EXTENSION_NOTICE, way)

    def decide(self, ordinal: int, outcome: str, evidence: Mapping[str, Any]) -> "Life":
        """Give one item its outcome."""
        self.do(
            Duty.OFFICER,
            lambda s, case, actor, now: reply.decide_item(s, case, ordinal, outcome, evidence, actor, now),
        )
        return self

    def draft_reply(self) -> "Life":
        """Begin the reply."""
        self.do(Duty.OFFICER, reply.draft_reply)
        return self

    def submit_reply(self) -> "Life":
        """Hand the reply to the reviewer."""
        return self._on_letter(None, Duty.OFFICER, letterbook.submit)

    def pass_review(self) -> "Life":
        """The reviewer agrees."""
        return self._on_letter(None, Duty.REVIEWER, letterbook.pass_review)

    def return_reply(self, comment: str) -> "Life":
        """The reviewer sends it back."""
        return self._on_letter(
            None, Duty.REVIEWER, lambda s, one, a, now: letterbook.return_letter(s, one, a, now, comment)
        )

    def sign_reply(self) -> "Life":
        """The signer signs, and the file is made."""
        self._on_letter(None, Duty.SIGNER, letterbook.sign)
        return self.render()

    def send_reply(self, way: str = "") -> "Life":
        """The registrar sends it."""
        return self._send(None, way)

    def delivered(self) -> "Life":
        """The applicant got the reply today."""
        return self._on_letter(
            None, Duty.REGISTRAR, lambda s, one, a, now: delivery.note_delivery(s, one, self.today, None, a, now)
        )

    def withdraw(self) -> "Life":
        """The applicant withdraws on the web."""
        with transaction() as session:
            actor = applicant_on(session.scalars(select(Case).where(Case.reference == self.reference)).one())
            case = open_case(session, self.reference, actor, for_step=True)
            withdrawal.withdraw_online(session, case, actor, self._tick())
        return self

    def end_without_applicant(self, why: str, finding: str) -> "Life":
        """The head ends the request of somebody who is no more."""
        gone = Gone(self.today, why, finding, Upload("证明.txt", finding.encode()))
        self.do(Duty.HEAD, lambda s, case, actor, now: withdrawal.end_without_applicant(s, case, gone, actor, now))
        return self

    def archive(self, retention: str = "30年") -> "Life":
        """The archivist closes the file."""
        self.do(Duty.ARCHIVIST, lambda s, case, actor, now: archive.archive(s, case, retention, actor, now))
        return self

    def issue(self, kind: LetterKind, way: str = "") -> "Life":
        """Take a letter other than a reply from its draft to the post."""
        return self.sign(kind)._send(kind, way)

    def sign(self, kind: LetterKind) -> "Life":
        """Submit a letter other than a reply, have the head sign it, and make its file."""
        self._on_letter(kind, Duty.OFFICER, letterbook.submit)
        self._on_letter(kind, Duty.HEAD, letterbook.sign)
        return self.render()

    def render(self) -> "Life":
        """Make the files of what was signed, as the errand would."""
        with transaction() as session:
            case = open_case(session, self.reference, self.staff[Duty.REGISTRAR])
            waiting = [letter.uid for letter in case.letters if letter.final and not letter.file_sha]
        for uid in waiting:
            letterbook.render_file(uid, self._tick())
        return self

    def _send(self, kind: LetterKind | None, way: str) -> "Life":
        def deed(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
            chosen = way or (delivery.ONLINE if letter.case.way == "online" else delivery.POST)
            delivery.send(session, letter, sent_by(session, letter, chosen, self.today, actor, now), actor, now)

        return self._on_letter(kind, Duty.REGISTRAR, deed)

    def _on_letter(
        self, kind: LetterKind | None, duty: Duty, deed: Callable[[Session, Letter, Actor, datetime], object]
    ) -> "Life":
        """A deed on the newest letter of ``kind`` (None: on the reply)."""

        def on_case(session: Session, case: Case, actor: Actor, now: datetime) -> None:
            wanted = [one for one in case.letters if (one.kind == kind if kind else LetterKind(one.kind).ends_case)]
            deed(session, wanted[-1], actor, now)

        self.do(duty, on_case)
        return self

    def _on_question(self, deed: Callable[[Session, Consultation, Actor, datetime], object]) -> None:
        self.do(Duty.REGISTRAR, lambda s, case, actor, now: deed(s, case.consultations[-1], actor, now))

    def _tick(self) -> datetime:
        """The present moment of this life; a minute passes with every deed."""
        self.now += timedelta(minutes=1)
        return self.now
