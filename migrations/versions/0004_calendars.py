"""Editions of calendars, runs that re-date open cases, and what they moved"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_on IS NULL")


def upgrade() -> None:
    """Every organ counts by the calendar that comes with the program."""
    op.add_column("organ", sa.Column("calendar_edition", BigKey, server_default="0", nullable=False))
    op.create_index("ix_case_file_open", "case_file", ["organ_id", "id"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_table(
        "calendar_edition",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("region_name", sa.String(length=60), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("notice", sa.String(length=200), nullable=False),
        sa.Column("title", sa.String(length=200), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("payload", sa.Text(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("imported_at", Instant(), nullable=False),
        sa.Column("imported_by", sa.String(length=40), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_calendar_edition")),
        sa.UniqueConstraint("region", "year", "version", name=op.f("uq_calendar_edition_region_year_version")),
    )
    op.create_table(
        "redating",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("cause", sa.String(length=20), nullable=False),
        sa.Column("region", sa.String(length=20), nullable=False),
        sa.Column("organ_id", BigKey, nullable=True),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("finished_at", Instant(), nullable=True),
        sa.Column("done_organ", BigKey, nullable=False),
        sa.Column("done_case", BigKey, nullable=False),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.Column("moved", sa.Integer(), nullable=False),
        sa.Column("refused", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_redating_organ_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redating")),
    )
    op.create_table(
        "redating_move",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("redating_id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("old_due", sa.Date(), nullable=True),
        sa.Column("new_due", sa.Date(), nullable=True),
        sa.Column("problem", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["redating_id"], ["redating.id"], name=op.f("fk_redating_move_redating_id")),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name=op.f("fk_redating_move_organ_id")),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_redating_move_case_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_redating_move")),
        sa.UniqueConstraint(
            "redating_id", "organ_id", "case_id", name=op.f("uq_redating_move_redating_id_organ_id_case_id")
        ),
    )
    op.create_index("ix_redating_move_case", "redating_move", ["case_id", "id"])
    for table in ("calendar_edition", "redating_move"):
        protect(op.get_bind(), table)
