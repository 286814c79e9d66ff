"""Which errands are due by the facts alone.

Nothing here asks for a window of time: what is due and not yet done is posted, whether the last look was a second or a month ago.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.adapters.bounces import files_in
from gkapply.adapters.oa import anything_in
from gkapply.casework import (
    access_log,
    case_indexing,
    consultation,
    demand_reading,
    digest,
    drafts,
    heartbeat,
    likeness_index,
    outbox,
    sweep,
    webhooks,
)
from gkapply.casework.journal import JournalHead
from gkapply.casework.outbox import Errand
from gkapply.casework.services import gateways
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.database import reading, transaction

SEAL_AFTER = timedelta(hours=1)
"""The access log is sealed once its oldest unsealed row is so old."""


def post_due(now: datetime) -> None:
    """Post every errand that the facts call for and that has not been posted yet; it is the runner's sign of life as well."""
    with reading() as session:
        wanted: dict[str, tuple[str, dict[str, Any]]] = {key: (task, {}) for key, task in _due(session, now)}
        wanted.update(_digests(session, now))
        known = set(session.scalars(select(Errand.key).where(Errand.key.in_(wanted))))
    with transaction() as session:
        heartbeat.beat(session, heartbeat.RUNNER, now)
        for key, (task, arguments) in wanted.items():
            if key not in known:
                outbox.post(session, task, key, now, **arguments)


def _digests(session: Session, now: datetime) -> Iterator[tuple[str, tuple[str, dict[str, Any]]]]:
    """One message a day for each official with something unread, one post an hour for each webhook, outside quiet hours."""
    day = day_of(now).isoformat()
    for user_id in digest.readers(session, now):
        yield f"{outbox.SEND_DIGEST}:{user_id}:{day}", (outbox.SEND_DIGEST, {"user": user_id, "day": day})
    for organ_id in webhooks.due(session, now):
        yield f"{outbox.TELL_WEBHOOK}:{organ_id}:{now:%Y-%m-%dT%H}", (outbox.TELL_WEBHOOK, {"organ": organ_id})


def _due(session: Session, now: datetime) -> Iterator[tuple[str, str]]:
    """Key and task of what is due. The key names the fact, so that one fact posts one errand."""
    today = day_of(now)
    if sweep.is_due(session, today):
        # A look an hour: what comes up within the hour waits for the next.
        yield f"{outbox.SWEEP_CLOCKS}:{now.astimezone(OFFICE_ZONE):%Y-%m-%dT%H}", outbox.SWEEP_CLOCKS
    if session.scalar(select(JournalHead.organ_id).limit(1)) is not None:
        yield f"{outbox.ANCHOR_JOURNAL}:{today}", outbox.ANCHOR_JOURNAL
    yield f"{outbox.SWEEP_FILES}:{today}", outbox.SWEEP_FILES
    yield f"{outbox.CHECK_DUE_DATES}:{today}", outbox.CHECK_DUE_DATES
    if drafts.expired(session, now):
        yield f"{outbox.CLEAR_DRAFTS}:{now.astimezone(OFFICE_ZONE):%Y-%m-%dT%H}", outbox.CLEAR_DRAFTS
    yield f"{outbox.COUNT_FIGURES}:{today}", outbox.COUNT_FIGURES
    yield f"{outbox.TELL_SUBSCRIBERS}:{today}", outbox.TELL_SUBSCRIBERS
    yield f"{outbox.REMIND_REAPPRAISAL}:{today}", outbox.REMIND_REAPPRAISAL
    yield f"{outbox.REMIND_PERIOD_SHEETS}:{today}", outbox.REMIND_PERIOD_SHEETS
    unread = likeness_index.first_unread(session)
    if unread is not None:
        yield f"{outbox.FILL_LIKENESS}:{unread}", outbox.FILL_LIKENESS
    if demand_reading.first_unread(session) is not None:
        yield f"{outbox.READ_DEMAND}:{now:%Y-%m-%dT%H:%M}", outbox.READ_DEMAND
    oldest = access_log.oldest_unsealed(session)
    if oldest is not None and oldest <= now - SEAL_AFTER:
        yield f"{outbox.SEAL_ACCESS_LOG}:{access_log.sealed_through(session)}", outbox.SEAL_ACCESS_LOG
    folder = gateways(session).bounces
    if folder is not None and files_in(folder, 1):
        yield f"{outbox.TAKE_BOUNCES}:{now:%Y-%m-%dT%H:%M}", outbox.TAKE_BOUNCES
    newest = case_indexing.newest_unsearched(session)
    if newest is not None:
        yield f"{outbox.INDEX_CASES}:{newest}", outbox.INDEX_CASES
    folder = gateways(session).oa
    if folder is not None and anything_in(folder):
        yield f"{outbox.TAKE_OA}:{now:%Y-%m-%dT%H:%M}", outbox.TAKE_OA
    overdue = consultation.overdue_questions(session, today)
    if overdue:
        yield f"{outbox.LET_TIME_PASS}:{today}:{overdue[-1]}:{len(overdue)}", outbox.LET_TIME_PASS
