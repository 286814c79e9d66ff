"""Known applicants are looked up by the beginning of their name"""

from alembic import op

revision = "0040"
down_revision = "0039"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index."""
    op.create_index(
        "ix_applicant_name", "applicant", ["organ_id", "name"], postgresql_ops={"name": "varchar_pattern_ops"}
    )
