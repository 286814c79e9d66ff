"""The test bench keeps its own promises: services, refusal of the outside, one database per test."""

import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import redis
from sqlalchemy import Engine, create_engine, inspect, text

from tests import services
from tests.services import MissingService, Services


def test_database_is_migrated_and_ones_own(engine: Engine, database_kind: str) -> None:
    assert engine.dialect.name == database_kind
    with engine.begin() as connection:
        assert connection.execute(text("SELECT count(*) FROM organ")).scalar_one() == 0


def test_empty_database_has_no_table(empty_database_url: str) -> None:
    engine = create_engine(empty_database_url)
    assert inspect(engine).get_table_names() == []
    engine.dispose()


def test_redis_is_empty(redis_url: str) -> None:
    with redis.Redis.from_url(redis_url) as client:
        assert client.dbsize() == 0
        client.set("left", "over")


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "registry.invalid"])
def test_the_outside_is_refused(host: str) -> None:
    with pytest.raises(pytest.fail.Exception, match="only loopback"):
        socket.create_connection((host, 80), timeout=0.1)


def test_this_machine_is_reached() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server, socket.create_connection(server.getsockname()) as client:
        assert client.getpeername() == server.getsockname()


def test_missing_program_is_named_with_the_way_to_get_it() -> None:
    with pytest.raises(MissingService, match=r"no-such-server is not installed: apt-get install it"):
        services.program("no-such-server", install="apt-get install it")


@pytest.mark.usefixtures("redis_url")
def test_servers_stop_when_the_run_is_killed(tmp_path: Path) -> None:
    """A killed run leaves no server behind: the keeper notices that the controlling process has gone."""
    script = (
        "import sys, time; from pathlib import Path; from tests import services\n"
        "services.scratch = lambda: Path(sys.argv[1]); run = services.Services.begin()\n"
        "print(run.folder, run.redis(), flush=True); time.sleep(60)"
    )
    controller = subprocess.Popen([sys.executable, "-c", script, tmp_path], stdout=subprocess.PIPE, text=True)
    with controller:
        assert controller.stdout is not None
        folder, url = controller.stdout.readline().split()
        controller.kill()
    deadline = time.monotonic() + 10
    while (Path(folder) / "redis").exists() and time.monotonic() < deadline:
        time.sleep(0.02)
    with redis.Redis.from_url(url) as client, pytest.raises(redis.ConnectionError):
        client.ping()


def test_a_run_ends_without_leaving_anything(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(services, "scratch", lambda: tmp_path)
    run = Services.begin()
    assert run.folder.parent == tmp_path
    run.end()
    assert list(tmp_path.iterdir()) == []


def test_a_run_stays_out_of_a_memory_without_room(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    monkeypatch.setattr(services, "IN_MEMORY", tmp_path / "absent")
    assert services.scratch() == tmp_path
    roomy = tmp_path / "roomy"
    roomy.mkdir()
    monkeypatch.setattr(services, "IN_MEMORY", roomy)
    monkeypatch.setattr(services, "ROOM", 1)
    assert services.scratch() == roomy
    monkeypatch.setattr(services, "ROOM", 1 << 60)
    assert services.scratch() == tmp_path
