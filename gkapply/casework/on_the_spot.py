"""Answering on the spot (当场答复, 条例第三十三条第一款): what is public already, or can be given at once after its review.

The request keeps its number and counts like any other; the record that the applicant signed is the reply and its proof.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import deciding, delivery_ledger, issuing, ledger
from gkapply.casework.access import Actor
from gkapply.casework.dating import enter_fact
from gkapply.casework.delivery_ledger import Dispatch, Finding
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.casework.sent_letters import set_report_row
from gkapply.clock import day_of
from gkapply.law.delivery_ways import DeliveryWay, Outcome
from gkapply.law.facts import FactKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind

ARTICLE = "条例第三十三条第一款"
ON_THE_SPOT = (ReplyKind.DISCLOSED_PUBLIC, ReplyKind.DISCLOSED)
"""What can be answered at once; everything else needs searching, asking, or a reviewer."""
SIGNED_RECORD = "on_the_spot"
"""Role of the record that the applicant signed."""


def answer(
    session: Session,
    case: Case,
    outcome: str,
    evidence: Mapping[str, Any],
    on: date,
    record: Upload | None,
    actor: Actor,
    now: datetime,
) -> Letter:
    """Answer every item of the request on ``on``: the day of the reply and of its delivery.

    Raises Refusal for another outcome, for missing evidence, without the signed record, too long after the receipt, or when
    anything else has been begun.
    """
    if outcome not in ON_THE_SPOT:
        raise Refusal(
            "当场答复只能是告知已主动公开，或者当场提供", ARTICLE, field="outcome", do="其他情形请按一般程序答复"
        )
    if on > day_of(now):
        raise Refusal("答复日期不能晚于今天", field="on")
    if record is None:
        raise Refusal("请上传申请人签名的当场答复记录", ARTICLE, field="record")
    proofs = [(item, *deciding.proved(case, item, outcome, evidence)) for item in case.items]
    fire(session, case, "answer_on_the_spot", actor, now, on=on, detail={"on": on.isoformat(), "outcome": outcome})
    for item, kind, given in proofs:
        deciding.settle(item, kind, given, actor, now)
    signed = add_document(session, case, SIGNED_RECORD, record, on, actor, now, field="record")
    letter = issuing.issue_record(session, case, on, actor, now)
    letter.proof = signed
    delivery_ledger.hand_over(session, letter, Dispatch(DeliveryWay.HAND, on, proof=signed), actor, now)
    delivery_ledger.settle(session, letter, Finding(Outcome.DELIVERED, on, signed, signed_by="申请人"), actor, now)
    case.replied_on = case.delivered_on = case.ended_on = on
    detail = {"letter": letter.uid, "way": DeliveryWay.HAND}
    enter_fact(session, case, FactKind.REPLIED, on, actor, now, article=ARTICLE, document=signed, detail=detail)
    enter_fact(session, case, ledger.REPLY_DELIVERED, on, actor, now, document=signed)
    set_report_row(case)
    return letter
