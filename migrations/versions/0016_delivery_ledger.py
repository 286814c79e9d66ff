"""The delivery ledger: every attempt for every recipient, and what became of it"""

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0016"
down_revision = "0015"
branch_labels = None
depends_on = None

NUMBERED = sa.text("tracking <> ''")
BATCH = 500
TO_PARTY = ("third_party_inquiry", "disclosure_notice", "co_producer_inquiry")
TO_OTHERS = ("assistance_letter", "transfer_notice", "review_defence", "suit_defence")
MIDNIGHT_IN_CHINA = timedelta(hours=8)

letter = sa.table(
    "letter",
    *(sa.column(name) for name in ("id", "organ_id", "case_id", "consultation_id", "kind", "state", "way", "tracking")),
    sa.column("proof_id"),
    sa.column("sent_on", sa.Date),
    sa.column("delivered_on", sa.Date),
)
letter_case = sa.table("letter_case", sa.column("letter_id"), sa.column("case_id"))
applicant = sa.table("applicant", *(sa.column(name) for name in ("id", "uid", "case_id", "ordinal")))
consultation = sa.table("consultation", sa.column("id"), sa.column("uid"))
attempt = sa.table(
    "delivery_attempt",
    *(
        sa.column(name)
        for name in ("id", "organ_id", "letter_id", "recipient", "way", "handed_at", "carrier", "tracking")
    ),
    *(sa.column(name) for name in ("proof_id", "entered_by")),
    sa.column("handed_on", sa.Date),
    sa.column("entered_at", Instant),
)
result = sa.table(
    "delivery_result",
    *(
        sa.column(name)
        for name in ("organ_id", "attempt_id", "outcome", "signed_by", "reason", "proof_id", "entered_by")
    ),
    sa.column("on_", sa.Date),
    sa.column("entered_at", Instant),
)


def upgrade() -> None:
    """New tables, filled from what the letters say, then closed to every change."""
    op.create_table(
        "delivery_attempt",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("recipient", sa.String(length=60), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("handed_on", sa.Date(), nullable=False),
        sa.Column("handed_at", sa.String(length=5), nullable=False),
        sa.Column("carrier", sa.String(length=60), nullable=False),
        sa.Column("tracking", sa.String(length=60), nullable=False),
        sa.Column("proof_id", BigKey, nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_delivery_attempt_organ_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_delivery_attempt_letter_id"),
        sa.ForeignKeyConstraint(["proof_id"], ["document.id"], name="fk_delivery_attempt_proof_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_attempt"),
    )
    op.create_index("ix_delivery_attempt_letter", "delivery_attempt", ["letter_id", "recipient", "id"])
    op.create_index(
        "ix_delivery_attempt_tracking",
        "delivery_attempt",
        ["organ_id", "tracking"],
        sqlite_where=NUMBERED,
        postgresql_where=NUMBERED,
    )
    op.create_table(
        "delivery_result",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("attempt_id", BigKey, nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("on_", sa.Date(), nullable=True),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.String(length=200), nullable=False),
        sa.Column("proof_id", BigKey, nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_delivery_result_organ_id"),
        sa.ForeignKeyConstraint(["attempt_id"], ["delivery_attempt.id"], name="fk_delivery_result_attempt_id"),
        sa.ForeignKeyConstraint(["proof_id"], ["document.id"], name="fk_delivery_result_proof_id"),
        sa.PrimaryKeyConstraint("id", name="pk_delivery_result"),
    )
    op.create_index("ix_delivery_result_attempt", "delivery_result", ["attempt_id", "id"])
    _take_over(op.get_bind())
    for table in ("delivery_attempt", "delivery_result"):
        protect(op.get_bind(), table)


def _take_over(connection: sa.Connection) -> None:
    """One attempt for each recipient of every letter that has left, with its outcome where one was noted."""
    after = 0
    while True:
        query = sa.select(letter).where(letter.c.id > after, letter.c.way != "", letter.c.sent_on.is_not(None))
        rows = connection.execute(query.order_by(letter.c.id).limit(BATCH)).all()
        if not rows:
            return
        after = rows[-1].id
        keys = _keys(connection, rows)
        attempts = [_attempt(row, key) for row in rows for key in keys[row.id]]
        connection.execute(sa.insert(attempt), attempts)
        mine = attempt.c.letter_id.in_([row.id for row in rows])
        made = connection.execute(sa.select(attempt.c.id, attempt.c.letter_id).where(mine).order_by(attempt.c.id)).all()
        by_id = {row.id: row for row in rows}
        results = [_result(by_id[one.letter_id], one.id) for one in made if _is_over(by_id[one.letter_id])]
        if results:
            connection.execute(sa.insert(result), results)


def _keys(connection: sa.Connection, rows: Any) -> dict[int, list[str]]:
    """The keys of the recipients of each letter, as ``casework.recipients`` makes them."""
    cases = {row.id: [row.case_id] for row in rows}
    together = sa.select(letter_case).where(letter_case.c.letter_id.in_(list(cases)))
    for one in connection.execute(together):
        cases[one.letter_id].append(one.case_id)
    wanted = {case for several in cases.values() for case in several}
    people: dict[int, list[str]] = {}
    query = (
        sa.select(applicant).where(applicant.c.case_id.in_(wanted)).order_by(applicant.c.case_id, applicant.c.ordinal)
    )
    for one in connection.execute(query):
        people.setdefault(one.case_id, []).append(f"applicant:{one.uid}")
    asked = {row.consultation_id for row in rows if row.consultation_id is not None}
    parties = {
        one.id: one.uid for one in connection.execute(sa.select(consultation).where(consultation.c.id.in_(asked)))
    }
    return {row.id: list(_keys_of(row, cases[row.id], people, parties)) for row in rows}


def _keys_of(row: Any, cases: list[int], people: dict[int, list[str]], parties: dict[int, str]) -> Iterator[str]:
    if row.kind in TO_OTHERS:
        yield "other"
    elif row.kind in TO_PARTY and row.consultation_id in parties:
        yield f"party:{parties[row.consultation_id]}"
    else:
        for case in sorted(cases):
            yield from people.get(case, ())


def _attempt(row: Any, key: str) -> dict[str, Any]:
    return {
        "organ_id": row.organ_id,
        "letter_id": row.id,
        "recipient": key,
        "way": row.way,
        "handed_on": row.sent_on,
        "handed_at": "",
        "carrier": "",
        "tracking": row.tracking,
        "proof_id": row.proof_id,
        "entered_at": _beginning_of(row.sent_on),
        "entered_by": "system",
    }


def _is_over(row: Any) -> bool:
    return row.delivered_on is not None or row.state == "returned"


def _result(row: Any, attempt_id: int) -> dict[str, Any]:
    """The day of a return was kept in the journal alone: it stays empty here."""
    delivered = row.delivered_on is not None
    return {
        "organ_id": row.organ_id,
        "attempt_id": attempt_id,
        "outcome": "delivered" if delivered else "returned",
        "on_": row.delivered_on,
        "signed_by": "",
        "reason": "",
        "proof_id": row.proof_id,
        "entered_at": _beginning_of(row.delivered_on or row.sent_on),
        "entered_by": "system",
    }


def _beginning_of(day: Any) -> datetime:
    """The first moment of a day in China: when it was really entered stands in the journal."""
    return datetime.combine(day, time(), UTC) - MIDNIGHT_IN_CHINA
