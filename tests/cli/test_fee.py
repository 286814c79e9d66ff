"""``gkapply fee``: the processing fee by either tariff, with its working."""

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Run


@pytest.mark.parametrize(
    ("arguments", "yuan"),
    [
        (["--mode", "item", "--count", "35"], 3000),
        (["--mode", "item", "--count", "10"], 0),
        (["--mode", "page", "--pages", "256"], 4940),
    ],
)
def test_json_for_programs(gkapply: Run, tmp_path: Path, arguments: list[str], yuan: int) -> None:
    done = gkapply("fee", *arguments, "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert list(answer) == ["yuan", "working"]
    assert answer["yuan"] == yuan
    assert answer["working"][-1] == f"合计：{yuan}元"
    assert list(tmp_path.iterdir()) == [], "it needs no installation"


def test_the_working_for_people(gkapply: Run) -> None:
    done = gkapply("fee", "--mode", "page", "--pages", "130")
    assert done.stdout.splitlines() == [
        "第1—30页：不收费",
        "第31—100页：70页×10元/页＝700元",
        "第101—130页：30页×20元/页＝600元",
        "合计：1300元",
    ]


@pytest.mark.parametrize("count", ["0", "-1", "10000"])
def test_a_count_that_cannot_be_is_refused_with_the_source(gkapply: Run, count: str) -> None:
    done = gkapply("fee", "--mode", "item", "--count", count)
    assert (done.returncode, done.stdout) == (1, "")
    assert "国办函〔2020〕109号" in done.stderr
