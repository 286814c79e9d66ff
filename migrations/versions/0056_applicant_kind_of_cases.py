"""Table 三 is counted from the cases alone: each keeps the kind of its first-named applicant, and the indexes hold it"""

import sqlalchemy as sa
from alembic import op

revision = "0056"
down_revision = "0055"
branch_labels = None
depends_on = None

KIND = "SELECT kind FROM applicant WHERE applicant.case_id = case_file.id AND applicant.ordinal = 1"
FILL = f"UPDATE case_file SET applicant_kind = ({KIND}) WHERE EXISTS ({KIND})"
COVERED = ["applicant_kind", "report_row", "kind"]


def upgrade() -> None:
    """One column, filled from the applicants, and two indexes in place of those that did not have it."""
    op.drop_index("ix_case_file_received", "case_file")
    op.drop_index("ix_case_file_ended", "case_file")
    op.add_column("case_file", sa.Column("applicant_kind", sa.String(length=20), server_default="", nullable=False))
    op.execute(FILL)
    op.create_index("ix_case_file_received", "case_file", ["organ_id", "received_on", "ended_on", *COVERED])
    op.create_index("ix_case_file_ended", "case_file", ["organ_id", "ended_on", "received_on", *COVERED])
