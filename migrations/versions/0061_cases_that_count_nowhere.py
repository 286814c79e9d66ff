"""The few cases that ended and count in no row of table 三 are looked at with every report"""

import sqlalchemy as sa
from alembic import op

revision = "0061"
down_revision = "0060"
branch_labels = None
depends_on = None

UNCOUNTED = sa.text("report_row IS NULL AND ended_on IS NOT NULL")


def upgrade() -> None:
    """One index."""
    op.create_index(
        "ix_case_file_uncounted",
        "case_file",
        ["organ_id", "ended_on"],
        sqlite_where=UNCOUNTED,
        postgresql_where=UNCOUNTED,
    )
