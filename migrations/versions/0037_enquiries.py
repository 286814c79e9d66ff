"""Consultations of citizens (咨询) and where they were handed on to"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")


def upgrade() -> None:
    """Two tables; where a question was handed on to is never changed."""
    op.create_table(
        "enquiry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("reference", sa.String(length=42), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("submission_token", sa.String(length=64), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("subject", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("asked_on", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), nullable=False, server_default="0"),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("signed_as", sa.String(length=120), nullable=False),
        sa.Column("answered_at", Instant(), nullable=True),
        sa.Column("answered_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("request_token", sa.String(length=64), nullable=True),
        sa.Column("request_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_enquiry_organ_id"),
        sa.ForeignKeyConstraint(["request_id"], ["case_file.id"], name="fk_enquiry_request_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry"),
        sa.UniqueConstraint("uid", name="uq_enquiry_uid"),
        sa.UniqueConstraint("reference", name="uq_enquiry_reference"),
        sa.UniqueConstraint("submission_token", name="uq_enquiry_submission_token"),
        sa.UniqueConstraint("request_token", name="uq_enquiry_request_token"),
    )
    op.create_index(
        "ix_enquiry_open", "enquiry", ["organ_id", "due_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_enquiry_remind", "enquiry", ["remind_on"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_enquiry_organ_id", "enquiry", ["organ_id", "id"])
    op.create_index("ix_enquiry_request_id", "enquiry", ["request_id"])
    op.create_table(
        "enquiry_move",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("enquiry_id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("to_organ_id", BigKey, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["enquiry_id"], ["enquiry.id"], name="fk_enquiry_move_enquiry_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_enquiry_move_organ_id"),
        sa.ForeignKeyConstraint(["to_organ_id"], ["organ.id"], name="fk_enquiry_move_to_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_enquiry_move"),
    )
    op.create_index("ix_enquiry_move_enquiry_id", "enquiry_move", ["enquiry_id"])
    protect(op.get_bind(), "enquiry_move")
