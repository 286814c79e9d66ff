"""Requests sent on to another organ as a courtesy"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0012"
down_revision = "0011"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """None so far."""
    op.create_table(
        "transfer",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("to_organ_id", BigKey, nullable=True),
        sa.Column("consent", sa.Boolean(), nullable=False),
        sa.Column("sent_on", sa.Date(), nullable=True),
        sa.Column("received_as_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_transfer_organ_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_transfer_case_id")),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_transfer_letter_id")),
        sa.ForeignKeyConstraint(["to_organ_id"], ["organ.id"], name=op.f("fk_transfer_to_organ_id")),
        sa.ForeignKeyConstraint(["received_as_id"], ["case_file.id"], name=op.f("fk_transfer_received_as_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("uid", name=op.f("uq_transfer_uid")),
        sa.UniqueConstraint("letter_id", name=op.f("uq_transfer_letter_id")),
    )
    op.create_index(op.f("ix_transfer_case_id"), "transfer", ["case_id"])
    op.create_index(op.f("ix_transfer_received_as_id"), "transfer", ["received_as_id"])
    op.create_index("ix_transfer_arrived", "transfer", ["to_organ_id", "received_as_id"])
