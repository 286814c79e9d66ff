"""A case as a journey follows it: the day, the errands, the addresses of its steps."""

from datetime import datetime
from zoneinfo import ZoneInfo

import time_machine
from sqlalchemy import select

from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.jobs import make_celery, run_due

SHANGHAI = ZoneInfo("Asia/Shanghai")


class Walk:
    """The case as the test follows it."""

    def __init__(self, moment: time_machine.Traveller, settings: Settings):
        self._moment, self._errands = moment, make_celery(settings)
        self.reference = ""

    def come_to(self, month: int, day: int) -> None:
        """Ten in the morning of a day in 2026."""
        self._moment.move_to(datetime(2026, month, day, 10, tzinfo=SHANGHAI))

    def do_errands(self) -> None:
        """What the relay does after each commit."""
        run_due(self._errands)

    def step(self, trigger: str) -> str:
        """The address of a step of the case."""
        return f"/desk/cases/{self.reference}/steps/{trigger}"

    def letter_step(self, kind: str, trigger: str) -> str:
        """The address of a step of the newest letter of a kind."""
        with reading() as session:
            query = select(Letter.uid).where(Letter.kind == kind).order_by(Letter.id.desc())
            return f"/desk/letters/{session.scalars(query).first()}/steps/{trigger}"

    def question_step(self, trigger: str) -> str:
        """The address of a step of the one question."""
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == self.reference)).one()
            return f"/desk/consultations/{case.consultations[-1].uid}/steps/{trigger}"

    def due(self) -> str:
        """The due day as it stands."""
        with reading() as session:
            return str(session.scalars(select(Case.due_on).where(Case.reference == self.reference)).one())
