"""What the desk shows of requests like one (相似申请): lines with their reason and what may be done, and two texts side by side."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from gkapply.casework import excess, likeness, likeness_judging
from gkapply.casework.access import Actor, open_case
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.likeness import Like
from gkapply.casework.likeness_compare import Comparison, compare
from gkapply.casework.likeness_index import text_of
from gkapply.casework.likeness_records import LikenessJudgement
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.case_kinds import CaseKind
from gkapply.letters.differences import Mark, Paragraph, Piece, differences

EXCERPT = 60
REPEATED = "已经答复过的，可以告知不予重复处理（条例第三十六条第六项），须写明原答复的文号和日期"
STILL_PENDING = "尚未答复，不属于重复申请：可以一并答复，或者由申请人撤回其中一件"
OF_OTHERS = "其他申请人申请相同信息的申请，可以公开的可以纳入主动公开的范围（条例第四十四条第一款）"


@dataclass(frozen=True, slots=True)
class LikeLine:
    """One like request as the desk lists it."""

    reference: str
    state: str
    received_on: date | None
    same_applicant: bool
    near: bool
    reason: str
    excerpt: str
    advice: str
    """What the law says of it; empty where the two do not ask for the same."""
    number: str
    replied_on: date | None
    outcomes: str
    letter: str
    departs: bool
    judged: str
    judge_reason: str
    judge: str


@dataclass(frozen=True, slots=True)
class JudgedLine:
    """One finding of a person about the case and another."""

    reference: str
    label: str
    reason: str
    who: str
    at: datetime


@dataclass(frozen=True, slots=True)
class LikenessView:
    """Everything about likeness that a page of the case shows."""

    reference: str
    own: Sequence[LikeLine]
    others: Sequence[LikeLine]
    many: str
    """How many requests of the applicant the organ has received, where that is to be told; empty otherwise."""
    judged: Sequence[JudgedLine]
    departures: Sequence[LikeLine]
    """Those answered otherwise before, for which nobody has said why."""

    def __bool__(self) -> bool:
        return bool(self.own or self.others or self.many or self.judged)


@dataclass(frozen=True, slots=True)
class SideBySide:
    """The texts of two requests with what is only in one of them marked, and how they stand to each other."""

    mine: Sequence[Paragraph]
    theirs: Sequence[Paragraph]
    comparison: Comparison
    line: LikeLine


def view(session: Session, case: Case, actor: Actor, now: datetime) -> LikenessView:
    """The requests like ``case`` that the actor sees, with what persons found of them; a closed case shows the findings alone."""
    found = likeness.like(session, case, actor) if case.ended_on is None else ()
    lines = [_line(session, one) for one in found]
    return LikenessView(
        reference=case.reference,
        own=[one for one in lines if one.same_applicant],
        others=[one for one in lines if not one.same_applicant],
        many=many_of(session, case, day_of(now)) if case.ended_on is None else "",
        judged=judged_lines(session, case),
        departures=[one for one in lines if one.departs and not one.judged],
    )


def many_of(session: Session, case: Case, today: date) -> str:
    """The applicant's requests to the organ in the month and in twelve months, once they reach what the office has set."""
    if case.kind is not CaseKind.APPLICATION or case.applicant.person_id is None:
        return ""
    counts, settings = excess.counts_of(session, case, today), case.office_settings()
    if counts.in_month < settings.many_in_month and counts.in_year < settings.many_in_year:
        return ""
    return (
        f"同一申请人本月向本机关申请{counts.in_month}件，十二个月内{counts.words}"
        f"（提示件数：每月{settings.many_in_month}件、十二个月{settings.many_in_year}件）。"
        "数量、频次是否明显超过合理范围由人判断，可以要求说明理由（条例第三十五条）。"
    )


def judged_lines(session: Session, case: Case) -> Sequence[JudgedLine]:
    """What persons found of the case and others, in the order of making."""
    return [_judged(one) for one in likeness_judging.judgements_of(session, case)]


def _judged(one: LikenessJudgement) -> JudgedLine:
    return JudgedLine(one.other.reference, one.judged.label, one.reason, one.user.name, one.at)


def side_by_side(session: Session, case: Case, other: str, actor: Actor) -> SideBySide:
    """The two texts, that of the other without its applicant. Raises NotFound where the actor does not see it."""
    against = open_case(session, other, actor)
    mine, theirs = text_of(case), text_of(against)
    persons = {one.person_id for one in case.applicants} - {None}
    same = not persons.isdisjoint({one.person_id for one in against.applicants})
    answered = likeness.answered_of(session, [against.id]).get(against.id)
    comparison = compare(mine, theirs)
    judgement = likeness.judgements(session, case).get(against.id)
    departs = likeness.departs(case, comparison, answered)
    shown = theirs if same else mask_of(session, [against])(theirs)
    line = _line(session, Like(against, theirs, comparison, same, answered, judgement, departs))
    left, right = marked(mine, shown)
    return SideBySide(left, right, comparison, line)


def marked(mine: str, theirs: str) -> tuple[Sequence[Paragraph], Sequence[Paragraph]]:
    """Both texts, each with what stands only in it marked (removed: only in the first; added: only in the second)."""
    changed = differences([" ".join(mine.split())], [" ".join(theirs.split())])
    if not changed:
        whole = [[Piece(Mark.KEPT, mine)]]
        return whole, whole
    left = [[piece for piece in one if piece.mark is not Mark.ADDED] for one in changed]
    right = [[piece for piece in one if piece.mark is not Mark.REMOVED] for one in changed]
    return left, right


def _line(session: Session, one: Like) -> LikeLine:
    text = one.text if one.same_applicant else mask_of(session, [one.case])(one.text)
    reply, judgement = one.answered, one.judgement
    return LikeLine(
        reference=one.case.reference,
        state=one.case.state.label,
        received_on=one.case.received_on,
        same_applicant=one.same_applicant,
        near=one.comparison.near,
        reason=f"{one.comparison.verdict.value}：{one.comparison.reason}",
        excerpt=" ".join(text.split())[:EXCERPT],
        advice=_advice(one),
        number=reply.number if reply else "",
        replied_on=reply.on if reply else None,
        outcomes=reply.words if reply else "",
        letter=reply.uid if reply else "",
        departs=one.departs,
        judged=judgement.judged.label if judgement else "",
        judge_reason=judgement.reason if judgement else "",
        judge=judgement.user.name if judgement else "",
    )


def _advice(one: Like) -> str:
    if not one.comparison.near:
        return ""
    if not one.same_applicant:
        return OF_OTHERS
    return REPEATED if one.answered else STILL_PENDING if one.case.ended_on is None else ""
