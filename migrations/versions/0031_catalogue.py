"""The catalogue of disclosure items"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0031"
down_revision = "0030"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two new tables."""
    op.create_table(
        "catalogue_edition",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("area", sa.String(length=60), nullable=False),
        sa.Column("made_in_id", BigKey, nullable=False),
        sa.Column("based_on", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("file_sha", sa.String(length=64), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("begun_by", BigKey, nullable=False),
        sa.Column("checker_id", BigKey, nullable=True),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("submitted_by", BigKey, nullable=True),
        sa.Column("decision", sa.String(length=20), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", BigKey, nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("replaced_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_catalogue_edition_organ_id"),
        sa.ForeignKeyConstraint(["made_in_id"], ["organ.id"], name="fk_catalogue_edition_made_in_id"),
        sa.ForeignKeyConstraint(["checker_id"], ["organ.id"], name="fk_catalogue_edition_checker_id"),
        sa.ForeignKeyConstraint(["begun_by"], ["user.id"], name="fk_catalogue_edition_begun_by"),
        sa.ForeignKeyConstraint(["submitted_by"], ["user.id"], name="fk_catalogue_edition_submitted_by"),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name="fk_catalogue_edition_decided_by"),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_edition"),
        sa.UniqueConstraint("uid", name="uq_catalogue_edition_uid"),
        sa.UniqueConstraint("organ_id", "area", "version", name="uq_catalogue_edition_organ_id_area_version"),
    )
    current = sa.text("decision = 'published' AND replaced_at IS NULL")
    op.create_index(
        "ix_catalogue_edition_current",
        "catalogue_edition",
        ["area", "organ_id"],
        unique=True,
        sqlite_where=current,
        postgresql_where=current,
    )
    op.create_index("ix_catalogue_edition_made_in", "catalogue_edition", ["made_in_id", "id"])
    op.create_index("ix_catalogue_edition_checker", "catalogue_edition", ["checker_id", "id"])
    op.create_index("ix_catalogue_edition_file_sha", "catalogue_edition", ["file_sha"])
    op.create_table(
        "catalogue_entry",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("edition_id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("heading", sa.String(length=200), nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("term", sa.String(length=300), nullable=False),
        sa.Column("subject", sa.String(length=200), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("audience", sa.String(length=100), nullable=False),
        sa.Column("way", sa.String(length=20), nullable=False),
        sa.Column("level", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=500), nullable=False),
        sa.ForeignKeyConstraint(["edition_id"], ["catalogue_edition.id"], name="fk_catalogue_entry_edition_id"),
        sa.PrimaryKeyConstraint("id", name="pk_catalogue_entry"),
        sa.UniqueConstraint("edition_id", "uid", name="uq_catalogue_entry_edition_id_uid"),
    )
    op.create_index("ix_catalogue_entry_uid", "catalogue_entry", ["uid"])
