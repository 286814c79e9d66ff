"""Remarks among officials about a case (内部备注), and whom they mention (@).

They are no part of the file: the applicant never sees them, the archive and a court's bundle leave them out. What proves something
belongs into a note of work (工作记录) instead.
"""

from collections.abc import Sequence
from datetime import datetime
from uuid import uuid4

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from gkapply.casework import journal, notification
from gkapply.casework.access import Actor
from gkapply.casework.people import DutyHolding, User
from gkapply.casework.records import Case
from gkapply.casework.remark_records import Remark
from gkapply.clock import day_of
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import CASE_DUTIES

LONGEST = 2000
MOST_SHOWN = 100
"""Remarks that the page of a case shows, the newest first."""


def write(session: Session, case: Case, text: str, actor: Actor, now: datetime) -> Remark:
    """Keep a remark and tell whom it mentions. Raises NotPermitted, Refusal for an empty, a too long or a marked text."""
    if actor.user_id is None or not actor.holds(*CASE_DUTIES):
        raise NotPermitted("内部备注由本机关办理依申请公开的工作人员填写")
    words = text.strip()
    if not words:
        raise Refusal("请填写备注内容", field="text")
    if len(words) > LONGEST:
        raise Refusal(f"备注最多{LONGEST}个字", do="较长的内容请作为材料存入案件", field="text")
    refuse_secret_marks(words, field="text")
    remark = Remark(
        uid=uuid4().hex, organ_id=case.organ_id, case_id=case.id, author_id=actor.user_id, text=words, at=now
    )
    session.add(remark)
    journal.record(session, case.organ_id, "remark.write", actor.signature, now, case_id=case.id, remark=remark.uid)
    told = [user.id for user in mentioned(words, colleagues(session, case.organ_id, now)) if user.id != actor.user_id]
    notification.tell(session, case.organ_id, told, kind="mentioned", key=remark.uid, now=now, case=case)
    return remark


def remarks_on(session: Session, case: Case) -> Sequence[Remark]:
    """The remarks on a case, the newest first, with their authors."""
    query = select(Remark).where(Remark.case_id == case.id).options(joinedload(Remark.author))
    return session.scalars(query.order_by(Remark.id.desc()).limit(MOST_SHOWN)).all()


def colleagues(session: Session, organ_id: int, now: datetime) -> Sequence[User]:
    """Who works on the cases of the organ today, by name."""
    today = day_of(now)
    held = select(DutyHolding.user_id).where(
        DutyHolding.organ_id == organ_id,
        DutyHolding.duty.in_([duty.value for duty in CASE_DUTIES]),
        DutyHolding.ended_at.is_(None),
        DutyHolding.valid_from <= today,
        DutyHolding.valid_to.is_(None) | (DutyHolding.valid_to >= today),
    )
    return session.scalars(select(User).where(User.id.in_(held), User.closed_at.is_(None)).order_by(User.name)).all()


def mentioned(text: str, people: Sequence[User]) -> list[User]:
    """Who of ``people`` is mentioned: 「@姓名」, the longest name first, so that one name within another is not taken for it."""
    left, found = text.replace("＠", "@"), []
    for user in sorted(people, key=lambda one: len(one.name), reverse=True):
        if f"@{user.name}" in left:
            found.append(user)
            left = left.replace(f"@{user.name}", "")
    return found
