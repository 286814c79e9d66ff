"""Help, wrong usage and what is promised for later: the right exit code, a Chinese sentence, nothing imported in vain."""

import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from gkapply.cli import _COMMANDS as COMMANDS
from tests.cli.conftest import Run, environment

CHINESE = re.compile(r"[\u4e00-\u9fff]")
HEAVY = {"celery", "docx", "docxtpl", "flask", "sqlalchemy", "alembic", "gunicorn", "lxml"}


def test_help_names_every_command(gkapply: Run) -> None:
    done = gkapply("--help")
    assert (done.returncode, done.stderr) == (0, "")
    for name in COMMANDS:
        assert re.search(rf"^  {name} +\S", done.stdout, re.M), name
    assert not re.search("Usage|Options|Commands|Show this", done.stdout)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_explains_itself_in_chinese(here: Run, name: str) -> None:
    done = here(name, "--help")
    assert done.returncode == 0
    assert CHINESE.search(done.stdout)
    assert not re.search("Usage|Options|Commands|Show this", done.stdout)


@pytest.mark.parametrize(
    ("arguments", "not_needed"),
    [
        (["--help"], HEAVY),
        (["deadline", "-"], HEAVY),
        (["workflow", "chart"], HEAVY),
        (["fee", "--mode", "item", "--count", "11"], HEAVY),
        (["organ", "list"], {"celery", "docx", "docxtpl", "flask", "gunicorn"}),
    ],
)
def test_a_command_loads_only_what_it_needs(tmp_path: Path, arguments: list[str], not_needed: set[str]) -> None:
    code = (
        "import sys\nfrom gkapply.cli import main\n"
        f"try:\n    main({arguments!r})\nexcept SystemExit:\n    print('LOADED', *sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=tmp_path, env=environment(), input=b"{}", capture_output=True, check=True
    )
    loaded = done.stdout.decode().split("LOADED")[1].split()
    assert not_needed.isdisjoint(loaded)


def test_help_answers_within_the_blink_of_an_eye(tmp_path: Path) -> None:
    """0.8 s is promised; the interpreter alone is measured beside it, since a loaded machine slows both."""

    def seconds(*arguments: str) -> float:
        begun = time.perf_counter()
        subprocess.run([sys.executable, *arguments], cwd=tmp_path, env=environment(), capture_output=True, check=True)
        return time.perf_counter() - begun

    bare = min(seconds("-c", "pass") for _ in range(5))
    assert min(seconds("-m", "gkapply", "--help") for _ in range(5)) < max(0.8, 10 * bare)


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        (["nonsense"], "没有命令 nonsense"),
        (["organ", "nonsense"], "没有命令 nonsense"),
        (["organ", "add", "--colour"], "没有选项 --colour"),
        (["organ", "add"], "缺少 代码"),
        (["user", "add", "li", "--organ", "AY"], "缺少 --duty"),
        (["fee", "--count", "3"], "缺少 --mode"),
        (["fee", "--mode", "both"], "--mode：不在可选项之内（item、page）"),
        (["fee", "--mode", "item"], "--count：应当写明"),
        (["fee", "--mode", "page", "--count", "3"], "--pages：应当写明"),
        (["fee", "--mode", "item", "--count", "3", "--pages", "40"], "--pages：只能选择一种计收方式"),
        (["fee", "--mode", "page", "--pages", "3.5"], "--pages：应为整数"),
        (["user", "add", "li", "--organ", "AY", "--duty", "king"], "--duty：不在可选项之内（registrar、officer"),
        (["serve", "--port", "many"], "--port：应为整数"),
        (["serve", "--port", "70000"], "--port：超出允许的范围"),
        (["backup", "one", "two"], "多出了参数 two"),
        (["backup", "."], "文件：是文件夹，不是文件"),
        (["deadline", "absent.json"], "文件「absent.json」：文件或文件夹不存在"),
        (["report", "annual", "--organ", "AY", "--year", "MMXX", "--output", "r"], "--year：应为整数"),
        (["organ"], "用法：gkapply organ"),
        ([], "用法：gkapply"),
    ],
)
def test_wrong_usage_is_told_in_chinese(here: Run, arguments: list[str], sentence: str) -> None:
    done = here(*arguments)
    assert (done.returncode, done.stdout) == (2, "")
    assert sentence in done.stderr
    assert not re.search(r"Error|Traceback|Invalid|Missing|No such", done.stderr)


def test_output_is_utf_8_whatever_the_terminal_says(gkapply: Run) -> None:
    done = gkapply("--help", LC_ALL="C", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0", PYTHONIOENCODING="ascii")
    assert done.returncode == 0
    assert "政府信息依申请公开" in done.stdout
