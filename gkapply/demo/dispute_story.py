"""What comes after a reply: a complaint that was not founded, then a review whose copy has come and which waits for the answer."""

from collections.abc import Iterator
from datetime import timedelta

from gkapply.casework import dispute
from gkapply.casework.dispute import Decision, Filing
from gkapply.demo.county import CITY_GOVERNMENT
from gkapply.demo.life import Life
from workflows.duties import Duty


def disputed(life: Life) -> Iterator[int]:
    """投诉不属实；申请人又申请行政复议，已收到副本，待答复."""
    yield 29
    complaint = Filing("complaint", CITY_GOVERNMENT, "", life.today)
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: dispute.register(s, case, complaint, actor, now))
    yield 25
    outcome = Decision("unfounded", life.today, life.today, "投诉反映的逾期答复不属实，答复在法定期限内作出")
    life.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: dispute.record_result(s, case.disputes[-1], outcome, actor, now),
    )
    yield 8
    filing = Filing("review", CITY_GOVERNMENT, "资府复〔演示〕1号", life.today - timedelta(2))
    life.do(Duty.REGISTRAR, lambda s, case, actor, now: dispute.register(s, case, filing, actor, now))
    yield 4
    life.do(
        Duty.REGISTRAR,
        lambda s, case, actor, now: dispute.receive_copy(s, case.disputes[-1], life.today, False, actor, now),
    )
