"""Full-text search of the desk: the texts of every case, the index of their grams, and which cases are in it"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey

revision = "0045"
down_revision = "0044"
branch_labels = None
depends_on = None

INDEX = {
    "sqlite": (
        "CREATE VIRTUAL TABLE case_gram USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE case_gram (case_id BIGINT NOT NULL, grams TSVECTOR NOT NULL, "
        "CONSTRAINT pk_case_gram PRIMARY KEY (case_id), "
        "CONSTRAINT fk_case_gram_case_id FOREIGN KEY (case_id) REFERENCES case_file (id))",
        "CREATE INDEX ix_case_gram_grams ON case_gram USING gin (grams)",
    ),
}


def upgrade() -> None:
    """The cases that are there are put into the index afterwards, by an errand."""
    op.add_column("case_file", sa.Column("searched", sa.Boolean(), server_default=sa.false(), nullable=False))
    unsearched = sa.text("NOT searched")
    op.create_index(
        "ix_case_file_unsearched", "case_file", ["id"], sqlite_where=unsearched, postgresql_where=unsearched
    )
    op.create_table(
        "case_text",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("source_uid", sa.String(length=32), server_default="", nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_case_text_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_case_text_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_case_text"),
        sa.UniqueConstraint("case_id", "source", "source_uid", name="uq_case_text_case_id_source_source_uid"),
    )
    op.create_index("ix_case_text_newest", "case_text", ["organ_id", "case_id"])
    for statement in INDEX[op.get_bind().dialect.name]:
        op.execute(statement)
