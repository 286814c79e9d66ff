"""Subscriptions to what is newly public"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0036"
down_revision = "0035"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One table."""
    op.create_table(
        "subscription",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("token_hash", sa.String(length=64), nullable=False),
        sa.Column("address_index", sa.String(length=64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("words", sa.String(length=60), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("organ_id", BigKey, nullable=True),
        sa.Column("asked_at", Instant(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("told_through", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_subscription_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_subscription"),
        sa.UniqueConstraint("uid", name="uq_subscription_uid"),
        sa.UniqueConstraint("token_hash", name="uq_subscription_token_hash"),
        sa.UniqueConstraint(
            "address_index", "words", "area", "organ_id", name="uq_subscription_address_index_words_area_organ_id"
        ),
    )
