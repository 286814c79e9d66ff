"""Requests at the counter: a reply that waits to be fetched, with a call about it."""

from collections.abc import Callable
from dataclasses import replace

from gkapply.casework.telephone_notes import Call, record_call
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.demo.walk import Story
from workflows.duties import Duty


def waits_to_be_fetched(life: Life) -> Story:
    """已签发，申请人选择当面领取，电话告知可以领取."""
    yield 17
    life.register(replace(walked_in(PERSON, "岳阳镇某小区配套幼儿园移交协议"), way="pickup"), life.at_the_counter())
    life.assign().accept().search("“岳阳镇”“配套幼儿园”“移交协议”", "没有制作或者获取该信息的记录")
    yield 12
    life.decide(1, "not_existing", {}).draft_reply().submit_reply()
    yield 5
    life.pass_review().sign_reply()
    yield 4
    life.do(
        Duty.REGISTRAR,
        lambda session, case, actor, now: record_call(
            session,
            case,
            Call(
                "out",
                life.today,
                "09:40",
                line="1-phone",
                said="告知答复书已经签发，可以到窗口领取",
                outcome="申请人表示近日来领",
            ),
            actor,
            now,
        ),
    )


COUNTER_STORIES: list[Callable[[Life], Story]] = [waits_to_be_fetched]
