"""Notifications, substitutes, the runner's heartbeat, and what time has to look at"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

UNREAD = sa.text("read_at IS NULL")
UNSENT = sa.text("read_at IS NULL AND mailed_at IS NULL")
OPEN = sa.text("ended_on IS NULL")


def upgrade() -> None:
    """New tables; every open case is looked at by the first sweep."""
    op.add_column("user", sa.Column("email", sa.String(length=200), server_default="", nullable=False))
    op.add_column("case_file", sa.Column("first_seen_at", Instant(), nullable=True))
    op.add_column("case_file", sa.Column("lapse_proposed_on", sa.Date(), nullable=True))
    op.add_column("case_file", sa.Column("look_on", sa.Date(), server_default="2000-01-01", nullable=False))
    op.create_index("ix_case_file_look", "case_file", ["look_on", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    _create_notification()
    op.create_table(
        "substitution",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("substitute_id", BigKey, nullable=False),
        sa.Column("begins_on", sa.Date(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.CheckConstraint("ends_on >= begins_on", name=op.f("ck_substitution_order")),
        sa.CheckConstraint("substitute_id <> user_id", name=op.f("ck_substitution_another")),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_substitution_organ_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_substitution_user_id")),
        sa.ForeignKeyConstraint(["substitute_id"], ["user.id"], name=op.f("fk_substitution_substitute_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_substitution")),
    )
    op.create_index("ix_substitution_user", "substitution", ["user_id", "ends_on"])
    op.create_table(
        "heartbeat",
        sa.Column("name", sa.String(length=20), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_heartbeat")),
    )


def _create_notification() -> None:
    op.create_table(
        "notification",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("for_user_id", BigKey, nullable=True),
        sa.Column("kind", sa.String(length=30), nullable=False),
        sa.Column("key", sa.String(length=120), nullable=False),
        sa.Column("level", sa.Integer(), nullable=False),
        sa.Column("case_id", BigKey, nullable=True),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("told_at", Instant(), nullable=False),
        sa.Column("read_at", Instant(), nullable=True),
        sa.Column("mailed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_notification_organ_id")),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name=op.f("fk_notification_user_id")),
        sa.ForeignKeyConstraint(["for_user_id"], ["user.id"], name=op.f("fk_notification_for_user_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_notification_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notification")),
        sa.UniqueConstraint("user_id", "kind", "key", "level", name=op.f("uq_notification_user_id_kind_key_level")),
    )
    op.create_index("ix_notification_reader", "notification", ["user_id", "id"])
    op.create_index("ix_notification_unread", "notification", ["user_id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_index("ix_notification_unsent", "notification", ["user_id"], sqlite_where=UNSENT, postgresql_where=UNSENT)
