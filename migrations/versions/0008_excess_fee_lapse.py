"""Fees of requests, the day that a fact fixes, the time that a proposal of lapse waits"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Nothing was charged, fixed or put off before."""
    op.add_column("fact", sa.Column("until", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("lapse_waits_until", sa.Date(), nullable=True))
    op.create_table(
        "fee",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("mode", sa.String(length=10), nullable=False),
        sa.Column("quantity", sa.Integer(), nullable=False),
        sa.Column("yuan", sa.Integer(), nullable=False),
        sa.Column("working", sa.Text(), nullable=False),
        sa.Column("noticed_on", sa.Date(), nullable=False),
        sa.Column("paid_on", sa.Date(), nullable=True),
        sa.Column("document_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_fee_organ_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_fee_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_fee_letter_id")),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name=op.f("fk_fee_document_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fee")),
        sa.UniqueConstraint("case_id", name=op.f("uq_fee_case_id")),
    )
    op.create_index("ix_fee_paid", "fee", ["organ_id", "paid_on"])
