"""Urges of supervising organs, their answers and what was made of them"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0044"
down_revision = "0043"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables that only grow."""
    op.create_table(
        "urge",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=True),
        sa.Column("by_organ_id", BigKey, nullable=False),
        sa.Column("number", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("follows_id", BigKey, nullable=True),
        sa.Column("urged_at", Instant(), nullable=False),
        sa.Column("urged_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_urge_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_urge_case_id"),
        sa.ForeignKeyConstraint(["by_organ_id"], ["organ.id"], name="fk_urge_by_organ_id"),
        sa.ForeignKeyConstraint(["follows_id"], ["urge.id"], name="fk_urge_follows_id"),
        sa.ForeignKeyConstraint(["urged_by"], ["user.id"], name="fk_urge_urged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_urge"),
        sa.UniqueConstraint("by_organ_id", "number", name="uq_urge_by_organ_id_number"),
        sa.UniqueConstraint("uid", name="uq_urge_uid"),
        sa.UniqueConstraint("follows_id", name="uq_urge_follows_id"),
    )
    op.create_index("ix_urge_organ", "urge", ["organ_id", "id"])
    op.create_index("ix_urge_case", "urge", ["case_id", "id"])
    op.create_index("ix_urge_due", "urge", ["due_on", "id"])
    op.create_table(
        "urge_answer",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("urge_id", BigKey, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("file_sha", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("answered_at", Instant(), nullable=False),
        sa.Column("answered_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_urge_answer_organ_id"),
        sa.ForeignKeyConstraint(["urge_id"], ["urge.id"], name="fk_urge_answer_urge_id"),
        sa.ForeignKeyConstraint(["answered_by"], ["user.id"], name="fk_urge_answer_answered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_urge_answer"),
        sa.UniqueConstraint("urge_id", name="uq_urge_answer_urge_id"),
    )
    op.create_index("ix_urge_answer_file_sha", "urge_answer", ["file_sha"])
    op.create_table(
        "urge_verdict",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("urge_id", BigKey, nullable=False),
        sa.Column("accepted", sa.Boolean(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("judged_at", Instant(), nullable=False),
        sa.Column("judged_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_urge_verdict_organ_id"),
        sa.ForeignKeyConstraint(["urge_id"], ["urge.id"], name="fk_urge_verdict_urge_id"),
        sa.ForeignKeyConstraint(["judged_by"], ["user.id"], name="fk_urge_verdict_judged_by"),
        sa.PrimaryKeyConstraint("id", name="pk_urge_verdict"),
        sa.UniqueConstraint("urge_id", name="uq_urge_verdict_urge_id"),
    )
    for table in ("urge", "urge_answer", "urge_verdict"):
        protect(op.get_bind(), table)
