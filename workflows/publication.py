"""The life of a proposal to publish what was applied for (依申请转主动公开), 条例第四十四条."""

from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class PublicationState(State):
    """Where a proposal stands."""

    NEW = "new", "未提出", Stage.ARCHIVE
    PROPOSED = "proposed", "待决定", Stage.ARCHIVE
    ACCEPTED = "accepted", "决定主动公开，待发布", Stage.ARCHIVE
    DECLINED = "declined", "决定不主动公开", Stage.ARCHIVE
    PUBLISHED = "published", "已主动公开", Stage.ARCHIVE


S, D = PublicationState, Duty

ARTICLE = "条例第四十四条"
PUBLICATION = Workflow(
    name="publication",
    label="依申请转主动公开",
    states=PublicationState,
    start=S.NEW,
    ends=(S.DECLINED, S.PUBLISHED),
    steps=(
        Step("propose", "提请转主动公开", (S.NEW,), S.PROPOSED, (D.SYSTEM, D.OFFICER, D.REVIEWER, D.HEAD), ARTICLE),
        Step("accept", "决定主动公开", (S.PROPOSED,), S.ACCEPTED, (D.HEAD,), ARTICLE),
        Step("decline", "决定不主动公开", (S.PROPOSED,), S.DECLINED, (D.HEAD,), ARTICLE),
        Step(
            "note_publication",
            "登记发布",
            (S.ACCEPTED,),
            S.PUBLISHED,
            (D.OFFICER, D.REGISTRAR, D.HEAD),
            "条例第二十六条",
        ),
    ),
)

TURNING_PUBLIC = (
    Step(
        "link_same",
        "指出他人申请过相同信息",
        (CaseState.REPLIED, CaseState.ARCHIVED),
        None,
        (D.OFFICER, D.REVIEWER, D.HEAD),
        ARTICLE,
    ),
)
"""Part of ``workflows.application``."""
