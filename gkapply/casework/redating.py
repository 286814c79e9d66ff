"""Re-dating (重算期限): deriving the cached due days of open cases anew, after an import of holidays or as the nightly check.

A run goes organ by organ, stretch by stretch, each stretch one short unit that also keeps how far the run has come: killed, it
goes on there, and what is done is not done again. Every day that moved stays on record; each organ's journal gets one entry with
the number of its moves and their digest.
"""

import hashlib
from collections import defaultdict
from collections.abc import Iterator, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import Select, func, insert, literal, select, update
from sqlalchemy.orm import Session

from gkapply.casework import journal, notification, outbox
from gkapply.casework.calendar_records import Redating, RedatingMove
from gkapply.casework.calendars import calendar_of, newest_edition
from gkapply.casework.papers import Consultation
from gkapply.casework.people import Organ
from gkapply.casework.records import LOOK_AT_ONCE, Case
from gkapply.casework.redating_stretch import Derived, Reckoner, stretch
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.workdays import NATIONAL
from workflows.consultation import ConsultationState

IMPORT, CHECK, REGION = "import", "check", "region"
CAUSES = {IMPORT: "导入放假安排", CHECK: "每日核对", REGION: "机关改用其他地区的日历"}
SYSTEM = "system"
REDATED = "calendar.redate"
"""Deed of the entry in an organ's journal."""
BATCH = 2500
"""Cases of one unit: a fraction of a second."""
MOST_ORGANS = 50
"""Organs that one unit finishes at most."""
UNITS = 10
"""Units of one errand, well within its lease; what is left is an errand of its own."""
_CHUNK = 1000


def begin(
    session: Session, cause: str, actor: str, now: datetime, *, region: str = NATIONAL, organ: Organ | None = None
) -> Redating:
    """Post a run over the open cases of the organs that count by ``region`` (CN: all of them), or of one organ."""
    for code in set(session.scalars(select(Organ.calendar))):
        newest = newest_edition(session, code)
        behind = Organ.calendar == code, Organ.calendar_edition != newest
        session.execute(update(Organ).where(*behind).values(calendar_edition=newest))
    run = Redating(cause=cause, region=region, organ_id=organ.id if organ else None, actor=actor, begun_at=now)
    session.add(run)
    session.flush()
    _post(session, run, now)
    return run


def begin_check(session: Session, now: datetime) -> None:
    """Post the day's check of every open case, unless it was begun already."""
    last = session.scalar(select(func.max(Redating.begun_at)).where(Redating.cause == CHECK))
    if last is None or day_of(last) < day_of(now):
        begin(session, CHECK, SYSTEM, now)


def carry_on(run_id: int, now: datetime, *, units: int | None = None) -> bool:
    """Do the next ``units`` (UNITS) of a run; True when it is not finished, and an errand for the rest is posted."""
    last = units or UNITS
    for number in range(1, last + 1):
        with transaction() as session:
            run = session.get_one(Redating, run_id, with_for_update=True)
            if run.finished_at is None:
                _advance(session, run, now)
            if run.finished_at is not None:
                return False
            if number == last:
                _post(session, run, now)
    return True


def moves_digest(session: Session, run_id: int, organ_id: int) -> tuple[int, str]:
    """How many cases of the organ the run lists, and the SHA-256 over all of them: what the journal vouches for."""
    query = (
        select(RedatingMove.case_id, RedatingMove.old_due, RedatingMove.new_due, RedatingMove.problem)
        .where(RedatingMove.redating_id == run_id, RedatingMove.organ_id == organ_id)
        .order_by(RedatingMove.case_id)
    )
    count, digest = 0, hashlib.sha256()
    for row in session.execute(query.execution_options(yield_per=_CHUNK)):
        count += 1
        digest.update(journal.canonical([row.case_id, str(row.old_due), str(row.new_due), row.problem]).encode())
    return count, digest.hexdigest()


def tell_handlers(session: Session, run: Redating, now: datetime) -> None:
    """Tell each officer, once for the run, how many of the cases that they handle have moved."""
    moved = (
        select(Case.officer_id, func.min(Case.organ_id), func.count())
        .join(RedatingMove, RedatingMove.case_id == Case.id)
        .where(RedatingMove.redating_id == run.id, RedatingMove.problem == "", Case.officer_id.is_not(None))
        .group_by(Case.officer_id)
    )
    tidings = [
        notification.Tidings(organ_id, (officer_id,), "redated", f"redating:{run.id}", {"moved": count})
        for officer_id, organ_id, count in session.execute(moved)
        if officer_id is not None
    ]
    notification.tell_all(session, tidings, now)


def organs_of(run: Redating) -> Select[Organ]:
    """The organs whose cases the run goes through, in its order."""
    query = select(Organ).order_by(Organ.id)
    if run.organ_id is not None:
        return query.where(Organ.id == run.organ_id)
    return query if run.region == NATIONAL else query.where(Organ.calendar == run.region)


def _post(session: Session, run: Redating, now: datetime) -> None:
    key = f"{outbox.REDATE_CASES}:{run.id}:{run.done_organ}:{run.done_case}"
    outbox.post(session, outbox.REDATE_CASES, key, now, redating=run.id)


def _advance(session: Session, run: Redating, now: datetime) -> None:
    """One unit: a stretch of a big organ, or many small ones, whose cases are written together."""
    organs = session.scalars(organs_of(run).where(Organ.id > run.done_organ).limit(MOST_ORGANS)).all()
    found: list[Derived] = []
    through: list[Organ] = []
    for organ in organs:
        if len(found) == BATCH:
            break
        reckoner = Reckoner(calendar_of(organ), organ.office_settings())
        limit, after, run.done_case = BATCH - len(found), run.done_case, 0
        here = stretch(session, organ.id, reckoner, after=after, limit=limit, lock=True)
        found += here
        if len(here) == limit:
            run.done_case = found[-1].id
            break
        through.append(organ)
    _keep(session, run, found)
    for organ in through:
        _finish_organ(session, run, organ, now)
    if len(through) == len(organs) < MOST_ORGANS:
        run.finished_at = now
        tell_handlers(session, run, now)


def _finish_organ(session: Session, run: Redating, organ: Organ, now: datetime) -> None:
    questions = _redate_questions(session, organ)
    if run.cause != CHECK:
        # Terms of applicants and arrivals move as well, where no reply date stands in the row.
        undated = Case.organ_id == organ.id, Case.ended_on.is_(None), Case.due_on.is_(None)
        still = update(Case).where(*undated).execution_options(synchronize_session=False)
        session.execute(still.values(look_on=LOOK_AT_ONCE))
    count, digest = moves_digest(session, run.id, organ.id)
    if count or questions:
        journal.record(
            session,
            organ.id,
            REDATED,
            run.actor,
            now,
            redating=run.id,
            cause=run.cause,
            calendar=organ.calendar,
            edition=organ.calendar_edition,
            moved=count,
            questions=questions,
            digest=digest,
        )
    run.done_organ = organ.id


def _keep(session: Session, run: Redating, found: Sequence[Derived]) -> None:
    """Write the dates that differ, and list what moved: cases that come to the same dates in one statement."""
    run.looked_at += len(found)
    run.moved += sum(one.moved for one in found)
    run.refused += sum(bool(one.problem) for one in found)
    moved: dict[tuple[Any, ...], list[Derived]] = defaultdict(list)
    settled: dict[tuple[Any, ...], list[Derived]] = defaultdict(list)
    for one in found:
        if one.moved or one.settled:
            (moved if one.moved else settled)[tuple(one.dates.values())].append(one)
    for group in moved.values():
        for ids in _chunks(group):
            _list_moves(session, run, ids, group[0].new_due)
            values = {**group[0].dates, "look_on": LOOK_AT_ONCE, "version": Case.version + 1}
            session.execute(_update_cases(ids).values(values))
    for group in settled.values():
        for ids in _chunks(group):
            session.execute(_update_cases(ids).values(due_provisional=group[0].dates["due_provisional"]))
    for one in found:
        if one.problem:
            days = {"old_due": one.old_due, "new_due": one.old_due, "problem": one.problem}
            session.add(RedatingMove(redating_id=run.id, organ_id=one.organ_id, case_id=one.id, **days))
    session.flush()


def _chunks(group: Sequence[Derived]) -> Iterator[list[int]]:
    for start in range(0, len(group), _CHUNK):
        yield [one.id for one in group[start : start + _CHUNK]]


def _update_cases(ids: list[int]) -> Any:
    return update(Case).where(Case.id.in_(ids)).execution_options(synchronize_session=False)


def _list_moves(session: Session, run: Redating, ids: list[int], new_due: date | None) -> None:
    columns = ["redating_id", "organ_id", "case_id", "old_due", "new_due", "problem"]
    source = select(
        literal(run.id), Case.organ_id, Case.id, Case.due_on, literal(new_due, Case.due_on.type), literal("")
    ).where(Case.id.in_(ids))
    session.execute(insert(RedatingMove).inline().from_select(columns, source))


def _redate_questions(session: Session, organ: Organ) -> int:
    """The last days for opinions (意见期限) of questions that are still asked; returns how many moved."""
    asked = Consultation.organ_id == organ.id, Consultation.state == ConsultationState.ASKED
    terms = select(Consultation.received_on, Consultation.answer_within).where(*asked).distinct()
    moved, calendar = 0, calendar_of(organ)
    for received_on, within in session.execute(terms).all():
        if received_on is None:
            continue
        due_on = calendar.add(received_on, within)
        same = Consultation.received_on == received_on, Consultation.answer_within == within
        changed = (
            update(Consultation)
            .where(*asked, *same, Consultation.opinion_due_on != due_on)
            .values(opinion_due_on=due_on)
            .execution_options(synchronize_session=False)
        )
        moved += session.execute(changed).rowcount  # type: ignore[attr-defined]
    return moved
