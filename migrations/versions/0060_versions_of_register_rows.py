"""At which version of its case a row of a register was taken: a later register changes only what nobody has worked on"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import protect

revision = "0060"
down_revision = "0059"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column."""
    op.add_column("register_row", sa.Column("case_version", sa.Integer(), nullable=False, server_default="1"))
    protect(op.get_bind(), "register_row")
