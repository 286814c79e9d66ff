"""What the register page walks: an organ's requests by the moment of their entry"""

from alembic import op

revision = "0051"
down_revision = "0050"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index."""
    op.create_index("ix_case_file_entered", "case_file", ["organ_id", "entered_at", "id"])
