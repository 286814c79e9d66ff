"""An entry of the register (登记台账): one request with everything that its columns tell, read for a page at once.

The request itself is one statement; what hangs on it (facts, questions, letters, fee, secrecy reviews, disputes, proposals) is one more
for all requests of the page, and only where a chosen column asks for it.
"""

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Date,
    Row,
    Select,
    String,
    and_,
    bindparam,
    cast,
    literal,
    null,
    select,
)
from sqlalchemy import union_all as union
from sqlalchemy.orm import Session, aliased

from gkapply.casework.disputed import Dispute
from gkapply.casework.entries import Fact
from gkapply.casework.fee_register import Fee
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people import User
from gkapply.casework.publications import Publication
from gkapply.casework.records import Applicant, Case
from gkapply.casework.reviewed import SecrecyReview
from gkapply.casework.services import ring
from gkapply.casework.unit_records import Unit

FACT, QUESTION, LETTER, FEE, SECRECY, DISPUTE, PROPOSAL = (
    "fact",
    "question",
    "letter",
    "fee",
    "secrecy",
    "dispute",
    "proposal",
)
EXCERPT = 200
"""Characters of the description that the register shows."""


@dataclass(frozen=True, slots=True)
class Related:
    """Something that hangs on a request: of which kind, two words and two days of it, by ``_PARTS``."""

    kind: str
    first: str
    second: str
    on: date | None
    then: date | None


@dataclass(frozen=True, slots=True)
class Entry:
    """One request of the register. ``row`` are the columns of ``entries``; ``contact`` is opened only where it is asked for."""

    row: Row[Any]
    related: Sequence[Related] = ()
    contact: dict[str, str] = field(default_factory=dict)

    def of(self, *kinds: str) -> list[Related]:
        """What hangs on it of these kinds."""
        return [one for one in self.related if one.kind in kinds]


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
            Case.description.label("description"),
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
    related: dict[int, list[Related]] = {}
    if needs and rows:
        asked = {"cases": [row.id for row in rows]}
        for row in session.connection().execute(_related(frozenset(needs)), asked):
            related.setdefault(row.case_id, []).append(Related(row.of, row.first, row.second, row.on, row.then))
    return [Entry(row, related.get(row.id, ()), _contact(session, row) if contact else {}) for row in rows]


def _contact(session: Session, row: Row[Any]) -> dict[str, str]:
    if row.sealed is None:
        return {}
    return dict(json.loads(ring(session).unseal(row.sealed, f"applicant.sealed.{row.applicant_uid}")))


def _hanging(of: str, record: Any, first: Any, second: Any, on: Any, then: Any) -> Select[*tuple[Any, ...]]:
    return select(
        literal(of).label("of"),
        record.case_id.label("case_id"),
        cast(first, String).label("first"),
        cast(second, String).label("second"),
        on.label("on"),
        then.label("then"),
    ).where(record.case_id.in_(bindparam("cases", expanding=True)))


def _no_day() -> ColumnElement[Any]:
    return cast(null(), Date)


@lru_cache(maxsize=64)
def _related(kinds: frozenset[str]) -> CompoundSelect[*tuple[Any, ...]]:
    later, signer = aliased(Fact), aliased(User)
    revoked = select(later.revokes_id).where(later.case_id == Fact.case_id, later.revokes_id == Fact.id).exists()
    letters = _hanging(LETTER, Letter, Letter.number, signer.name, Letter.signed_on, Letter.sent_on)
    letters = letters.join(signer, signer.id == Letter.signed_by, isouter=True)
    parts = {
        FACT: _hanging(FACT, Fact, Fact.kind, Fact.working_days, Fact.on_, Fact.until).where(
            ~revoked, Fact.revokes_id.is_(None)
        ),
        QUESTION: _hanging(
            QUESTION,
            Consultation,
            Consultation.party_kind,
            Consultation.opinion,
            Consultation.asked_on,
            Consultation.answered_on,
        ),
        LETTER: letters.where(Letter.number.is_not(None), Letter.kind.startswith("reply_")),
        FEE: _hanging(FEE, Fee, Fee.mode, Fee.yuan, Fee.noticed_on, Fee.paid_on),
        SECRECY: _hanging(SECRECY, SecrecyReview, SecrecyReview.result, literal(""), _no_day(), _no_day()),
        DISPUTE: _hanging(DISPUTE, Dispute, Dispute.kind, literal(""), Dispute.filed_on, Dispute.closed_on),
        PROPOSAL: _hanging(PROPOSAL, Publication, Publication.state, literal(""), _no_day(), _no_day()),
    }
    return union(*(part for kind, part in parts.items() if kind in kinds))
