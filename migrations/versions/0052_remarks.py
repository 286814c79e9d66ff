"""Remarks among officials, who watches a case, cases held together"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0052"
down_revision = "0051"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables; remarks only ever grow."""
    op.create_table(
        "remark",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("author_id", BigKey, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_remark_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_remark_case_id"),
        sa.ForeignKeyConstraint(["author_id"], ["user.id"], name="fk_remark_author_id"),
        sa.PrimaryKeyConstraint("id", name="pk_remark"),
        sa.UniqueConstraint("uid", name="uq_remark_uid"),
    )
    op.create_index("ix_remark_case_id", "remark", ["case_id"])
    protect(op.get_bind(), "remark")
    op.create_table(
        "watch",
        sa.Column("case_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("user_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_watch_case_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_watch_user_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_watch_organ_id"),
        sa.PrimaryKeyConstraint("case_id", "user_id", name="pk_watch"),
    )
    op.create_index("ix_watch_user_id", "watch", ["user_id"])
    op.create_table(
        "case_tie",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("other_id", BigKey, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("tied_by", sa.String(length=40), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("loosened_by", sa.String(length=40), server_default="", nullable=False),
        sa.Column("loosened_at", Instant(), nullable=True),
        sa.Column("loosened_because", sa.Text(), server_default="", nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_case_tie_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_tie_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"], name="fk_case_tie_other_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_tie"),
        sa.UniqueConstraint("uid", name="uq_case_tie_uid"),
    )
    op.create_index("ix_case_tie_case_id", "case_tie", ["case_id"])
    op.create_index("ix_case_tie_other", "case_tie", ["other_id"])
