"""Turning public what was applied for"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0013"
down_revision = "0012"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """New tables."""
    op.create_table(
        "publication",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("why", sa.String(length=20), nullable=False),
        sa.Column("information", sa.Text(), nullable=False),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("decided_on", sa.Date(), nullable=True),
        sa.Column("decision_reason", sa.Text(), nullable=False),
        sa.Column("publish_by", sa.Date(), nullable=True),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("published_where", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_publication_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_publication_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_publication"),
        sa.UniqueConstraint("uid", name="uq_publication_uid"),
    )
    op.create_index("ix_publication_case_id", "publication", ["case_id"])
    op.create_index("ix_publication_state", "publication", ["organ_id", "state", "id"])
    op.create_table(
        "publication_request",
        sa.Column("publication_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name="fk_publication_request_publication_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_publication_request_case_id"),
        sa.PrimaryKeyConstraint("publication_id", "case_id", name="pk_publication_request"),
    )
    op.create_index("ix_case_file_content", "case_file", ["organ_id", "content_hash"])
    numbered = sa.text("information_number <> ''")
    op.create_index(
        "ix_case_file_information",
        "case_file",
        ["organ_id", "information_number"],
        sqlite_where=numbered,
        postgresql_where=numbered,
    )
    op.create_index("ix_publication_request_case_id", "publication_request", ["case_id"])
