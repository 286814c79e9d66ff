"""What 不予重复处理 and 确认、重新出具类 rest on: a reply that the same person already has (条例第三十六条第六项)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.papers import Letter
from gkapply.casework.records import Case
from gkapply.law.evidence import EARLIER_BASIS, EARLIER_NUMBER, EARLIER_ON
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.replies import ReplyKind

RESTS_ON_EARLIER = (ReplyKind.REPEATED, ReplyKind.ALREADY_OBTAINED)
ARTICLE = EARLIER_NUMBER.article


def require_earlier_reply(session: Session, case: Case, given: Mapping[str, Any]) -> None:
    """The reply of that 文号 and day was given to this applicant, before this request came in.

    A reply that is not in the system needs its basis in words. Raises Refusal naming the field.
    """
    number, on = str(given[EARLIER_NUMBER.code]).strip(), date.fromisoformat(str(given[EARLIER_ON.code]))
    if case.received_on is not None and on > case.received_on:
        raise Refusal(
            f"此前答复的日期（{on.isoformat()}）晚于收到本件申请之日，不是重复申请",
            ARTICLE,
            field=EARLIER_ON.code,
            do="申请时尚未答复的，可以一并答复",
        )
    letter = _reply_with(session, case, number)
    if letter is None:
        if not given.get(EARLIER_BASIS.code):
            raise Refusal(
                f"系统中没有文号为“{number}”的答复",
                ARTICLE,
                field=EARLIER_BASIS.code,
                do="请核对文号；系统启用之前的答复，请写明依据",
            )
        return
    if on not in (letter.signed_on, letter.sent_on):
        raise Refusal(
            f"{number} 的日期与系统的记载不符", ARTICLE, field=EARLIER_ON.code, do="请核对该答复的落款日期或者发出日期"
        )
    known = {one.person_id for answered in letter.cases for one in answered.applicants} - {None}
    if known.isdisjoint({one.person_id for one in case.applicants}) and not given.get(EARLIER_BASIS.code):
        raise Refusal(
            f"{number} 不是给本件申请人的答复",
            ARTICLE,
            field=EARLIER_NUMBER.code,
            do="不同申请人申请相同信息的，应当分别答复；确系同一申请人的，请写明依据",
        )


def _reply_with(session: Session, case: Case, number: str) -> Letter | None:
    """The reply of this organ with that 文号 that has left, if there is one."""
    query = select(Letter).where(Letter.organ_id == case.organ_id, Letter.number == number, Letter.sent_on.is_not(None))
    return next((one for one in session.scalars(query) if LetterKind(one.kind).ends_case), None)
