"""The book of incoming mail (收文登记), what comes from elsewhere (其他来源的来件), what is handed to the OA"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant

revision = "0046"
down_revision = "0045"
branch_labels = None
depends_on = None

OPEN = sa.text("ended_at IS NULL")
UNPLACED = sa.text("placed_at IS NULL")


def upgrade() -> None:
    """Four tables."""
    _incoming_mail()
    _arrival()
    _arrival_file()
    _oa_dispatch()


def _incoming_mail() -> None:
    """The book of incoming mail."""
    op.create_table(
        "incoming_mail",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("reference", sa.String(length=42), nullable=False),
        sa.Column("channel", sa.String(length=20), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("came_at", sa.String(length=5), nullable=False),
        sa.Column("tracking", sa.String(length=30), nullable=False),
        sa.Column("tracking_key", sa.String(length=30), nullable=True),
        sa.Column("signed_by", sa.String(length=60), nullable=False),
        sa.Column("passed_to", sa.String(length=60), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("late_reason", sa.Text(), nullable=False),
        sa.Column("photo_name", sa.String(length=200), nullable=False),
        sa.Column("photo_type", sa.String(length=100), nullable=False),
        sa.Column("photo_sha", sa.String(length=64), nullable=False),
        sa.Column("submission_token", sa.String(length=64), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("alarm_on", sa.Date(), nullable=False),
        sa.Column("told", sa.Integer(), server_default="0", nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("purpose", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("ended_by", sa.String(length=40), nullable=False),
        sa.Column("case_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_incoming_mail_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_incoming_mail_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_incoming_mail"),
        sa.UniqueConstraint("organ_id", "tracking_key", name="uq_incoming_mail_tracking"),
        sa.UniqueConstraint("reference", name="uq_incoming_mail_reference"),
        sa.UniqueConstraint("submission_token", name="uq_incoming_mail_submission_token"),
        sa.UniqueConstraint("uid", name="uq_incoming_mail_uid"),
    )
    op.create_index("ix_incoming_mail_alarm", "incoming_mail", ["alarm_on"], sqlite_where=OPEN, postgresql_where=OPEN)
    op.create_index("ix_incoming_mail_book", "incoming_mail", ["organ_id", "id"])
    op.create_index("ix_incoming_mail_case_id", "incoming_mail", ["case_id"])
    op.create_index("ix_incoming_mail_day", "incoming_mail", ["organ_id", "came_on", "id"])
    op.create_index(
        "ix_incoming_mail_open",
        "incoming_mail",
        ["organ_id", "came_on", "id"],
        sqlite_where=OPEN,
        postgresql_where=OPEN,
    )


def _arrival() -> None:
    """What came by no published channel."""
    op.create_table(
        "arrival",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("reference", sa.String(length=42), nullable=False),
        sa.Column("whence", sa.String(length=20), nullable=False),
        sa.Column("ticket", sa.String(length=60), nullable=False),
        sa.Column("ticket_key", sa.String(length=90), nullable=True),
        sa.Column("unit", sa.String(length=120), nullable=False),
        sa.Column("reached_on", sa.Date(), nullable=False),
        sa.Column("came_on", sa.Date(), nullable=False),
        sa.Column("own_due_on", sa.Date(), nullable=True),
        sa.Column("act_by", sa.Date(), nullable=False),
        sa.Column("remind_on", sa.Date(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("submission_token", sa.String(length=64), nullable=False),
        sa.Column("entered_at", Instant(), nullable=False),
        sa.Column("entered_by", sa.String(length=40), nullable=False),
        sa.Column("outcome", sa.String(length=20), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("told_by", sa.String(length=20), nullable=False),
        sa.Column("told_on", sa.Date(), nullable=True),
        sa.Column("reply", sa.Text(), nullable=False),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("decided_by", sa.String(length=40), nullable=False),
        sa.Column("ended_at", Instant(), nullable=True),
        sa.Column("case_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_arrival_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_arrival_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arrival"),
        sa.UniqueConstraint("organ_id", "ticket_key", name="uq_arrival_ticket"),
        sa.UniqueConstraint("reference", name="uq_arrival_reference"),
        sa.UniqueConstraint("submission_token", name="uq_arrival_submission_token"),
        sa.UniqueConstraint("uid", name="uq_arrival_uid"),
    )
    op.create_index("ix_arrival_case_id", "arrival", ["case_id"])
    op.create_index("ix_arrival_list", "arrival", ["organ_id", "id"])
    op.create_index(
        "ix_arrival_open", "arrival", ["organ_id", "act_by", "id"], sqlite_where=OPEN, postgresql_where=OPEN
    )
    op.create_index("ix_arrival_remind", "arrival", ["remind_on"], sqlite_where=OPEN, postgresql_where=OPEN)


def _arrival_file() -> None:
    """Its files."""
    op.create_table(
        "arrival_file",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("arrival_id", BigKey, nullable=False),
        sa.Column("name", sa.String(length=200), nullable=False),
        sa.Column("media_type", sa.String(length=100), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["arrival_id"], ["arrival.id"], name="fk_arrival_file_arrival_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_arrival_file_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_arrival_file"),
        sa.UniqueConstraint("uid", name="uq_arrival_file_uid"),
    )
    op.create_index("ix_arrival_file_arrival_id", "arrival_file", ["arrival_id"])


def _oa_dispatch() -> None:
    """What is handed to the OA."""
    op.create_table(
        "oa_dispatch",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("kind", sa.String(length=20), nullable=False),
        sa.Column("source_uid", sa.String(length=32), nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("ordered_at", Instant(), nullable=False),
        sa.Column("placed_at", Instant(), nullable=True),
        sa.Column("receipt", sa.String(length=20), nullable=False),
        sa.Column("receipt_on", sa.Date(), nullable=True),
        sa.Column("oa_number", sa.String(length=60), nullable=False),
        sa.Column("note", sa.String(length=200), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_oa_dispatch_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_oa_dispatch_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_oa_dispatch"),
        sa.UniqueConstraint("source_uid", name="uq_oa_dispatch_source_uid"),
        sa.UniqueConstraint("uid", name="uq_oa_dispatch_uid"),
    )
    op.create_index("ix_oa_dispatch_case_id", "oa_dispatch", ["case_id"])
    op.create_index("ix_oa_dispatch_unplaced", "oa_dispatch", ["id"], sqlite_where=UNPLACED, postgresql_where=UNPLACED)
