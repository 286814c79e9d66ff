"""No index on the hash of wordings: nothing looks by it, and SQLite, without figures of the file, took it for a shorter way"""

from alembic import op

revision = "0053"
down_revision = "0052"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One index less."""
    op.drop_index("ix_case_file_wording", "case_file")
