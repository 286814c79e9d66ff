"""The course of one case: what its facts come to for the reply clock, one fact after another.

At the end stand the day from which the reply clock runs, the stops since then, the extension, and the day that was fixed
in the term's place. Which facts are lawful at which place is decided in ``taking`` and the modules it calls.
"""

from datetime import date
from operator import attrgetter

from gkapply.law.facts import Fact, FactKind
from gkapply.law.periods import terms_on
from gkapply.law.refusal import Refusal
from gkapply.law.setting_choices import StopBegins
from gkapply.law.settings import ClockSettings
from gkapply.law.stops import Stop, term_end
from gkapply.law.workdays import Calendar

_BEGIN = attrgetter("begin")
INTERNAL_TERM = "条例第四十一条（内部期限）"
"""What a reply term rests on that the law does not set: the office's own choice."""
_OF_THE_APPLICANT = (FactKind.CORRECTION_ASKED, FactKind.FEE_NOTICED)


class Unasked(Exception):
    """An answer to which no question stands before it."""


class Course:
    """Where the facts have led a case. Made by ``taking.follow`` and not changed afterwards."""

    __slots__ = (
        "calendar",
        "clock_from",
        "correction",
        "correction_received_on",
        "correction_restarts",
        "delay_used",
        "ended",
        "extension",
        "extension_used",
        "fee",
        "fee_paid_on",
        "fixed",
        "last_on",
        "paying",
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
        self.fee: Fact | None = None
        self.fee_paid_on: date | None = None
        self.paying = False
        """Whether the reply clock waits for the fee."""
        self.extension: Fact | None = None
        self.extension_used: Fact | None = None
        self.fixed: Fact | None = None
        """The fact whose ``until`` stands in the place of the counted term: a delay or an order."""
        self.delay_used: Fact | None = None
        self.ended: Fact | None = None

    @property
    def correction_notice_due_on(self) -> date:
        """The last day on which a correction may be asked for."""
        return self.calendar.add(self.received_on, self.terms.correction_notice.amount)

    @property
    def correction_answer_due_on(self) -> date | None:
        """The last day for the applicant's correction; None without a notice and while its receipt is not proved."""
        asked = self.correction
        if asked is None or asked.received_on is None:
            return None
        return self.calendar.add(asked.received_on, asked.answer_within or self.settings.correction_answer)

    @property
    def payment_due_on(self) -> date | None:
        """The last day for paying the fee; None without a notice and while its receipt is not proved."""
        if self.fee is None or self.fee.received_on is None:
            return None
        return self.calendar.add(self.fee.received_on, self.terms.payment.amount)

    @property
    def awaits_correction(self) -> bool:
        """Whether a correction has been asked for that restarts the clock when it comes."""
        return self.correction_restarts and self.correction_received_on is None

    @property
    def base_term(self) -> int:
        """Working days of the reply term without an extension: the statutory one, or the internal one of the office."""
        return self.terms.reply.amount if self.settings.reply_term is None else self.settings.reply_term

    @property
    def reply_article(self) -> str:
        """What the reply term rests on."""
        return self.terms.reply.article if self.settings.reply_term is None else INTERNAL_TERM

    def term(self) -> int:
        """Working days of the reply term with its extension."""
        extra = self.extension.working_days if self.extension is not None else None
        return self.base_term + (extra or 0)

    def end_of(self, term: int) -> int | None:
        """The position of the last day of a term of that many working days; None while an open stop holds it."""
        return term_end(self.calendar.position(self.clock_from), term, self.stops)

    def due_on(self) -> date | None:
        """The last day for the reply as the facts taken so far have it; None while the clock stands still.

        A fixed day is a promise or an order: questions to others do not move it, waiting for the applicant does.
        """
        if self.paying:
            return None
        if self.fixed is not None:
            until = self.fixed.until
            held = until is not None and any(stop.end is None and stop.began_on < until for stop in self.holding())
            return None if held else until
        end = self.end_of(self.term())
        return None if end is None else self.calendar.workday_at(end)

    def holding(self) -> list[Stop]:
        """The stops that can hold the clock as it runs now: all of a counted term, the applicant's of a fixed day."""
        if self.fixed is None:
            return self.stops
        return [stop for stop in self.stops if stop.asked.kind in _OF_THE_APPLICANT]

    def began_on(self, fact: Fact) -> date | None:
        """The day on which the stop of a question begins; None when it begins with a receipt not proved yet."""
        return fact.on if self.settings.stop_begins is StopBegins.SENT else fact.received_on

    def add_stop(self, stop: Stop) -> None:
        """Adds a stop, keeping them in the order of their beginning."""
        self.stops.append(stop)
        if self.settings.stop_begins is not StopBegins.SENT:
            self.stops.sort(key=_BEGIN)

    def restart(self, on: date) -> None:
        """The reply clock runs anew; what stopped, lengthened or replaced the old term is gone.

        The one extension and the one delay stay used.
        """
        self.check_extension()
        self.clock_from = on
        self.stops = []
        self.paying = False
        self.extension = None
        self.fixed = None

    def check_extension(self) -> None:
        """Raises Refusal when the applicant was told of the extension after the term, with its stops, was over."""
        extension = self.extension
        if extension is None or extension.told_on is None or extension.settled:
            return
        end = self.end_of(self.base_term)
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
