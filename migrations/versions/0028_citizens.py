"""Accounts of citizens"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0028"
down_revision = "0027"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Five tables."""
    _accounts()
    _requests()


def _accounts() -> None:
    op.create_table(
        "citizen",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("address_index", sa.String(length=64), nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("profile", sa.LargeBinary(), nullable=False),
        sa.Column("password_hash", sa.String(length=200), nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.PrimaryKeyConstraint("id", name="pk_citizen"),
        sa.UniqueConstraint("uid", name="uq_citizen_uid"),
        sa.UniqueConstraint("address_index", name="uq_citizen_address_index"),
    )
    op.create_table(
        "citizen_session",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("citizen_id", BigKey, nullable=False),
        sa.Column("created_at", Instant(), nullable=False),
        sa.Column("last_seen_at", Instant(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_because", sa.String(length=20), nullable=False),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_session_citizen_id"),
        sa.PrimaryKeyConstraint("id", name="pk_citizen_session"),
        sa.UniqueConstraint("token_hash", name="uq_citizen_session_token_hash"),
    )
    op.create_index("ix_citizen_session_citizen_id", "citizen_session", ["citizen_id"])
    op.create_table(
        "citizen_code",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("purpose", sa.String(length=20), nullable=False),
        sa.Column("citizen_id", BigKey, nullable=True),
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("expires_at", Instant(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.Column("used_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_code_citizen_id"),
        sa.PrimaryKeyConstraint("id", name="pk_citizen_code"),
        sa.UniqueConstraint("uid", name="uq_citizen_code_uid"),
    )
    for column in ("citizen_id", "address_index", "expires_at"):
        op.create_index(f"ix_citizen_code_{column}", "citizen_code", [column])


def _requests() -> None:
    op.create_table(
        "citizen_batch",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("citizen_id", BigKey, nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("rows", sa.Integer(), nullable=False),
        sa.Column("entered", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Text(), nullable=False),
        sa.Column("uploaded_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_batch_citizen_id"),
        sa.PrimaryKeyConstraint("id", name="pk_citizen_batch"),
        sa.UniqueConstraint("uid", name="uq_citizen_batch_uid"),
    )
    op.create_index("ix_citizen_batch_citizen_id", "citizen_batch", ["citizen_id"])
    op.create_table(
        "citizen_case",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("citizen_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.Column("generation", sa.Integer(), nullable=True),
        sa.Column("batch_id", BigKey, nullable=True),
        sa.Column("line", sa.Integer(), nullable=True),
        sa.ForeignKeyConstraint(["citizen_id"], ["citizen.id"], name="fk_citizen_case_citizen_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_citizen_case_case_id"),
        sa.ForeignKeyConstraint(["batch_id"], ["citizen_batch.id"], name="fk_citizen_case_batch_id"),
        sa.PrimaryKeyConstraint("id", name="pk_citizen_case"),
        sa.UniqueConstraint("citizen_id", "case_id", name="uq_citizen_case_citizen_id_case_id"),
    )
    op.create_index("ix_citizen_case_case_id", "citizen_case", ["case_id"])
    op.create_index("ix_citizen_case_batch_id", "citizen_case", ["batch_id"])
