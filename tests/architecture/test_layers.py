"""The dependency rule: import-linter's contracts in pyproject.toml hold."""

import os
import subprocess
import sys
from pathlib import Path

from tests.architecture.source import ROOT


def test_the_rooms_see_only_what_they_may() -> None:
    linter = Path(sys.executable).with_name("lint-imports")
    done = subprocess.run(
        [str(linter), "--no-cache", "--no-logo"],
        cwd=ROOT,
        env={**os.environ, "COLUMNS": "200", "NO_COLOR": "1"},
        capture_output=True,
        text=True,
    )
    advice = "A room imports what it may not see (or a new top-level module is not yet named in pyproject.toml)."
    assert done.returncode == 0, f"{advice}\n{done.stdout}{done.stderr}"
