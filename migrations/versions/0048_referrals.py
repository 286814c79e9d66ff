"""Referrals of cases to units, and the papers of their answers"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0048"
down_revision = "0047"
branch_labels = None
depends_on = None

WAITS = sa.text("state IN ('sent', 'accepted')")
KEYS = {
    "organ_id": "organ.id",
    "case_id": "case_file.id",
    "unit_id": "unit.id",
    "parent_id": "referral.id",
    "sent_by": "user.id",
    "taken_by": "user.id",
}


def upgrade() -> None:
    """Two tables."""
    op.create_table(
        "referral",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("unit_id", BigKey, nullable=False),
        sa.Column("parent_id", BigKey, nullable=True),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("matter", sa.Text(), nullable=False),
        sa.Column("shows_applicant", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=False),
        sa.Column("sent_at", Instant(), nullable=False),
        sa.Column("sent_by", BigKey, nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("urged", sa.Integer(), server_default="0", nullable=False),
        sa.Column("urged_on", sa.Date(), nullable=True),
        sa.Column("taken_by", BigKey, nullable=True),
        sa.Column("accepted_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), server_default="", nullable=False),
        sa.Column("answered_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("reason", sa.Text(), server_default="", nullable=False),
        sa.Column("settled_on", sa.Date(), nullable=True),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        *(sa.ForeignKeyConstraint([one], [to], name=f"fk_referral_{one}") for one, to in KEYS.items()),
        sa.PrimaryKeyConstraint("id", name="pk_referral"),
        sa.UniqueConstraint("uid", name="uq_referral_uid"),
        sa.UniqueConstraint("case_id", "ordinal", name="uq_referral_case_id_ordinal"),
    )
    op.create_index(
        "ix_referral_waits", "referral", ["organ_id", "due_on", "id"], sqlite_where=WAITS, postgresql_where=WAITS
    )
    op.create_index("ix_referral_remind", "referral", ["remind_on"], sqlite_where=WAITS, postgresql_where=WAITS)
    op.create_index("ix_referral_unit_id", "referral", ["unit_id", "due_on", "id"])
    op.create_index("ix_referral_link_hash", "referral", ["link_hash"], unique=True)
    op.create_index("ix_referral_parent_id", "referral", ["parent_id"])
    op.create_index("ix_referral_taken_by", "referral", ["taken_by"])
    op.create_table(
        "referral_paper",
        sa.Column("referral_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("document_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["referral_id"], ["referral.id"], name="fk_referral_paper_referral_id"),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_referral_paper_document_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_referral_paper_organ_id"),
        sa.PrimaryKeyConstraint("referral_id", "document_id", name="pk_referral_paper"),
    )
