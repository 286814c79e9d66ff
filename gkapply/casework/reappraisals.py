"""A round of reappraisal (定期评估审查, 条例第十八条): begun, its work list gathered, handed over, confirmed by a second person, released."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from sqlalchemy import ColumnElement, false, func, insert, select
from sqlalchemy.orm import Session, selectinload

from gkapply.casework import notification, reappraisal_effects
from gkapply.casework.access import Actor
from gkapply.casework.flow import fire
from gkapply.casework.notification import holders
from gkapply.casework.official_documents import years_on
from gkapply.casework.people import Organ
from gkapply.casework.reappraisal_gathering import MOST, things
from gkapply.casework.reappraisal_records import Reappraisal, ReappraisalItem
from gkapply.clock import day_of
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import CASE_DUTIES, Duty
from workflows.reappraisal import ARTICLE, SETTLED, ReappraisalState

LONGEST_NOTE = 2000
POINTS: dict[str, int | None] = {
    "case_id": None,
    "point": None,
    "document_id": None,
    "publication_id": None,
    "edition_id": None,
    "asked": 0,
}
"""Columns by which a thing on the list points to what it is, with what stands in those that it does not use."""
UNDECIDED = {"outcome": "", "ground": "", "reason": "", "declassified": "", "public_title": ""}
UNDER_WAY = (ReappraisalState.OPEN, ReappraisalState.SUBMITTED)


@dataclass(frozen=True, slots=True)
class Plan:
    """Which year's round, and between which days replies are looked at."""

    year: int
    since: date
    until: date


def visible_reappraisals(actor: Actor) -> ColumnElement[bool]:
    """The SQL condition for the rounds that ``actor`` sees: those of the own organ, for who works on its requests."""
    if actor.kind != "user" or actor.organ_id is None or actor.duties.isdisjoint(CASE_DUTIES):
        return false()
    return Reappraisal.organ_id == actor.organ_id


def open_round(
    session: Session, uid: str, actor: Actor, *, for_step: bool = False, version: int | None = None
) -> Reappraisal:
    """The round with that uid, if the actor may see it. Raises NotFound, or Stale when it has moved on since ``version``."""
    query = select(Reappraisal).where(Reappraisal.uid == uid, visible_reappraisals(actor))
    found = session.scalars(query.with_for_update() if for_step else query).one_or_none()
    if found is None:
        raise NotFound("没有这一轮评估审查，或者您无权查看")
    if version is not None and version != found.version:
        raise Stale("这一轮评估审查在您打开页面之后已有变动，本次操作没有执行", do="请核对最新情况后再提交")
    return found


def rounds(session: Session, actor: Actor) -> Sequence[Reappraisal]:
    """The rounds that the actor sees, the newest first."""
    query = select(Reappraisal).where(visible_reappraisals(actor)).order_by(Reappraisal.id.desc()).limit(100)
    return session.scalars(query.options(selectinload(Reappraisal.items))).all()


def usual_plan(session: Session, organ: Organ, today: date) -> Plan:
    """What the next round would look at: from the day after the last one on, or over the office's period."""
    last = session.scalar(
        select(func.max(Reappraisal.until)).where(Reappraisal.organ_id == organ.id, Reappraisal.state.in_(SETTLED))
    )
    begin = years_on(today, -organ.office_settings().reappraisal_every) if last is None else last
    return Plan(today.year, min(date.fromordinal(begin.toordinal() + 1), today), today)


def begin(session: Session, plan: Plan, actor: Actor, now: datetime) -> Reappraisal:
    """Begin a round with its work list. Raises Refusal for impossible days and while another is under way."""
    organ = session.scalars(select(Organ).where(Organ.id == actor.organ_id).with_for_update(key_share=True)).one()
    _check(plan, day_of(now))
    other = select(Reappraisal.id).where(Reappraisal.organ_id == organ.id, Reappraisal.state.in_(UNDER_WAY))
    if session.scalar(other.limit(1)) is not None:
        raise Refusal("本机关有一轮评估审查还没有确认", ARTICLE, do="请先办完，或者由公开机构负责人作废")
    assert actor.user_id is not None
    made = Reappraisal(
        uid=uuid4().hex,
        organ_id=organ.id,
        organ=organ,
        version=0,
        year=plan.year,
        since=plan.since,
        until=plan.until,
        begun_at=now,
        begun_by=actor.user_id,
    )
    session.add(made)
    session.flush()
    size = _gather(session, made)
    fire(session, made, "begin", actor, now, detail={"year": plan.year, "items": size})
    return made


def gather(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> int:
    """Put on the list what has come up since; what is on it stays. Returns how many things are new."""
    size = _gather(session, reappraisal)
    fire(session, reappraisal, "gather", actor, now, detail={"items": size})
    return size


def submit(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> None:
    """Hand the round to the head. Raises Refusal while something is not decided, or turns public without a review."""
    fire(session, reappraisal, "submit", actor, now)
    reappraisal.submitted_at, reappraisal.submitted_by = now, actor.user_id
    held = holders(session, [reappraisal.organ_id], [Duty.HEAD], day_of(now))
    heads = [user for users in held.values() for user in users if user != actor.user_id]
    _tell(session, reappraisal, "reappraisal_submitted", heads, now)


def give_back(session: Session, reappraisal: Reappraisal, reason: str, actor: Actor, now: datetime) -> None:
    """The head returns it with the reason."""
    said = _checked(reason, "reason")
    if not said:
        raise Refusal("退回须写明理由", field="reason")
    submitter = reappraisal.submitted_by
    fire(session, reappraisal, "return", actor, now)
    reappraisal.return_reason = said
    _tell(session, reappraisal, "reappraisal_returned", [] if submitter is None else [submitter], now)


def confirm(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> None:
    """The head, who found none of it, confirms: what was found takes effect. Raises Refusal."""
    counts = {str(code): count for code, count in sorted(counts_of(reappraisal).items())}
    fire(session, reappraisal, "confirm", actor, now, detail={"outcomes": counts})
    reappraisal.confirmed_at, reappraisal.confirmed_by = now, actor.user_id
    reappraisal_effects.take_effect(session, reappraisal, actor, now)


def release(session: Session, reappraisal: Reappraisal, note: str, actor: Actor, now: datetime) -> None:
    """The head puts the results on the public page: titles of what became public or was cleaned, numbers of the rest."""
    said = _checked(note, "note")
    fire(session, reappraisal, "release", actor, now)
    reappraisal.released_at, reappraisal.note = now, said


def take_down(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> None:
    """The head takes the results off the public page."""
    fire(session, reappraisal, "take_down", actor, now)
    reappraisal.released_at = None


def drop(session: Session, reappraisal: Reappraisal, actor: Actor, now: datetime) -> None:
    """The head gives a round up that was begun by mistake; nothing of it takes effect."""
    fire(session, reappraisal, "drop", actor, now)


def counts_of(reappraisal: Reappraisal) -> dict[str, int]:
    """How many things came to which finding; empty text for those not decided."""
    found: dict[str, int] = {}
    for item in reappraisal.items:
        found[item.outcome] = found.get(item.outcome, 0) + 1
    return found


def _gather(session: Session, reappraisal: Reappraisal) -> int:
    known = {item.code for item in reappraisal.items}
    before = len(known)
    rows: list[dict[str, Any]] = []
    for thing in things(session, reappraisal):
        if thing.code in known:
            continue
        if len(known) >= MOST:
            break
        known.add(thing.code)
        rows.append(
            {
                "uid": uuid4().hex,
                "organ_id": reappraisal.organ_id,
                "reappraisal_id": reappraisal.id,
                "ordinal": len(known),
                "source": thing.source,
                "code": thing.code,
                "before": thing.before,
                "was": thing.was,
                **{name: thing.points.get(name, usual) for name, usual in POINTS.items()},
                **UNDECIDED,
            }
        )
    if rows:
        session.execute(insert(ReappraisalItem), rows)
        session.expire(reappraisal, ["items"])
    return len(known) - before


def _check(plan: Plan, today: date) -> None:
    if not plan.since.year >= 2008 or plan.since > plan.until:
        raise Refusal("起始日期应在截止日期之前", field="since")
    if plan.until > today:
        raise Refusal("截止日期不能晚于今天", field="until")
    if not plan.until.year - 1 <= plan.year <= today.year:
        raise Refusal("年度应为截止日期所在的年度或者其上一年度", field="year")


def _checked(text: str, field: str) -> str:
    said = text.strip()
    if len(said) > LONGEST_NOTE:
        raise Refusal(f"最多{LONGEST_NOTE}个字", field=field)
    refuse_secret_marks(said, field=field)
    return said


def _tell(session: Session, reappraisal: Reappraisal, kind: str, users: Sequence[int], now: datetime) -> None:
    key = f"{reappraisal.uid}:{reappraisal.version}"
    notification.tell(session, reappraisal.organ_id, users, kind=kind, key=key, now=now, year=reappraisal.year)
