"""What leaders wrote on a matter"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0022"
down_revision = "0021"
branch_labels = None
depends_on = None

OPEN = sa.text("done_on IS NULL")


def upgrade() -> None:
    """None so far."""
    op.create_table(
        "instruction",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("leader", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("follows", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("scan_id", BigKey, nullable=True),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.Column("done_note", sa.Text(), nullable=False),
        sa.Column("done_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_instruction_organ_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_instruction_case_id")),
        sa.ForeignKeyConstraint(["scan_id"], ["document.id"], name=op.f("fk_instruction_scan_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_instruction")),
        sa.UniqueConstraint("uid", name=op.f("uq_instruction_uid")),
    )
    op.create_index(op.f("ix_instruction_case_id"), "instruction", ["case_id"])
    op.create_index("ix_instruction_open", "instruction", ["due_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
