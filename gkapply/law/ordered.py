"""A day for the reply that a review decision or a judgment orders: no deed of the organ moves it."""

from gkapply.law.course import Course
from gkapply.law.facts import Fact, FactKind
from gkapply.law.refusal import Refusal

ORDERED_ARTICLE = "《行政复议法》第七十七条、《行政诉讼法》第九十四条"
"""Why an ordered day binds the organ."""


def order(course: Course, fact: Fact) -> None:
    """Others fix the day of the new reply: the first fact of the case, and so the only one of its kind."""
    if course.last_on is not None:
        raise Refusal(
            "「责令限期答复」只用于重新答复的案件，应当是本件的第一项事实",
            ORDERED_ARTICLE,
            do="请在重新答复的案件中登记行政复议决定或者判决所定的日期",
            field="kind",
        )
    course.fixed = fact


def refuse_where_ordered(course: Course, fact: Fact) -> None:
    """Raises Refusal where the day is ordered and this fact would stop, lengthen or restart the term."""
    fixed = course.fixed
    if fixed is not None and fixed.kind is FactKind.ORDERED:
        raise Refusal(
            f"行政复议决定或者判决责令本件最迟于 {fixed.until} 答复，不能再有「{fact.kind.label}」（{fact.on}）",
            ORDERED_ARTICLE,
            do="应当在所定期限内答复申请人",
            field="kind",
        )
