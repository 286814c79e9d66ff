"""The seven questions: every way of answering ends in one kind of reply, whose evidence it has asked for."""

from collections.abc import Iterator, Mapping

import pytest

from gkapply.law.case_kinds import CaseKind
from gkapply.law.evidence import EvidenceForm
from gkapply.law.refusal import Refusal
from gkapply.law.replies import REFUSALS, ReplyKind, by_result, kinds_for
from gkapply.law.seven_questions import (
    QUESTIONS,
    Way,
    asked_of,
    evidence_by_question,
    path_to,
    question,
    walk,
)

KINDS = kinds_for(CaseKind.APPLICATION)
NAMES = ["补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答"]


def every_way(given: Mapping[str, str] | None = None) -> Iterator[tuple[Mapping[str, str], Way]]:
    """Each way through the questions to its end."""
    so_far = dict(given or {})
    way = walk(so_far)
    if way.next is None:
        yield so_far, way
        return
    for answer in way.next.answers:
        yield from every_way({**so_far, way.next.question.code: answer.code})


WAYS = list(every_way())


def test_the_seven_are_asked_in_their_order() -> None:
    assert [one.name for one in QUESTIONS] == NAMES
    assert [stop.question.name for stop in walk({}).stops] == NAMES


def test_every_kind_of_reply_is_reached_by_exactly_one_way_and_no_way_ends_in_nothing() -> None:
    assert sorted(str(way.outcome) for _, way in WAYS) == sorted(kind.value for kind in KINDS)
    assert all(way.left == (way.outcome,) for _, way in WAYS)


@pytest.mark.parametrize(("given", "way"), WAYS, ids=[str(way.outcome) for _, way in WAYS])
def test_the_way_asks_for_all_that_its_outcome_demands(given: Mapping[str, str], way: Way) -> None:
    assert way.outcome is not None
    assert set(way.demands) == set(way.outcome.evidence)
    assert path_to(way.outcome) == given


@pytest.mark.parametrize(("given", "way"), WAYS, ids=[str(way.outcome) for _, way in WAYS])
def test_each_question_is_answered_or_idle_with_its_reason(given: Mapping[str, str], way: Way) -> None:
    for stop in way.stops:
        assert (stop.given is None) == bool(stop.idle)
        assert (stop.given is None) == (not stop.answers)
        assert stop.question.code in given or stop.idle.endswith(
            tuple(one.given.closes for one in way.answered if one.given and one.given.closes)
        )


def test_what_is_asked_leaves_a_choice_and_its_answers_part_what_is_left() -> None:
    for given, _ in WAYS:
        for code in given:
            before = walk({name: answer for name, answer in given.items() if _earlier(name, code)})
            assert before.next is not None
            assert before.next.question.code == code
            assert len(before.next.answers) > 1
            parted = [kind for answer in before.next.answers for kind in answer.leaves & set(before.left)]
            assert sorted(parted) == sorted(before.left)


def _earlier(name: str, code: str) -> bool:
    order = [one.code for one in QUESTIONS]
    return order.index(name) < order.index(code)


@pytest.mark.parametrize("kind", REFUSALS)
def test_no_refusal_without_having_thought_of_giving_a_part(kind: ReplyKind) -> None:
    asked = {one.code: one for one in walk(path_to(kind)).demands}
    assert asked["separation_considered"].form is EvidenceForm.TICK
    assert asked["separation_considered"].required
    if kind.ground == "16":
        assert asked["discretion_reason"].required
    if kind.article.endswith("第十六条第二款"):
        assert asked["no_duty_to_disclose"].required
    if kind.ground == "15":
        assert asked["third_party_record"].required


@pytest.mark.parametrize(
    ("kind", "demanded"),
    [
        (ReplyKind.NOT_EXISTING, {"search_record"}),
        (ReplyKind.REPEATED, {"earlier_number", "earlier_on"}),
        (ReplyKind.SPECIAL_RULE, {"special_law", "query_place"}),
        (ReplyKind.STILL_UNCLEAR, {"correction_record", "unclear_points"}),
        (ReplyKind.PARTIAL, {"withheld_parts", "enclosures", "release_review"}),
    ],
)
def test_what_an_answer_demands(kind: ReplyKind, demanded: set[str]) -> None:
    assert {one.code for one in walk(path_to(kind)).demands if one.required} == demanded


def test_whoever_changes_an_answer_is_asked_again_only_where_it_matters() -> None:
    process = dict(path_to(ReplyKind.REFUSED_PROCESS))
    changed = walk({**process, "how": "partial"})
    assert changed.outcome is ReplyKind.PARTIAL
    changed = walk({**process, "give": "all"})
    assert changed.outcome is None
    assert changed.next is not None
    assert changed.next.question.name == "怎么给"
    assert changed.left == (ReplyKind.DISCLOSED_PUBLIC, ReplyKind.DISCLOSED)
    assert walk({**process, "clear": "still_unclear"}).outcome is ReplyKind.STILL_UNCLEAR
    assert walk({**process, "clear": "clear"}).outcome is ReplyKind.REFUSED_PROCESS


def test_they_are_asked_in_their_order_and_tell_what_is_possible_there() -> None:
    way = walk({"clear": "clear", "nature": "information"})
    assert [stop.question.code for stop in way.stops if way.reaches(stop.question.code)] == [
        "clear",
        "nature",
        "responsible",
    ]
    assert len(way.stop("clear").left) == len(KINDS)
    assert ReplyKind.STILL_UNCLEAR not in way.stop("nature").left
    assert way.stop("responsible").left == way.left


def test_an_unknown_answer_is_none_and_an_unknown_question_is_refused() -> None:
    assert walk({"clear": "perhaps", "nature": "petition"}).next == walk({}).next
    with pytest.raises(Refusal, match="没有这一问"):
        question("why")


def test_the_answers_before_a_question_make_its_page_out_of_date() -> None:
    way = walk(path_to(ReplyKind.NOT_EXISTING))
    assert way.before("clear") == ""
    assert way.before("found") == "clear.information.ours"
    assert way.before("reply") == "clear.information.ours.not_existing.-.-"


def test_the_evidence_of_an_outcome_goes_back_to_the_answers_that_asked_for_it() -> None:
    evidence = {
        "reason": "讨论稿",
        "discretion_reason": "影响决策",
        "no_duty_to_disclose": True,
        "separation_considered": True,
    }
    parted = {code: own for code, _, own in evidence_by_question(ReplyKind.REFUSED_PROCESS, evidence)}
    assert parted["how"] == {"separation_considered": True}
    assert parted["reply"] == {"reason": "讨论稿", "discretion_reason": "影响决策", "no_duty_to_disclose": True}
    assert parted["nature"] == {}


def test_a_correction_of_records_is_asked_none_of_them() -> None:
    assert [kind for kind in CaseKind if not asked_of(kind)] == [CaseKind.RECORD_CORRECTION]
    assert all(path_to(kind) == {} for kind in kinds_for(CaseKind.RECORD_CORRECTION))


def test_kinds_stand_under_what_they_come_to_in_the_report() -> None:
    groups = by_result(ReplyKind)
    assert [result for result, _ in groups] == [
        "（一）予以公开、（二）部分公开", "（三）不予公开", "（四）无法提供", "（五）不予处理", "（六）其他处理", "更正申请",
    ]  # fmt: skip
    assert sorted(kind for _, kinds in groups for kind in kinds) == sorted(ReplyKind)
