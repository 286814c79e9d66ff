"""Indexes for the sweep: messages by case, questions that wait for an answer"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

ASKED = sa.text("state = 'asked'")


def upgrade() -> None:
    """Two indexes."""
    op.create_index("ix_notification_case", "notification", ["case_id"])
    op.create_index(
        "ix_consultation_asked", "consultation", ["opinion_due_on"], sqlite_where=ASKED, postgresql_where=ASKED
    )
