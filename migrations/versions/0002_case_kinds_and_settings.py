"""Kinds of cases, cases that come from another, settings of an organ"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every case so far is a request of its own; every organ has the default settings."""
    op.add_column("organ", sa.Column("settings", sa.Text(), server_default="{}", nullable=False))
    op.add_column("case_file", sa.Column("kind", sa.String(length=20), server_default="application", nullable=False))
    # As it stands in SQL: Alembic does not name the foreign key of an added column on SQLite.
    key = BigKey.compile(op.get_bind().dialect)
    op.execute(
        f"ALTER TABLE case_file ADD COLUMN origin_id {key} CONSTRAINT fk_case_file_origin_id REFERENCES case_file (id)"
    )
    op.create_index("ix_case_file_origin_id", "case_file", ["origin_id"])
