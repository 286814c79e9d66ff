"""More time for the reply: the extension (条例第三十三条第二款) and the delayed reply (第三十五条)."""

from datetime import date

from gkapply.law.course import Course
from gkapply.law.facts import Fact
from gkapply.law.ordered import refuse_where_ordered
from gkapply.law.refusal import Refusal

DELAY_ARTICLE = "条例第三十五条"


def extend(course: Course, fact: Fact) -> None:
    """Once, and not where a day is fixed in the term's place. Being told in time is checked when the term is known."""
    refuse_where_ordered(course, fact)
    if course.extension_used is not None:
        raise Refusal(
            f"答复期限只能延长一次，本件已于 {course.extension_used.on} 延长",
            course.terms.extension.article,
            field="kind",
        )
    if course.fixed is not None:
        raise Refusal(
            f"本件已于 {course.fixed.on} 告知延迟至 {course.fixed.until} 答复，不能再延长答复期限",
            DELAY_ARTICLE,
            do="应当在所定日期前答复申请人",
            field="kind",
        )
    course.extension = course.extension_used = fact


def delay(course: Course, fact: Fact) -> None:
    """Once, told within the term, to a later day than the term's; not while that day is open."""
    refuse_where_ordered(course, fact)
    if course.delay_used is not None:
        raise Refusal(
            f"延迟答复的期限只能确定一次，本件已于 {course.delay_used.on} 告知延迟至 {course.delay_used.until} 答复",
            DELAY_ARTICLE,
            field="kind",
        )
    if not fact.settled:
        _require_told_in_time(course, fact)
    course.fixed = course.delay_used = fact


def _require_told_in_time(course: Course, fact: Fact) -> None:
    due_on = _due_day_known(course)
    if fact.on > due_on:
        raise Refusal(
            f"延迟答复于 {fact.on} 告知申请人，晚于答复期限届满之日 {due_on}，期限届满后不能延迟",
            DELAY_ARTICLE,
            do="应当尽快答复申请人",
            field="on",
        )
    if fact.until is not None and fact.until <= due_on:
        raise Refusal(
            f"延迟答复的日期 {fact.until} 不晚于答复期限届满之日 {due_on}，无须延迟",
            DELAY_ARTICLE,
            do="请另定晚于该日的合理日期，或者在期限内答复",
            field="until",
        )


def _due_day_known(course: Course) -> date:
    """The day now due. Raises Refusal where what is still to come would move it behind the day to be told."""
    due_on = None if course.paying or course.awaits_correction else course.due_on()
    unproved = any(
        stop.unproved and stop.asked.on >= course.clock_from for stops in course.questions.values() for stop in stops
    )
    if due_on is None or unproved:
        raise Refusal(
            "答复期限届满之日尚不能确定，不能以延迟答复代替",
            DELAY_ARTICLE,
            do="先登记收到的补正、缴费或者意见，或者对方收到征求意见书的日期；停止计算期间期限不届满",
            field="on",
        )
    return due_on
