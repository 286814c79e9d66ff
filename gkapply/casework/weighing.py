"""What the office made of an opinion (衡量意见): whether a third party's reasons hold, and what outweighs them.

A third party's refusal binds only with good reasons; against good ones only a great harm to the public interest counts
(条例第三十二条、第十五条). An opinion that came late changes no date, but has to be weighed before the reply is signed.
"""

from datetime import datetime

from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.deliberation_causes import note
from gkapply.casework.flow import fire
from gkapply.casework.papers import Consultation
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks
from workflows.release_guards import PUBLIC_INTEREST, REASONABLE, UNREASONABLE

CONSIDERED = "considered"
WEIGHINGS = {
    REASONABLE: "不同意的理由成立，相关内容不予公开",
    UNREASONABLE: "没有说明理由或者理由不成立，由本机关决定公开",
    PUBLIC_INTEREST: "理由成立，但不公开可能对公共利益造成重大影响，决定公开",
    CONSIDERED: "已经考虑，不涉及第三方不同意公开",
}


def weigh(session: Session, question: Consultation, result: str, text: str, actor: Actor, now: datetime) -> None:
    """Keep what the office made of the opinion and why. Raises Refusal for a result that does not fit the opinion."""
    if result not in WEIGHINGS:
        raise Refusal("请选择衡量结果", question.article, field="result")
    if not text.strip():
        raise Refusal("请写明衡量的理由", question.article, field="text")
    if question.refuses == (result == CONSIDERED):
        why = "第三方不同意公开，须认定其理由是否成立" if question.refuses else "这件意见不是第三方不同意公开"
        raise Refusal(why, question.article, field="result", do="请改选衡量结果")
    refuse_secret_marks(text, field="text")
    fire(session, question, "weigh", actor, now, detail={"result": result})
    question.weighed, question.weighing = result, text.strip()
    question.weighed_at, question.weighed_by = now, actor.signature
    session.flush()
    note(session, question.case, now)
