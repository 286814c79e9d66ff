"""``gkapply report check``: a published report from a file, without an installation."""

import json
from pathlib import Path

from tests.annual_form import pages
from tests.cli.conftest import Run


def test_a_report_that_holds_and_one_with_a_wrong_figure(here: Run, tmp_path: Path) -> None:
    (tmp_path / "good.html").write_text(pages.page(pages.table3()), encoding="utf-8")
    good = here("report", "check", "good.html")
    assert (good.returncode, good.stderr) == (0, "")
    assert good.stdout == "安岳县人民政府，2025，30号-2021：各项勾稽关系相符\n"
    (tmp_path / "bad.html").write_text(pages.page(pages.table3().replace(">783<", ">738<")), encoding="utf-8")
    bad = here("report", "check", "bad.html")
    assert bad.returncode == 1
    assert "疑似有误　表三，四、结转下年度继续办理，自然人：报告为738，改为783则有关各项相符\n" in bad.stdout
    told = json.loads(here("report", "check", "bad.html", "--json").stdout)
    assert told["ok"] is False
    assert told["suspects"] == [
        {"table": "表三", "row": "四、结转下年度继续办理", "column": "自然人", "value": 738, "fits": 783}
    ]
    assert told["broken"][0]["detail"] == "自然人：14147≠14102"
    assert told["report"]["table4"]["review"] == [376, 97, 196, 121, 790]


def test_what_is_no_report_is_refused(here: Run, tmp_path: Path) -> None:
    (tmp_path / "r.pdf").write_bytes(b"%PDF-1.7")
    refused = here("report", "check", "r.pdf")
    assert (refused.returncode, "文件不是 docx、xlsx 或者网页" in refused.stderr) == (1, True)
