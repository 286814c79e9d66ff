"""Taking a register (台账) over: the whole file is checked first (``register_checking``), then taken piece by piece, each a short unit.

A run is nothing but sealed pieces until every row of the file is found sound. With the unit in which it begins to take, its numbers are
reserved and an errand is posted: from there it always goes on to its end, by the command that began it, by that errand, or by the same
command given again. Rows are done once however many go on with it at the same time, for each unit holds the run's row.
"""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply.casework import journal, outbox
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.register_change import change
from gkapply.casework.register_checking import open_piece
from gkapply.casework.register_import_records import DONE, READY, ROWS, TAKING, RegisterImport, RegisterPiece
from gkapply.casework.register_numbers import continue_after, raise_highest
from gkapply.casework.register_taking import Waiting, take
from gkapply.database import transaction
from gkapply.law.refusal import Refusal, Stale, WrongState
from gkapply.law.register_rows import RegisterRow

UNITS = 80
"""Units of one errand, well within its lease; what is left is an errand of its own."""
BEGUN, FINISHED = "register.begin", "register.finish"


def begin(session: Session, run_id: int, now: datetime) -> RegisterImport:
    """Take the rows of a run that was found sound: its numbers are reserved, and it goes on to its end from here.

    Raises Refusal while another register is being taken into the organ's file, Stale when the file of cases has changed since the check
    in what the file brings, WrongState for a run that does not wait for this.
    """
    run = session.get_one(RegisterImport, run_id, with_for_update=True)
    if run.phase != READY:
        raise WrongState("这次导入不在待确认的阶段", do="请重新选择文件")
    # Two who begin at once come one after the other.
    session.execute(select(Organ.id).where(Organ.id == run.organ_id).with_for_update(key_share=True))
    other = taking(session, run.organ_id)
    if other is not None:
        raise Refusal("本机关有一份台账正在导入", do="请等它完成后再导入")
    _refuse_rows_taken_since(session, run)
    # The counters are held first: a number that is just being issued is waited for, and seen.
    continue_after(session, run.organ_id, json.loads(run.highest))
    _refuse_numbers_issued_since(session, run)
    run.phase = TAKING
    journal.record(
        session,
        run.organ_id,
        BEGUN,
        run.begun_by,
        now,
        run=run.id,
        file=run.digest,
        rows=run.rows,
        fresh=run.fresh,
        changed=run.changed,
    )
    _post(session, run, now)
    return run


def carry_on(run_id: int, now: datetime, *, units: int = UNITS) -> bool:
    """Take the next pieces of a run; True when it is not finished, and an errand for the rest is posted."""
    for number in range(1, units + 1):
        with transaction() as session:
            run = session.get_one(RegisterImport, run_id, with_for_update=True)
            if run.phase != TAKING:
                return False
            _advance(session, run, now)
            if run.phase != TAKING:
                return False
            if number == units:
                _post(session, run, now)
    return True


def find(session: Session, run_id: int) -> RegisterImport:
    """The run with that key."""
    return session.get_one(RegisterImport, run_id)


def taking(session: Session, organ_id: int) -> RegisterImport | None:
    """The run that is being taken into the organ's file now, if any."""
    query = select(RegisterImport).where(RegisterImport.organ_id == organ_id, RegisterImport.phase == TAKING)
    return session.scalars(query).one_or_none()


def _refuse_rows_taken_since(session: Session, run: RegisterImport) -> None:
    """Raises Stale when another register has come in since the check: its rows would come twice, or be changed back to older ones."""
    since = (
        RegisterImport.organ_id == run.organ_id,
        RegisterImport.phase == DONE,
        RegisterImport.finished_at > run.begun_at,
    )
    if session.scalar(select(RegisterImport.id).where(*since).limit(1)) is not None:
        raise Stale("核对这份台账之后，本机关完成了另一份台账的导入", do="请重新核对、导入")


def _refuse_numbers_issued_since(session: Session, run: RegisterImport) -> None:
    """Raises Stale when a request that was entered since the check has a number that the file brings."""
    entered = Case.organ_id == run.organ_id, Case.entered_at >= run.begun_at, ~Case.taken_over
    since = list(session.scalars(select(Case.number).where(*entered)))
    highest, reserved = dict[str, int](), json.loads(run.highest)
    for number in since:
        raise_highest(highest, number)
    lowest_clash = [key for key, value in highest.items() if value <= reserved.get(key, 0)]
    if lowest_clash:
        raise Stale("核对台账之后，本机关登记了编号可能与台账相同的申请", do="请重新核对、导入")


def _advance(session: Session, run: RegisterImport, now: datetime) -> None:
    """One unit: the next piece, or the end."""
    organ = session.get_one(Organ, run.organ_id)
    query = select(RegisterPiece).where(RegisterPiece.run_id == run.id, RegisterPiece.holds == ROWS)
    piece = session.scalars(query.order_by(RegisterPiece.ordinal).limit(1)).one_or_none()
    if piece is not None:
        rows = open_piece(session, piece)
        fresh = [_row(one) for one in rows if one["case"] is None]
        changed = [(int(one["edition"]), _row(one)) for one in rows if one["case"] is not None]
        if fresh:
            take(session, run, organ, piece.ordinal, fresh, now)
        if changed:
            run.left_rows += change(session, run, organ, piece.ordinal, changed, now)
        run.done_pieces, run.done_rows = piece.ordinal, run.done_rows + len(rows)
        session.delete(piece)
    if run.done_pieces >= run.pieces:
        run.phase, run.finished_at = DONE, now
        session.execute(delete(RegisterPiece).where(RegisterPiece.run_id == run.id))
        journal.record(
            session, organ.id, FINISHED, run.begun_by, now, run=run.id, rows=run.done_rows, left=run.left_rows
        )


def _row(kept: Mapping[str, Any]) -> Waiting:
    said = kept["content"]["row"]
    days = {name: date.fromisoformat(said[name]) if said[name] else None for name in _DAYS}
    return Waiting(
        RegisterRow(line=kept["line"], **{**said, **days}), kept["digest"], kept["content"], kept["standing"]
    )


_DAYS = ("received_on", "replied_on", "delivered_on")


def _post(session: Session, run: RegisterImport, now: datetime) -> None:
    key = f"{outbox.IMPORT_REGISTER}:{run.id}:{run.done_pieces}"
    outbox.post(session, outbox.IMPORT_REGISTER, key, now, run=run.id)
