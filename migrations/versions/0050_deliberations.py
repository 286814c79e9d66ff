"""Joint consultations (会商): what demanded them, the consultations with members and opinions, waivers, departures; objections of approvers"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0050"
down_revision = "0049"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Six tables, four of which only grow, and one column."""
    op.add_column("approval", sa.Column("objected", sa.Text(), server_default="", nullable=False))
    protect(op.get_bind(), "approval")
    _consultations()
    _on_the_case()
    _members()
    for table in ("deliberation_cause", "deliberation_waiver", "deliberation_departure", "deliberation_opinion"):
        protect(op.get_bind(), table)


def _consultations() -> None:
    op.create_table(
        "deliberation",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("causes", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("by_circulation", sa.Boolean(), nullable=False),
        sa.Column("place", sa.String(length=200), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("papers", sa.Text(), nullable=False),
        sa.Column("proposed_by", BigKey, nullable=True),
        sa.Column("proposed_at", Instant(), nullable=False),
        sa.Column("called_at", Instant(), nullable=True),
        sa.Column("disagreement", sa.Text(), nullable=False),
        sa.Column("authority", sa.String(length=200), nullable=False),
        sa.Column("referred_on", sa.Date(), nullable=True),
        sa.Column("answered_on", sa.Date(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("number", sa.String(length=60), nullable=True),
        sa.Column("held_on", sa.Date(), nullable=True),
        sa.Column("conclusion", sa.Text(), nullable=False),
        sa.Column("grounds", sa.Text(), nullable=False),
        sa.Column("outcomes", sa.Text(), nullable=False),
        sa.Column("recorder", sa.String(length=60), nullable=False),
        sa.Column("concluded_at", Instant(), nullable=True),
        sa.Column("concluded_by", BigKey, nullable=True),
        sa.Column("ended_reason", sa.Text(), nullable=False),
        sa.Column("minutes_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_deliberation_case_id"),
        sa.ForeignKeyConstraint(["concluded_by"], ["user.id"], name="fk_deliberation_concluded_by"),
        sa.ForeignKeyConstraint(["minutes_id"], ["document.id"], name="fk_deliberation_minutes_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_organ_id"),
        sa.ForeignKeyConstraint(["proposed_by"], ["user.id"], name="fk_deliberation_proposed_by"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation"),
        sa.UniqueConstraint("case_id", "ordinal", name="uq_deliberation_case_id_ordinal"),
        sa.UniqueConstraint("uid", name="uq_deliberation_uid"),
    )
    op.create_index("ix_deliberation_number", "deliberation", ["organ_id", "number"], unique=True)
    op.create_index("ix_deliberation_organ", "deliberation", ["organ_id", "state", "id"])
    op.create_index("ix_deliberation_case_id", "deliberation", ["case_id"])


def _on_the_case() -> None:
    op.create_table(
        "deliberation_cause",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("trigger", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=300), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("seen_at", Instant(), nullable=False),
        sa.Column("seen_by", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_deliberation_cause_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_cause_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_cause"),
        sa.UniqueConstraint("case_id", "code", name="uq_deliberation_cause_case_id_code"),
    )
    op.create_table(
        "deliberation_waiver",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("codes", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_deliberation_waiver_case_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_waiver_organ_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_deliberation_waiver_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_waiver"),
    )
    op.create_index("ix_deliberation_waiver_case_id", "deliberation_waiver", ["case_id"])


def _members() -> None:
    op.create_table(
        "deliberation_departure",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("deliberation_id", BigKey, nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("outcome", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("user_id", BigKey, nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name="fk_deliberation_departure_deliberation_id"
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_departure_organ_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_deliberation_departure_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_departure"),
    )
    op.create_index("ix_deliberation_departure_deliberation_id", "deliberation_departure", ["deliberation_id"])
    op.create_table(
        "deliberation_member",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("deliberation_id", BigKey, nullable=False),
        sa.Column("part", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(length=100), nullable=False),
        sa.Column("user_id", BigKey, nullable=True),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.Column("link_hash", sa.String(length=64), nullable=True),
        sa.Column("opened_at", Instant(), nullable=True),
        sa.Column("added_at", Instant(), nullable=False),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("release_reason", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["deliberation_id"], ["deliberation.id"], name="fk_deliberation_member_deliberation_id"
        ),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_member_organ_id"),
        sa.ForeignKeyConstraint(["user_id"], ["user.id"], name="fk_deliberation_member_user_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_member"),
        sa.UniqueConstraint("uid", name="uq_deliberation_member_uid"),
        sa.UniqueConstraint("link_hash", name="uq_deliberation_member_link_hash"),
    )
    op.create_index("ix_deliberation_member_deliberation_id", "deliberation_member", ["deliberation_id"])
    op.create_index("ix_deliberation_member_user_id", "deliberation_member", ["user_id"])
    op.create_table(
        "deliberation_opinion",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("member_id", BigKey, nullable=False),
        sa.Column("stance", sa.String(length=20), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.Text(), nullable=False),
        sa.Column("at", Instant(), nullable=False),
        sa.Column("actor", sa.String(length=40), nullable=False),
        sa.Column("entered", sa.Boolean(), nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(["member_id"], ["deliberation_member.id"], name="fk_deliberation_opinion_member_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_deliberation_opinion_organ_id"),
        sa.PrimaryKeyConstraint("id", name="pk_deliberation_opinion"),
    )
    op.create_index("ix_deliberation_opinion_member_id", "deliberation_opinion", ["member_id"])
