"""Questions put to many at once, one-time links, withdrawal, weighing"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import Instant

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Every question so far was put alone and has no link; opinions that refuse are still to be weighed."""
    for name, length in (("group_uid", 32), ("weighed", 20), ("weighed_by", 40)):
        op.add_column("consultation", sa.Column(name, sa.String(length=length), server_default="", nullable=False))
    for name in ("opinion_parts", "withdraw_reason", "weighing"):
        op.add_column("consultation", sa.Column(name, sa.Text(), server_default="", nullable=False))
    op.add_column("consultation", sa.Column("withdrawn_on", sa.Date(), nullable=True))
    op.add_column("consultation", sa.Column("proof_due_on", sa.Date(), nullable=True))
    op.add_column("consultation", sa.Column("link_hash", sa.String(length=64), nullable=True))
    op.add_column("consultation", sa.Column("opened_at", Instant(), nullable=True))
    op.add_column("consultation", sa.Column("weighed_at", Instant(), nullable=True))
    op.create_index("ix_consultation_link_hash", "consultation", ["link_hash"], unique=True)
