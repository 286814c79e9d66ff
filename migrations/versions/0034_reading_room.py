"""The reading room: items, versions and files that turned public"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0034"
down_revision = "0033"
branch_labels = None
depends_on = None

SHOWN = sa.text("shown > 0")


def upgrade() -> None:
    """Five tables; what happened to an item is never changed."""
    op.create_table(
        "disclosed_item",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("publication_id", BigKey, nullable=False),
        sa.Column("number", sa.String(length=50), nullable=True),
        sa.Column("shown", sa.Integer(), nullable=False),
        sa.Column("shown_since", Instant(), nullable=True),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_disclosed_item_organ_id"),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name="fk_disclosed_item_publication_id"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosed_item"),
        sa.UniqueConstraint("uid", name="uq_disclosed_item_uid"),
        sa.UniqueConstraint("publication_id", name="uq_disclosed_item_publication_id"),
        sa.UniqueConstraint("number", name="uq_disclosed_item_number"),
    )
    for name, columns in (
        ("shown", ["shown_since", "id"]),
        ("organ", ["organ_id", "shown_since", "id"]),
        ("area", ["area", "shown_since", "id"]),
    ):
        op.create_index(
            f"ix_disclosed_item_{name}", "disclosed_item", columns, sqlite_where=SHOWN, postgresql_where=SHOWN
        )
    op.create_table(
        "disclosed_version",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("item_id", BigKey, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("replied_on", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("change", sa.Text(), nullable=False),
        sa.Column("writers", sa.Text(), nullable=False),
        sa.Column("checked_by", BigKey, nullable=True),
        sa.Column("checked_at", Instant(), nullable=True),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("shown_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_disclosed_version_organ_id"),
        sa.ForeignKeyConstraint(["item_id"], ["disclosed_item.id"], name="fk_disclosed_version_item_id"),
        sa.ForeignKeyConstraint(["checked_by"], ["user.id"], name="fk_disclosed_version_checked_by"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosed_version"),
        sa.UniqueConstraint("item_id", "ordinal", name="uq_disclosed_version_item_id_ordinal"),
    )
    op.create_table(
        "disclosed_file",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("version_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("looked_at_by", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_disclosed_file_organ_id"),
        sa.ForeignKeyConstraint(["version_id"], ["disclosed_version.id"], name="fk_disclosed_file_version_id"),
        sa.ForeignKeyConstraint(["looked_at_by"], ["user.id"], name="fk_disclosed_file_looked_at_by"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosed_file"),
        sa.UniqueConstraint("uid", name="uq_disclosed_file_uid"),
    )
    op.create_index("ix_disclosed_file_version_id", "disclosed_file", ["version_id"])
    op.create_index("ix_disclosed_file_sha256", "disclosed_file", ["sha256"])
    op.create_table(
        "trace_excuse",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("version_id", BigKey, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_trace_excuse_organ_id"),
        sa.ForeignKeyConstraint(["version_id"], ["disclosed_version.id"], name="fk_trace_excuse_version_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_trace_excuse_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_trace_excuse"),
        sa.UniqueConstraint("version_id", "digest", name="uq_trace_excuse_version_id_digest"),
    )
    op.create_table(
        "disclosed_history",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("item_id", BigKey, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("deed", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_disclosed_history_organ_id"),
        sa.ForeignKeyConstraint(["item_id"], ["disclosed_item.id"], name="fk_disclosed_history_item_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_disclosed_history_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_disclosed_history"),
    )
    op.create_index("ix_disclosed_history_item_id", "disclosed_history", ["item_id"])
    protect(op.get_bind(), "disclosed_history")
