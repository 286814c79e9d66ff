"""Units to which an organ gives its work, who works in them, and the lead unit and area of a case"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0039"
down_revision = "0038"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two tables, two columns."""
    op.create_table(
        "unit",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=120), nullable=False),
        sa.Column("areas", sa.Text(), server_default="", nullable=False),
        sa.Column("phone", sa.String(length=40), server_default="", nullable=False),
        sa.Column("linked_organ_id", BigKey, nullable=True),
        sa.Column("closed_at", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_unit_organ_id"),
        sa.ForeignKeyConstraint(["linked_organ_id"], ["organ.id"], name="fk_unit_linked_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_unit"),
        sa.UniqueConstraint("uid", name="uq_unit_uid"),
        sa.UniqueConstraint("organ_id", "name", name="uq_unit_organ_id_name"),
    )
    op.create_index("ix_unit_linked_organ_id", "unit", ["linked_organ_id"])
    op.create_table(
        "unit_member",
        sa.Column("unit_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("user_id", BigKey, autoincrement=False, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("since", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["unit_id"], ["unit.id"], name="fk_unit_member_unit_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_unit_member_user_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_unit_member_organ_id"),
        sa.PrimaryKeyConstraint("unit_id", "user_id", name="pk_unit_member"),
    )
    op.create_index("ix_unit_member_user_id", "unit_member", ["user_id"])
    # As it stands in SQL: Alembic does not name the foreign key of an added column on SQLite.
    key = BigKey.compile(op.get_bind().dialect)
    op.execute(f"ALTER TABLE case_file ADD COLUMN unit_id {key} CONSTRAINT fk_case_file_unit_id REFERENCES unit (id)")
    op.add_column("case_file", sa.Column("area", sa.String(length=60), nullable=True))
