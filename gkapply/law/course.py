"""The course of one case: what its facts come to for the reply clock, one fact after another.

At the end stand the day from which the reply clock runs, the stops since then, and the extension. Which facts are
lawful at which place is decided in ``taking``.
"""

from datetime import date
from operator import attrgetter

from gkapply.law.facts import Fact, FactKind
from gkapply.law.periods import terms_on
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings, StopBegins
from gkapply.law.stops import Stop, term_end
from gkapply.law.workdays import Calendar

_BEGIN = attrgetter("begin")


class Course:
    """Where the facts have led a case. Made by ``taking.follow`` and not changed afterwards."""

    __slots__ = (
        "calendar",
        "clock_from",
        "correction",
        "correction_received_on",
        "correction_restarts",
        "ended",
        "extension",
        "extension_used",
        "last_on",
        "questions",
        "received_on",
        "settings",
        "stops",
        "terms",
    )

    def __init__(self, received_on: date, calendar: Calendar, settings: ClockSettings):
        self.received_on = received_on
        self.calendar = calendar
        self.settings = settings
        self.terms = terms_on(received_on)
        self.clock_from = received_on
        self.last_on: date | None = None
        self.stops: list[Stop] = []
        self.questions: dict[tuple[FactKind, str], list[Stop]] = {}
        self.correction: Fact | None = None
        self.correction_restarts = False
        self.correction_received_on: date | None = None
        self.extension: Fact | None = None
        self.extension_used: Fact | None = None
        self.ended: Fact | None = None

    @property
    def correction_notice_due_on(self) -> date:
        """The last day on which a correction may be asked for."""
        return self.calendar.add(self.received_on, self.terms.correction_notice.amount)

    def term(self) -> int:
        """Working days of the reply term with its extension."""
        extra = self.extension.working_days if self.extension is not None else None
        return self.terms.reply.amount + (extra or 0)

    def end_of(self, term: int) -> int | None:
        """The position of the last day of a term of that many working days; None while an open stop holds it."""
        return term_end(self.calendar.position(self.clock_from), term, self.stops)

    def add_stop(self, stop: Stop) -> None:
        """Adds a stop, keeping them in the order of their beginning."""
        self.stops.append(stop)
        if self.settings.stop_begins is not StopBegins.SENT:
            self.stops.sort(key=_BEGIN)

    def restart(self, on: date) -> None:
        """The reply clock runs anew; what stopped or lengthened the old term is gone, the one extension stays used."""
        self.check_extension()
        self.clock_from = on
        self.stops = []
        self.extension = None

    def check_extension(self) -> None:
        """Raises Refusal when the applicant was told of the extension after the term, with its stops, was over."""
        extension = self.extension
        if extension is None or extension.told_on is None:
            return
        end = self.end_of(self.terms.reply.amount)
        if end is None:
            return
        due_on = self.calendar.workday_at(end)
        if extension.told_on > due_on:
            raise Refusal(
                f"延期于 {extension.told_on} 告知申请人，晚于答复期限届满之日 {due_on}，期限届满后不能延长",
                self.terms.extension.article,
                do="应当尽快答复申请人",
                field="told_on",
            )
