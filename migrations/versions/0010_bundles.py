"""Bundles for review authorities and courts"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables."""
    op.create_table(
        "cleaned_copy",
        sa.Column("document_id", BigKey, nullable=False),
        sa.Column("original_sha", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["document_id"], ["document.id"], name="fk_cleaned_copy_document_id"),
        sa.PrimaryKeyConstraint("document_id", name="pk_cleaned_copy"),
    )
    op.create_index("ix_cleaned_copy_original_sha", "cleaned_copy", ["original_sha"])
    op.create_table(
        "bundle",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("dispute_id", BigKey, nullable=False),
        sa.Column("reader", sa.String(length=20), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("ordered_by", sa.String(length=40), nullable=False),
        sa.Column("built_at", Instant(), nullable=True),
        sa.Column("file_sha", sa.String(length=64), nullable=False),
        sa.Column("pages", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_bundle_organ_id"),
        sa.ForeignKeyConstraint(["dispute_id"], ["dispute.id"], name="fk_bundle_dispute_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bundle"),
        sa.UniqueConstraint("uid", name="uq_bundle_uid"),
    )
    op.create_index("ix_bundle_dispute_id", "bundle", ["dispute_id"])
    op.create_table(
        "bundle_part",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("bundle_id", BigKey, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("section", sa.Integer(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=True),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("left_out", sa.Text(), nullable=False),
        sa.Column("pdf_sha", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["bundle_id"], ["bundle.id"], name="fk_bundle_part_bundle_id"),
        sa.PrimaryKeyConstraint("id", name="pk_bundle_part"),
        sa.UniqueConstraint("bundle_id", "ordinal", name="uq_bundle_part_bundle_id_ordinal"),
    )
    op.create_index("ix_bundle_part_sha256", "bundle_part", ["sha256"])
    op.create_index("ix_bundle_part_pdf_sha", "bundle_part", ["pdf_sha"])
    op.create_table(
        "rendition",
        sa.Column("source_sha", sa.String(length=64), nullable=False),
        sa.Column("pdf_sha", sa.String(length=64), nullable=False),
        sa.Column("made_at", Instant(), nullable=False),
        sa.PrimaryKeyConstraint("source_sha", name="pk_rendition"),
    )
    op.create_index("ix_rendition_pdf_sha", "rendition", ["pdf_sha"])
