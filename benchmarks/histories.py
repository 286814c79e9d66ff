"""Fifty thousand random histories of small files: how many reports break a rule or differ from a naive count. There may be none."""

import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from random import Random

from benchmarks.measure import Goal
from gkapply import database
from gkapply.casework import schema
from tests.casework.report_histories import Draw, Writer, departures
from tests.services import Services

HISTORIES, TOGETHER = 50_000, 100
"""Histories, and how many lie in one database at once, each in an organ of its own."""


def run(histories: int = HISTORIES) -> Iterator[Goal]:
    """On SQLite: what is counted does not differ between the databases, which the tests hold."""
    services = Services.begin()
    wrong, requests, begun = 0, 0, time.perf_counter()
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-histories-") as folder,
            services.fresh_database("sqlite", schema.upgrade, Path(folder)) as url,
        ):
            engine = database.connect(url)
            for first in range(0, histories, TOGETHER):
                found, entered = _tried(first)
                wrong, requests = wrong + len(found), requests + entered
                for line in found:
                    print(line)
            engine.dispose()
    finally:
        services.end()
    took = time.perf_counter() - begun
    told = f"{requests} cases, {histories / took:.0f} histories a second"
    yield Goal(f"annual report: departures in {histories} random histories", wrong, 0, "", remark=told)


def _tried(first: int) -> tuple[list[str], int]:
    """Where the reports of the next histories go wrong, and how many cases these have."""
    files = {number: Draw(Random(first + number)).history() for number in range(1, TOGETHER + 1)}
    with database.transaction() as session:
        writer = Writer(session)
        writer.write(files)
        found = departures(session, files)
        session.rollback()
    return found, writer.cases
