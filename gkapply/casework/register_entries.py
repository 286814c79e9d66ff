"""An entry of the register (登记台账): one request with everything that its columns tell, read for a page at once.

The request itself is one statement; what hangs on it (``register_related``) is one more for all requests of the page, and only where a
chosen column asks for it.
"""

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import Row, Select, and_, select
from sqlalchemy.orm import Session

from gkapply.casework.people import User
from gkapply.casework.records import Applicant, Case
from gkapply.casework.register_related import Related, related_to
from gkapply.casework.services import ring
from gkapply.casework.unit_records import Unit


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of the register. ``row`` are the columns of ``entries``; ``contact`` is opened only where it is asked for."""

    row: Row[Any]
    related: Sequence[Related] = ()
    contact: dict[str, str] = field(default_factory=dict)
    brought: Mapping[str, str] = field(default_factory=dict)
    """Of a request that was taken over: what its register said, by column."""

    def of(self, kind: str) -> Sequence[Related]:
        """What hangs on it of that kind."""
        return [one for one in self.related if one.kind == kind] if self.related else ()


def entries() -> Select[*tuple[Any, ...]]:
    """The columns of a request in the register, for any condition on ``Case``."""
    return (
        select(
            Case.id,
            Case.reference,
            Case.number,
            Case.kind,
            Case.state,
            Case.channel,
            Case.entered_at,
            Case.submitted_at,
            Case.received_on,
            Case.late_reason,
            Case.description.label("description"),
            Case.information_name,
            Case.information_number,
            Case.carrier,
            Case.way,
            Case.area,
            Case.due_on,
            Case.replied_on,
            Case.delivered_on,
            Case.ended_on,
            Case.archived_on,
            Case.retention,
            Case.report_row,
            Case.taken_over,
            Applicant.uid.label("applicant_uid"),
            Applicant.name.label("applicant"),
            Applicant.kind.label("applicant_kind"),
            Applicant.sealed,
            User.name.label("officer"),
            Unit.name.label("unit"),
        )
        .outerjoin(Applicant, and_(Applicant.case_id == Case.id, Applicant.ordinal == 1))
        .outerjoin(User, User.id == Case.officer_id)
        .outerjoin(Unit, Unit.id == Case.unit_id)
    )


def opened(session: Session, rows: Sequence[Row[Any]], needs: Collection[str], *, contact: bool) -> list[Entry]:
    """The entries of these rows with what hangs on them of the kinds needed, and their contact where it is shown."""
    related = related_to(session, [row.id for row in rows], frozenset(needs)) if needs and rows else {}
    return [Entry(row, related.get(row.id, ()), _contact(session, row) if contact else {}) for row in rows]


def _contact(session: Session, row: Row[Any]) -> dict[str, str]:
    if row.sealed is None:
        return {}
    return dict(json.loads(ring(session).unseal(row.sealed, f"applicant.sealed.{row.applicant_uid}")))
