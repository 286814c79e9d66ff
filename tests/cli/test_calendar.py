"""``gkapply calendar``: import with its preview, and a year on the screen."""

import json
from pathlib import Path

import pytest

from tests.architecture.source import ROOT
from tests.cli.conftest import Run

NOTICE = "日期,类型,名称\n2027-01-01,放假,元旦\n2026-12-27,上班,元旦\n"


@pytest.fixture
def notice(tmp_path: Path) -> str:
    file = tmp_path / "2027.csv"
    file.write_text(NOTICE, encoding="gb18030")
    return file.name


def test_a_preview_writes_nothing_and_an_import_does(here: Run, notice: str) -> None:
    shown = here("calendar", "import", notice, "--preview")
    assert shown.returncode == 0
    assert "2027年：放假1日，调休上班1日" in shown.stdout
    assert "2027年没有春节、" in shown.stdout
    assert json.loads(here("calendar", "show", "2027", "--json").stdout)["published"] is False
    done = here("calendar", "import", notice, "--notice", "某发〔2026〕1号")
    assert done.returncode == 0
    assert "已导入。已核对0件在办申请，0件的期限变动" in done.stderr
    year = json.loads(here("calendar", "show", "2027", "--json").stdout)
    assert (year["published"], year["notice"], year["off_days"]) == (True, "某发〔2026〕1号", ["2027-01-01"])
    assert json.loads(here("calendar", "show", "2026", "--json").stdout)["makeup_workdays"][-1] == "2026-12-27"


def test_the_same_file_again_says_so(here: Run, notice: str) -> None:
    here("calendar", "import", notice, "--yes")
    again = json.loads(here("calendar", "import", notice, "--json").stdout)
    assert (again["applied"], again["changed"], again["unchanged"]) == (False, [], [2027])


def test_the_shipped_year_is_shown_by_months(here: Run) -> None:
    done = here("calendar", "show", "2026")
    assert done.returncode == 0
    assert "全国（CN）2026年：工作日248天" in done.stdout
    assert "10月    18    放假：1日（国庆节）、2日（国庆节）" in done.stdout
    assert "上班：14日、28日" in done.stdout


def test_the_example_of_a_region_is_read(here: Run) -> None:
    example = ROOT / "docs" / "examples" / "calendar_guangxi.csv"
    assert here("calendar", "import", str(example)).returncode == 0
    year = json.loads(here("calendar", "show", "2026", "--region", "GX", "--json").stdout)
    assert {"2026-04-20", "2026-04-21", "2026-10-01"} <= set(year["off_days"])
    assert "2026-04-20" not in json.loads(here("calendar", "show", "2026", "--json").stdout)["off_days"]


@pytest.mark.parametrize(
    ("arguments", "code", "sentence"),
    [
        (["show", "2099"], 1, "日历只有 2019 至 2036 年"),
        (["show", "2026", "--region", "XX"], 1, "没有代码为「XX」的工作日日历"),
        (["show", "MMXX"], 2, "应为整数"),
        (["import", "absent.csv"], 2, "文件或文件夹不存在"),
        (["import", "wrong.csv"], 1, "第2行「类型」列「休息」不正确"),
    ],
)
def test_what_is_wrong_is_told(here: Run, tmp_path: Path, arguments: list[str], code: int, sentence: str) -> None:
    (tmp_path / "wrong.csv").write_text("日期,类型,名称\n2027-01-01,休息,元旦\n", encoding="utf-8")
    done = here("calendar", *arguments)
    assert done.returncode == code
    assert sentence in done.stderr
    assert done.stdout == ""
