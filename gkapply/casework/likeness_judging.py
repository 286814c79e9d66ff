"""A person judges two requests that look alike (相似申请的判断). It only grows; nothing is merged, closed or answered by it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import journal
from gkapply.casework.access import Actor, open_case
from gkapply.casework.likeness_records import Judged, LikenessJudgement
from gkapply.casework.records import Case
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import Duty

DEED = "likeness.judge"
JUDGES = (Duty.REGISTRAR, Duty.OFFICER, Duty.REVIEWER, Duty.HEAD)
ARTICLE = "条例第三十六条第六项"
LONGEST_REASON = 500


def judge(
    session: Session, case: Case, other: str, judged: str, reason: str, actor: Actor, now: datetime
) -> LikenessJudgement:
    """Keep what the actor found of ``case`` and the request with the reference ``other``, which the actor must see, too.

    Raises Refusal without a finding or a reason, NotPermitted for other duties and for a file that is closed.
    """
    if not actor.holds(*JUDGES):
        raise NotPermitted("相似申请由登记员、承办人、审核人或者公开机构负责人判断")
    if case.archived_on is not None:
        raise NotPermitted("案卷已经归档，不能再作判断")
    if judged not in [one.value for one in Judged]:
        raise Refusal("请选择判断的结果", ARTICLE, field="judged")
    if not reason.strip():
        raise Refusal("请写明判断的理由", ARTICLE, field="reason", do="例如：两件申请的村组不同")
    refuse_secret_marks(reason, field="reason")
    against = open_case(session, other, actor)
    if against.id == case.id:
        raise Refusal("不能与自身比较", ARTICLE)
    made = LikenessJudgement(
        organ_id=case.organ_id,
        case_id=case.id,
        other=against,
        judged=Judged(judged),
        reason=reason.strip(),
        user_id=actor.user_id,
        at=now,
    )
    session.add(made)
    detail = {"with": against.number, "judged": judged}
    journal.record(session, case.organ_id, DEED, actor.signature, now, case_id=case.id, **detail)
    return made


def judgements_of(session: Session, case: Case) -> Sequence[LikenessJudgement]:
    """Every finding about the case, in the order of making."""
    query = select(LikenessJudgement).where(LikenessJudgement.case_id == case.id).order_by(LikenessJudgement.id)
    return session.scalars(query).all()
