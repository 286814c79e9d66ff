"""A request that counted as given up goes on: the correction or the payment came after all.

Posted in time and late on the way, or late with good reason; a person judges which (条例第三十条).
"""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import correction, fee
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload, add_document
from gkapply.casework.flow import fire
from gkapply.casework.lapse import ARTICLE
from gkapply.casework.records import Case
from gkapply.casework.reply import add_note
from gkapply.casework.term_of_applicant import term_of_applicant
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.letters.notation import chinese_date
from workflows.duties import Duty

POSTED, GOOD_REASON = "posted", "good_reason"
GROUNDS = {
    POSTED: "期限内已经交邮或者缴费，到达较晚",
    GOOD_REASON: "逾期但有正当理由（由公开机构负责人认定）",
}
"""Why a correction or a payment that came after the lapse is taken."""


@dataclass(frozen=True, slots=True)
class Ground:
    """Why a late correction or payment is taken: a code of GROUNDS, the day of the postmark or slip, its proof, the words."""

    code: str
    posted_on: date | None
    proof: Upload | None
    reason: str


def reopen_corrected(
    session: Session,
    case: Case,
    on: date,
    text: str,
    upload: Upload | None,
    ground: Ground,
    actor: Actor,
    now: datetime,
) -> None:
    """A correction that came after the lapse is taken: the reply term starts anew from its receipt on ``on``."""
    _check_ground(case, ground, actor)
    fire(session, case, "reopen_corrected", actor, now, on=on, detail={"on": on.isoformat(), "ground": ground.code})
    _reopen(session, case, ground, actor, now)
    correction.take(session, case, on, text, upload, actor, now)


def reopen_paid(
    session: Session,
    case: Case,
    on: date,
    yuan: int,
    upload: Upload | None,
    ground: Ground,
    actor: Actor,
    now: datetime,
) -> None:
    """A payment that came after the lapse is taken: the reply term starts anew from the day of the slip."""
    _check_ground(case, ground, actor)
    fire(session, case, "reopen_paid", actor, now, on=on, detail={"on": on.isoformat(), "ground": ground.code})
    _reopen(session, case, ground, actor, now)
    fee.take_payment(session, case, on, yuan, upload, actor, now)


def _reopen(session: Session, case: Case, ground: Ground, actor: Actor, now: datetime) -> None:
    """The ending is undone; the lapse stays in the ledger as what happened."""
    case.ended_on, case.report_row, case.report_reason = None, None, ""
    case.lapse_proposed_on = case.lapse_waits_until = None
    if ground.proof is not None:
        add_document(session, case, "late_proof", ground.proof, day_of(now), actor, now, field="proof")
    words = {"how": GROUNDS[ground.code], "text": ground.reason.strip()}
    add_note(session, case, "reopened", words, day_of(now), actor, now)


def _check_ground(case: Case, ground: Ground, actor: Actor) -> None:
    if ground.code not in GROUNDS:
        raise Refusal("请选择接受的理由", ARTICLE, field="ground")
    if not ground.reason.strip():
        raise Refusal("请写明情况和理由", ARTICLE, field="reason")
    refuse_secret_marks(ground.reason, field="reason")
    if ground.code == GOOD_REASON:
        if not actor.holds(Duty.HEAD):
            raise NotPermitted("逾期是否有正当理由，由公开机构负责人认定", ARTICLE)
        return
    term = term_of_applicant(case)
    if ground.posted_on is None or ground.proof is None:
        raise Refusal("期限内交邮的，须填写邮戳（缴费）日期并附凭证", ARTICLE, field="posted_on")
    if term is not None and ground.posted_on > term:
        raise Refusal(
            f"邮戳（缴费）日期晚于期限届满之日{chinese_date(term)}",
            ARTICLE,
            field="posted_on",
            do="有正当理由的，由负责人认定",
        )
