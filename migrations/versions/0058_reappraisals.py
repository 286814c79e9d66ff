"""Rounds of reappraisal (定期评估审查), their work lists, and secrecy reviews of what turns public"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0058"
down_revision = "0057"
branch_labels = None
depends_on = None
SHOWN = sa.text("released_at IS NOT NULL")


def upgrade() -> None:
    """Three tables, one of which only grows."""
    _rounds()
    _items()
    op.create_table(
        "reappraisal_review",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("item_id", BigKey, nullable=False),
        sa.Column("digest", sa.String(length=64), nullable=False),
        sa.Column("result", sa.String(length=20), nullable=False),
        sa.Column("basis", sa.Text(), nullable=False),
        sa.Column("on_", sa.Date(), nullable=False),
        sa.Column("reviewer_id", BigKey, nullable=False),
        sa.Column("recorded_at", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["item_id"], ["reappraisal_item.id"], name="fk_reappraisal_review_item_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_reappraisal_review_organ_id"),
        sa.ForeignKeyConstraint(["reviewer_id"], ["user.id"], name="fk_reappraisal_review_reviewer_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reappraisal_review"),
    )
    op.create_index("ix_reappraisal_review_item_id", "reappraisal_review", ["item_id"])
    protect(op.get_bind(), "reappraisal_review")


def _rounds() -> None:
    op.create_table(
        "reappraisal",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("state", sa.String(length=20), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=False),
        sa.Column("begun_at", Instant(), nullable=False),
        sa.Column("begun_by", BigKey, nullable=False),
        sa.Column("submitted_at", Instant(), nullable=True),
        sa.Column("submitted_by", BigKey, nullable=True),
        sa.Column("return_reason", sa.Text(), nullable=False),
        sa.Column("confirmed_at", Instant(), nullable=True),
        sa.Column("confirmed_by", BigKey, nullable=True),
        sa.Column("released_at", Instant(), nullable=True),
        sa.Column("note", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["begun_by"], ["user.id"], name="fk_reappraisal_begun_by"),
        sa.ForeignKeyConstraint(["confirmed_by"], ["user.id"], name="fk_reappraisal_confirmed_by"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_reappraisal_organ_id"),
        sa.ForeignKeyConstraint(["submitted_by"], ["user.id"], name="fk_reappraisal_submitted_by"),
        sa.PrimaryKeyConstraint("id", name="pk_reappraisal"),
        sa.UniqueConstraint("uid", name="uq_reappraisal_uid"),
    )
    op.create_index("ix_reappraisal_organ", "reappraisal", ["organ_id", "id"])
    op.create_index("ix_reappraisal_shown", "reappraisal", ["year", "id"], sqlite_where=SHOWN, postgresql_where=SHOWN)


def _items() -> None:
    op.create_table(
        "reappraisal_item",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(length=32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("reappraisal_id", BigKey, nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("source", sa.String(length=20), nullable=False),
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("before", sa.String(length=20), nullable=False),
        sa.Column("was", sa.Text(), nullable=False),
        sa.Column("asked", sa.Integer(), nullable=False),
        sa.Column("case_id", BigKey, nullable=True),
        sa.Column("point", sa.Integer(), nullable=True),
        sa.Column("document_id", BigKey, nullable=True),
        sa.Column("publication_id", BigKey, nullable=True),
        sa.Column("edition_id", BigKey, nullable=True),
        sa.Column("outcome", sa.String(length=20), nullable=False),
        sa.Column("ground", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("declassified", sa.Text(), nullable=False),
        sa.Column("public_title", sa.String(length=200), nullable=False),
        sa.Column("next_review_on", sa.Date(), nullable=True),
        sa.Column("decided_by", BigKey, nullable=True),
        sa.Column("decided_at", Instant(), nullable=True),
        sa.Column("led_to_id", BigKey, nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_reappraisal_item_case_id"),
        sa.ForeignKeyConstraint(["decided_by"], ["user.id"], name="fk_reappraisal_item_decided_by"),
        sa.ForeignKeyConstraint(["document_id"], ["official_document.id"], name="fk_reappraisal_item_document_id"),
        sa.ForeignKeyConstraint(["edition_id"], ["catalogue_edition.id"], name="fk_reappraisal_item_edition_id"),
        sa.ForeignKeyConstraint(["led_to_id"], ["publication.id"], name="fk_reappraisal_item_led_to_id"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_reappraisal_item_organ_id"),
        sa.ForeignKeyConstraint(["publication_id"], ["publication.id"], name="fk_reappraisal_item_publication_id"),
        sa.ForeignKeyConstraint(["reappraisal_id"], ["reappraisal.id"], name="fk_reappraisal_item_reappraisal_id"),
        sa.PrimaryKeyConstraint("id", name="pk_reappraisal_item"),
        sa.UniqueConstraint("reappraisal_id", "code", name="uq_reappraisal_item_reappraisal_id_code"),
        sa.UniqueConstraint("uid", name="uq_reappraisal_item_uid"),
    )
    op.create_index("ix_reappraisal_item_code", "reappraisal_item", ["organ_id", "code", "id"])
    op.create_index("ix_reappraisal_item_case_id", "reappraisal_item", ["case_id"])
    op.create_index("ix_reappraisal_item_document_id", "reappraisal_item", ["document_id"])
