"""Registers (台账) that were taken over: the run of an import, its pieces while they wait, and each row as the file had it."""

from datetime import datetime

from sqlalchemy import ForeignKey, Index, LargeBinary, String, Text, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from gkapply.database import Base, BigKey, Instant

UPLOADED, REFUSED, READY, TAKING, DONE, DROPPED = "uploaded", "refused", "ready", "taking", "done", "dropped"
PHASES = {
    UPLOADED: "正在核对",
    REFUSED: "有误，没有导入",
    READY: "已核对，待确认",
    TAKING: "导入进行中",
    DONE: "已导入",
    DROPPED: "已放弃",
}
"""How far a run has come. Nothing is in the file of cases before ``taking``, and from there a run always goes on to ``done``."""
ROWS, PROBLEMS, WARNINGS = "rows", "problems", "warnings"
"""What a piece holds."""
UNDER_WAY = "phase = 'taking'"


class RegisterImport(Base):
    """One run over one file. ``phase`` is no state of a case: it says which errand goes on with the run."""

    __tablename__ = "register_import"
    __table_args__ = (
        # One register at a time is being taken into an organ's file.
        Index(
            "ix_register_import_taking",
            "organ_id",
            unique=True,
            sqlite_where=text(UNDER_WAY),
            postgresql_where=text(UNDER_WAY),
        ),
        Index("ix_register_import_organ", "organ_id", "id"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    phase: Mapped[str] = mapped_column(String(20))
    """A code of PHASES."""
    file_name: Mapped[str] = mapped_column(String(200))
    digest: Mapped[str] = mapped_column(String(64), default="")
    """SHA-256 of the file (with that of its facts, where they came in a file of their own)."""
    file_sha: Mapped[str] = mapped_column(String(64), default="")
    """The file in the store, until it has been read."""
    facts_sha: Mapped[str] = mapped_column(String(64), default="")
    changing: Mapped[bool] = mapped_column(default=False)
    """Whether rows that are here already may be changed (--update)."""
    rows: Mapped[int] = mapped_column(default=0)
    """Rows of the file; of them ``fresh`` are new, ``changed`` differ from what was taken before, the others are the same."""
    fresh: Mapped[int] = mapped_column(default=0)
    changed: Mapped[int] = mapped_column(default=0)
    open_rows: Mapped[int] = mapped_column(default=0)
    problems: Mapped[int] = mapped_column(default=0)
    warnings: Mapped[str] = mapped_column(Text, default="{}")
    """Canonical JSON: code of ``law.register_rows.Odd`` → how many rows."""
    unused: Mapped[str] = mapped_column(Text, default="[]")
    """Canonical JSON: heads of columns that are not used."""
    highest: Mapped[str] = mapped_column(Text, default="{}")
    """Canonical JSON: letter of the series and year → the highest number that the file has in it."""
    pieces: Mapped[int] = mapped_column(default=0)
    done_pieces: Mapped[int] = mapped_column(default=0)
    done_rows: Mapped[int] = mapped_column(default=0)
    left_rows: Mapped[int] = mapped_column(default=0)
    """Changes that were not made, for somebody had worked on the request meanwhile."""
    held_at: Mapped[datetime | None] = mapped_column(Instant)
    """Since when a runner reads the file that was handed in."""
    begun_at: Mapped[datetime] = mapped_column(Instant)
    begun_by: Mapped[str] = mapped_column(String(40))
    finished_at: Mapped[datetime | None] = mapped_column(Instant)


class RegisterPiece(Base):
    """Some hundred rows, problems or warnings of a run, sealed; gone when the run has ended."""

    __tablename__ = "register_piece"
    __table_args__ = (UniqueConstraint("run_id", "holds", "ordinal"),)

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    uid: Mapped[str] = mapped_column(String(32), unique=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    holds: Mapped[str] = mapped_column(String(10))
    ordinal: Mapped[int]
    size: Mapped[int]
    sealed: Mapped[bytes] = mapped_column(LargeBinary)


class RegisterRow(Base):
    """What the file said of one request. Written once; a change is a row of a higher edition."""

    __tablename__ = "register_row"
    __table_args__ = (
        UniqueConstraint("organ_id", "number_key", "edition"),
        Index("ix_register_row_piece", "run_id", "piece"),
    )

    id: Mapped[int] = mapped_column(BigKey, primary_key=True)
    organ_id: Mapped[int] = mapped_column(ForeignKey("organ.id"))
    case_id: Mapped[int] = mapped_column(ForeignKey("case_file.id"), index=True)
    run_id: Mapped[int] = mapped_column(ForeignKey("register_import.id"))
    piece: Mapped[int]
    line: Mapped[int]
    edition: Mapped[int]
    number: Mapped[str] = mapped_column(String(60))
    """登记编号 as the file has it."""
    number_key: Mapped[str] = mapped_column(String(60))
    """By what it is known again (``law.register_rows.number_key``)."""
    case_version: Mapped[int] = mapped_column(default=1, server_default="1")
    """The version of the case when the row was taken: a higher one says that somebody has worked on it."""
    digest: Mapped[str] = mapped_column(String(64))
    """Keyed digest of what is sealed: equal for equal content, telling nothing of it."""
    sealed: Mapped[bytes] = mapped_column(LargeBinary)
    """Canonical JSON: the row's values by column, and its facts."""
