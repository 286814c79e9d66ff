"""The index over the grams of each case: FTS5 on SQLite, a ``tsvector`` with GIN on PostgreSQL.

Neither cuts texts itself: both get our own grams and keep nothing else. What FTS5 forgets it must be told again word for word, so a
case's grams are always put in place of those that its rows had before.
"""

from collections.abc import Collection, Sequence

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
NAME = "case_gram"
"""Of the index; on SQLite also what the names of its own tables begin with."""
_ADD = text("INSERT INTO case_gram (rowid, grams) VALUES (:case, :grams)")
_FORGET = text("INSERT INTO case_gram (case_gram, rowid, grams) VALUES ('delete', :case, :grams)")
_PUT = text(
    "INSERT INTO case_gram (case_id, grams) VALUES (:case, array_to_tsvector(CAST(:grams AS text[]))) "
    "ON CONFLICT (case_id) DO UPDATE SET grams = excluded.grams"
)


def create(connection: Connection) -> None:
    """Make the empty index, as the migration does."""
    for statement in _CREATE[connection.dialect.name]:
        connection.exec_driver_sql(statement)


def replace(connection: Connection, case_id: int, before: Collection[str], after: Collection[str]) -> None:
    """Let the case be found by the grams ``after``; ``before`` are exactly those that it was found by, empty for none."""
    if before == after:
        return
    if connection.dialect.name == "postgresql":
        connection.execute(_PUT, {"case": case_id, "grams": sorted(after)})
        return
    if before:
        connection.execute(_FORGET, {"case": case_id, "grams": " ".join(sorted(before))})
    connection.execute(_ADD, {"case": case_id, "grams": " ".join(sorted(after))})


def clear(connection: Connection) -> None:
    """Let no case be found, for making the index anew."""
    sqlite = connection.dialect.name == "sqlite"
    connection.exec_driver_sql(
        "INSERT INTO case_gram (case_gram) VALUES ('delete-all')" if sqlite else "DELETE FROM case_gram"
    )


def question(dialect: str, grams: Sequence[str]) -> str:
    """The grams as one question in the language of the index: all of them."""
    if dialect == "postgresql":
        return " & ".join(f"'{gram}'" for gram in grams)
    return " AND ".join(f'"{gram}"' for gram in grams)
