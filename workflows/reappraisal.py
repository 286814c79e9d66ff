"""The life of a round of reappraisal (定期评估审查): gathered, decided thing by thing, confirmed by a second person, made public.

条例第十八条: what is withheld is looked at again at intervals, and what can be public by now becomes so.
"""

from workflows import reappraisal_guards as guards
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class ReappraisalState(State):
    """Where a round stands."""

    NEW = "new", "未开始", Stage.ARCHIVE
    OPEN = "open", "评估中", Stage.ARCHIVE
    SUBMITTED = "submitted", "待确认", Stage.ARCHIVE
    CONFIRMED = "confirmed", "已确认，待公布", Stage.ARCHIVE
    RELEASED = "released", "已公布", Stage.ARCHIVE
    DROPPED = "dropped", "已作废", Stage.ARCHIVE


S, D = ReappraisalState, Duty

ARTICLE = "条例第十八条"
WORKERS = (D.OFFICER, D.REVIEWER, D.HEAD)
SETTLED = (S.CONFIRMED, S.RELEASED)
"""What was found holds."""

REAPPRAISAL = Workflow(
    name="reappraisal",
    label="评估审查",
    states=ReappraisalState,
    start=S.NEW,
    ends=(S.RELEASED, S.DROPPED),
    steps=(
        Step("begin", "开始评估审查", (S.NEW,), S.OPEN, WORKERS, ARTICLE),
        Step("gather", "重新收集", (S.OPEN,), None, WORKERS, ARTICLE),
        Step("decide", "认定", (S.OPEN,), None, WORKERS, ARTICLE),
        Step(
            "review_secrecy",
            "保密审查",
            (S.OPEN,),
            None,
            (D.REVIEWER, D.HEAD, D.SIGNER),
            "条例第十七条",
            guards.not_by_who_found_it,
        ),
        Step("submit", "提交确认", (S.OPEN,), S.SUBMITTED, WORKERS, ARTICLE, guards.is_settled),
        Step("return", "退回", (S.SUBMITTED,), S.OPEN, (D.HEAD,), ARTICLE),
        Step("confirm", "确认评估结论", (S.SUBMITTED,), S.CONFIRMED, (D.HEAD,), ARTICLE, guards.not_by_its_author),
        Step(
            "release",
            "公布评估审查结果",
            (S.CONFIRMED, S.RELEASED),
            S.RELEASED,
            (D.HEAD,),
            ARTICLE,
            guards.is_not_shown,
        ),
        Step("take_down", "撤下公布的结果", (S.RELEASED,), None, (D.HEAD,), ARTICLE, guards.is_shown),
        Step("drop", "作废", (S.OPEN,), S.DROPPED, (D.HEAD,), ARTICLE),
    ),
)
