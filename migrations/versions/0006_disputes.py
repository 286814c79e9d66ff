"""Disputes about a request, and every decision on them"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

NOT_CLOSED = sa.text("closed_on IS NULL")


def upgrade() -> None:
    """New tables; papers and letters can belong to a dispute."""
    _create_dispute()
    _create_decision()
    protect(op.get_bind(), "dispute_decision")
    key = BigKey.compile(op.get_bind().dialect)
    for table in ("document", "letter"):
        # As it stands in SQL: Alembic does not name the foreign key of an added column on SQLite.
        op.execute(
            f"ALTER TABLE {table} ADD COLUMN dispute_id {key} CONSTRAINT fk_{table}_dispute_id REFERENCES dispute (id)"
        )
        op.create_index(f"ix_{table}_dispute_id", table, ["dispute_id"])


def _create_dispute() -> None:
    op.create_table(
        "dispute",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("filed_on", sa.Date(), nullable=False),
        sa.Column("copy_received_on", sa.Date(), nullable=True),
        sa.Column("simple", sa.Boolean(), nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("appealed_on", sa.Date(), nullable=True),
        sa.Column("appealed_by", sa.String(length=20), nullable=False),
        sa.Column("redo_id", BigKey, nullable=True),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("closed_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_dispute_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_dispute_case_id"),
        sa.ForeignKeyConstraint(["redo_id"], ["case_file.id"], name="fk_dispute_redo_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute"),
        sa.UniqueConstraint("uid", name="uq_dispute_uid"),
    )
    op.create_index("ix_dispute_case_id", "dispute", ["case_id"])
    op.create_index("ix_dispute_filed", "dispute", ["organ_id", "filed_on"])
    op.create_index(
        "ix_dispute_open", "dispute", ["organ_id", "id"], sqlite_where=NOT_CLOSED, postgresql_where=NOT_CLOSED
    )


def _create_decision() -> None:
    op.create_table(
        "dispute_decision",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("dispute_id", BigKey, nullable=False),
        sa.Column("instance", sa.Integer(), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=False),
        sa.Column("received_on", sa.Date(), nullable=False),
        sa.Column("ruling", sa.Boolean(), nullable=False),
        sa.Column("procedure_only", sa.Boolean(), nullable=False),
        sa.Column("orders_redo", sa.Boolean(), nullable=False),
        sa.Column("redo_by", sa.Date(), nullable=True),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_dispute_decision_organ_id"),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_dispute_decision_dispute_id"),
        sa.PrimaryKeyConstraint("id", name="pk_dispute_decision"),
    )
    op.create_index("ix_dispute_decision_dispute_id", "dispute_decision", ["dispute_id"])
