"""What a supervisor counts by period: decisions on disputes, letters signed, letters sent or taken back"""

import sqlalchemy as sa
from alembic import op

revision = "0041"
down_revision = "0040"
branch_labels = None
depends_on = None

UNDONE = sa.text("deed IN ('return_review', 'return_signature', 'cancel')")


def upgrade() -> None:
    """Three indexes."""
    op.create_index("ix_dispute_decision_decided", "dispute_decision", ["organ_id", "decided_on"])
    op.create_index("ix_letter_signed", "letter", ["organ_id", "signed_on"])
    op.create_index("ix_approval_undone", "approval", ["organ_id", "at"], sqlite_where=UNDONE, postgresql_where=UNDONE)
