"""Which ladder a letter would climb if it were submitted now: by its kind, by what it answers, by what its cases have seen."""

from collections.abc import Iterator, Sequence

from gkapply.casework.records import Case
from gkapply.law.case_kinds import CaseKind
from gkapply.law.ladders import Rung, classes_of, longest, route
from gkapply.law.letters import LetterKind
from gkapply.law.replies import ReplyKind
from workflows.release_guards import PUBLIC_INTEREST, UNREASONABLE

MINUTES = "consultation"
"""Role of the papers that record a 会商."""


def planned(kind: LetterKind, cases: Sequence[Case]) -> tuple[Rung, ...]:
    """The rungs of a letter of that kind about these cases, by the settings of their office."""
    classes = classes_of(kind, _outcomes(cases), weighty=any(is_weighty(case) for case in cases))
    return route(kind, longest(cases[0].office_settings().ladders, classes))


def _outcomes(cases: Sequence[Case]) -> Iterator[ReplyKind]:
    return (ReplyKind(item.outcome) for case in cases for item in case.items if item.outcome)


def is_weighty(case: Case) -> bool:
    """重大: the case was conferred about (会商), is or was disputed, or a third party's refusal was not followed."""
    return (
        case.kind is CaseKind.REDO
        or bool(case.disputes)
        or bool(case.concluded)
        or any(paper.role == MINUTES for paper in case.documents)
        or any(question.weighed in (UNREASONABLE, PUBLIC_INTEREST) for question in case.consultations)
    )
