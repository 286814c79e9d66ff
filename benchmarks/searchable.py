"""Putting the texts of a filled file into the search in bulk: what errands do piece by piece, in one go."""

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from functools import cache

import psycopg
from sqlalchemy import make_url

from benchmarks.million import Filled, filled
from gkapply.casework.case_grams import grams_of_texts
from gkapply.casework.case_index import Entry, organ_gram
from gkapply.casework.case_text import REQUEST
from gkapply.casework.case_words import request_text

_REQUESTS = (
    "SELECT c.id, c.organ_id, c.number, c.reference, a.name, c.description FROM case_file c "
    "JOIN applicant a ON a.case_id = c.id ORDER BY c.organ_id, c.id DESC"
)
_TEXT = "case_text (id, organ_id, case_id, source, text)"
BATCH = 5000


@cache
def searchable(kind: str, cases: int) -> Filled:
    """The filled database of that kind and size with every request in the search."""
    made = filled(kind, cases)
    if kind == "sqlite":
        _sqlite(make_url(made.url).database or "")
    else:
        _postgresql(make_url(made.url).set(drivername="postgresql").render_as_string(hide_password=False))
    return made


def _texts(rows: Iterator[tuple[int, int, str, str, str, str]]) -> Iterator[tuple[int, int, str, set[str]]]:
    for case_id, organ_id, number, reference, name, description in rows:
        text = request_text(number, reference, name, "", description)
        yield case_id, organ_id, text, grams_of_texts([text])


def _sqlite(file: str) -> None:
    with (
        closing(sqlite3.connect(file, isolation_level=None)) as reader,
        closing(sqlite3.connect(file, isolation_level=None)) as writer,
    ):
        writer.execute("PRAGMA synchronous = OFF")
        writer.execute("PRAGMA cache_size = -400000")
        writer.execute("BEGIN IMMEDIATE")
        for case_id, organ_id, text, grams in _texts(reader.execute(_REQUESTS)):
            writer.execute(f"INSERT INTO {_TEXT} VALUES (?, ?, ?, ?, ?)", (case_id, organ_id, case_id, REQUEST, text))
            writer.execute(
                "INSERT INTO case_gram (rowid, grams) VALUES (?, ?)", (Entry(organ_id, case_id).row, " ".join(grams))
            )
        writer.execute("COMMIT")
        reader.close()
        writer.execute("ANALYZE")
        writer.execute("PRAGMA wal_checkpoint(TRUNCATE)")


def _postgresql(url: str) -> None:
    """The index is made after its rows, which takes a third of the time."""
    with psycopg.connect(url, autocommit=True) as reader, psycopg.connect(url, autocommit=True) as writer:
        writer.execute("DROP INDEX ix_case_gram_grams")
        with reader.transaction(), reader.cursor("requests") as requests, writer.transaction():
            requests.itersize = BATCH
            texts, grams = writer.cursor(), writer.cursor()
            requests.execute(_REQUESTS)
            while rows := requests.fetchmany(BATCH):
                found = list(_texts(iter(rows)))
                with texts.copy(f"COPY {_TEXT} FROM STDIN") as copy:
                    for case_id, organ_id, text, _ in found:
                        copy.write_row((case_id, organ_id, case_id, REQUEST, text))
                with grams.copy("COPY case_gram FROM STDIN") as copy:
                    for case_id, organ_id, _, several in found:
                        copy.write_row((case_id, " ".join(f"'{gram}'" for gram in (*several, organ_gram(organ_id)))))
        writer.execute("CREATE INDEX ix_case_gram_grams ON case_gram USING gin (grams)")
        writer.execute("SELECT setval(pg_get_serial_sequence('case_text', 'id'), (SELECT max(id) FROM case_text))")
        writer.execute("VACUUM ANALYZE")
