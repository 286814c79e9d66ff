"""Taking the facts of a case one after another, each refused if the law forbids it at its place."""

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from gkapply.law import prolonging, waiting
from gkapply.law.course import Course, Unasked
from gkapply.law.facts import Fact, FactKind, in_order
from gkapply.law.ordered import order
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings
from gkapply.law.stops import Stop
from gkapply.law.workdays import Calendar

_ASKED_BY_ANSWER = {
    FactKind.CORRECTION_RECEIVED: FactKind.CORRECTION_ASKED,
    FactKind.FEE_PAID: FactKind.FEE_NOTICED,
    FactKind.THIRD_PARTY_ANSWERED: FactKind.THIRD_PARTY_ASKED,
    FactKind.ORGAN_ANSWERED: FactKind.ORGAN_ASKED,
}


def follow(received_on: date, facts: Iterable[Fact], calendar: Calendar, settings: ClockSettings) -> Course:
    """The course that the facts describe; they may come in any order of days.

    Raises Refusal for the first unlawful fact, with reason and article.
    """
    course = Course(received_on, calendar, settings)
    ordered = in_order(facts)
    for fact in ordered:
        if fact.on < received_on:
            raise Refusal(
                f"「{fact.kind.label}」（{fact.on}）早于收到申请之日（{received_on}）", do="请核对日期", field="on"
            )
        if course.ended is not None:
            _go_on_after_the_end(course, course.ended, fact)
        try:
            _TAKE[fact.kind](course, fact)
        except Unasked:
            raise _before_its_question(fact, ordered) from None
        course.last_on = fact.on
    course.check_extension()
    return course


def _go_on_after_the_end(course: Course, end: Fact, fact: Fact) -> None:
    """Nothing follows an end, but what undoes a lapse."""
    lapsed = end.kind is FactKind.LAPSED
    if lapsed and fact.kind in waiting.REOPENING:
        course.ended = None
        return
    raise Refusal(
        f"本件已于 {end.on} {_ENDED[end.kind]}，不能再有「{fact.kind.label}」（{fact.on}）",
        do="申请人逾期补正、缴费有正当理由的，先登记收到补正或者缴费" if lapsed else "此后收到的材料存卷",
        field="kind",
    )


def _before_its_question(answer: Fact, facts: Iterable[Fact]) -> Refusal:
    """The refusal of an answer without a question, told apart from one that is merely dated too early."""
    asked = _ASKED_BY_ANSWER[answer.kind]
    whom = f"「{answer.party}」" if answer.party else ""
    for fact in facts:
        if fact.kind is asked and fact.party == answer.party:
            reason = f"「{answer.kind.label}」{whom}（{answer.on}）早于「{asked.label}」（{fact.on}）"
            return Refusal(reason, _ARTICLES[asked], do="请核对日期", field="on")
    reason = f"「{answer.kind.label}」{whom}（{answer.on}）之前没有「{asked.label}」"
    advice = "先登记发出的告知书、通知书或者征求意见书；没有发出过的，收到的材料存卷，不改变期限"
    return Refusal(reason, _ARTICLES[asked], do=advice, field="kind")


def _ask_opinion(course: Course, fact: Fact) -> None:
    position = course.calendar.position
    limit = None
    if fact.received_on is not None:
        limit = position(fact.received_on) + _opinion_days(course, fact)
    began_on = course.began_on(fact)
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


def _take_opinion(course: Course, fact: Fact) -> None:
    """An answer ends every question that its party had been asked; one after the end is kept and changes no date."""
    stops = course.questions.get((_ASKED_BY_ANSWER[fact.kind], fact.party or ""))
    if stops is None:
        raise Unasked
    position = course.calendar.position(fact.on)
    for stop in stops:
        stop.close(position)
        stop.answered = True


def _end(course: Course, fact: Fact) -> None:
    course.ended = fact


_TAKE: Mapping[FactKind, Callable[[Course, Fact], None]] = {
    FactKind.CORRECTION_ASKED: waiting.ask_correction,
    FactKind.CORRECTION_RECEIVED: waiting.receive_correction,
    FactKind.THIRD_PARTY_ASKED: _ask_opinion,
    FactKind.THIRD_PARTY_ANSWERED: _take_opinion,
    FactKind.ORGAN_ASKED: _ask_opinion,
    FactKind.ORGAN_ANSWERED: _take_opinion,
    FactKind.EXTENSION: prolonging.extend,
    FactKind.FEE_NOTICED: waiting.notice_fee,
    FactKind.FEE_PAID: waiting.take_payment,
    FactKind.DELAYED: prolonging.delay,
    FactKind.ORDERED: order,
    FactKind.LAPSED: waiting.lapse,
    FactKind.WITHDRAWN: _end,
    FactKind.REPLIED: _end,
}
_ENDED = {FactKind.WITHDRAWN: "撤回", FactKind.REPLIED: "答复", FactKind.LAPSED: "视为放弃申请"}
_ARTICLES = {
    FactKind.CORRECTION_ASKED: "条例第三十条",
    FactKind.THIRD_PARTY_ASKED: "条例第三十二条",
    FactKind.ORGAN_ASKED: "条例第三十三条第三款",
    FactKind.FEE_NOTICED: "国办函〔2020〕109号",
}
