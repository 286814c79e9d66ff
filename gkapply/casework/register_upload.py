"""A register (台账) handed in on the page: kept, sealed, until an errand has read it; taken when somebody has seen what it comes to."""

import io
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply import clock
from gkapply.casework import outbox, register_checking, register_import
from gkapply.casework.access import Actor
from gkapply.casework.accounts import require
from gkapply.casework.documents import Upload
from gkapply.casework.people import Organ
from gkapply.casework.register_import_records import (
    PROBLEMS,
    REFUSED,
    TAKING,
    UPLOADED,
    RegisterImport,
    RegisterPiece,
)
from gkapply.casework.services import store
from gkapply.casework.uploads import put_examined
from gkapply.database import reading, transaction
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import NotFound, Refusal, Stale
from gkapply.register_tables import digest_of
from workflows.duties import Duty

KEEPERS = (Duty.REGISTRAR, Duty.HEAD)
"""Who takes a register over."""
HELD = timedelta(minutes=5)
"""For so long one runner reads a file; another one begins anew only later."""
TOLD_EVERY = 5000
"""Rows after which the page learns how far the reading has come."""
RUNS = 20


def hand_in(
    session: Session, upload: Upload, facts: Upload | None, actor: Actor, now: datetime, *, changing: bool
) -> RegisterImport:
    """Keep the file, in which no secrecy mark was found (``uploads.refuse_marked``), and have it read.

    Raises NotPermitted, Refusal while another is being taken.
    """
    require(actor, *KEEPERS)
    organ = session.get_one(Organ, actor.organ_id)
    if register_import.taking(session, organ.id) is not None:
        raise Refusal("本机关有一份台账正在导入", do="请等它完成后再导入", field="file")
    more = facts.content if facts is not None else None
    digest = digest_of(io.BytesIO(upload.content), io.BytesIO(more) if more is not None else None)
    run = register_checking.new_run(session, organ, upload.name, digest, actor.signature, now, changing=changing)
    run.file_sha = put_examined(session, upload.content)
    run.facts_sha = put_examined(session, more) if more is not None else ""
    outbox.post(session, outbox.CHECK_REGISTER, f"{outbox.CHECK_REGISTER}:{run.id}", now, run=run.id)
    return run


def read(run_id: int, now: datetime) -> None:
    """Read the file of a run; what it comes to is kept for whoever handed it in. Raises Stale while another runner reads it."""
    with transaction() as session:
        run = session.get_one(RegisterImport, run_id, with_for_update=True)
        if run.phase != UPLOADED:
            return
        if run.held_at is not None and now - run.held_at < HELD:
            raise Stale("这份台账正在由另一个进程核对")
        run.held_at = now
        session.execute(delete(RegisterPiece).where(RegisterPiece.run_id == run_id))
    with reading() as session:
        run = session.get_one(RegisterImport, run_id)
        files = store(session)
        content = io.BytesIO(files.get(run.file_sha))
        facts = io.BytesIO(files.get(run.facts_sha)) if run.facts_sha else None
    try:
        register_checking.check(
            run.organ_id,
            content,
            now,
            run_id=run_id,
            facts=facts,
            changing=run.changing,
            progress=_Progress(run_id),
        )
    except Refusal as refusal:
        register_checking.refuse_whole(run_id, Problem("", 0, "", "", str(refusal)))


class _Progress:
    """Writes down now and then how many rows have been read."""

    def __init__(self, run_id: int):
        self._run_id, self._told = run_id, 0

    def __call__(self, rows: int) -> None:
        if rows - self._told < TOLD_EVERY:
            return
        self._told = rows
        with transaction() as session:
            run = session.get_one(RegisterImport, self._run_id)
            # Whoever still reads holds it: a long register takes longer than HELD.
            run.rows, run.held_at = rows, clock.now()


def runs(session: Session, actor: Actor) -> Sequence[RegisterImport]:
    """The last registers that came to the actor's organ, the newest first."""
    require(actor, *KEEPERS)
    query = select(RegisterImport).where(RegisterImport.organ_id == actor.organ_id)
    return session.scalars(query.order_by(RegisterImport.id.desc()).limit(RUNS)).all()


def find(session: Session, uid: str, actor: Actor, *, for_change: bool = False) -> RegisterImport:
    """A run of the actor's organ. Raises NotPermitted, NotFound."""
    require(actor, *KEEPERS)
    query = select(RegisterImport).where(RegisterImport.organ_id == actor.organ_id, RegisterImport.uid == uid)
    run = session.scalars(query.with_for_update() if for_change else query).one_or_none()
    if run is None:
        raise NotFound("没有这次台账导入", do="请从列表中选择")
    return run


def problems(session: Session, run: RegisterImport, most: int | None = None) -> list[Problem]:
    """What is wrong with the file of a run, row by row."""
    found: list[Problem] = []
    for piece in register_checking.pieces_of(session, run, PROBLEMS):
        found += [_problem(one) for one in piece]
        if most is not None and len(found) >= most:
            return found[:most]
    return found


def under_way(session: Session, actor: Actor) -> RegisterImport | None:
    """The register that is being taken into the organ's file now: until it is whole, lists and figures miss some of it."""
    if actor.organ_id is None:
        return None
    query = select(RegisterImport).where(RegisterImport.organ_id == actor.organ_id, RegisterImport.phase == TAKING)
    return session.scalars(query).one_or_none()


def give_up(session: Session, run: RegisterImport) -> None:
    """Forget what was read. Raises WrongState once it is being taken."""
    register_checking.give_up(session, run, REFUSED if run.phase == REFUSED else "dropped")


def _problem(one: dict[str, Any]) -> Problem:
    return Problem(**one)
