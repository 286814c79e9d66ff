"""Checking that the journal (操作日志) is whole: every chain from its first entry to where heads and anchors say it ends, the rows
that the entries vouch for, and the files that rows name.
"""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import Executable, select
from sqlalchemy.orm import Session

from gkapply.casework.anchors import read_anchors
from gkapply.casework.chains import Break, End, Entry, examine
from gkapply.casework.journal import INSTALLATION, JournalEntry, JournalHead
from gkapply.casework.people import Organ
from gkapply.casework.services import ring, store
from gkapply.casework.storekeeping import named_files
from gkapply.casework.witness import Witness
from gkapply.files import MissingFile
from gkapply.sealing import CannotUnseal

BATCH = 1000
COLUMNS = (
    JournalEntry.organ_id,
    JournalEntry.seq,
    JournalEntry.case_id,
    JournalEntry.deed,
    JournalEntry.actor,
    JournalEntry.recorded_at,
    JournalEntry.body,
    JournalEntry.key_id,
    JournalEntry.hash,
)


@dataclass(frozen=True, slots=True)
class Finding:
    """What was found first: in whose chain, at which number where there is one, and a sentence that says it."""

    organ_id: int | None
    seq: int | None
    sentence: str


def verify(session: Session, anchors: Path, *, files: bool = False) -> Finding | None:
    """The first damage that the journal shows, organ by organ; None when all is whole.

    ``anchors`` is the folder of the anchors. ``files`` also reads every file that a row names and compares its hash. Memory does
    not grow with the journal. Raises Refusal when the anchors cannot be read.
    """
    anchored: dict[int, dict[int, set[str]]] = defaultdict(lambda: defaultdict(set))
    for anchor in read_anchors(anchors):
        anchored[anchor.organ_id][anchor.seq].add(anchor.hash)
    ends = {row.organ_id: End(row.seq, row.hash) for row in session.scalars(select(JournalHead))}
    witness = Witness(session)
    for organ_id in sorted({*session.scalars(select(JournalEntry.organ_id).distinct()), *ends, *anchored}):
        with session.execute(_chain_of(organ_id)) as rows:
            broken = _first_break(examine(rows, ends.get(organ_id), anchored[organ_id], ring(session)), witness)
        if broken:
            return Finding(organ_id, broken.seq, f"{_name(session, organ_id)}的操作日志{broken}")
    stranger = witness.stranger()
    if stranger:
        organ_id, sentence = stranger
        return Finding(organ_id, None, f"{_name(session, organ_id)}的{sentence}")
    return _damaged_file(session) if files else None


def _chain_of(organ_id: int) -> Executable:
    query = select(*COLUMNS).where(JournalEntry.organ_id == organ_id).order_by(JournalEntry.seq, JournalEntry.id)
    return query.execution_options(yield_per=BATCH)


def _first_break(entries: Iterator[Entry | Break], witness: Witness) -> Break | None:
    batch: list[Entry] = []
    for found in entries:
        if isinstance(found, Break):
            return witness.first_contradiction(batch) or found
        batch.append(found)
        if len(batch) == BATCH:
            contradiction = witness.first_contradiction(batch)
            if contradiction:
                return contradiction
            batch = []
    return witness.first_contradiction(batch)


def _damaged_file(session: Session) -> Finding | None:
    kept = store(session)
    for digest in named_files(session):
        try:
            kept.get(digest)
        except (MissingFile, CannotUnseal):
            return Finding(None, None, f"文件库中的文件 {digest} 缺失或者已损坏")
    return None


def _name(session: Session, organ_id: int) -> str:
    if organ_id == INSTALLATION:
        return "本系统（不属于任一机关）"
    organ = session.get(Organ, organ_id)
    return f"{organ.name}（{organ.code}）" if organ else f"第{organ_id}号机关（机关表中没有）"
