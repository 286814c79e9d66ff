"""How a request is walked: its moment, the account for each duty, each deed in a unit of its own.

Each verb is one unit of work at the moment to which the life has come, done by an account that holds the duty; whatever the
law refuses on the way is refused here as well.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Self, TypeVar
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import delivery, letterbook
from gkapply.casework.access import Actor, applicant_on, open_case
from gkapply.casework.documents import Upload
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.clock import OFFICE_ZONE
from gkapply.database import transaction
from gkapply.demo.consulting import sent_by
from gkapply.demo.stamping import stamp_all
from gkapply.law.letters import Ladder, LetterKind
from workflows.duties import Duty

Result = TypeVar("Result")
Story = Iterator[int]
"""Yields how many working days before today it goes on."""
NO_FILES: Mapping[str, Sequence[Upload]] = {}
OPENING = time(9, 30)


@dataclass
class Walk:
    """One request and the moment to which it has come. ``staff`` gives the account for each duty."""

    organ_code: str
    staff: Mapping[Duty, Actor]
    now: datetime
    reference: str = ""
    uid: str = field(default_factory=lambda: uuid4().hex)

    def come_to(self, day: date) -> Self:
        """Let time pass until the opening of the office on ``day`` (or stay, when that is past)."""
        self.now = max(self.now, datetime.combine(day, OPENING, OFFICE_ZONE))
        return self

    @property
    def today(self) -> date:
        """The day to which the life has come."""
        return self.now.astimezone(OFFICE_ZONE).date()

    def do(self, duty: Duty, deed: Callable[[Session, Case, Actor, datetime], Result]) -> Result:
        """One deed on the case by the holder of ``duty``, in a unit of its own."""
        actor = self.staff[duty]
        with transaction() as session:
            return deed(session, open_case(session, self.reference, actor, for_step=True), actor, self._tick())

    def as_applicant(self, deed: Callable[[Session, Case, Actor, datetime], object]) -> Self:
        """One deed of the applicant on the page that the query code opened."""
        with transaction() as session:
            actor = applicant_on(session.scalars(select(Case).where(Case.reference == self.reference)).one())
            deed(session, open_case(session, self.reference, actor, for_step=True), actor, self._tick())
        return self

    def notice_delivered(self, kind: LetterKind) -> Self:
        """The applicant got a notice today."""
        return self._on_letter(
            kind, Duty.REGISTRAR, lambda s, one, a, now: delivery.note_delivery(s, one, self.today, None, a, now)
        )

    def issue(self, kind: LetterKind, way: str = "", signer: Duty = Duty.HEAD) -> Self:
        """Take a letter other than a reply from its draft to the post."""
        return self.sign(kind, signer)._send(kind, way)

    def sign(self, kind: LetterKind, signer: Duty = Duty.HEAD) -> Self:
        """Submit a letter other than a reply, have it signed, and make its file; a decision climbs the ladder of replies."""
        self._on_letter(kind, Duty.OFFICER, letterbook.submit)
        if kind.ladder is Ladder.REPLY:
            self._on_letter(kind, Duty.REVIEWER, letterbook.pass_review)
            signer = Duty.SIGNER
        self._on_letter(kind, signer, letterbook.sign)
        return self.render()

    def render(self) -> Self:
        """Make the files of what was signed, as the errand would, and have their prints stamped."""
        with transaction() as session:
            case = open_case(session, self.reference, self.staff[Duty.REGISTRAR])
            waiting = [letter.uid for letter in case.letters if letter.final and not letter.file_sha]
        for uid in waiting:
            letterbook.render_file(uid, self._tick())
        return self.seal()

    def seal(self) -> Self:
        """The registrar has every signed letter stamped today and enters it, with the scan."""
        self.do(Duty.REGISTRAR, stamp_all)
        return self

    def _send(self, kind: LetterKind | None, way: str) -> Self:
        def deed(session: Session, letter: Letter, actor: Actor, now: datetime) -> None:
            chosen = way or (delivery.ONLINE if letter.case.way == "online" else delivery.POST)
            delivery.send(session, letter, sent_by(session, letter, chosen, self.today, actor, now), actor, now)

        return self._on_letter(kind, Duty.REGISTRAR, deed)

    def _on_letter(
        self, kind: LetterKind | None, duty: Duty, deed: Callable[[Session, Letter, Actor, datetime], object]
    ) -> Self:
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
