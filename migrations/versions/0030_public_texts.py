"""What is already public, for the search"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0030"
down_revision = "0029"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Entries, and the grams of their wordings."""
    op.create_table(
        "public_text",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("uid", sa.String(length=64), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(length=300), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.Column("shown_from", Instant(), nullable=False),
        sa.Column("taken", sa.BigInteger(), nullable=False),
        sa.Column("taken_on", sa.Date(), nullable=True),
        sa.Column("taken_that_day", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_public_text_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_public_text")),
        sa.UniqueConstraint("kind", "uid", name=op.f("uq_public_text_kind_uid")),
    )
    op.create_index("ix_public_text_wording", "public_text", ["wording", "id"])
    op.create_index("ix_public_text_organ", "public_text", ["organ_id", "area"])
    op.create_index("ix_public_text_shown_from", "public_text", ["shown_from"])
    op.create_table(
        "public_gram",
        sa.Column("gram", sa.String(length=16), nullable=False),
        sa.Column("wording", sa.BigInteger(), nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("gram", "wording", "weight", name=op.f("pk_public_gram")),
        sqlite_with_rowid=False,
    )
    op.create_index("ix_public_gram_wording", "public_gram", ["wording"])
