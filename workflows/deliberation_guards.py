"""What stands between a request that demands a joint consultation (会商) and its approval, and what a 会商 itself needs.

Both workflows ask: the letter's on every rung, the case's where the letter takes it along. A circumstance that comes up after
the submission bars the next rung and the signature just so.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from gkapply.law.deliberation_triggers import Occurrence, barring
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal, WrongState

ARTICLE = "条例第四十五条"
MOST_NAMED = 3


def is_deliberated(letter: Any, given: Mapping[str, Any]) -> None:
    """Every case of the letter has conferred about what demands it (or the head has waived it), and heeds what was concluded."""
    kind = LetterKind(letter.kind)
    for case in letter.cases:
        _require_over(case, barring(kind, case.undeliberated))
        if kind.ends_case:
            conclusion_is_heeded(case, given)


def case_is_deliberated(case: Any, given: Mapping[str, Any]) -> None:
    """The case has conferred about everything that demands it, and heeds what was concluded."""
    _require_over(case, case.undeliberated)
    conclusion_is_heeded(case, given)


def agrees_on_paper(letter: Any, given: Mapping[str, Any]) -> None:
    """A leader's consent on paper is an approval like any other; a leader may always send the letter back."""
    if given.get("agrees"):
        is_deliberated(letter, given)


def conclusion_is_heeded(case: Any, given: Mapping[str, Any]) -> None:
    """What is decided of an item is what the newest conclusion adopted for it, or somebody has said why not."""
    departing = case.departures
    if departing:
        said = "；".join(f"第{one.item}项会商结论为「{one.concluded}」，现认定为「{one.decided}」" for one in departing)
        raise Refusal(
            f"{said}，与会商结论不一致，不能送审、签发",
            ARTICLE,
            do="请按会商结论认定，或者先「说明与会商结论不一致的理由」，也可以再次提请会商",
        )


def _require_over(case: Any, waiting: Sequence[Occurrence]) -> None:
    if not waiting:
        return
    named = list(dict.fromkeys(f"{one.trigger.label}（{one.why}）" for one in waiting))
    more = f"等{len(named)}种情形" if len(named) > MOST_NAMED else ""
    raise Refusal(
        f"申请 {case.reference} 须先经会商：{'；'.join(named[:MOST_NAMED])}{more}。"
        "会商形成结论，或者公开机构负责人决定免予会商之前，不能送审、审核、签发",
        "、".join(dict.fromkeys(one.trigger.basis for one in waiting)),
        do="请在案件页面「提请会商」；公开机构负责人认为不需要的，请「决定免予会商」并说明理由",
    )


def something_demands_it(case: Any, given: Mapping[str, Any]) -> None:
    """There is a circumstance that no conclusion and no waiver covers."""
    if not case.undeliberated:
        raise WrongState("本件没有尚待会商的情形")


def something_departs(case: Any, given: Mapping[str, Any]) -> None:
    """What is decided of some item is not what was concluded."""
    if not case.departures:
        raise WrongState("没有与会商结论不一致的认定")


def is_member(deliberation: Any, given: Mapping[str, Any]) -> None:
    """Only whoever was asked gives an opinion, each under their own name."""
    actor = given["actor"]
    if deliberation.member_of(actor) is None:
        raise Refusal("您不是这次会商的成员", ARTICLE, do="请公开机构负责人、承办人先把您列为会商成员")


def everybody_was_heard(deliberation: Any, given: Mapping[str, Any]) -> None:
    """A 会商 is more than one voice: two members at least have said what they think, besides those who did not answer."""
    if sum(one.opinion is not None for one in deliberation.standing_members) < FEWEST:
        raise Refusal(
            f"至少须有{FEWEST}名会商成员提出意见，才能形成结论",
            ARTICLE,
            do="请等待成员提出意见，会上口头提出的请「登记会上意见」；不需要会商的，请撤回会商并决定免予会商",
        )


FEWEST = 2
"""Opinions that a conclusion needs at least."""


def authority_has_answered(deliberation: Any, given: Mapping[str, Any]) -> None:
    """What was put to the supervising authority is concluded after its answer (条例第十七条第三款)."""
    if deliberation.referred_on is not None and deliberation.answered_on is None:
        raise Refusal("已报请主管部门，尚未登记其答复", "条例第十七条第三款", do="请先「登记主管部门的答复」")


def authority_is_awaited(deliberation: Any, given: Mapping[str, Any]) -> None:
    """The answer is entered once."""
    if deliberation.answered_on is not None:
        raise WrongState("主管部门的答复已经登记")


def may_conclude(deliberation: Any, given: Mapping[str, Any]) -> None:
    """Members were heard, and an authority that was asked has answered."""
    everybody_was_heard(deliberation, given)
    authority_has_answered(deliberation, given)
