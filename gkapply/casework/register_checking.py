"""Checking a register (台账) before anything of it is taken: every row is read and judged, the sound ones are kept, sealed, for the taking."""

import json
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import asdict, dataclass
from datetime import datetime
from itertools import islice
from typing import Any, BinaryIO
from uuid import uuid4

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from gkapply.casework.calendars import calendar_of
from gkapply.casework.journal import canonical
from gkapply.casework.people import Organ
from gkapply.casework.register_compare import Compared, Fate, compare
from gkapply.casework.register_import_records import (
    DONE,
    DROPPED,
    PROBLEMS,
    READY,
    REFUSED,
    ROWS,
    TAKING,
    UPLOADED,
    WARNINGS,
    RegisterImport,
    RegisterPiece,
)
from gkapply.casework.register_numbers import Highest, raise_highest
from gkapply.casework.register_reading import Entry, Reader, Warned
from gkapply.casework.services import ring
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.law.bad_cells import Problem
from gkapply.law.case_kinds import CaseKind
from gkapply.law.refusal import Refusal, WrongState
from gkapply.register_tables import Tables, open_tables

PIECE = 100
"""Rows of one unit: a fraction of a second, in which on SQLite all other writers wait."""
CHANGED_AT_ONCE = 25
Progress = Callable[[int], None]
"""Told how many rows have been gone through."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a file comes to: every bad row, the odd ones counted, and what an import would do. ``run`` is None for a look alone."""

    problems: Sequence[Problem]
    warned: Sequence[Warned]
    odd: Mapping[str, int]
    unused: Sequence[str]
    rows: int
    fresh: int
    changed: int
    open_rows: int
    run: int | None = None

    @property
    def same(self) -> int:
        """Rows that are here already, word for word."""
        return self.rows - self.fresh - self.changed

    @property
    def sound(self) -> bool:
        """Whether every row may come in."""
        return not self.problems


def _untold(_rows: int) -> None:
    """Nobody watches."""


def check(
    organ_id: int,
    file: BinaryIO,
    now: datetime,
    *,
    run_id: int | None = None,
    facts: BinaryIO | None = None,
    changing: bool = False,
    progress: Progress = _untold,
) -> Checked:
    """Read and judge a whole file, and that of its facts where they come in one of their own. With ``run_id`` its sound rows are kept, sealed, until the run takes or drops them.

    Raises Refusal for what is no register at all.
    """
    try:
        return _check(organ_id, (file, facts), now, run_id, changing, progress)
    except Refusal:
        if run_id is not None:
            with transaction() as session:
                give_up(session, session.get_one(RegisterImport, run_id), REFUSED)
        raise


def _check(
    organ_id: int,
    files: tuple[BinaryIO, BinaryIO | None],
    now: datetime,
    run_id: int | None,
    changing: bool,
    progress: Progress,
) -> Checked:
    with reading() as session:
        organ = session.get_one(Organ, organ_id)
        calendar, settings = calendar_of(organ), organ.office_settings().clock_of(CaseKind.APPLICATION)
    tally: Counter[Fate] = Counter()
    highest: Highest = {}
    opened = pieces = 0
    with open_tables(files[0]) as tables, _facts_in(files[1]) as more_facts:
        reader = Reader(tables, day_of(now), calendar, settings, more_facts)
        for batch in _batches(reader.entries()):
            with reading() as session:
                organ = session.get_one(Organ, organ_id)
                compared = compare(session, organ, batch, reader.problems, changing=changing)
            wanted = [one for one in compared if one.fate is not Fate.SAME]
            tally.update(one.fate for one in compared)
            opened += sum(one.entry.row.is_open for one in wanted)
            for one in wanted:
                raise_highest(highest, one.entry.row.number)
            if run_id is not None and wanted and not reader.problems:
                for rows in _pieces(wanted):
                    pieces += 1
                    _keep_piece(run_id, ROWS, pieces, [_waiting(one) for one in rows])
            progress(reader.rows)
    found = Checked(
        reader.problems, reader.warned, dict(reader.odd), list(reader.unused), reader.rows,
        tally[Fate.NEW], tally[Fate.CHANGED], opened, run_id,
    )  # fmt: skip
    if run_id is None:
        return found
    _settle(run_id, found, highest, pieces)
    return found


def _facts_in(file: BinaryIO | None) -> AbstractContextManager[Tables | None]:
    return nullcontext() if file is None else open_tables(file)


def new_run(
    session: Session, organ: Organ, file_name: str, digest: str, actor: str, now: datetime, *, changing: bool
) -> RegisterImport:
    """A run over a file that is going to be read."""
    run = RegisterImport(
        uid=uuid4().hex,
        organ_id=organ.id,
        phase=UPLOADED,
        file_name=file_name[:200],
        digest=digest,
        changing=changing,
        begun_at=now,
        begun_by=actor,
    )
    session.add(run)
    session.flush()
    return run


def give_up(session: Session, run: RegisterImport, phase: str = DROPPED) -> None:
    """End a run that has not begun to take; nothing of it stays but that it was. Raises WrongState."""
    if run.phase in (TAKING, DONE):
        raise WrongState("这次导入已经开始，不能放弃")
    session.execute(delete(RegisterPiece).where(RegisterPiece.run_id == run.id))
    run.phase, run.file_sha, run.facts_sha = phase, "", ""


def refuse_whole(run_id: int, problem: Problem) -> None:
    """Keep why a file is no register at all, for whoever handed it in."""
    _keep_piece(run_id, PROBLEMS, 1, [asdict(problem)])
    with transaction() as session:
        run = session.get_one(RegisterImport, run_id)
        run.phase, run.problems = REFUSED, 1


def forget(run_id: int) -> None:
    """Take a run away that has brought nothing, as if the file had never been read."""
    with transaction() as session:
        run = session.get_one(RegisterImport, run_id)
        give_up(session, run)
        session.delete(run)


def pieces_of(session: Session, run: RegisterImport, holds: str) -> Iterator[list[dict[str, Any]]]:
    """What a run has kept, piece by piece, in clear."""
    query = select(RegisterPiece).where(RegisterPiece.run_id == run.id, RegisterPiece.holds == holds)
    for piece in session.scalars(query.order_by(RegisterPiece.ordinal)):
        yield open_piece(session, piece)


def open_piece(session: Session, piece: RegisterPiece) -> list[dict[str, Any]]:
    """The rows of a piece in clear."""
    return list(json.loads(ring(session).unseal(piece.sealed, _place(piece.uid))))


def _place(uid: str) -> str:
    return f"register_piece.sealed.{uid}"


def _batches(entries: Iterator[Entry]) -> Iterator[list[Entry]]:
    while batch := list(islice(entries, PIECE)):
        yield batch


def _pieces(wanted: Sequence[Compared]) -> Iterator[Sequence[Compared]]:
    """The new rows at once, the changed ones some at a time: each of them is worked on by itself."""
    fresh = [one for one in wanted if one.fate is Fate.NEW]
    changed = [one for one in wanted if one.fate is Fate.CHANGED]
    if fresh:
        yield fresh
    for start in range(0, len(changed), CHANGED_AT_ONCE):
        yield changed[start : start + CHANGED_AT_ONCE]


def _waiting(one: Compared) -> dict[str, Any]:
    edition = one.before.edition + 1 if one.before is not None else 1
    return {
        "line": one.entry.row.line,
        "digest": one.digest,
        "content": one.entry.content(),
        "case": one.before.case_id if one.before is not None else None,
        "edition": edition,
        "standing": one.entry.kept(),
    }


def _keep_piece(run_id: int, holds: str, ordinal: int, rows: Sequence[Mapping[str, Any]]) -> None:
    with transaction() as session:
        run, uid = session.get_one(RegisterImport, run_id), uuid4().hex
        sealed = ring(session).seal(canonical(rows).encode(), _place(uid))
        piece = RegisterPiece(
            uid=uid, organ_id=run.organ_id, run_id=run_id, holds=holds, ordinal=ordinal, size=len(rows), sealed=sealed
        )
        session.add(piece)


def _settle(run_id: int, found: Checked, highest: Highest, pieces: int) -> None:
    """Write down what the file comes to; one with a bad row keeps nothing but what is wrong with it."""
    told = (
        (PROBLEMS, [asdict(one) for one in found.problems]),
        (WARNINGS, [asdict(one) for one in found.warned]),
    )
    for holds, rows in told:
        for ordinal, start in enumerate(range(0, len(rows), PIECE), 1):
            _keep_piece(run_id, holds, ordinal, rows[start : start + PIECE])
    with transaction() as session:
        run = session.get_one(RegisterImport, run_id, with_for_update=True)
        if run.phase != UPLOADED:  # given up while it was read: nothing of it may stay
            session.execute(delete(RegisterPiece).where(RegisterPiece.run_id == run_id))
            return
        if not found.sound:
            session.execute(delete(RegisterPiece).where(RegisterPiece.run_id == run_id, RegisterPiece.holds == ROWS))
        run.phase = READY if found.sound else REFUSED
        run.rows, run.fresh, run.changed, run.open_rows = found.rows, found.fresh, found.changed, found.open_rows
        run.problems, run.pieces = len(found.problems), pieces if found.sound else 0
        run.warnings, run.unused = canonical(found.odd), canonical(found.unused)
        run.highest, run.file_sha, run.facts_sha = canonical(highest), "", ""
