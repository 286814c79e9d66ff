"""Annual reports of organs, their versions and what was noted about them"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0059"
down_revision = "0058"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Three tables, of which two only grow."""
    op.create_table(
        "annual_report",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("part_1", sa.Text(), nullable=False),
        sa.Column("part_5", sa.Text(), nullable=False),
        sa.Column("part_6", sa.Text(), nullable=False),
        sa.Column("table2", sa.Text(), nullable=False),
        sa.Column("delivered_on", sa.Date(), nullable=True),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_annual_report_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_annual_report"),
        sa.UniqueConstraint("organ_id", "year", name="uq_annual_report_organ_id_year"),
        sa.UniqueConstraint("uid", name="uq_annual_report_uid"),
    )
    op.create_table(
        "annual_report_edition",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("report_id", BigKey, nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=10), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("cases", sa.Text(), nullable=False),
        sa.Column("frozen_on", sa.Date(), nullable=False),
        sa.Column("frozen_at", Instant(), nullable=False),
        sa.Column("frozen_by", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_annual_report_edition_organ_id"),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name="fk_annual_report_edition_report_id"),
        sa.ForeignKeyConstraint(["frozen_by"], ["user.id"], name="fk_annual_report_edition_frozen_by"),
        sa.PrimaryKeyConstraint("id", name="pk_annual_report_edition"),
        sa.UniqueConstraint("report_id", "number", name="uq_annual_report_edition_report_id_number"),
    )
    op.create_index("ix_annual_report_edition_organ", "annual_report_edition", ["organ_id"])
    op.create_table(
        "annual_report_note",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("report_id", BigKey, nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("on_", sa.Date(), nullable=True),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_annual_report_note_organ_id"),
        sa.ForeignKeyConstraint(["report_id"], ["annual_report.id"], name="fk_annual_report_note_report_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_annual_report_note_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_annual_report_note"),
    )
    op.create_index("ix_annual_report_note_report", "annual_report_note", ["report_id", "id"])
    protect(op.get_bind(), "annual_report_edition")
    protect(op.get_bind(), "annual_report_note")
