"""A register (台账) of 200 000 rows is taken over: rows a second, memory at its peak, the longest unit, in which on SQLite all others wait."""

import csv
import multiprocessing
import os
import random
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

from sqlalchemy import func, select

from benchmarks.ground import DURABLE
from benchmarks.measure import Goal
from benchmarks.wordings import Writer
from gkapply import database
from gkapply.casework import register_checking, register_import, schema
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.register_import_records import RegisterPiece
from gkapply.casework.services import services
from gkapply.files import FileStore
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS
from gkapply.sealing import KeyRing
from tests.services import DATABASE_KINDS, Services
from workflows.case_states import CaseState

ROWS = int(os.environ.get("GKAPPLY_BENCH_REGISTER_ROWS", "200000"))
OPEN = 500
"""Rows that are still open, each with a question to a third party."""
LONGEST_LOCK = 1.0
NOW = datetime(2026, 7, 1, 2, tzinfo=UTC)
LAST = date(2026, 6, 30)
RING = KeyRing((("bench", bytes(range(32))),))
RESULTS = ("3.1", "（二）部分公开", "3.4.1", "3.5.1", "3.6.3")


def run() -> Iterator[Goal]:
    """Each database in turn, the file checked and taken in a process of its own."""
    with tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder:
        register, facts = Path(folder) / "register.csv", Path(folder) / "facts.csv"
        _write(register, facts)
        for kind in DATABASE_KINDS:
            with _office(kind) as (url, store):
                checked, taken, longest, memory = _measured(url, store, register, facts)
            told = f"{ROWS} rows: checked at {ROWS / checked:.0f}, taken at {ROWS / taken:.0f} rows/s"
            yield Goal(f"{kind}: a register is checked and taken", checked + taken, None, "s", remark=told)
            # Elsewhere than on SQLite nobody waits for a unit but who goes on with the same run.
            bound = LONGEST_LOCK if kind == "sqlite" else None
            yield Goal(f"{kind}: longest unit while a register is taken", longest, bound, "s")
            yield Goal(f"{kind}: memory at its peak while a register is taken", memory, 256, "MiB")


def _write(register: Path, facts: Path) -> None:
    draw, writer = random.Random(7), Writer(7)
    with (
        register.open("w", encoding="utf-8-sig", newline="") as one,
        facts.open("w", encoding="utf-8", newline="") as two,
    ):
        rows = csv.DictWriter(one, [column.head for column in COLUMNS], restval="")
        told = csv.DictWriter(two, [column.head for column in FACT_COLUMNS], restval="")
        rows.writeheader()
        told.writeheader()
        for number in range(1, ROWS + 1):
            opened = number > ROWS - OPEN
            received = LAST - timedelta(days=14 if opened else 30 + (ROWS - number) * 3000 // ROWS)
            name = f"{received.year}-{number:06d}"
            row = {
                "登记编号": name,
                "收到日期": received,
                "受理渠道": draw.choice(("网上", "EMS", "当面", "平信")),
                "申请人类型": draw.choice(("自然人", "公民", "企业", "律师事务所")),
                "申请人": writer.name(),
                "证件号码": f"51382219{draw.randrange(10**10):010d}",
                "联系电话": f"028-{draw.randrange(10**8):08d}",
                "联系地址": writer.name(),
                "申请内容": writer.request(),
                "承办机构": "政务公开股",
            }
            if opened:
                told.writerow(
                    {"登记编号": name, "事实": "征求第三方", "日期": received + timedelta(days=2), "对方": "某公司"}
                )
            else:
                days = received + timedelta(days=15)
                row |= {"处理结果": draw.choice(RESULTS), "答复日期": days, "送达方式": "邮寄", "送达日期": days}
            rows.writerow(row)


def _measured(url: str, store: Path, register: Path, facts: Path) -> tuple[float, float, float, float]:
    """Seconds of check and taking, of the longest unit, and MiB by which memory grew."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe()
    process = context.Process(target=_work, args=(url, store, register, facts, theirs), daemon=True)
    process.start()
    answer: tuple[float, float, float, float] | str = ours.recv()
    process.join()
    if isinstance(answer, str):
        raise RuntimeError(answer)
    return answer


def _work(url: str, store: Path, register: Path, facts: Path, pipe: "Connection[Any, Any]") -> None:
    try:
        database.connect(url, services(RING, FileStore(store, RING)))
        Path("/proc/self/clear_refs").write_text("5")
        before = _status("VmRSS")
        pipe.send((*_check_and_take(register, facts), (_status("VmHWM") - before) / 1024))
    except Exception as error:
        pipe.send(repr(error))


def _check_and_take(register: Path, facts: Path) -> tuple[float, float, float]:
    held: list[float] = []

    @contextmanager
    def timed() -> Iterator[Any]:
        with database.transaction() as session:
            began = time.perf_counter()
            yield session
        held.append(time.perf_counter() - began)

    with patch.object(register_checking, "transaction", timed), patch.object(register_import, "transaction", timed):
        began = time.perf_counter()
        with database.transaction() as session:
            organ = session.scalars(select(Organ)).one()
            run = register_checking.new_run(session, organ, "register.csv", "d", "system", NOW, changing=False)
        with register.open("rb") as file, facts.open("rb") as more:
            found = register_checking.check(organ.id, file, NOW, run_id=run.id, facts=more)
        assert found.sound, found.problems[:3]
        checked = time.perf_counter()
        with timed() as session:
            register_import.begin(session, run.id, NOW)
        while register_import.carry_on(run.id, NOW):
            pass
        taken = time.perf_counter()
    _require_right()
    return checked - began, taken - checked, max(held)


def _require_right() -> None:
    """Every row is a request, the open ones where their facts have led them, and nothing waits any more."""
    with database.reading() as session:
        assert session.scalar(select(func.count()).select_from(Case)) == ROWS
        handled = select(func.count()).where(Case.state == CaseState.HANDLING, Case.stopped_since.is_not(None))
        assert session.scalar(handled) == OPEN
        assert session.scalar(select(func.count()).select_from(RegisterPiece)) == 0


def _status(name: str) -> int:
    """KiB that the process holds (VmRSS) or has held at most (VmHWM)."""
    lines = Path("/proc/self/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith(f"{name}:")).split()[1])


@contextmanager
def _office(kind: str) -> Iterator[tuple[str, Path]]:
    """An empty office. Address and store."""
    run = Services.begin(DURABLE)
    try:
        with (
            tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder,
            run.fresh_database(kind, schema.upgrade, Path(folder)) as url,
        ):
            store = Path(folder) / "files"
            engine = database.connect(url, services(RING, FileStore(store, RING)))
            with database.transaction() as session:
                session.add(Organ(code="O1", name="第1机关", kind="department"))
            engine.dispose()
            yield url, store
    finally:
        run.end()
