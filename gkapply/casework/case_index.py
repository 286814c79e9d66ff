"""The index over the grams of each case: FTS5 on SQLite, a ``tsvector`` with GIN on PostgreSQL.

Neither cuts texts itself: both get our own grams and keep nothing else. What FTS5 forgets it must be told again word for word, so a
case's grams are always put in place of those that it was found by before.

FTS5 gives rows in the order of their ids and skips well in that direction alone. So a row's id tells the organ and then how new the case
is: an organ's cases lie together, the newest first. A gram for the organ does the same for PostgreSQL.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import Connection, text

_CREATE = {
    "sqlite": (
        "CREATE VIRTUAL TABLE case_gram USING fts5(grams, content='', detail=none, columnsize=0, tokenize='ascii')",
    ),
    "postgresql": (
        "CREATE TABLE case_gram (case_id BIGINT NOT NULL, grams TSVECTOR NOT NULL, "
        "CONSTRAINT pk_case_gram PRIMARY KEY (case_id), "
        "CONSTRAINT fk_case_gram_case_id FOREIGN KEY (case_id) REFERENCES case_file (id))",
        "CREATE INDEX ix_case_gram_grams ON case_gram USING gin (grams)",
    ),
}
NEWEST = (1 << 40) - 1
"""More cases than there will be."""
NAME = "case_gram"
"""Of the index; on SQLite also what the names of its own tables begin with."""
_ADD = text("INSERT INTO case_gram (rowid, grams) VALUES (:row, :grams)")
_FORGET = text("INSERT INTO case_gram (case_gram, rowid, grams) VALUES ('delete', :row, :grams)")
_PUT = text(
    "INSERT INTO case_gram (case_id, grams) VALUES (:case, array_to_tsvector(CAST(:grams AS text[]))) "
    "ON CONFLICT (case_id) DO UPDATE SET grams = excluded.grams"
)


def create(connection: Connection) -> None:
    """Make the empty index, as the migration does."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


@dataclass(frozen=True, slots=True)
class Entry:
    """A case in the index."""

    organ_id: int
    case_id: int

    @property
    def row(self) -> int:
        """Its row in FTS5."""
        return first_row(self.organ_id) + NEWEST - self.case_id


def first_row(organ_id: int) -> int:
    """No case of the organ comes before this row of FTS5, and none of it comes after the first one of the next organ."""
    return organ_id * (NEWEST + 1)


def replace(connection: Connection, entry: Entry, before: Collection[str], after: Collection[str]) -> None:
    """Let the case be found by the grams ``after``; ``before`` are exactly those that it was found by, empty for none."""
    if before == after:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_PUT, {"case": entry.case_id, "grams": sorted({*after, organ_gram(entry.organ_id)})})
        return
    if before:
        connection.execute(_FORGET, {"row": entry.row, "grams": " ".join(sorted(before))})
    connection.execute(_ADD, {"row": entry.row, "grams": " ".join(sorted(after))})


def organ_gram(organ_id: int) -> str:
    """The gram that every case of the organ has on PostgreSQL: longer than any gram of a text."""
    return f"organ{organ_id}"


def clear(connection: Connection) -> None:
    """Let no case be found, for making the index anew."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        "INSERT INTO case_gram (case_gram) VALUES ('delete-all')" if sqlite else "DELETE FROM case_gram"
    )


def question(dialect: str, organ_id: int, grams: Sequence[str]) -> str:
    """The grams as one question in the language of the index: all of them; on PostgreSQL of the organ, too."""
    if dialect == "postgresql":
        return " & ".join(f"'{gram}'" for gram in (*grams, organ_gram(organ_id)))
    return " AND ".join(f'"{gram}"' for gram in grams)
