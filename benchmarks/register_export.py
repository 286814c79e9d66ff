"""Handing out the whole register as a file: what the process needs above what it holds idle, however many rows there are.

``python -m benchmarks.register_export URL FILE`` is the process that is measured; it prints what it found.
"""

import json
import os
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from datetime import date
from itertools import product
from pathlib import Path

from benchmarks.measure import Goal
from benchmarks.million import RING, SIZES, filled
from benchmarks.old_cases import ORGANS
from gkapply import database
from gkapply.casework import register_export
from gkapply.casework.register_export import Extent
from gkapply.casework.services import services
from gkapply.cli.ledger_export import write_tables
from gkapply.database import reading
from gkapply.files import FileStore

KINDS, FORMS = ("postgresql", "sqlite"), ("csv", "xlsx")
AT_A_MILLION = (("postgresql", "csv"), ("sqlite", "xlsx"))
"""What is measured with the most rows: each database and each form once."""
MOST = 40
"""MiB above the idle process."""
EVER = date(2008, 5, 1), date(2026, 12, 31)
TODAY = date(2026, 7, 1)
RESET_PEAK = "5"
"""What the kernel takes as the wish to forget the peak so far (proc(5), clear_refs)."""


def run(sizes: tuple[int, ...] = (SIZES[0], SIZES[-1])) -> Iterator[Goal]:
    """Peak memory and rows per second of csv and workbook, on both databases."""
    for cases in sizes:
        for kind, form in product(KINDS, FORMS) if cases < SIZES[-1] else AT_A_MILLION:
            found = _measured(filled(kind, cases).url, form)
            name = f"register export of {found['rows']} rows, {form}, {kind}"
            remark = f"{found['rows'] / found['seconds']:.0f} rows/s, {found['size'] / 1e6:.0f} MB"
            yield Goal(f"{name}: peak above idle", found["peak"] - found["idle"], MOST, "MiB", remark=remark)


def _measured(url: str, form: str) -> dict[str, float]:
    with tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder:
        command = [sys.executable, "-m", "benchmarks.register_export", url, str(Path(folder) / f"register.{form}")]
        done = subprocess.run(command, check=True, stdout=subprocess.PIPE)
        return dict(json.loads(done.stdout))


def _export(url: str, output: Path) -> dict[str, float]:
    """Export everything; the process has done all of it once before, on a day without rows, so that nothing is loaded for the first time."""
    database.connect(url, services(RING, FileStore(output.parent, RING)))
    _written(Extent([1], EVER[0], EVER[0]), output)
    Path("/proc/self/clear_refs").write_text(RESET_PEAK)
    idle, began = _status("VmRSS"), time.perf_counter()
    rows = _written(Extent(range(1, ORGANS + 1), *EVER), output)
    seconds, peak = time.perf_counter() - began, _status("VmHWM")
    size = sum(path.stat().st_size for path in output.parent.iterdir() if path.is_file())
    return {"rows": rows, "seconds": seconds, "idle": idle, "peak": peak, "size": size}


def _written(extent: Extent, output: Path) -> int:
    with reading() as session:
        rows = register_export.counted(session, extent)
        write_tables(output, register_export.tables(session, extent, TODAY), large=rows >= register_export.MANY)
    return rows


def _status(name: str) -> float:
    """MiB of that line of the process's status."""
    found = re.search(rf"{name}:\s+(\d+) kB", Path(f"/proc/{os.getpid()}/status").read_text())
    assert found is not None
    return int(found[1]) / 1024


if __name__ == "__main__":
    print(json.dumps(_export(sys.argv[1], Path(sys.argv[2]))))
