"""Registers (台账) that were taken over: runs, their pieces, their rows; and requests whose term nobody has checked"""

import sqlalchemy as sa
from alembic import op

from gkapply.database import BigKey, Instant, protect

revision = "0055"
down_revision = "0054"
branch_labels = None
depends_on = None
UNDER_WAY = "phase = 'taking'"


def upgrade() -> None:
    """Three tables and a column."""
    op.add_column("case_file", sa.Column("term_unchecked", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "register_import",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("phase", sa.String(20), nullable=False),
        sa.Column("file_name", sa.String(200), nullable=False),
        *(sa.Column(name, sa.String(64), nullable=False) for name in ("digest", "file_sha", "facts_sha")),
        sa.Column("changing", sa.Boolean(), nullable=False),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("rows", "fresh", "changed", "open_rows", "problems")
        ),
        *(sa.Column(name, sa.Text(), nullable=False) for name in ("warnings", "unused", "highest")),
        *(
            sa.Column(name, sa.Integer(), nullable=False)
            for name in ("pieces", "done_pieces", "done_rows", "left_rows")
        ),
        sa.Column("begun_at", Instant, nullable=False),
        sa.Column("begun_by", sa.String(40), nullable=False),
        sa.Column("finished_at", Instant),
        sa.PrimaryKeyConstraint("id", name="pk_register_import"),
        sa.UniqueConstraint("uid", name="uq_register_import_uid"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_register_import_organ_id"),
    )
    op.create_index(
        "ix_register_import_taking",
        "register_import",
        ["organ_id"],
        unique=True,
        sqlite_where=sa.text(UNDER_WAY),
        postgresql_where=sa.text(UNDER_WAY),
    )
    op.create_index("ix_register_import_organ", "register_import", ["organ_id", "id"])
    op.create_table(
        "register_piece",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("uid", sa.String(32), nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("run_id", BigKey, nullable=False),
        sa.Column("holds", sa.String(10), nullable=False),
        sa.Column("ordinal", sa.Integer(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("run_id", "holds", "ordinal", name="uq_register_piece_run_id_holds_ordinal"),
        sa.PrimaryKeyConstraint("id", name="pk_register_piece"),
        sa.UniqueConstraint("uid", name="uq_register_piece_uid"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_register_piece_organ_id"),
        sa.ForeignKeyConstraint(["run_id"], ["register_import.id"], name="fk_register_piece_run_id"),
    )
    op.create_table(
        "register_row",
        sa.Column("id", BigKey, nullable=False),
        sa.Column("organ_id", BigKey, nullable=False),
        sa.Column("case_id", BigKey, nullable=False),
        sa.Column("run_id", BigKey, nullable=False),
        *(sa.Column(name, sa.Integer(), nullable=False) for name in ("piece", "line", "edition")),
        sa.Column("number", sa.String(60), nullable=False),
        sa.Column("number_key", sa.String(60), nullable=False),
        sa.Column("digest", sa.String(64), nullable=False),
        sa.Column("sealed", sa.LargeBinary(), nullable=False),
        sa.UniqueConstraint("organ_id", "number_key", "edition", name="uq_register_row_organ_id_number_key_edition"),
        sa.PrimaryKeyConstraint("id", name="pk_register_row"),
        sa.ForeignKeyConstraint(["organ_id"], ["organ.id"], name="fk_register_row_organ_id"),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name="fk_register_row_case_id"),
        sa.ForeignKeyConstraint(["run_id"], ["register_import.id"], name="fk_register_row_run_id"),
    )
    op.create_index("ix_register_row_case_id", "register_row", ["case_id"])
    op.create_index("ix_register_row_piece", "register_row", ["run_id", "piece"])
    protect(op.get_bind(), "register_row")
