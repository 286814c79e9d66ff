"""The question how the service was (满意度): asked once after the reply is delivered, kept apart from every file.

What was answered names no request, so that it can influence none; the request only keeps that it was asked. Supervisors see figures
with small cells hidden; the words are for the head of the organ alone.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from secrets import randbits

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import Session

from gkapply.casework.records import Case
from gkapply.casework.satisfaction_records import Satisfaction
from gkapply.casework.services import ring
from gkapply.casework.small_cells import hidden
from gkapply.clock import day_of
from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import refuse_secret_marks

SCALE: Mapping[int, str] = {5: "很满意", 4: "满意", 3: "一般", 2: "不满意", 1: "很不满意"}
LONGEST = 500
LEAST = 5
"""Fewer answers than these are not told outside the organ."""
_TOTAL = 0
_KEY_BITS = 62


@dataclass(frozen=True, slots=True)
class Figures:
    """The answers of an organ in a year: how many in all and of each score; None where so few are not told."""

    total: int | None
    scores: Mapping[int, int | None]


def is_asked(case: Case) -> bool:
    """Whether the applicant of ``case`` is to be asked now."""
    asks = case.office_settings().ask_satisfaction
    return asks and case.delivered_on is not None and case.replied_on is not None and not case.asked_how_it_was


def answer(session: Session, case: Case, score: int, words: str, now: datetime) -> None:
    """Keep the answer apart from the case, which only keeps that it was asked. Raises Refusal."""
    _require_asked(case)
    if score not in SCALE:
        raise Refusal("请选择满意的程度，不想评价的可以点“不评价”", field="score")
    text = words.strip()
    if len(text) > LONGEST:
        raise Refusal(f"最多{LONGEST}个字，现有{len(text)}个字", field="words", do="请精简后再提交")
    refuse_secret_marks(text, field="words")
    key, today = randbits(_KEY_BITS) + 1, day_of(now)
    quarter = date(today.year, (today.month - 1) // 3 * 3 + 1, 1)
    sealed = ring(session).seal(text.encode(), f"satisfaction.words.{key}") if text else b""
    session.add(Satisfaction(id=key, organ_id=case.organ_id, quarter=quarter, score=score, words=sealed))
    case.asked_how_it_was = True


def pass_over(case: Case) -> None:
    """The applicant does not want to say: the question is not asked again. Raises Refusal when it was not asked."""
    _require_asked(case)
    case.asked_how_it_was = True


def figures(session: Session, organ_id: int, year: int, *, inside: bool) -> Figures:
    """The answers of one organ in a year; ``inside``: for the organ itself, which sees small cells as well."""
    found = session.execute(
        select(Satisfaction.score, func.count())
        .where(Satisfaction.organ_id == organ_id, _in_year(year))
        .group_by(Satisfaction.score)
    )
    counts = dict.fromkeys(SCALE, 0) | dict(found.all())
    total = sum(counts.values())
    if inside:
        return Figures(total, counts)
    veiled = hidden({**counts, _TOTAL: total}, [(*SCALE, _TOTAL)], LEAST)
    return Figures(None if _TOTAL in veiled else total, {one: None if one in veiled else counts[one] for one in SCALE})


def words(session: Session, organ_id: int, year: int) -> Sequence[tuple[int, str]]:
    """Score and words of every answer with words, in the order of their keys, which is none. For the head of the organ alone."""
    query = select(Satisfaction).where(Satisfaction.organ_id == organ_id, _in_year(year), Satisfaction.words != b"")
    keys = ring(session)
    return [
        (one.score, keys.unseal(one.words, f"satisfaction.words.{one.id}").decode())
        for one in session.scalars(query.order_by(Satisfaction.id))
    ]


def _in_year(year: int) -> ColumnElement[bool]:
    return Satisfaction.quarter.between(date(year, 1, 1), date(year, 12, 31))


def _require_asked(case: Case) -> None:
    if not is_asked(case):
        raise Refusal("现在没有需要评价的事项，或者您已经评价过", do="每件申请在答复送达后只评价一次")
