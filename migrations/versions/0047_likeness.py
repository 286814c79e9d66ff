"""Like requests: the grams by which they are found, the hash of their words, what persons judged of them"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0047"
down_revision = "0046"
branch_labels = None
depends_on = None

UNREAD = sa.text("wording_hash IS NULL AND kind = 'application'")


def upgrade() -> None:
    """One column with two indexes, two tables. An errand reads the requests that are there already."""
    op.add_column("case_file", sa.Column("wording_hash", sa.BigInteger(), nullable=True))
    op.create_index("ix_case_file_wording", "case_file", ["organ_id", "wording_hash"])
    op.create_index("ix_case_file_unread", "case_file", ["id"], sqlite_where=UNREAD, postgresql_where=UNREAD)
    op.create_table(
        "likeness_gram",
        sa.Column("organ_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("gram", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("case_id", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.PrimaryKeyConstraint("organ_id", "gram", "case_id", name="pk_likeness_gram"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "likeness_judgement",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("other_id", BigKey, nullable=False),
        sa.Column("judged", sa.String(length=20), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_likeness_judgement_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_likeness_judgement_case_id"),
        sa.ForeignKeyConstraint(["other_id"], ["case_file.id"], name="fk_likeness_judgement_other_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_likeness_judgement_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_likeness_judgement"),
    )
    op.create_index("ix_likeness_judgement_case_id", "likeness_judgement", ["case_id"])
    protect(op.get_bind(), "likeness_judgement")
