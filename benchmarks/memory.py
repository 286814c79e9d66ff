"""What the web process holds after fifty pages, and how quickly the command line answers."""

import re
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from contextlib import closing, contextmanager
from http.cookiejar import CookieJar
from pathlib import Path
from urllib.error import URLError
from urllib.parse import urlencode
from urllib.request import HTTPCookieProcessor, OpenerDirector, build_opener

from benchmarks.measure import Goal
from gkapply import clock, database, demo
from gkapply.casework import schema
from gkapply.casework.services import open_installation
from gkapply.config import read_settings
from gkapply.demo.staff import LOGINS
from workflows.duties import Duty

PAGES = 50
STARTS = 7
READERS = (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD, Duty.SYSADMIN)
"""Who looks at the pages, one after the other, besides the visitor who is not logged in."""
START_SECONDS = 30
LINK = re.compile(r'href="(/[^"#?]*)"')
CSRF = re.compile(r'name="csrf_token"[^>]*value="([^"]+)"')
NO_PAGE = re.compile(r"/static/|/logout$|/file$|/desk/documents/")


def run() -> Iterator[Goal]:
    """The memory of a real server on the demonstration's data; the wall time of ``--help``."""
    with _served() as (address, server, password):
        seen = _read_pages(address, password)
        worker = int(Path(f"/proc/{server}/task/{server}/children").read_text().split()[0])
        held, by_all = _resident(worker), _resident(worker) + _resident(server)
    assert seen == PAGES, f"only {seen} different pages"
    yield Goal("the web process after fifty pages", held, 110, "MiB", remark=f"with its arbiter {by_all:.0f} MiB")
    yield Goal("gkapply --help", statistics.median(_help() for _ in range(STARTS)), 0.8, "s")


@contextmanager
def _served() -> Iterator[tuple[str, int, str]]:
    """``gkapply serve`` on a demonstration of its own: address, process id, password of the accounts."""
    with tempfile.TemporaryDirectory(prefix="gkapply-bench-") as folder:
        settings = read_settings({}, folder=Path(folder))
        schema.upgrade(settings.database_url)
        engine = open_installation(settings)
        password = demo.prepare(settings, clock.now()).password or ""
        engine.dispose()
        with closing(socket.create_server(("127.0.0.1", 0))) as free:
            port = free.getsockname()[1]
        command = [sys.executable, "-m", "gkapply", "serve", "--port", str(port)]
        path = str(Path(database.__file__).parents[1])
        server = subprocess.Popen(command, cwd=folder, env={"PYTHONPATH": path}, stdout=subprocess.DEVNULL)
        try:
            address = f"http://127.0.0.1:{port}"
            _await(address)
            yield address, server.pid, password
        finally:
            server.terminate()
            server.wait()


def _await(address: str) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            build_opener().open(f"{address}/healthz").close()
            return
        except URLError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.05)


def _read_pages(address: str, password: str) -> int:
    """Read different pages along their links: as a visitor, then logged in with one duty after the other; returns how many.

    The same address shows each reader another page.
    """
    total = 0
    readers: list[Duty | None] = [None, *READERS]
    for number, duty in enumerate(readers, 1):
        browser = build_opener(HTTPCookieProcessor(CookieJar()))
        if duty is not None:
            _log_in(browser, address, duty, password)
        seen: set[str] = set()
        waiting = deque(["/"] if duty is None else ["/work"])
        while waiting and total < PAGES * number // len(readers):
            path = waiting.popleft()
            if path in seen or NO_PAGE.search(path):
                continue
            seen.add(path)
            with browser.open(address + path) as answer:
                page = answer.read().decode()
            total += 1
            waiting.extend(LINK.findall(page))
    return total


def _log_in(browser: OpenerDirector, address: str, duty: Duty, password: str) -> None:
    with browser.open(f"{address}/login") as answer:
        token = CSRF.search(answer.read().decode())
    assert token is not None, "the login form has no token"
    fields = {"csrf_token": token[1], "login": LOGINS[duty], "password": password}
    with browser.open(f"{address}/login", urlencode(fields).encode()) as answer:
        assert "/login" not in answer.url, f"{duty.value} was not let in"


def _resident(process: int) -> float:
    """MiB of memory that a process holds."""
    status = Path(f"/proc/{process}/status").read_text()
    found = re.search(r"VmRSS:\s+(\d+) kB", status)
    assert found is not None
    return int(found[1]) / 1024


def _help() -> float:
    """Seconds until ``--help`` has been printed."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "gkapply", "--help"], stdout=subprocess.DEVNULL, check=True)
    return time.perf_counter() - began
