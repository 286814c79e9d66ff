"""The assessment (考核) of the organs right below a supervising organ: reckoned from their cases, frozen when it is issued.

条例第四十六条: the supervising organ establishes the assessment of disclosure. What is weighed how much is its own setting.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date, datetime
from uuid import uuid4

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session

from gkapply.casework import notification
from gkapply.casework.access import Actor, supervised_organs
from gkapply.casework.accounts import require
from gkapply.casework.assessment_marks import FORMULA, MARKS, ON_REQUESTS, Share, shares
from gkapply.casework.assessment_records import Assessment
from gkapply.casework.journal import canonical, record
from gkapply.casework.notification import Tidings, holders
from gkapply.casework.numbering import next_number
from gkapply.casework.people import Organ
from gkapply.casework.supervision_period import Period, Scope
from gkapply.casework.supervision_tree import tree
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.secrecy import refuse_secret_marks
from gkapply.law.settings import OfficeSettings
from workflows.duties import Duty

ARTICLE = "条例第四十六条"
SERIES = "assessment"
LONGEST = 2000


@dataclass(frozen=True, slots=True)
class Scored:
    """One mark of one organ: ``good`` of ``whole``, and the points that come to it; None where there is nothing to judge by."""

    code: str
    good: float | None
    whole: float | None
    points: float | None


@dataclass(frozen=True, slots=True)
class Line:
    """One organ: its marks, the score out of 100, and its place if places are given; None where nothing was to be judged."""

    organ: str
    code: str
    marks: Sequence[Scored]
    score: float | None
    place: int | None


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole assessment: weights by mark, the formula in words, and the organs in the order in which they are told."""

    weights: Mapping[str, int]
    formula: Sequence[str]
    ranked: bool
    lines: Sequence[Line]


def reckon(session: Session, actor: Actor, period: Period, today: date) -> Sheet:
    """The assessment of the organs right below the actor's, as the cases say now. Raises NotFound for no supervisor."""
    watched = tree(session, actor)
    settings = watched.root.office_settings()
    # A department of the Party is listed with its areas and takes no requests.
    below = [organ for organ in watched.children.get(watched.root.id, ()) if organ.accepts_applications]
    found = shares(session, Scope(below, period, today)) if below else {}
    weights = {mark.code: mark.weight_in(settings) for mark in MARKS}
    lines = [_line(organ, found[organ.id], weights) for organ in below]
    formula = [f"{mark.label}（{weights[mark.code]}分）：{mark.words}。" for mark in MARKS if weights[mark.code]]
    return Sheet(weights, [*formula, FORMULA], settings.assess_ranked, _in_order(lines, settings))


def issue(session: Session, period: Period, comment: str, actor: Actor, now: datetime) -> Assessment:
    """Freeze the assessment of the period and tell the heads of the organs. Raises NotPermitted, or Refusal without organs."""
    require(actor, Duty.SUPERVISOR)
    today, said = day_of(now), comment.strip()
    if len(said) > LONGEST:
        raise Refusal(f"通报意见最多{LONGEST}个字", field="comment")
    refuse_secret_marks(said, field="comment")
    if period.last > today:
        raise Refusal("考核的时段还没有结束", ARTICLE, field="last", do="请把截止日期改为今天或者以前")
    sheet = reckon(session, actor, period, today)
    if not sheet.lines:
        raise Refusal("本机关没有下级机关，不能考核", ARTICLE)
    assert actor.organ_id is not None
    assert actor.user_id is not None
    _require_first(session, actor.organ_id, period, today)
    made = Assessment(
        uid=uuid4().hex,
        organ_id=actor.organ_id,
        number=f"考核通报〔{today.year}〕{next_number(session, actor.organ_id, SERIES, today.year)}号",
        first_on=period.first,
        last_on=period.last,
        comment=said,
        snapshot=canonical(asdict(sheet)),
        issued_on=today,
        issued_at=now,
        issued_by=actor.user_id,
    )
    session.add(made)
    session.flush()
    record(session, actor.organ_id, "assessment.issue", actor.signature, now, assessment=made.uid, number=made.number)
    _tell(session, made, now)
    return made


def _require_first(session: Session, organ_id: int, period: Period, today: date) -> None:
    """Two who issue the same at once come one after the other, and the second is told."""
    session.execute(select(Organ.id).where(Organ.id == organ_id).with_for_update(key_share=True))
    same = select(Assessment.id).where(
        Assessment.organ_id == organ_id,
        Assessment.first_on == period.first,
        Assessment.last_on == period.last,
        Assessment.issued_on == today,
    )
    if session.scalar(same.limit(1)) is not None:
        raise Refusal("这一时段的考核通报今天已经发布", ARTICLE, do="请在「考核通报」中查看")


def read(made: Assessment) -> Sheet:
    """What was issued, as it was issued."""
    kept = json.loads(made.snapshot)
    lines = [Line(**{**one, "marks": [Scored(**mark) for mark in one["marks"]]}) for one in kept["lines"]]
    return Sheet(kept["weights"], kept["formula"], kept["ranked"], lines)


def issued(session: Session, actor: Actor) -> Sequence[Assessment]:
    """Every assessment that the actor may read, the newest first."""
    return session.scalars(select(Assessment).where(_readable(actor)).order_by(Assessment.id.desc()).limit(200)).all()


def find(session: Session, uid: str, actor: Actor) -> Assessment:
    """One of them. Raises NotFound."""
    made = session.scalars(select(Assessment).where(Assessment.uid == uid, _readable(actor))).one_or_none()
    if made is None:
        raise NotFound("没有这份考核通报，或者您无权查看")
    return made


def _readable(actor: Actor) -> ColumnElement[bool]:
    """For supervisors of the issuing organ or above it, and for the heads of the organs that it is about."""
    about_own = exists().where(Organ.id == actor.organ_id, Organ.parent_id == Assessment.organ_id)
    own = about_own if actor.holds(Duty.HEAD) else Assessment.id.is_(None)
    return or_(Assessment.organ_id.in_(supervised_organs(actor)), own)


def _line(organ: Organ, found: Mapping[str, Share], weights: Mapping[str, int]) -> Line:
    marks = [_scored(mark.code, found[mark.code], weights[mark.code]) for mark in MARKS]
    judged = [(one.points, weights[one.code]) for one in marks if one.points is not None and weights[one.code]]
    at_work = any(found[mark.code] is not None for mark in ON_REQUESTS)
    whole = sum(weight for _, weight in judged) if at_work else 0
    score = round(100 * sum(points for points, _ in judged) / whole, 1) if whole else None
    return Line(organ.name, organ.code, marks, score, None)


def _scored(code: str, share: Share, weight: int) -> Scored:
    if share is None:
        return Scored(code, None, None, None)
    good, whole = share
    return Scored(code, good, whole, round(weight * good / whole, 2))


def _in_order(lines: Sequence[Line], settings: OfficeSettings) -> list[Line]:
    """By place where places are given, equal scores sharing one; otherwise by code. Who was not judged stands last."""
    if not settings.assess_ranked:
        return sorted(lines, key=lambda one: (one.score is None, one.code))
    scores = sorted((one.score for one in lines if one.score is not None), reverse=True)
    placed = [
        Line(one.organ, one.code, one.marks, one.score, None if one.score is None else scores.index(one.score) + 1)
        for one in lines
    ]
    return sorted(placed, key=lambda one: (one.place is None, one.place or 0, one.code))


def _tell(session: Session, made: Assessment, now: datetime) -> None:
    below = session.scalars(select(Organ.id).where(Organ.parent_id == made.organ_id)).all()
    held = holders(session, below, [Duty.HEAD], day_of(now))
    codes = {"number": made.number}
    tidings = [
        Tidings(organ_id, tuple(users), "assessed", made.uid, codes) for (organ_id, _), users in sorted(held.items())
    ]
    notification.tell_all(session, tidings, now)
