"""The register of attributes of official documents (公文公开属性登记)"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0057"
down_revision = "0056"
branch_labels = None
depends_on = None
STANDING = sa.text("ended_how = ''")


def upgrade() -> None:
    """One table."""
    op.create_table(
        "official_document",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("known_by", sa.String(length=64), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=100), nullable=False),
        sa.Column("formed_on", sa.Date(), nullable=True),
        sa.Column("attribute", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("keeper", sa.String(length=100), nullable=False),
        sa.Column("normative", sa.Boolean(), nullable=False),
        sa.Column("ends_on", sa.Date(), nullable=True),
        sa.Column("published_where", sa.Text(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("publish_by", sa.Date(), nullable=True),
        sa.Column("ended_how", sa.String(length=20), nullable=False),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("registered_at", Instant(), nullable=False),
        sa.Column("registered_by", BigKey, nullable=False),
        sa.Column("changed_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_official_document_organ_id"),
        sa.ForeignKeyConstraint(["registered_by"], ["user.id"], name="fk_official_document_registered_by"),
        sa.PrimaryKeyConstraint("id", name="pk_official_document"),
        sa.UniqueConstraint("organ_id", "known_by", name="uq_official_document_organ_id_known_by"),
        sa.UniqueConstraint("uid", name="uq_official_document_uid"),
    )
    op.create_index("ix_official_document_organ", "official_document", ["organ_id", "id"])
    op.create_index(
        "ix_official_document_review",
        "official_document",
        ["organ_id", "next_review_on", "id"],
        sqlite_where=STANDING,
        postgresql_where=STANDING,
    )
