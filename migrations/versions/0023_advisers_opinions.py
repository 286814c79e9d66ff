"""Opinions of legal advisers on letters"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0023"
down_revision = "0022"
branch_labels = None
depends_on = None

WAITING = sa.text("given_at IS NULL AND withdrawn_at IS NULL")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "adviser_opinion",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("letter_id", BigKey, nullable=False),
        sa.Column("snapshot_hash", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("asked_by", BigKey, nullable=False),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=False),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("opinion", sa.String(length=20), server_default="", nullable=False),
        sa.Column("text", sa.Text(), server_default="", nullable=False),
        sa.Column("file_id", BigKey, nullable=True),
        sa.Column("given_at", Instant(), nullable=True),
        sa.Column("withdrawn_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_adviser_opinion_organ_id"),
        sa.ForeignKeyConstraint(["letter_id"], ["letter.id"], name="fk_adviser_opinion_letter_id"),
        sa.ForeignKeyConstraint(["asked_by"], ["user.id"], name="fk_adviser_opinion_asked_by"),
        sa.ForeignKeyConstraint(["file_id"], ["document.id"], name="fk_adviser_opinion_file_id"),
        sa.PrimaryKeyConstraint("id", name="pk_adviser_opinion"),
        sa.UniqueConstraint("uid", name="uq_adviser_opinion_uid"),
        sa.UniqueConstraint("link_hash", name="uq_adviser_opinion_link_hash"),
    )
    op.create_index("ix_adviser_opinion_letter_id", "adviser_opinion", ["letter_id"])
    op.create_index(
        "ix_adviser_opinion_waiting", "adviser_opinion", ["until"], sqlite_where=WAITING, postgresql_where=WAITING
    )
