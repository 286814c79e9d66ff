"""The set-up script: quick when nothing changed, and never worse off than before when it fails."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.architecture.source import ROOT

NEEDED = ("pyproject.toml", "requirements.lock", "requirements-dev.lock", "requirements-build.lock")


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A tree with a working ``.venv`` that was made from its lock files."""
    folder = tmp_path / "checkout"
    (folder / "scripts").mkdir(parents=True)
    shutil.copy(ROOT / "scripts" / "bootstrap.py", folder / "scripts")
    for name in NEEDED:
        shutil.copy(ROOT / name, folder)
    (folder / ".venv" / "bin").mkdir(parents=True)
    (folder / ".venv" / "bin" / "python").symlink_to(sys.executable)
    stamp = "import json, bootstrap; bootstrap.STAMP.write_text(json.dumps(bootstrap.wanted(dev=True)))"
    subprocess.run([sys.executable, "-c", stamp], cwd=folder / "scripts", check=True)
    return folder


def bootstrap(checkout: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    script = checkout / "scripts" / "bootstrap.py"
    return subprocess.run([sys.executable, str(script), *arguments], capture_output=True, text=True)


@pytest.mark.parametrize("arguments", [(), ("--dev",)])
def test_nothing_changed_nothing_done(checkout: Path, arguments: tuple[str, ...]) -> None:
    done = bootstrap(checkout, *arguments)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("changed", NEEDED)
def test_a_change_in_what_it_is_made_from_is_noticed(checkout: Path, changed: str) -> None:
    question = "import bootstrap; print(bootstrap.is_ready(bootstrap.wanted(dev=True)))"
    answers = []
    for addition in ("", '\n[project.urls]\nhome = "x"\n' if changed == "pyproject.toml" else "\n# renewed\n"):
        with (checkout / changed).open("a", encoding="utf-8") as file:
            file.write(addition)
        asked = [sys.executable, "-c", question]
        answers.append(
            subprocess.run(asked, cwd=checkout / "scripts", check=True, capture_output=True, text=True).stdout
        )
    assert answers == ["True\n", "False\n"]


def test_a_failure_keeps_the_old_environment(checkout: Path) -> None:
    (checkout / "wheelhouse").mkdir()
    (checkout / "requirements.lock").write_text("alembic==0.0.1 --hash=sha256:" + "0" * 64, encoding="utf-8")
    done = bootstrap(checkout, "--offline", str(checkout / "wheelhouse"))
    assert done.returncode == 1, done.stderr
    assert "安装失败" in done.stderr
    assert "installation failed" in done.stderr
    assert (checkout / ".venv" / "bin" / "python").readlink() == Path(sys.executable)
    assert not (checkout / ".venv-before").exists()


def test_a_missing_wheelhouse_is_wrong_usage(checkout: Path) -> None:
    done = bootstrap(checkout, "--offline", str(checkout / "nowhere"))
    assert done.returncode == 2
    assert "没有此目录" in done.stderr
