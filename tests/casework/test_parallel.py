"""Many registrations at the same moment: numbers without gap or double, one unbroken chain, on both databases."""

import multiprocessing
from concurrent.futures import Future, ProcessPoolExecutor, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from multiprocessing.synchronize import Barrier
from pathlib import Path
from uuid import uuid4

import pytest
from sqlalchemy import func, select, text

from gkapply import database
from gkapply.casework import intake
from gkapply.casework.access import Actor, open_case
from gkapply.casework.assignment import assign
from gkapply.casework.journal import JournalEntry, JournalHead
from gkapply.casework.numbering import REQUESTS, Counter
from gkapply.casework.people import Organ, User
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.casework.services import services
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.county import COUNTY_CODE
from gkapply.files import FileStore
from gkapply.law.refusal import Stale
from gkapply.sealing import KeyRing
from tests.casework.conftest import KEYS, MONDAY, Office
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
REGISTRATIONS = 200
CROWDS = [
    pytest.param("postgresql", 8, 1, id="postgresql, eight processes"),
    pytest.param("postgresql", 1, 16, id="postgresql, sixteen threads"),
    pytest.param("sqlite", 1, 16, id="sqlite, sixteen threads"),
    pytest.param("sqlite", 2, 4, id="sqlite, two processes of four threads"),
]


class ChangedMind(Exception):
    """Leaves a unit after its deeds, so that nothing of it stays."""


@dataclass(frozen=True)
class Desk:
    """What a process needs to register at the office."""

    url: str
    store: Path
    organ_id: int
    registrar: Actor
    officer: int
    threads: int
    each: int
    """Registrations of every thread, each assigned afterwards; every fourth one is begun twice, the first time in vain."""

    def work(self) -> list[str]:
        """Register with every thread at the same time as all other processes; returns the numbers given."""
        start.wait()
        with ThreadPoolExecutor(self.threads) as threads:
            done = [threads.submit(self._register_some) for _ in range(self.threads)]
            return [number for one in done for number in one.result()]

    def _register_some(self) -> list[str]:
        numbers = []
        for turn in range(self.each):
            if turn % 4 == 0:
                with pytest.raises(ChangedMind):
                    self._register(in_vain=True)
            numbers.append(self._register())
            self._assign(f"{COUNTY_CODE}-{numbers[-1]}")
        return numbers

    def _register(self, *, in_vain: bool = False) -> str:
        with transaction() as session:
            organ = session.get_one(Organ, self.organ_id)
            application = walked_in(PERSON, "征地补偿安置方案")
            case = intake.register(session, organ, application, {}, Receipt("counter", MONDAY), self.registrar, NOW)
            if in_vain:
                raise ChangedMind
            return case.number

    def _assign(self, reference: str) -> None:
        """A unit that takes no number, so that only the chain's head orders it among the others."""
        with transaction() as session:
            case = open_case(session, reference, self.registrar, for_step=True)
            assign(session, case, session.get_one(User, self.officer), self.registrar, NOW)


start: Barrier


def enter_crowd(desk: Desk, barrier: Barrier) -> None:
    """Open the office in a process of the crowd."""
    global start
    start = barrier
    ring = KeyRing(KEYS)
    database.connect(desk.url, services(ring, FileStore(desk.store, ring)))


@pytest.mark.parametrize(("database_kind", "processes", "threads"), CROWDS, indirect=["database_kind"])
def test_two_hundred_registrations_at_once(office: Office, tmp_path: Path, processes: int, threads: int) -> None:
    each = REGISTRATIONS // (processes * threads)
    officer = office.staff[Duty.OFFICER].user_id or 0
    registrar = office.staff[Duty.REGISTRAR]
    desk = Desk(office.url, office.store.folder, office.organ_id, registrar, officer, threads, each)
    given = crowd(desk, processes)
    assert sorted(given) == [f"2026-{number:04d}" for number in range(1, len(given) + 1)]
    assert len(given) == processes * threads * each
    with reading() as session:
        assert sorted(session.scalars(select(Case.number))) == sorted(given)
        counter = select(Counter.value).where(Counter.organ_id == office.organ_id, Counter.series == REQUESTS)
        assert session.scalar(counter) == len(given)
        assert verify(session, tmp_path / "anchors", files=True) is None
        of_chain = JournalEntry.organ_id == office.organ_id
        for deed in ("application.register", "application.assign"):
            assert session.scalar(select(func.count()).where(of_chain, JournalEntry.deed == deed)) == len(given)
        length = session.scalar(select(func.count()).where(of_chain))
        assert session.get_one(JournalHead, office.organ_id).seq == length


def crowd(desk: Desk, processes: int) -> list[str]:
    """Let so many processes do the desk's work at the same time."""
    # The server of forks is a process without threads, whatever the test run's own process has.
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    barrier = context.Barrier(processes)
    with ProcessPoolExecutor(processes, context, enter_crowd, (desk, barrier)) as pool:
        done = [pool.submit(desk.work) for _ in range(processes)]
        return [number for one in done for number in one.result()]


def test_a_unit_that_is_left_gives_its_number_back(office: Office) -> None:
    submit = partial(intake.submit, application=request(PERSON, "规划许可"), uploads={}, now=NOW)

    def send(times: int, *, in_vain: bool) -> list[str]:
        with transaction() as session:
            organ = session.get_one(Organ, office.organ_id)
            numbers = [submit(session, organ, token=uuid4().hex).number for _ in range(times)]
            if in_vain:
                raise ChangedMind(numbers)
            return numbers

    with pytest.raises(ChangedMind, match="2026-0002"):
        send(2, in_vain=True)
    assert send(1, in_vain=False) == ["2026-0001"]


def test_one_form_sent_to_two_organs_at_once_is_one_request(office: Office) -> None:
    """The second waits for the first; on PostgreSQL it is told so, on SQLite it finds the first one's request."""
    submit = partial(intake.submit, application=request(PERSON, "规划许可"), uploads={}, token="t-1" * 8, now=NOW)

    def send_to_other() -> str:
        with transaction() as session:
            other = session.scalars(select(Organ).where(Organ.code == "AYX-CZJ")).one()
            return submit(session, other).reference

    with ThreadPoolExecutor(1) as thread:
        with transaction() as session:
            first = submit(session, session.get_one(Organ, office.organ_id)).reference
            second: Future[str] = thread.submit(send_to_other)
            if office.url.startswith("postgresql"):
                wait_for_lock()
        if office.url.startswith("postgresql"):
            with pytest.raises(Stale, match="正在入库"):
                second.result()
        else:
            assert second.result() == first
    with reading() as session:
        assert list(session.scalars(select(Case.reference))) == [first]
        counters = select(Counter.organ_id, Counter.value).where(Counter.value > 0)
        assert session.execute(counters).all() == [(office.organ_id, 1)]


def wait_for_lock() -> None:
    """Return when another connection to this database waits for a lock."""
    waiting = text(
        "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'"
    )
    with database.engine().connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        while not connection.scalar(waiting):
            pass
