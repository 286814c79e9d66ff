"""Anchors: where each chain of the journal stood, kept outside the database.

A head row finds a tail that was cut off; whoever rewinds the head row as well, or puts an older copy of the whole database in
its place, is found by the anchors. They are lines of JSON in one file; a copy of it belongs on another machine.
"""

import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.journal import JournalHead, canonical
from gkapply.law.refusal import Refusal

FILE = "journal-anchors.jsonl"
LONGEST_LINE = 4096
"""Bytes; far more than an anchor takes."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """One chain's length and last hash at one moment."""

    organ_id: int
    seq: int
    hash: str
    at: str


def read_anchors(folder: Path) -> Iterator[Anchor]:
    """Every anchor in the folder, oldest first; none when there is no file.

    A last line without its end is what a power cut leaves; it is passed by. Raises Refusal for any other line that is no anchor.
    """
    path = folder / FILE
    if not path.exists():
        return
    with path.open(encoding="utf-8") as file:
        for number, line in enumerate(file, 1):
            try:
                entry = json.loads(line)
                yield Anchor(int(entry["organ"]), int(entry["seq"]), str(entry["hash"]), str(entry["at"]))
            except (ValueError, TypeError, KeyError) as error:
                if not line.endswith("\n"):
                    return
                raise Refusal(f"锚点文件 {path} 第{number}行无法读取", do="请用另存的副本核对") from error


def last_written(folder: Path) -> datetime | None:
    """When the anchors were last added to; None when there are none."""
    path = folder / FILE
    return datetime.fromtimestamp(path.stat().st_mtime, UTC) if path.exists() else None


def anchor(session: Session, folder: Path, now: datetime) -> int:
    """Add the place of every chain that has moved since its last anchor; returns how many. On the disk when it returns."""
    known = {one.organ_id: (one.seq, one.hash) for one in read_anchors(folder)}
    heads = session.execute(
        select(JournalHead.organ_id, JournalHead.seq, JournalHead.hash).order_by(JournalHead.organ_id)
    )
    lines = [
        canonical({"organ": head.organ_id, "seq": head.seq, "hash": head.hash, "at": now.isoformat()})
        for head in heads
        if head.seq and known.get(head.organ_id) != (head.seq, head.hash)
    ]
    if lines:
        _append(folder / FILE, lines)
    return len(lines)


def _append(path: Path, lines: list[str]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+b") as file:
        file.seek(max(0, file.tell() - LONGEST_LINE))
        tail = file.read()
        torn = len(tail) - (tail.rfind(b"\n") + 1)
        file.truncate(file.tell() - torn)
        file.write("".join(f"{line}\n" for line in lines).encode())
        file.flush()
        os.fsync(file.fileno())
