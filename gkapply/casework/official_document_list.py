"""The register of official documents as a list: found by words, attribute, ground and what is due; the whole of it as a table."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, Select, func, or_, select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.official_document_records import OfficialDocument
from gkapply.casework.official_documents import ENDINGS, visible_documents
from gkapply.law.attributes import Attribute
from gkapply.law.refusal import Refusal

PAGE = 25
LONGEST_WORDS = 100
STANDING, DUE, TO_PUBLISH, ENDED = "", "due", "to_publish", "ended"
STANDS: Mapping[str, str] = {
    STANDING: "在册的",
    DUE: "到期应评估审查的",
    TO_PUBLISH: "已转主动公开、待发布的",
    ENDED: "已失效、归档、作废的",
}
HEADS = (
    "题名",
    "文号",
    "成文日期",
    "公开属性",
    "不予公开的依据",
    "理由",
    "下次评估审查日期",
    "承办单位",
    "行政规范性文件",
    "有效期至",
    "发布位置",
    "发布日期",
    "状况",
)
WIDTHS = (40, 22, 12, 12, 28, 40, 14, 18, 10, 12, 30, 12, 16)
"""Widths of the columns of a workbook, in characters."""
ALL_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is looked for; empty is: any. ``before`` is the key below which the page begins."""

    words: str = ""
    attribute: str = ""
    ground: str = ""
    stands: str = STANDING
    before: int | None = None


@dataclass(frozen=True, slots=True)
class Found:
    """One page; ``further`` is the key with which the next one begins, ``due`` how many of the organ's are due."""

    lines: Sequence[OfficialDocument]
    further: int | None
    due: int


def find(session: Session, actor: Actor, wanted: Wanted, today: date) -> Found:
    """The documents that the actor sees, the newest first. Raises Refusal for too many words."""
    query = _query(actor, wanted, today)
    if wanted.before is not None:
        query = query.where(OfficialDocument.id < wanted.before)
    rows = session.scalars(query.order_by(OfficialDocument.id.desc()).limit(PAGE + 1)).all()
    counted = select(func.count()).select_from(OfficialDocument).where(visible_documents(actor), is_due(today))
    more = rows[PAGE - 1].id if len(rows) > PAGE else None
    return Found(rows[:PAGE], more, session.scalar(counted) or 0)


def table(session: Session, actor: Actor, wanted: Wanted, today: date) -> Iterator[Sequence[object]]:
    """Every document that is looked for as a row under HEADS, in the order of registration."""
    query = _query(actor, wanted, today).order_by(OfficialDocument.id).execution_options(yield_per=ALL_AT_ONCE)
    for one in session.scalars(query):
        yield (
            one.title,
            one.number,
            one.formed_on,
            one.attribute.label,
            one.ground_words,
            one.reason,
            one.next_review_on,
            one.keeper,
            "是" if one.normative else "否",
            one.ends_on,
            one.published_where,
            one.published_on,
            stands(one),
        )


def is_due(today: date) -> ColumnElement[bool]:
    """The SQL condition for documents that are not public and whose review has come (条例第十八条)."""
    return (
        (OfficialDocument.ended_how == "")
        & (OfficialDocument.attribute != Attribute.PROACTIVE)
        & (OfficialDocument.next_review_on <= today)
    )


def stands(one: OfficialDocument) -> str:
    """How the document stands, in words."""
    if one.ended_how:
        return ENDINGS[one.ended_how]
    return "待发布" if one.publish_by is not None and one.published_on is None else "在册"


def _query(actor: Actor, wanted: Wanted, today: date) -> Select[OfficialDocument]:
    if len(wanted.words) > LONGEST_WORDS:
        raise Refusal(f"最多{LONGEST_WORDS}个字", field="words")
    query = select(OfficialDocument).where(visible_documents(actor), *_stands(wanted.stands, today))
    for word in wanted.words.split():
        texts = (OfficialDocument.title, OfficialDocument.number, OfficialDocument.keeper)
        query = query.where(or_(*(text.contains(word, autoescape=True) for text in texts)))
    if wanted.attribute:
        query = query.where(OfficialDocument.attribute == wanted.attribute)
    if wanted.ground:
        query = query.where(OfficialDocument.ground == wanted.ground)
    return query


def _stands(code: str, today: date) -> tuple[ColumnElement[bool], ...]:
    if code == ENDED:
        return (OfficialDocument.ended_how != "",)
    standing = OfficialDocument.ended_how == ""
    if code == DUE:
        return (is_due(today),)
    if code == TO_PUBLISH:
        return standing, OfficialDocument.publish_by.is_not(None), OfficialDocument.published_on.is_(None)
    return (standing,)
