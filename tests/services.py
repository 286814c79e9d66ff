"""Services that tests need: PostgreSQL, Redis, Chromium, LibreOffice; one server of each per run, databases per test.

The controlling process of a run owns a folder. Whoever needs a server first starts it under a file lock, and a keeper
process stops it as soon as the controlling process is gone, however it went: the keeper waits on a named pipe whose
only writer is the controller.
"""

import fcntl
import hashlib
import json
import os
import pwd
import shutil
import socket
import sqlite3
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

import psycopg
import redis
from psycopg import sql
from sqlalchemy import make_url

DATABASE_KINDS = ("sqlite", "postgresql")
Migrate = Callable[[str], None]

KEEPER = """
alive=$1 folder=$2; shift 2
"$@" & server=$!
read -r _ <"$alive"
kill -INT "$server" 2>/dev/null
wait "$server"
rm -rf "$folder"
"""
START_SECONDS = 30
IN_MEMORY = Path("/dev/shm")
ROOM = 1 << 30
"""Bytes that a run may need at once: a database server, and what the tests at work have made."""
POSTGRES_SETTINGS = {
    "listen_addresses": "",
    "fsync": "off",
    "synchronous_commit": "off",
    "full_page_writes": "off",
    "autovacuum": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "max_connections": "300",
    "max_wal_size": "256MB",
    "timezone": "UTC",
    "jit": "off",  # for want of statistics the smallest tables count as large, and their plans as worth compiling
}


class MissingService(Exception):
    """This machine lacks a service; the message names it and how to get it."""


def program(*names: str, install: str) -> Path:
    """The first of ``names`` on PATH (or among the versioned PostgreSQL folders, newest first), or MissingService."""
    folders = sorted(Path("/usr/lib/postgresql").glob("*/bin"), key=lambda each: int(each.parent.name), reverse=True)
    path = os.pathsep.join([os.environ.get("PATH", os.defpath), *map(str, folders)])
    for name in names:
        found = shutil.which(name, path=path)
        if found:
            return Path(found)
    raise MissingService(f"{names[0]} is not installed: {install}")


def chromium() -> Path:
    """The browser for journeys."""
    return program(
        "chromium", "chromium-browser", "google-chrome", install="apt-get install --no-install-recommends chromium"
    )


def soffice() -> Path:
    """LibreOffice, which turns letters into pages."""
    return program("soffice", install="apt-get install --no-install-recommends libreoffice-writer-nogui")


def pdftotext() -> Path:
    """Reads a page's text back."""
    return program("pdftotext", install="apt-get install --no-install-recommends poppler-utils")


def scratch() -> Path:
    """Where a run keeps what nobody needs afterwards: in memory where there is room, since a database of one's own for every
    test is mostly waiting for a disk; else where temporary files go."""
    try:
        there = os.statvfs(IN_MEMORY)
    except OSError:
        return Path(tempfile.gettempdir())
    fit = there.f_bavail * there.f_frsize >= ROOM and not there.f_flag & os.ST_NOEXEC
    return IN_MEMORY if fit and os.access(IN_MEMORY, os.W_OK | os.X_OK) else Path(tempfile.gettempdir())


class Services:
    """The servers and database templates of one test run, shared by its worker processes through ``folder``."""

    def __init__(self, folder: Path, postgres_settings: Mapping[str, str] = POSTGRES_SETTINGS):
        self.folder = folder
        self._postgres_settings = postgres_settings
        self._made = 0
        self._lifeline: int | None = None

    @classmethod
    def begin(cls, postgres_settings: Mapping[str, str] = POSTGRES_SETTINGS, into: Path | None = None) -> "Services":
        """Open a run in the controlling process; ``end`` it there. The settings are those of its own PostgreSQL server.

        ``into``: where its folder lies, instead of ``scratch()``.
        """
        services = cls(Path(tempfile.mkdtemp(prefix="gkapply-tests-", dir=into or scratch())), postgres_settings)
        services.folder.chmod(0o755)
        os.mkfifo(services._alive)
        services._lifeline = os.open(services._alive, os.O_RDWR)
        return services

    @property
    def _alive(self) -> Path:
        return self.folder / "alive"

    def end(self) -> None:
        """Stop what was started and remove what was made."""
        given = os.environ.get("GKAPPLY_TEST_PG_URL")
        if given and (self.folder / "postgresql.json").exists():
            self._drop_databases(given)
        if self._lifeline is not None:
            os.close(self._lifeline)
        deadline = time.monotonic() + START_SECONDS
        while any((self.folder / name).exists() for name in ("postgresql", "redis")) and time.monotonic() < deadline:
            time.sleep(0.02)
        shutil.rmtree(self.folder, ignore_errors=True)

    # servers

    def postgresql(self) -> str:
        """URL of a database to connect to for making others: GKAPPLY_TEST_PG_URL, else a server of this run's own."""
        return self._once("postgresql", lambda: os.environ.get("GKAPPLY_TEST_PG_URL") or self._start_postgresql())

    def redis(self) -> str:
        """URL of the Redis server of this run, without a database number."""
        return self._once("redis", self._start_redis)

    def _once(self, name: str, make: Callable[[], str]) -> str:
        """What ``make`` gave when the first process of the run asked, or why it could not."""
        note = self.folder / f"{name}.json"
        with (self.folder / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not note.exists():
                try:
                    known = {"value": make()}
                except MissingService as missing:
                    known = {"missing": str(missing)}
                except Exception as broken:
                    note.write_text(json.dumps({"broken": f"{name}: {broken}"}))
                    raise
                note.write_text(json.dumps(known))
        known = json.loads(note.read_text())
        if "missing" in known:
            raise MissingService(known["missing"])
        if "broken" in known:
            raise RuntimeError(known["broken"])
        return str(known["value"])

    def _keep(self, name: str, *server: str) -> None:
        """Start ``server`` with its keeper, detached from this process."""
        detach = ["sh", "-c", 'sh -c "$0" keeper "$@" </dev/null >"$2.log" 2>&1 &', KEEPER]
        subprocess.run(
            [*detach, str(self._alive), str(self.folder / name), *server], check=True, start_new_session=True
        )

    def _await(self, name: str, answers: Callable[[], Any], failures: type[Exception]) -> None:
        deadline = time.monotonic() + START_SECONDS
        while True:
            try:
                answers()
                return
            except failures as failure:
                if time.monotonic() > deadline:
                    log = (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
                    raise RuntimeError(f"{name} did not start: {failure}\n{log}") from failure
                time.sleep(0.02)

    def _start_postgresql(self) -> str:
        how = "apt-get install --no-install-recommends postgresql, or set GKAPPLY_TEST_PG_URL"
        initdb, postgres = program("initdb", install=how), program("postgres", install=how)
        home = self.folder / "postgresql"
        home.mkdir()
        become: list[str] = []
        if os.geteuid() == 0:  # the server refuses to run as root
            user = _unprivileged_user()
            os.chown(home, user.pw_uid, user.pw_gid)
            become = ["setpriv", f"--reuid={user.pw_uid}", f"--regid={user.pw_gid}", "--clear-groups"]
        data = home / "data"
        made = subprocess.run(
            [*become, str(initdb), "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-locale", "-N"],
            capture_output=True,
            text=True,
            cwd=home,
        )
        if made.returncode:
            raise RuntimeError(f"initdb failed: {made.stderr[-2000:]}")
        settings = [part for name, value in self._postgres_settings.items() for part in ("-c", f"{name}={value}")]
        self._keep("postgresql", *become, str(postgres), "-D", str(data), "-k", str(home), *settings)
        url = f"postgresql+psycopg://postgres@/postgres?host={home}"
        self._await("postgresql", lambda: _admin(url).close(), psycopg.OperationalError)
        return url

    def _start_redis(self) -> str:
        server = program("redis-server", install="apt-get install --no-install-recommends redis-server")
        home = self.folder / "redis"
        home.mkdir()
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        place = ["--bind", "127.0.0.1", "--port", str(port), "--dir", str(home)]
        self._keep("redis", str(server), *place, "--databases", "64", "--save", "", "--appendonly", "no")
        url = f"redis://127.0.0.1:{port}"
        with closing(redis.Redis.from_url(url)) as client:
            self._await("redis", client.ping, redis.ConnectionError)
        return url

    # databases

    @contextmanager
    def fresh_database(self, kind: str, migrate: Migrate | None, into: Path) -> Iterator[str]:
        """URL of a database of one's own (``kind`` of DATABASE_KINDS; SQLite's file under ``into``), gone afterwards.

        ``migrate(url)`` runs once per run on a template that is then copied; None gives an empty database.
        """
        self._made += 1
        if kind == "sqlite":
            file = into / f"gkapply-{self._made}.db"
            if migrate is not None:
                shutil.copyfile(self._sqlite_template(migrate), file)
            yield f"sqlite:///{file}"
            return
        server = self.postgresql()
        template = "template0" if migrate is None else self._postgresql_template(migrate)
        name = self._database_name(f"{os.getpid()}_{self._made}")
        with _admin(server) as admin:
            # Copying files is quicker than logging every page; before version 15 there was nothing else to choose.
            strategy = sql.SQL(" STRATEGY file_copy" if admin.info.server_version >= 150_000 else "")
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(sql.Identifier(name), sql.Identifier(template))
            admin.execute(copy + strategy)
        try:
            yield _url_of(server, name)
        finally:
            with _admin(server) as admin:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def _sqlite_template(self, migrate: Migrate) -> str:
        def make() -> str:
            file = self.folder / f"{_key(migrate)}.db"
            migrate(f"sqlite:///{file}")
            with closing(sqlite3.connect(file)) as connection:
                connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            return str(file)

        return self._once(f"sqlite-{_key(migrate)}", make)

    def _postgresql_template(self, migrate: Migrate) -> str:
        server = self.postgresql()

        def make() -> str:
            name = self._database_name(f"template_{_key(migrate)}")
            with _admin(server) as admin:
                admin.execute(sql.SQL("CREATE DATABASE {} TEMPLATE template0").format(sql.Identifier(name)))
                migrate(_url_of(server, name))
                admin.execute(sql.SQL("ALTER DATABASE {} WITH ALLOW_CONNECTIONS false").format(sql.Identifier(name)))
                admin.execute("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s", (name,))
            return name

        return self._once(f"postgresql-{_key(migrate)}", make)

    def _database_name(self, rest: str) -> str:
        return f"{self.folder.name.replace('-', '_')}_{rest}"

    def _drop_databases(self, server: str) -> None:
        prefix = self._database_name("").replace("_", r"\_")
        with _admin(server) as admin:
            left = admin.execute("SELECT datname FROM pg_database WHERE datname LIKE %s", (f"{prefix}%",)).fetchall()
            for (name,) in left:
                admin.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))


def _unprivileged_user() -> pwd.struct_passwd:
    for name in ("postgres", "nobody"):
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    raise MissingService("no user to run PostgreSQL as: root may not, and neither postgres nor nobody exists")


def _admin(server: str) -> psycopg.Connection[tuple[Any, ...]]:
    plain = make_url(server).set(drivername="postgresql").render_as_string(hide_password=False)
    return psycopg.connect(plain, autocommit=True)


def _url_of(server: str, database: str) -> str:
    url = make_url(server).set(drivername="postgresql+psycopg", database=database)
    return url.render_as_string(hide_password=False)


def _key(migrate: Migrate) -> str:
    name = f"{migrate.__module__}.{migrate.__qualname__}"
    return hashlib.sha256(name.encode()).hexdigest()[:12]
