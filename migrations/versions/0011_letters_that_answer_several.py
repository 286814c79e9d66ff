"""Letters that answer several requests of one applicant"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every letter so far answers the one request in whose file it lies."""
    op.create_table(
        "letter_case",
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name=op.f("fk_letter_case_letter_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_letter_case_case_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_letter_case_organ_id")),
        sa.PrimaryKeyConstraint("letter_id", "case_id", name=op.f("pk_letter_case")),
    )
    op.create_index(op.f("ix_letter_case_case_id"), "letter_case", ["case_id"])
