"""The work list of a reappraisal as pages and files show it: what each thing is, what was found of it, who reviewed it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Select, select
from sqlalchemy.orm import Session, joinedload, selectinload

from gkapply.casework import likeness
from gkapply.casework.applicant_mask import mask_of
from gkapply.casework.likeness import Answered
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem, ReappraisalReview
from gkapply.casework.records import Case
from gkapply.law.attributes import Attribute
from gkapply.law.reappraisal import Outcome, Source

PAGE = 25
AT_ONCE = 200
UNDECIDED = "undecided"
TO_REVIEW = "to_review"
HEADS = (
    "序号",
    "来源",
    "名称或者申请事项",
    "申请编号或者文号",
    "原答复文号",
    "原公开属性",
    "原依据",
    "评估结论",
    "继续不予公开的依据",
    "理由",
    "解密依据",
    "对外公布的名称",
    "保密审查",
    "下次评估审查日期",
    "认定人",
)
WIDTHS = (6, 22, 40, 22, 22, 12, 30, 14, 28, 40, 24, 30, 30, 14, 12)
"""Widths of the columns of a workbook, in characters."""


@dataclass(frozen=True, slots=True)
class Line:
    """One thing as it is listed."""

    uid: str
    ordinal: int
    source: Source
    title: str
    number: str
    """文号 of a document, number of a request, empty otherwise."""
    reference: str
    """The request to open; empty where there is none."""
    document: str
    """The uid of the document to open; empty where there is none."""
    letter: str
    """文号 of the reply that refused it, and its day."""
    letter_uid: str
    before: str
    ground: str
    asked: int
    outcome: Outcome | None
    kept_on: str
    """The ground on which it stays withheld."""
    reason: str
    declassified: str
    public_title: str
    next_review_on: date | None
    decider: str
    review: ReappraisalReview | None
    needs_review: bool
    keepable: bool
    """Whether it may be kept as it is with others in one go."""


@dataclass(frozen=True, slots=True)
class Page:
    """A part of the work list; ``further`` is the ordinal after which the next one begins."""

    lines: Sequence[Line]
    further: int | None


def page(session: Session, reappraisal: Reappraisal, source: str, stands: str, after: int) -> Page:
    """The things from that source that stand so (a code of Outcome, UNDECIDED or TO_REVIEW; empty: any), PAGE at a time."""
    query = _query(reappraisal).where(ReappraisalItem.ordinal > after)
    if source in {one.value for one in Source}:
        query = query.where(ReappraisalItem.source == source)
    if stands == UNDECIDED:
        query = query.where(ReappraisalItem.outcome == "")
    elif stands == TO_REVIEW:
        query = query.where(ReappraisalItem.outcome == Outcome.TO_PUBLIC.value)
    elif stands:
        query = query.where(ReappraisalItem.outcome == stands)
    rows = session.scalars(query.limit(PAGE + 1)).all()
    lines = _lines(session, rows[:PAGE])
    if stands == TO_REVIEW:
        lines = [one for one in lines if one.needs_review]
    return Page(lines, rows[PAGE - 1].ordinal if len(rows) > PAGE else None)


def line_of(session: Session, item: ReappraisalItem) -> Line:
    """One thing as it is listed."""
    return _lines(session, [item])[0]


def every_line(session: Session, reappraisal: Reappraisal) -> Iterator[Line]:
    """The whole work list, some at a time."""
    after = 0
    while rows := session.scalars(_query(reappraisal).where(ReappraisalItem.ordinal > after).limit(AT_ONCE)).all():
        yield from _lines(session, rows)
        after = rows[-1].ordinal


def table(session: Session, reappraisal: Reappraisal) -> Iterator[Sequence[object]]:
    """The whole work list as rows under HEADS."""
    for one in every_line(session, reappraisal):
        yield (
            one.ordinal,
            one.source.label,
            one.title,
            one.number,
            one.letter,
            one.before,
            one.ground,
            one.outcome.label if one.outcome else "未认定",
            one.kept_on,
            one.reason,
            one.declassified,
            one.public_title,
            review_words(one.review),
            one.next_review_on,
            one.decider,
        )


def review_words(review: ReappraisalReview | None) -> str:
    """A secrecy review in a line; empty for none."""
    if review is None:
        return ""
    return f"{review.result.label}：{review.basis}（{review.reviewer.name}，{review.on_.isoformat()}）"


def _query(reappraisal: Reappraisal) -> Select[ReappraisalItem]:
    return (
        select(ReappraisalItem)
        .where(ReappraisalItem.reappraisal_id == reappraisal.id)
        .options(
            joinedload(ReappraisalItem.document),
            joinedload(ReappraisalItem.publication),
            joinedload(ReappraisalItem.edition),
            joinedload(ReappraisalItem.decider),
            joinedload(ReappraisalItem.case).selectinload(Case.items),
            selectinload(ReappraisalItem.reviews).joinedload(ReappraisalReview.reviewer),
        )
        .order_by(ReappraisalItem.ordinal)
    )


def _lines(session: Session, items: Sequence[ReappraisalItem]) -> list[Line]:
    replies = likeness.answered_of(session, sorted({one.case_id for one in items if one.case_id is not None}))
    return [_line(session, one, replies) for one in items]


def _line(session: Session, item: ReappraisalItem, replies: Mapping[int, Answered]) -> Line:
    reply = replies.get(item.case_id or 0)
    return Line(
        uid=item.uid,
        ordinal=item.ordinal,
        source=item.source,
        title=title_of(session, item),
        number=_number(item),
        reference=item.case.reference if item.case else "",
        document=item.document.uid if item.document else "",
        letter=" ".join(part for part in (reply.number, str(reply.on or "")) if part) if reply else "",
        letter_uid=reply.uid if reply else "",
        before=item.before.label,
        ground=item.was_words,
        asked=item.asked,
        outcome=item.found,
        kept_on=item.kept_words,
        reason=item.reason,
        declassified=item.declassified,
        public_title=item.public_title,
        next_review_on=item.next_review_on,
        decider=item.decider.name if item.decider else "",
        review=item.review,
        needs_review=not item.is_released,
        keepable=not item.outcome and (item.before is not Attribute.WITHHELD or len(item.grounds) == 1),
    )


def title_of(session: Session, item: ReappraisalItem) -> str:
    """What a thing is called inside the office; of a request the words applied for, without those who applied."""
    if item.document is not None:
        return item.document.title
    if item.edition is not None:
        return f"{item.edition.area}领域政务公开事项标准目录（第{item.edition.version}版）"
    if item.publication is not None:
        shown = item.publication.item.shown_version if item.publication.item else None
        return shown.title if shown else item.publication.information
    if item.case is None:
        return ""
    point = next((one for one in item.case.items if one.ordinal == item.point), None)
    words = point.quote if point else item.case.information_name or item.case.description
    return mask_of(session, [item.case])(" ".join(words.split()))


def proposed_title(session: Session, item: ReappraisalItem) -> str:
    """What the public page would call it: of what is public already its title, of the rest nothing, so that a person thinks of it."""
    return title_of(session, item)[:200] if item.before is Attribute.PROACTIVE else ""


def _number(item: ReappraisalItem) -> str:
    if item.document is not None:
        return item.document.number
    if item.publication is not None and item.publication.item is not None:
        return item.publication.item.number or ""
    return item.case.reference if item.case else ""
