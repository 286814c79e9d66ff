"""The life of a joint consultation (会商): called, opinions gathered, concluded; or put to the supervising authority.

It is handling: no clock stops for it (条例第三十三条第三款 leaves out only the time of asking third parties and other organs).
"""

from workflows import deliberation_guards as guards
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class DeliberationState(State):
    """Where a joint consultation stands."""

    NEW = "new", "未提请", Stage.HANDLE
    PROPOSED = "proposed", "已提请待召集", Stage.HANDLE
    GATHERING = "gathering", "会商中", Stage.HANDLE
    DISAGREED = "disagreed", "未达成一致", Stage.HANDLE
    REFERRED = "referred", "已报请主管部门", Stage.HANDLE
    CONCLUDED = "concluded", "已形成结论", Stage.HANDLE
    WAIVED = "waived", "免予会商", Stage.HANDLE
    WITHDRAWN = "withdrawn", "已撤回", Stage.HANDLE


S, D = DeliberationState, Duty

ARTICLE = "条例第四十五条"
OPEN = (S.PROPOSED, S.GATHERING, S.DISAGREED, S.REFERRED)
"""Neither concluded nor given up."""
GATHERING = (S.GATHERING, S.DISAGREED)
"""Opinions are taken; after a disagreement as well, until it has gone to the authority."""
PROPOSERS = (D.OFFICER, D.REVIEWER, D.HEAD)
CALLERS = (D.HEAD, D.OFFICER)
SPEAKERS = (D.REGISTRAR, D.OFFICER, D.REVIEWER, D.SIGNER, D.HEAD, D.ARCHIVIST, D.STATISTICIAN)
"""Whose account may be that of a member."""

DELIBERATION = Workflow(
    name="deliberation",
    label="会商",
    states=DeliberationState,
    start=S.NEW,
    ends=(S.CONCLUDED, S.WAIVED, S.WITHDRAWN),
    steps=(
        Step("propose", "提请会商", (S.NEW,), S.PROPOSED, PROPOSERS, ARTICLE),
        Step("call", "召集会商", (S.PROPOSED,), S.GATHERING, (D.HEAD,), ARTICLE),
        Step("arrange", "改变会商的期限、方式和问题", (S.PROPOSED, S.GATHERING), None, CALLERS, ARTICLE),
        Step("add_member", "增加会商成员", (S.PROPOSED, *GATHERING), None, CALLERS, ARTICLE),
        Step("release_member", "不再征求成员意见", (S.PROPOSED, *GATHERING), None, CALLERS, ARTICLE),
        Step("show_papers", "选择供会商的材料", (S.PROPOSED, *GATHERING), None, CALLERS, ARTICLE),
        Step(
            "give_opinion",
            "提出会商意见",
            GATHERING,
            None,
            (*SPEAKERS, D.MEMBER),
            ARTICLE,
            guards.is_member,
        ),
        Step("enter_opinion", "登记会上意见", GATHERING, None, CALLERS, ARTICLE),
        Step("disagree", "记录未达成一致", (S.GATHERING,), S.DISAGREED, (D.HEAD,), ARTICLE, guards.everybody_was_heard),
        Step("confer_again", "再次会商", (S.DISAGREED,), S.GATHERING, (D.HEAD,), ARTICLE),
        Step("refer", "报请主管部门", (S.DISAGREED,), S.REFERRED, (D.HEAD,), "条例第十七条第三款"),
        Step(
            "record_answer",
            "登记主管部门的答复",
            (S.REFERRED,),
            None,
            CALLERS,
            "条例第十七条第三款",
            guards.authority_is_awaited,
        ),
        Step(
            "conclude",
            "形成会商结论",
            (S.GATHERING, S.REFERRED),
            S.CONCLUDED,
            (D.HEAD,),
            ARTICLE,
            guards.may_conclude,
        ),
        Step("waive", "免予会商", (S.PROPOSED, *GATHERING), S.WAIVED, (D.HEAD,), ARTICLE, via="application"),
        Step("withdraw", "撤回会商", (S.PROPOSED, *GATHERING), S.WITHDRAWN, (D.HEAD,), ARTICLE),
        Step("end_with_case", "随案终止", OPEN, S.WITHDRAWN, (D.SYSTEM,), ARTICLE),
    ),
)
