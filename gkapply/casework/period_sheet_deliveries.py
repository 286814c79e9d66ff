"""Delivering quarterly sheets upward (报送季度统计表): who has to, by when, who has, and who is reminded."""

import hashlib
import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import notification, report
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.journal import canonical, record
from gkapply.casework.notification import Tidings, holders
from gkapply.casework.people import Organ
from gkapply.casework.period_sheet_records import PeriodSheet
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.refusal import Refusal
from gkapply.law.report_spans import QUARTERS, Span
from gkapply.law.secrecy import refuse_secret_marks
from workflows.duties import Duty

log = logging.getLogger(__name__)
DELIVERERS = (Duty.STATISTICIAN, Duty.HEAD)
LONGEST_NOTE = 500
Quarter = tuple[int, int]
"""Year and quarter."""


@dataclass(frozen=True, slots=True)
class Requirement:
    """That an organ delivers sheets: to which organ above it, so many days after the quarter, reminded so many days before."""

    by: Organ
    days: int
    reminder: int

    def due_on(self, quarter: Quarter) -> date:
        """The last day for the sheet of a quarter."""
        return Span.of_quarter(*quarter).next_first + timedelta(days=self.days - 1)


def requirements(session: Session, organs: Iterable[Organ]) -> dict[int, Requirement]:
    """By organ, who asks it for sheets: the nearest organ above that asks at all. Organs of which nobody asks are left out."""
    by_id = {one.id: one for one in session.scalars(select(Organ))}
    found = {}
    for organ in organs:
        seen, above = {organ.id}, by_id.get(organ.parent_id or 0)
        while above is not None and above.id not in seen:
            settings = above.office_settings()
            if settings.quarterly_sheets:
                reminder = settings.quarterly_sheet_reminder
                found[organ.id] = Requirement(above, settings.quarterly_sheet_days, reminder)
                break
            seen.add(above.id)
            above = by_id.get(above.parent_id or 0)
    return found


def last_quarter(today: date) -> Quarter:
    """The quarter that was over last."""
    year, quarter = today.year, (today.month - 1) // 3
    return (year, quarter) if quarter else (year - 1, len(QUARTERS))


def delivered(session: Session, organ_ids: Iterable[int], year: int) -> dict[tuple[int, int], PeriodSheet]:
    """The newest edition of each sheet of that year, by organ and quarter."""
    query = select(PeriodSheet).where(PeriodSheet.organ_id.in_(list(organ_ids)), PeriodSheet.year == year)
    return {(one.organ_id, one.quarter): one for one in session.scalars(query.order_by(PeriodSheet.edition))}


def deliver(session: Session, quarter: Quarter, note: str, actor: Actor, now: datetime) -> PeriodSheet:
    """Deliver the sheet of a quarter that is over, with its figures as they stand now.

    Raises NotPermitted, and Refusal for a quarter that goes on, figures that break a check and nobody explains, or the same once more.
    """
    require(actor, *DELIVERERS)
    organ = session.scalars(select(Organ).where(Organ.id == actor.organ_id).with_for_update()).one()
    span, words = Span.of_quarter(*quarter), note.strip()
    if day_of(now) < span.next_first:
        raise Refusal(f"{span.label}还没有结束", do="季度终了后再报送", field="quarter")
    if len(words) > LONGEST_NOTE:
        raise Refusal(f"最多{LONGEST_NOTE}个字", field="note")
    refuse_secret_marks(words, field="note")
    figures = report.reported(session, [organ], span)
    broken = [check["name"] for check in figures["checks"] if not check["ok"] and check.get("weight") != "warning"]
    if broken and not words:
        raise Refusal(f"勾稽关系不符：{'、'.join(broken)}", do="请核对后再报送；确须报送的，写明原因", field="note")
    content = canonical(figures)
    digest = hashlib.sha256(content.encode()).hexdigest()
    before = delivered(session, [organ.id], quarter[0]).get((organ.id, quarter[1]))
    if before is not None and before.hash == digest:
        raise Refusal(f"{span.label}的统计表已于{before.on_}报送，数字没有变化", field="quarter")
    sheet = PeriodSheet(
        organ=organ,
        year=quarter[0],
        quarter=quarter[1],
        edition=before.edition + 1 if before else 1,
        content=content,
        hash=digest,
        note=words,
        on_=day_of(now),
        delivered_at=now,
        delivered_by=actor.user_id,
    )
    session.add(sheet)
    told: dict[str, Any] = {"year": sheet.year, "quarter": sheet.quarter, "edition": sheet.edition, "sha256": digest}
    record(session, organ.id, "period_sheet.deliver", actor.signature, now, **told)
    return sheet


def remind(arguments: Mapping[str, Any], now: datetime, equipment: object) -> None:
    """Errand: tell the statisticians of every organ whose sheet of the last quarter is wanted and not there, each once on each level."""
    with transaction() as session:
        told = tell_due(session, now)
    log.info("called quarterly sheets to mind in %d organs", told)


def tell_due(session: Session, now: datetime) -> int:
    """The same in a unit that is open; returns in how many organs."""
    today = day_of(now)
    quarter = last_quarter(today)
    in_force = session.scalars(select(Organ).where(Organ.accepts_applications, Organ.valid_from <= today)).all()
    wanted = requirements(session, [one for one in in_force if one.valid_to is None or one.valid_to >= today])
    there = delivered(session, wanted, quarter[0])
    waiting = {
        organ_id: one
        for organ_id, one in wanted.items()
        if (organ_id, quarter[1]) not in there and today >= one.due_on(quarter) - timedelta(days=one.reminder)
    }
    held = holders(session, list(waiting), DELIVERERS, today)
    tidings = [_tidings(organ_id, one, quarter, held, today) for organ_id, one in waiting.items()]
    notification.tell_all(session, [one for one in tidings if one.users], now)
    return len(tidings)


def _tidings(
    organ_id: int, one: Requirement, quarter: Quarter, held: Mapping[tuple[int, Duty], Sequence[int]], today: date
) -> Tidings:
    users = dict.fromkeys(user for duty in DELIVERERS for user in held.get((organ_id, duty), ()))
    due = one.due_on(quarter)
    kind = "period_sheet_overdue" if today > due else "period_sheet_due"
    codes = {"year": quarter[0], "quarter": quarter[1], "due_on": due.isoformat()}
    return Tidings(organ_id, tuple(users), kind, f"{organ_id}:{quarter[0]}Q{quarter[1]}", codes)
