"""Every page asks for the duties of a user, and lists ask who works in an organ"""

from alembic import op

revision = "0054"
down_revision = "0053"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Two indexes."""
    op.create_index("ix_duty_holding_user_id", "duty_holding", ["user_id"])
    op.create_index("ix_duty_holding_organ_id", "duty_holding", ["organ_id"])
