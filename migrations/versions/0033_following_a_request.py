"""Changes of contact, satisfaction, and what applicants chose about following a request"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0033"
down_revision = "0032"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two columns of the request, one table that only grows, one that hangs on no request."""
    for name in ("mails_stopped", "asked_how_it_was"):
        op.add_column("case_file", sa.Column(name, sa.Boolean(), server_default=sa.false(), nullable=False))
    op.create_table(
        "contact_change",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("fields", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_contact_change_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_contact_change_case_id"),
        sa.PrimaryKeyConstraint("id", name="pk_contact_change"),
        sa.UniqueConstraint("uid", name="uq_contact_change_uid"),
    )
    op.create_index("ix_contact_change_case_id", "contact_change", ["case_id"])
    protect(op.get_bind(), "contact_change")
    op.create_table(
        "satisfaction",
        sa.Column("id", BigKey, nullable=False, autoincrement=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("quarter", sa.Date(), nullable=False),
        sa.Column("score", sa.Integer(), nullable=False),
        sa.Column("words", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_satisfaction_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_satisfaction"),
    )
    op.create_index("ix_satisfaction_organ", "satisfaction", ["organ_id", "quarter"])
