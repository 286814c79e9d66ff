"""How the journal vouches for the rows of a register (台账): one entry for each piece, over the digests of its rows."""

import hashlib
from collections.abc import Iterable, Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.journal import canonical
from gkapply.casework.register_compare import content_of, digest_of
from gkapply.casework.register_import_records import RegisterRow
from gkapply.sealing import CannotUnseal

TAKEN = "register.take"
"""Deed of the entry for a piece of a register."""


_COLUMNS = (
    RegisterRow.organ_id,
    RegisterRow.case_id,
    RegisterRow.number_key,
    RegisterRow.edition,
    RegisterRow.digest,
    RegisterRow.sealed,
)


def digest_of_piece(rows: Iterable[tuple[int, int, str]]) -> str:
    """SHA-256 over case, edition and digest of every row of a piece."""
    return hashlib.sha256(canonical(sorted(map(list, rows))).encode()).hexdigest()


def contradiction(session: Session, said: Mapping[str, Any]) -> str:
    """What the rows of a piece say against its entry; empty when they say the same, each in its sealed content too."""
    query = select(*_COLUMNS).where(RegisterRow.run_id == said["run"], RegisterRow.piece == said["piece"])
    rows = session.execute(query).all()
    if len(rows) != said["rows"]:
        return f"记录本身完好，但它所记的原台账记录应有{said['rows']}行，现有{len(rows)}行"
    whole = digest_of_piece((row.case_id, row.edition, row.digest) for row in rows) == said["digest"]
    if not whole or not all(_is_sealed_as_said(session, row) for row in rows):
        return "记录本身完好，但它所记的原台账记录被改动"
    return ""


def _is_sealed_as_said(session: Session, row: Any) -> bool:
    try:
        return digest_of(session, content_of(session, row)) == row.digest
    except CannotUnseal:
        return False
