"""What a public entry is about, so that the years of one item do not fill a page"""

import sqlalchemy as sa
from alembic import op

revision = "0037"
down_revision = "0036"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """One column; entries that are there already are each about something of their own."""
    op.add_column("public_text", sa.Column("subject", sa.BigInteger(), server_default="0", nullable=False))
    op.execute("UPDATE public_text SET subject = wording")
