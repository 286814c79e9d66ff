"""Rows of a request that have to do with disputes: one is entered, a reply is given anew, and why it may be the same."""

import json
from collections.abc import Mapping
from typing import Any

from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal
from workflows.case_states import CaseState
from workflows.duties import Duty
from workflows.step import Step

S, D = CaseState, Duty

NEW_FACTS = "new_facts"
"""Kind of the note in which the reviewer says why the same result may be given again."""
ANNULLED_ARTICLE = "《行政复议法》第六十四条第二款、《行政诉讼法》第七十一条"
GIVEN = ("disclosed", "disclosed_public")
"""Outcomes that give everything: to give it again offends nobody."""


def is_redo(case: Any, given: Mapping[str, Any]) -> None:
    """Only a reply that was ordered anew can repeat an annulled one."""
    if case.kind is not CaseKind.REDO:
        raise Refusal("只有责令重新答复的案件需要说明新的事实和理由", ANNULLED_ARTICLE)


def differs_from_the_annulled(case: Any, given: Mapping[str, Any]) -> None:
    """The same facts and reasons do not carry the same result again, unless annulled for procedure only."""
    if case.kind is not CaseKind.REDO or any(note.kind == NEW_FACTS for note in case.notes):
        return
    decisions = [dispute.decision for dispute in case.redo_orders if dispute.decision is not None]
    if any(decision.procedure_only for decision in decisions):
        return
    before = {item.ordinal: _result(item) for item in case.origin.items}
    same = [item.ordinal for item in case.items if _repeats(item, before.get(item.ordinal))]
    if same:
        names = "、".join(f"第{ordinal}项" for ordinal in same)
        raise Refusal(
            f"{names}与已被纠正的答复结果和依据相同：不得以同一事实和理由作出与原行为基本相同的答复",
            ANNULLED_ARTICLE,
            do="请改变认定；有新的事实、理由，或者该项未被纠正的，由审核人记录理由后再送审",
        )


def _repeats(item: Any, before: tuple[str, frozenset[str]] | None) -> bool:
    return item.outcome not in (None, *GIVEN) and before is not None and _result(item) == before


def _result(item: Any) -> tuple[str, frozenset[str]]:
    """The outcome and the grounds of the parts held back."""
    withheld = json.loads(item.evidence).get("withheld_parts", ())
    return str(item.outcome), frozenset(part["as"] for part in withheld)


DISPUTING = (
    Step(
        "register_dispute",
        "登记复议、诉讼或者投诉",
        tuple(state for state in S if state not in (S.NEW, S.RECEIVED)),
        None,
        (D.REGISTRAR, D.OFFICER),
        "条例第五十一条",
    ),
    Step(
        "begin_redo",
        "重新答复立案",
        (S.NEW,),
        S.HANDLING,
        (D.OFFICER, D.HEAD),
        "《行政复议法》第七十七条、《行政诉讼法》第九十四条",
    ),
    Step("record_new_facts", "记录新的事实和理由", (S.HANDLING,), None, (D.REVIEWER,), ANNULLED_ARTICLE, is_redo),
)
"""Part of ``workflows.application``. Silence can be disputed as well as a reply, an archived file too."""
