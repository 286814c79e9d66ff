"""Taking in what the OA hands over (adapters.oa): each item becomes an arrival once, or is refused with a sentence."""

import hashlib
import logging
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import select

from gkapply.adapters import oa
from gkapply.adapters.oa import BadItem, Item, Unfinished
from gkapply.casework import arrivals, journal
from gkapply.casework.access import system_in
from gkapply.casework.application_check import BadForm
from gkapply.casework.arrivals import Passed
from gkapply.casework.documents import Upload
from gkapply.casework.oa_records import OaDispatch
from gkapply.casework.organs import find_organ
from gkapply.casework.uploads import keep_upload
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.refusal import Refusal

MOST = 50
"""Items looked at in one go."""
ARRIVAL, RECEIPT = "arrival", "receipt"
RECEIPTS = {"taken": "OA 已接收", "refused": "OA 未接收"}
"""What the OA may say of what it was given."""
_WORDS = ("whence", "ticket", "unit", "name", "contact", "text")

log = logging.getLogger(__name__)


def take_in(folder: Path, now: datetime) -> int:
    """Take what waits; returns how many items were entered. An item is entered once, however often this is stopped and begun anew.

    First its files are kept, then one unit enters it under its id, then its folder is moved to ``done``: whatever is stopped
    in between is done again and finds what is there. What the disk does not let be read keeps nobody else's item waiting.

    Raises OSError of the first such item, after the others.
    """
    taken, failed = 0, None
    for path in oa.items_in(folder, MOST, now):
        try:
            item = oa.read_item(path, now)
            _enter(item, now)
        except Unfinished:
            continue
        except OSError as error:
            failed = failed or error
        except BadForm as form:
            oa.refuse(folder, path, "\n".join(str(one) for one in form.errors.values()))
        except (BadItem, Refusal) as refusal:
            oa.refuse(folder, path, str(refusal))
        else:
            oa.done(folder, path)
            taken += 1
    if failed is not None:
        raise failed
    return taken


def _enter(item: Item, now: datetime) -> None:
    kind = item.said.get("kind", ARRIVAL)
    if kind == RECEIPT:
        _enter_receipt(item, now)
    elif kind == ARRIVAL:
        _enter_arrival(item, now)
    else:
        raise BadItem("清单的 kind 须为 arrival 或者 receipt")


def _enter_arrival(item: Item, now: datetime) -> None:
    passed, code = _passed(item, day_of(now)), _text(item, "organ")
    token = hashlib.sha256(f"oa:{code}:{item.id}".encode()).hexdigest()
    with reading() as session:
        if arrivals.entered_with(session, token) is not None:
            log.info("an item of the OA was entered before")
            return
        arrivals.check(passed, day_of(now))
        for one in passed.files:
            keep_upload(session, one, field="files")
    with transaction() as session:
        organ = find_organ(session, code)
        arrivals.enter(session, passed, token, system_in(organ.id), now)


def _enter_receipt(item: Item, now: datetime) -> None:
    said, on = _text(item, "state"), _day(item, "on") or day_of(now)
    if said not in RECEIPTS:
        raise BadItem("回执的 state 须为 taken 或者 refused")
    with transaction() as session:
        query = select(OaDispatch).where(OaDispatch.uid == _text(item, "of")).with_for_update()
        dispatch = session.scalars(query).one_or_none()
        if dispatch is None:
            raise BadItem("回执所指的文书不是本系统交出的")
        dispatch.receipt, dispatch.receipt_on = said, on
        dispatch.oa_number, dispatch.note = _text(item, "oa_number")[:60], _text(item, "note")[:200]
        of, case_id = dispatch.source_uid, dispatch.case_id
        journal.record(session, dispatch.organ_id, "oa.receipt", "system", now, case_id=case_id, of=of, state=said)


def _passed(item: Item, today: date) -> Passed:
    files = tuple(Upload(name, content) for name, content in item.files)
    days = {name: _day(item, name) for name in ("reached_on", "own_due_on")}
    words = {name: _text(item, name) for name in _WORDS}
    return Passed(came_on=_day(item, "came_on") or today, files=files, **days, **words)  # type: ignore[arg-type]


def _text(item: Item, name: str) -> str:
    value: Any = item.said.get(name, "")
    if not isinstance(value, str):
        raise BadItem(f"清单的 {name} 须为文字")
    return value


def _day(item: Item, name: str) -> date | None:
    written = _text(item, name)
    try:
        return date.fromisoformat(written) if written else None
    except ValueError:
        raise BadItem(f"清单的 {name} 须写作 2026-03-02 的样子") from None
