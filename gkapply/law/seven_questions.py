"""The way through the seven questions: what has been answered, what is asked next, which kinds of reply are still possible.

Each answer demands its evidence and narrows the outcomes; what it makes idle is passed over with the reason; the end is exactly
one kind of reply, and with it the row of table 三. A correction of records (更正申请) is asked none of them.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from gkapply.law.case_kinds import CaseKind
from gkapply.law.evidence import Evidence
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind, kinds_for
from gkapply.law.rows_of_questions import QUESTIONS, Answer, Question

__all__ = ["QUESTIONS", "Answer", "Question", "Stop", "Way", "asked_of", "path_to", "question", "walk"]


@dataclass(frozen=True, slots=True)
class Stop:
    """One of the seven on the way: answered, idle (with the reason), or open.

    ``answers`` are those that what was said before leaves to choose from, ``left`` the kinds of reply still possible here.
    """

    question: Question
    answers: tuple[Answer, ...]
    left: tuple[ReplyKind, ...] = ()
    given: Answer | None = None
    idle: str = ""

    @property
    def is_open(self) -> bool:
        """Whether it is still to be answered."""
        return self.given is None and bool(self.answers)


@dataclass(frozen=True, slots=True)
class Way:
    """The seven as answered so far, and the kinds of reply that are still possible, in the order of their table."""

    stops: tuple[Stop, ...]
    left: tuple[ReplyKind, ...]

    @property
    def next(self) -> Stop | None:
        """What is asked next; None at the end."""
        return next((stop for stop in self.stops if stop.is_open), None)

    @property
    def outcome(self) -> ReplyKind | None:
        """The kind of reply, once it is fixed."""
        return None if self.next is not None else self.left[0]

    @property
    def answered(self) -> tuple[Stop, ...]:
        """The stops with an answer, in their order."""
        return tuple(stop for stop in self.stops if stop.given is not None)

    @property
    def demands(self) -> tuple[Evidence, ...]:
        """All evidence that the answers given demand."""
        return tuple(one for stop in self.answered if stop.given is not None for one in stop.given.evidence)

    def before(self, code: str) -> str:
        """The answers to the questions before that one, as one word: a page that shows another word is out of date."""
        told = []
        for stop in self.stops:
            if stop.question.code == code:
                break
            told.append(stop.given.code if stop.given is not None else "-")
        return ".".join(told)

    def reaches(self, code: str) -> bool:
        """Whether every question before that one is answered or idle: they are asked in their order."""
        order = [stop.question.code for stop in self.stops]
        return self.next is None or order.index(code) <= order.index(self.next.question.code)

    def stop(self, code: str) -> Stop:
        """The stop of that question. Raises Refusal for an unknown one."""
        question(code)
        return next(stop for stop in self.stops if stop.question.code == code)


def asked_of(kind: CaseKind) -> bool:
    """Whether a case of that kind is worked through by the seven; the correction of records has its own outcomes."""
    return kind is not CaseKind.RECORD_CORRECTION


def question(code: str) -> Question:
    """The question by its code. Raises Refusal for an unknown one."""
    found = next((one for one in QUESTIONS if one.code == code), None)
    if found is None:
        raise Refusal("七问中没有这一问", "条例第三十六条", do="请从申请事项的页面重新进入", field="question")
    return found


def walk(given: Mapping[str, str]) -> Way:
    """The way by these answers (question → answer).

    An answer that those before it no longer allow counts as not given: whoever changes an earlier one is asked anew where
    it matters, and only there.
    """
    left = frozenset(kinds_for(CaseKind.APPLICATION))
    stops, because, waiting = [], "", False
    for one in QUESTIONS:
        fitting = tuple(answer for answer in one.answers if answer.leaves & left)
        if not fitting:
            stops.append(Stop(one, (), _in_order(left), idle=because))
            continue
        chosen = None if waiting else next((answer for answer in fitting if answer.code == given.get(one.code)), None)
        stops.append(Stop(one, fitting, _in_order(left), chosen))
        if chosen is None:
            waiting = True
            continue
        left &= chosen.leaves
        if chosen.closes:
            because = f"“{one.name}”已答“{chosen.label}”：{chosen.closes}"
    return Way(tuple(stops), _in_order(left))


def _in_order(kinds: Collection[ReplyKind]) -> tuple[ReplyKind, ...]:
    return tuple(kind for kind in ReplyKind if kind in kinds)


def path_to(kind: ReplyKind) -> Mapping[str, str]:
    """The answers that lead to that kind: there is one way only. Empty for a kind that answers no request for information."""
    way: dict[str, str] = {}
    while (stop := walk(way).next) is not None:
        fitting = next((answer for answer in stop.answers if kind in answer.leaves), None)
        if fitting is None:
            return {}
        way[stop.question.code] = fitting.code
    return way


def evidence_by_question(
    kind: ReplyKind, evidence: Mapping[str, object]
) -> Sequence[tuple[str, str, dict[str, object]]]:
    """What the outcome rests on, parted among the answers that demand it: (question, answer, evidence)."""
    told = []
    for stop in walk(path_to(kind)).answered:
        assert stop.given is not None
        own = {one.code: evidence[one.code] for one in stop.given.evidence if one.code in evidence}
        told.append((stop.question.code, stop.given.code, own))
    return told
