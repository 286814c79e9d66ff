"""``gkapply ledger export``: what it writes, what it refuses, what it leaves behind."""

from pathlib import Path

import pytest

from tests.cli.conftest import Run

EXPORT = ("ledger", "export", "--organ", "AY", "--from", "2026-01-01", "--to", "2026-12-31")


def test_an_empty_register_has_its_heads(here: Run, tmp_path: Path) -> None:
    assert here("organ", "add", "AY", "安岳县人民政府").returncode == 0
    done = here(*EXPORT, "--output", "台账.csv")
    assert done.returncode == 0, done.stderr
    assert "已导出0件" in done.stdout
    assert "隐去" in done.stderr
    written = sorted(path.name for path in tmp_path.glob("*.csv"))
    assert written == ["台账-事实.csv", "台账-其他案卷.csv", "台账.csv"]
    assert (tmp_path / "台账.csv").read_text("utf-8-sig").startswith("登记编号,收到日期,受理渠道,申请人类型,申请人,")
    refused = here(*EXPORT, "--output", "台账.xlsx", "--in-clear", "x")
    assert refused.returncode == 1
    assert "事由" in refused.stderr
    wrong = here("ledger", "export", "--organ", "AY", "--from", "2026-12-31", "--to", "2026-01-01", "--output", "a.csv")
    assert (wrong.returncode, "晚于" in wrong.stderr) == (1, True)
    assert not list(tmp_path.glob("*.xlsx"))


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ((*EXPORT, "--output", "台账.doc"), "以 .csv 或者 .xlsx 结尾"),
        ((*EXPORT[:-1], "去年", "--output", "台账.csv"), "不是日期"),
    ],
)
def test_wrong_usage_names_what_is_wrong(here: Run, arguments: tuple[str, ...], sentence: str) -> None:
    done = here(*arguments)
    assert (done.returncode, sentence in done.stderr) == (2, True), done.stderr
