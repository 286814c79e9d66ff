"""Waiting for the applicant: the correction and the fee that hold the reply clock, and the lapse when neither comes."""

from datetime import date

from gkapply.law.course import Course, Unasked
from gkapply.law.facts import Fact, FactKind
from gkapply.law.ordered import refuse_where_ordered
from gkapply.law.refusal import Refusal
from gkapply.law.stops import Stop

REOPENING = (FactKind.CORRECTION_RECEIVED, FactKind.FEE_PAID)
"""What undoes a lapse: it was posted in time and came later, or came late with good reason."""


def ask_correction(course: Course, fact: Fact) -> None:
    """Once, within the term for asking unless the head let it go out late, and not where the day is ordered."""
    article = course.terms.correction_notice.article
    refuse_where_ordered(course, fact)
    if course.correction is not None:
        raise Refusal(
            f"补正应当一次性告知，本件已于 {course.correction.on} 告知补正",
            article,
            do="补正后申请内容仍不明确的，据此答复",
            field="kind",
        )
    due_on = course.correction_notice_due_on
    in_time = fact.on <= due_on or (fact.settled and not fact.override)
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
        began_on = course.began_on(fact)
        if began_on is not None:
            course.add_stop(Stop(fact, began_on, course.calendar.position(began_on)))


def receive_correction(course: Course, fact: Fact) -> None:
    """The clock restarts, unless the correction was asked for too late."""
    if course.correction is None:
        raise Unasked
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


def notice_fee(course: Course, fact: Fact) -> None:
    """Once and within the reply term; from then on the clock waits for the payment, on the last day as well."""
    article = course.terms.payment.article
    refuse_where_ordered(course, fact)
    if course.fee is not None:
        raise Refusal(
            f"本件已于 {course.fee.on} 发出收费通知，不能再次收费",
            article,
            do="通知未送达的，改用其他方式送达同一份通知",
            field="kind",
        )
    due_on = None if fact.settled else course.due_on()
    if due_on is not None and fact.on > due_on:
        raise Refusal(
            f"收费通知（{fact.on}）晚于答复期限届满之日 {due_on}，应当在申请处理期限内发出",
            article,
            do="期限届满后不能收费，应当尽快答复申请人",
            field="on",
        )
    course.fee = fact
    course.paying = True
    course.add_stop(Stop(fact, fact.on, course.calendar.position(fact.on)))


def take_payment(course: Course, fact: Fact) -> None:
    """The clock restarts with the payment in full."""
    if course.fee is None:
        raise Unasked
    if course.fee_paid_on is not None:
        raise Refusal(
            f"本件已于 {course.fee_paid_on} 缴费，期限只重新起算一次",
            course.terms.payment.article,
            do="缴费之日以缴清全部费用之日为准；多缴的应当退还",
            field="kind",
        )
    course.fee_paid_on = fact.on
    course.restart(fact.on)


def lapse(course: Course, fact: Fact) -> None:
    """The request counts as given up; only after a term of the applicant that ran from a proved receipt."""
    waited = []
    if course.correction is not None and course.correction_received_on is None:
        waited.append(("补正", course.correction_answer_due_on, course.terms.correction_notice.article))
    if course.fee is not None and course.fee_paid_on is None:
        waited.append(("缴费", course.payment_due_on, course.terms.payment.article))
    if not waited:
        raise Refusal(
            "没有等待申请人补正或者缴费，不能视为放弃申请",
            course.terms.correction_notice.article,
            do="申请人不再需要的，由申请人撤回；其余的应当答复",
            field="kind",
        )
    refusals = [_not_lapsed(what, due_on, article, fact.on) for what, due_on, article in waited]
    if None not in refusals and not fact.settled:
        raise next(refusal for refusal in refusals if refusal is not None)
    course.ended = fact


def _not_lapsed(what: str, due_on: date | None, article: str, on: date) -> Refusal | None:
    """Why the request has not lapsed on that day for want of this; None when it has."""
    if due_on is None:
        return Refusal(
            f"没有申请人收到{what}通知的凭证，{what}期限尚未起算，不能视为放弃申请",
            article,
            do=f"先登记申请人收到{what}通知的日期",
            field="kind",
        )
    if on <= due_on:
        return Refusal(
            f"申请人的{what}期限至 {due_on} 届满，{on} 尚不能视为放弃申请",
            article,
            do=f"期限届满仍未{what}且没有正当理由的，再作认定",
            field="on",
        )
    return None
