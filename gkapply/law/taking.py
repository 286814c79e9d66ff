"""Taking the facts of a case one after another, each refused if the law forbids it at its place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from gkapply.law.course import Course
from gkapply.law.facts import Fact, FactKind, in_order
from gkapply.law.refusal import NotYetProvided, Refusal
from gkapply.law.settings import ClockSettings, StopBegins
from gkapply.law.stops import Stop
from gkapply.law.workdays import Calendar

_ASKED_BY_ANSWER = {
    FactKind.THIRD_PARTY_ANSWERED: FactKind.THIRD_PARTY_ASKED,
    FactKind.ORGAN_ANSWERED: FactKind.ORGAN_ASKED,
}


def follow(received_on: date, facts: Iterable[Fact], calendar: Calendar, settings: ClockSettings) -> Course:
    """The course that the facts describe; they may come in any order of days.

    Raises Refusal for the first unlawful fact, with reason and article, and NotYetProvided for fees and delays.
    """
    course = Course(received_on, calendar, settings)
    ordered = in_order(facts)
    for fact in ordered:
        if fact.on < received_on:
            raise Refusal(
                f"「{fact.kind.label}」（{fact.on}）早于收到申请之日（{received_on}）", do="请核对日期", field="on"
            )
        if course.ended is not None:
            raise Refusal(
                f"本件已于 {course.ended.on} {_ENDED[course.ended.kind]}，不能再有「{fact.kind.label}」（{fact.on}）",
                do="此后收到的材料存卷",
                field="kind",
            )
        try:
            _TAKE[fact.kind](course, fact)
        except _Unasked:
            raise _before_its_question(fact, ordered) from None
        course.last_on = fact.on
    course.check_extension()
    return course


class _Unasked(Exception):
    """An answer to which no question stands before it."""


def _before_its_question(answer: Fact, facts: Iterable[Fact]) -> Refusal:
    """The refusal of an answer without a question, told apart from one that is merely dated too early."""
    asked = FactKind.CORRECTION_ASKED if answer.kind is FactKind.CORRECTION_RECEIVED else _ASKED_BY_ANSWER[answer.kind]
    whom = f"「{answer.party}」" if answer.party else ""
    for fact in facts:
        if fact.kind is asked and fact.party == answer.party:
            reason = f"「{answer.kind.label}」{whom}（{answer.on}）早于「{asked.label}」（{fact.on}）"
            return Refusal(reason, _ARTICLES[asked], do="请核对日期", field="on")
    reason = f"「{answer.kind.label}」{whom}（{answer.on}）之前没有「{asked.label}」"
    advice = "先登记发出的告知书或征求意见书；没有发出过的，收到的材料存卷，不改变期限"
    return Refusal(reason, _ARTICLES[asked], do=advice, field="kind")


def _ask_correction(course: Course, fact: Fact) -> None:
    article = course.terms.correction_notice.article
    if course.correction is not None:
        raise Refusal(
            f"补正应当一次性告知，本件已于 {course.correction.on} 告知补正",
            article,
            do="补正后申请内容仍不明确的，据此答复",
            field="kind",
        )
    due_on = course.correction_notice_due_on
    in_time = fact.on <= due_on
    if not in_time and not fact.override:
        raise Refusal(
            f"补正告知（{fact.on}）晚于期限：应当自收到申请之日起{course.terms.correction_notice}内告知，最迟 {due_on}",
            article,
            do="确需逾期告知的，须经政府信息公开工作机构负责人同意并注明（override）",
            field="on",
        )
    course.correction = fact
    course.correction_restarts = in_time or course.settings.late_correction_restarts
    if course.correction_restarts:
        began_on = _began_on(course, fact)
        if began_on is not None:
            course.add_stop(Stop(fact, began_on, course.calendar.position(began_on)))


def _receive_correction(course: Course, fact: Fact) -> None:
    if course.correction is None:
        raise _Unasked
    if course.correction_received_on is not None:
        raise Refusal(
            f"本件已于 {course.correction_received_on} 收到补正，期限只重新起算一次",
            course.terms.correction_notice.article,
            do="再次补充的材料存卷，不改变期限",
            field="kind",
        )
    course.correction_received_on = fact.on
    if course.correction_restarts:
        course.restart(fact.on)


def _ask_opinion(course: Course, fact: Fact) -> None:
    position = course.calendar.position
    limit = None
    if fact.received_on is not None:
        limit = position(fact.received_on) + _opinion_days(course, fact)
    began_on = _began_on(course, fact)
    stop = Stop(fact, began_on or fact.on, position(began_on or fact.on), limit)
    if fact.returned_on is not None:
        stop.close(position(fact.returned_on))
    if began_on is not None:
        course.add_stop(stop)
    course.questions.setdefault((fact.kind, fact.party or ""), []).append(stop)


def _opinion_days(course: Course, fact: Fact) -> int:
    if fact.kind is FactKind.THIRD_PARTY_ASKED:
        return course.terms.third_party_opinion.amount
    if fact.co_producer:
        return course.terms.co_producer_opinion.amount
    return fact.answer_within or course.settings.organ_answer


def _began_on(course: Course, fact: Fact) -> date | None:
    """The day on which the stop begins; None when it begins with a receipt that is not proved yet."""
    return fact.on if course.settings.stop_begins is StopBegins.SENT else fact.received_on


def _take_opinion(course: Course, fact: Fact) -> None:
    """An answer ends every question that its party had been asked; one after the end is kept and changes no date."""
    stops = course.questions.get((_ASKED_BY_ANSWER[fact.kind], fact.party or ""))
    if stops is None:
        raise _Unasked
    position = course.calendar.position(fact.on)
    for stop in stops:
        stop.close(position)
        stop.answered = True


def _extend(course: Course, fact: Fact) -> None:
    if course.extension_used is not None:
        raise Refusal(
            f"答复期限只能延长一次，本件已于 {course.extension_used.on} 延长",
            course.terms.extension.article,
            field="kind",
        )
    course.extension = course.extension_used = fact


def _end(course: Course, fact: Fact) -> None:
    course.ended = fact


def _not_yet(course: Course, fact: Fact) -> None:
    raise NotYetProvided(f"「{fact.kind.label}」的期限计算")


_TAKE: Mapping[FactKind, Callable[[Course, Fact], None]] = {
    FactKind.CORRECTION_ASKED: _ask_correction,
    FactKind.CORRECTION_RECEIVED: _receive_correction,
    FactKind.THIRD_PARTY_ASKED: _ask_opinion,
    FactKind.THIRD_PARTY_ANSWERED: _take_opinion,
    FactKind.ORGAN_ASKED: _ask_opinion,
    FactKind.ORGAN_ANSWERED: _take_opinion,
    FactKind.EXTENSION: _extend,
    FactKind.FEE_NOTICED: _not_yet,
    FactKind.FEE_PAID: _not_yet,
    FactKind.DELAYED: _not_yet,
    FactKind.WITHDRAWN: _end,
    FactKind.REPLIED: _end,
}
_ENDED = {FactKind.WITHDRAWN: "撤回", FactKind.REPLIED: "答复"}
_ARTICLES = {
    FactKind.CORRECTION_ASKED: "条例第三十条",
    FactKind.THIRD_PARTY_ASKED: "条例第三十二条",
    FactKind.ORGAN_ASKED: "条例第三十三条第三款",
}
