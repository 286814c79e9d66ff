"""What the register (原台账) said of a request that came with it, for its page."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.register_compare import content_of
from gkapply.casework.register_import_records import RegisterImport, RegisterRow
from gkapply.law.register_facts import FACT_WORDS

_SHOWN = (
    ("delivery", "送达方式"),
    ("letter_number", "答复文号"),
    ("unit", "承办机构"),
    ("remark", "备注"),
)
"""What the case itself has no place for."""
_KIND_WORDS = {kind.value: word for word, kind in FACT_WORDS.items()}


@dataclass(frozen=True, slots=True)
class TakenFrom:
    """The newest row: number and line in its file, when it came, what the case has no place for, its facts as they stood there."""

    number: str
    file: str
    line: int
    at: datetime
    edition: int
    pairs: Sequence[tuple[str, str]]
    facts: Sequence[str]
    unchecked: bool
    open: bool
    reference: str


def of_case(session: Session, case: Case, _actor: Actor, _now: datetime) -> TakenFrom | None:
    """What the register said; None for a request that was entered here."""
    if not case.taken_over:
        return None
    query = select(RegisterRow, RegisterImport).join(RegisterImport, RegisterImport.id == RegisterRow.run_id)
    found = session.execute(
        query.where(RegisterRow.case_id == case.id).order_by(RegisterRow.edition.desc()).limit(1)
    ).one_or_none()
    if found is None:
        return None
    row, run = found
    content = json.loads(json.dumps(content_of(session, row)))
    return TakenFrom(
        number=row.number,
        file=run.file_name,
        line=row.line,
        at=run.finished_at or run.begun_at,
        edition=row.edition,
        pairs=[(label, content["row"][code]) for code, label in _SHOWN if content["row"][code]],
        facts=[_fact(one) for one in content.get("facts", [])],
        unchecked=case.term_unchecked,
        open=case.ended_on is None,
        reference=case.reference,
    )


def _fact(one: dict[str, str]) -> str:
    told = [f"{one['on']} {_KIND_WORDS.get(one['kind'], one['kind'])}"]
    told += [
        f"{label}{one[code]}"
        for code, label in (("party", "对方："), ("told_on", "送达"), ("days", "工作日数"))
        if one[code]
    ]
    return "，".join([*told, *([one["note"]] if one["note"] else [])])
