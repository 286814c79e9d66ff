"""What stands between a letter and its approval: who may take a rung of its ladder, and in which order."""

from collections.abc import Mapping
from typing import Any

from gkapply.law.letters import LetterKind
from gkapply.law.refusal import NotPermitted, Refusal, WrongState
from workflows.duties import Duty
from workflows.step import Guard


def climbs(*ladders: str) -> Guard:
    """A guard: the letter's kind climbs one of these approval ladders; a step of another ladder is none of its own."""

    def guard(letter: Any, given: Mapping[str, Any]) -> None:
        kind = LetterKind(letter.kind)
        if kind.ladder not in ladders:
            raise WrongState(f"《{kind.label}》不走这一审签程序")

    return guard


def each_of(*guards: Guard) -> Guard:
    """All the guards, in order; the first that refuses speaks."""

    def guard(letter: Any, given: Mapping[str, Any]) -> None:
        for one in guards:
            one(letter, given)

    return guard


def is_reviewed_first(letter: Any, given: Mapping[str, Any]) -> None:
    """There is a rung between the author and the signature."""
    if len(letter.rungs) < 2:
        raise WrongState("这份文书不经审核，直接送签")


def goes_straight_to_signature(letter: Any, given: Mapping[str, Any]) -> None:
    """There is none."""
    if len(letter.rungs) > 1:
        raise WrongState("这份文书须先送审")


def another_rung_follows(letter: Any, given: Mapping[str, Any]) -> None:
    """After this rung comes another one before the signature."""
    if letter.place + 2 >= len(letter.rungs):
        raise WrongState("这是签发前的最后一个审核环节")


def is_the_last_rung(letter: Any, given: Mapping[str, Any]) -> None:
    """After this rung comes the signature."""
    if letter.place + 2 < len(letter.rungs):
        raise WrongState("签发之前还有其他审核环节")


def not_the_author(letter: Any, given: Mapping[str, Any]) -> None:
    """Nobody approves a letter that they wrote, changed or submitted."""
    if given["actor"].user_id in letter.authors:
        raise Refusal("起草人不得审核、签发自己起草的文书", do="请由他人审签")


def of_another_person(letter: Any, given: Mapping[str, Any]) -> None:
    """Whoever decides neither wrote the letter nor decided on an earlier rung of this round."""
    not_the_author(letter, given)
    if given["actor"].user_id in letter.reviewers:
        raise Refusal("各环节的审核人与签发人须为不同的人", do="请由其他人员办理这一环节")


def holds_the_rung(letter: Any, given: Mapping[str, Any]) -> None:
    """The present rung is of one of the actor's duties."""
    rung = letter.present_rung
    if given["actor"].duties.isdisjoint(rung.duties):
        who = "、".join(Duty(duty).label for duty in rung.duties)
        raise NotPermitted(f"这份文书正在「{rung.label}」环节，由{who}办理", "条例第四十五条")


def snapshot_is_approved(letter: Any, given: Mapping[str, Any]) -> None:
    """What is signed is what was reviewed: every earlier rung was passed over the snapshot as it stands now."""
    if not letter.review_holds:
        raise Refusal("送签的文本与审核通过的文本不一致，审核已失效", do="请退回重新送审")


def signed_on_paper(letter: Any, given: Mapping[str, Any]) -> None:
    """A decision of the actor's was entered from paper and is not confirmed yet."""
    if letter.unconfirmed(given["actor"].user_id) is None:
        raise WrongState("没有以您的名义代录、尚待确认的纸质签批")


TAKES_A_RUNG = each_of(not_the_author, holds_the_rung, of_another_person)
SIGNS = each_of(of_another_person, snapshot_is_approved)
