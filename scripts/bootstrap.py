"""Make ``.venv`` with everything that gkapply needs. Standard library only; works where ``python3 -m venv`` does not.

    python3 scripts/bootstrap.py [--dev] [--offline DIR]

Ways, in this order: an existing ``.venv`` made from the same lock files; ``uv`` on PATH; ``python3 -m venv``; a bare
environment filled by the system's pip (Debian's python3 without python3-venv). Only what the lock files name, with
their hashes, is installed; the machine's own configuration of uv and pip says from where.

Exit codes: 0 ready, 1 the installation failed, 2 wrong usage, 3 the machine lacks something that the message names.
"""

import argparse
import fcntl
import hashlib
import importlib.util
import json
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

if sys.version_info < (3, 11):  # noqa: UP036 (an older Python gets a sentence, not a traceback)
    print(f"需要 Python 3.11 或更高版本 · Python 3.11 or newer is needed, this is {sys.version}", file=sys.stderr)
    raise SystemExit(3)

import tomllib

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
ASIDE = ROOT / ".venv-before"
PYTHON = VENV / "bin" / "python"
STAMP = VENV / "gkapply-set-up.json"
LOCK, DEV_LOCK, BUILD_LOCK = "requirements.lock", "requirements-dev.lock", "requirements-build.lock"
OLDEST_PIP = (22, 3)
"""The first pip that can install into another environment (``--python``)."""


class Missing(Exception):
    """The machine lacks something; the message names it and how to get it."""


class Failed(Exception):
    """A way was tried and did not work; the message holds the tool's own words."""


def say(chinese: str, english: str) -> None:
    """One line of progress on standard error."""
    print(f"{chinese} · {english}", file=sys.stderr, flush=True)


def wanted(dev: bool) -> dict[str, str]:
    """What the environment is made from: digests of the lock files and of what pyproject.toml says about the package."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        project = tomllib.load(file)
    package = {name: project.get(name) for name in ("build-system", "project")}
    made_from = {"root": str(ROOT), "package": _digest(json.dumps(package, sort_keys=True).encode())}
    for name in (LOCK, BUILD_LOCK, *([DEV_LOCK] if dev else [])):
        made_from[name] = _digest((ROOT / name).read_bytes())
    return made_from


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def is_ready(made_from: dict[str, str]) -> bool:
    """Whether ``.venv`` works and was made from this; one made for development serves for running as well."""
    try:
        stamp = json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False
    return PYTHON.exists() and all(stamp.get(name) == value for name, value in made_from.items())


def was_for_development() -> bool:
    """Whether the present ``.venv`` holds the tools for development, so that renewing it keeps them."""
    try:
        return DEV_LOCK in json.loads(STAMP.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return False


def run(*command: str, env: dict[str, str] | None = None) -> str:
    """Standard output of ``command``; Failed with its words when it does not succeed."""
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, env=env, stdin=subprocess.DEVNULL)
    if done.returncode:
        words = [f"{line[:300]} …" if len(line) > 300 else line for line in (done.stdout + done.stderr).splitlines()]
        raise Failed("\n".join([f"{' '.join(command[:6])} …", *words[-20:]]))
    return done.stdout


def base_python() -> str:
    """The interpreter under this one, so that an environment is never built on another environment."""
    return str(getattr(sys, "_base_executable", None) or sys.executable)


def install(command: list[str], dev: bool, offline: Path | None) -> None:
    """Locked packages first, what builds the package among them, then the package itself, in place."""
    source = ["--no-index", "--find-links", str(offline)] if offline else []
    locks = [part for name in ((DEV_LOCK if dev else LOCK), BUILD_LOCK) for part in ("-r", name)]
    run(*command, "--quiet", *source, "--require-hashes", *locks)
    run(*command, "--quiet", *source, "--no-deps", "--no-build-isolation", "--editable", ".")


def by_uv(dev: bool, offline: Path | None) -> None:
    """``uv``, when it is there and would ask the same index as the machine's pip."""
    uv = shutil.which("uv")
    if uv is None:
        raise Missing("uv")
    if offline is None and pip_has_an_index() and not uv_has_an_index():
        raise Missing("an index for uv (pip has one of its own)")
    run(uv, "venv", "--quiet", "--python", base_python(), str(VENV))
    install([uv, "pip", "install", "--python", str(PYTHON)], dev, offline)


def pip_has_an_index() -> bool:
    """Whether the machine's pip is told to ask elsewhere than by default: uv reads no pip configuration."""
    try:
        return "index" in run(base_python(), "-m", "pip", "config", "list")
    except Failed:
        return False


def uv_has_an_index() -> bool:
    """Whether uv has a configuration of its own."""
    files = (Path("~/.config/uv/uv.toml").expanduser(), Path("/etc/uv/uv.toml"))
    return any(name.startswith("UV_") and "INDEX" in name for name in os.environ) or any(map(Path.exists, files))


def by_venv(dev: bool, offline: Path | None) -> None:
    """``python3 -m venv`` with a pip of its own, where Python was not stripped of ensurepip."""
    if importlib.util.find_spec("ensurepip") is None:
        raise Missing("ensurepip (package python3-venv)")
    run(base_python(), "-m", "venv", str(VENV))
    install([str(PYTHON), "-m", "pip", "install"], dev, offline)


def by_system_pip(dev: bool, offline: Path | None) -> None:
    """An environment without pip, filled from outside by the system's pip."""
    try:
        version = run(base_python(), "-m", "pip", "--version").split()[1]
    except Failed as failure:
        raise Missing("pip (package python3-pip)") from failure
    if tuple(int(part) for part in version.split(".")[:2]) < OLDEST_PIP:
        raise Missing(f"pip ≥ {'.'.join(map(str, OLDEST_PIP))} (found {version})")
    run(base_python(), "-m", "venv", "--without-pip", str(VENV))
    install([base_python(), "-m", "pip", "--python", str(PYTHON), "install"], dev, offline)


WAYS: tuple[tuple[str, Callable[[bool, Path | None], None]], ...] = (
    ("uv", by_uv),
    ("python3 -m venv", by_venv),
    ("python3 -m venv --without-pip + pip --python", by_system_pip),
)


@contextmanager
def old_one_kept() -> Iterator[None]:
    """The present ``.venv`` is put aside and comes back when no new one was made: offline is no reason to lose it."""
    shutil.rmtree(ASIDE, ignore_errors=True)
    if VENV.exists():
        VENV.rename(ASIDE)
    try:
        yield
    finally:
        if not STAMP.exists():
            shutil.rmtree(VENV, ignore_errors=True)
            if ASIDE.exists():
                ASIDE.rename(VENV)
        shutil.rmtree(ASIDE, ignore_errors=True)


def set_up(dev: bool, offline: Path | None) -> None:
    """Make ``.venv`` anew by the first way that works. Raises Failed (a way broke) or Missing (none could be tried)."""
    failures: list[str] = []
    lacking: list[str] = []
    for name, way in WAYS:
        shutil.rmtree(VENV, ignore_errors=True)
        try:
            way(dev, offline)
        except Missing as missing:
            lacking.append(str(missing))
            continue
        except Failed as failure:
            say(f"{name} 未成功，换下一种方式", f"{name} did not work, trying the next way")
            failures.append(f"[{name}] {failure}")
            continue
        STAMP.write_text(json.dumps(wanted(dev), indent=1), encoding="utf-8")
        say(f"已建成 .venv（{name}）", f".venv is ready ({name})")
        return
    if failures:
        raise Failed("\n\n".join(failures))
    raise Missing("、".join(lacking))


@contextmanager
def alone() -> Iterator[None]:
    """One set-up of this folder at a time: two commands started together wait for one another."""
    handle = os.open(ROOT, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        yield
    finally:
        os.close(handle)


def main() -> int:
    """Read the command line, do it, and say in two languages how it ended."""
    parser = argparse.ArgumentParser(description="建立 .venv（仅用标准库） · make .venv (standard library only)")
    parser.add_argument("--dev", action="store_true", help="含测试与检查工具 · with the tools for tests and checks")
    parser.add_argument("--offline", type=Path, metavar="DIR", help="只用此目录中的安装包 · only wheels in this folder")
    arguments = parser.parse_args()
    if arguments.offline is not None and not arguments.offline.is_dir():
        parser.error(f"没有此目录 · no such folder: {arguments.offline}")
    if is_ready(wanted(arguments.dev)):
        return 0
    with alone():
        if is_ready(wanted(arguments.dev)):
            return 0
        return _set_up_and_tell(arguments.dev, arguments.offline and arguments.offline.resolve())


def _set_up_and_tell(dev: bool, offline: Path | None) -> int:
    began = time.monotonic()
    say("正在建立 .venv，首次约需一分钟", "making .venv, about a minute the first time")
    try:
        dev = dev or was_for_development()
        with old_one_kept():
            set_up(dev, offline)
    except Missing as missing:
        say(f"本机缺少：{missing}", f"this machine lacks: {missing}")
        say("Debian：apt-get install python3-pip（或 python3-venv）", "Debian: install python3-pip (or python3-venv)")
        return 3
    except Failed as failure:
        say("安装失败，.venv 未变", "installation failed, .venv is as it was")
        print(failure, file=sys.stderr)
        say(
            "无法访问软件源时，可在联网机器上 make wheelhouse，再用 --offline wheelhouse",
            "without an index: `make wheelhouse` on a connected machine, then --offline wheelhouse",
        )
        return 1
    say(f"用时 {time.monotonic() - began:.0f} 秒", f"took {time.monotonic() - began:.0f} s")
    return 0


if __name__ == "__main__":
    sys.exit(main())
