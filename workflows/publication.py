"""The life of a proposal to publish what was applied for (依申请转主动公开), 条例第四十四条.

Where the office shows it on its own pages, one person cleans a version of personal data, another checks it, the head
publishes it. What stands in the reading room stays there while a corrected version is prepared.
"""

from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.publication_guards import ARTICLE as PERSONAL
from workflows.publication_guards import is_not_shown, is_shown, is_written, not_by_a_writer
from workflows.step import Stage, State, Step, Workflow


class PublicationState(State):
    """Where a proposal stands."""

    NEW = "new", "未提出", Stage.ARCHIVE
    PROPOSED = "proposed", "待决定", Stage.ARCHIVE
    ACCEPTED = "accepted", "决定主动公开，待整理发布", Stage.ARCHIVE
    PREPARED = "prepared", "公开件待核对", Stage.ARCHIVE
    CHECKED = "checked", "公开件已核对，待发布", Stage.ARCHIVE
    SHOWN = "shown", "已在公开阅览发布", Stage.ARCHIVE
    TAKEN_DOWN = "taken_down", "已撤下", Stage.ARCHIVE
    PUBLISHED = "published", "已主动公开", Stage.ARCHIVE
    DECLINED = "declined", "决定不主动公开", Stage.ARCHIVE


S, D = PublicationState, Duty

ARTICLE = "条例第四十四条"
PREPARERS = (D.OFFICER, D.REVIEWER, D.HEAD)
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
            is_not_shown,
        ),
        Step("prepare", "整理公开件", (S.ACCEPTED,), None, PREPARERS, PERSONAL),
        Step("settle_traces", "逐项处理个人信息", (S.ACCEPTED,), None, PREPARERS, PERSONAL, is_written),
        Step("hand_for_check", "提交核对", (S.ACCEPTED,), S.PREPARED, PREPARERS, PERSONAL, is_written),
        Step("confirm_version", "核对无误", (S.PREPARED,), S.CHECKED, PREPARERS, PERSONAL, not_by_a_writer),
        Step("return_version", "退回整理", (S.PREPARED, S.CHECKED), S.ACCEPTED, PREPARERS, PERSONAL),
        Step("show", "在公开阅览发布", (S.CHECKED,), S.SHOWN, (D.HEAD,), "条例第十七条、第四十四条"),
        Step(
            "note_elsewhere", "登记另在何处发布", (S.SHOWN,), None, (D.OFFICER, D.REGISTRAR, D.HEAD), "条例第二十三条"
        ),
        Step("begin_version", "重新整理", (S.SHOWN, S.TAKEN_DOWN), S.ACCEPTED, PREPARERS, ARTICLE),
        Step(
            "give_up",
            "改为不主动公开",
            (S.ACCEPTED, S.TAKEN_DOWN),
            S.DECLINED,
            (D.HEAD,),
            ARTICLE,
            is_not_shown,
        ),
        Step("keep_shown", "不作订正，维持现状", (S.ACCEPTED,), S.SHOWN, PREPARERS, ARTICLE, is_shown),
        Step(
            "take_down",
            "撤下",
            (S.SHOWN, S.ACCEPTED, S.PREPARED, S.CHECKED),
            S.TAKEN_DOWN,
            (D.HEAD,),
            "《个人信息保护法》第二十五条、第五十七条",
            is_shown,
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
