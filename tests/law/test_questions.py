"""Every kind of reply answers one of the seven questions, for a request and for a correction of records."""

from gkapply.law.case_kinds import CaseKind
from gkapply.law.questions import QUESTIONS, RECORDS, questions_for
from gkapply.law.replies import ReplyKind, kinds_for


def test_each_kind_stands_under_one_question() -> None:
    placed = [kind for question in (*QUESTIONS, RECORDS) for kind in question.kinds]
    assert sorted(placed) == sorted(ReplyKind)


def test_a_request_is_asked_the_seven_in_their_order_and_no_kind_is_left_out() -> None:
    asked = questions_for(kinds_for(CaseKind.APPLICATION))
    assert [one.name for one in asked] == ["补不补", "是不是", "谁负责", "有没有", "给不给", "怎么给", "怎么答"]
    assert {kind for one in asked for kind in one.kinds} == set(kinds_for(CaseKind.APPLICATION))


def test_a_correction_of_records_is_asked_its_own() -> None:
    asked = questions_for(kinds_for(CaseKind.RECORD_CORRECTION))
    assert [one.name for one in asked] == ["更正"]
