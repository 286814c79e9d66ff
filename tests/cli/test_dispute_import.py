"""``gkapply dispute import``: what it enters, what it refuses."""

from pathlib import Path

from tests.cli.conftest import Run

HEADS = "登记编号,类型,提出日期,结果,办结日期\n"


def test_a_bad_file_is_refused_with_every_cell(here: Run, tmp_path: Path) -> None:
    assert here("organ", "add", "AY", "安岳县人民政府").returncode == 0
    (tmp_path / "争议.csv").write_text(
        HEADS + "2026-0001,行政复议,2026-03-02,,\n2026-0002,诉讼,昨天,,\n", encoding="gb18030"
    )
    done = here("dispute", "import", "争议.csv", "--organ", "AY")
    assert (done.returncode, done.stdout) == (1, "")
    told = done.stderr.splitlines()
    assert told[0].startswith("第3行「类型」列（「诉讼」）")
    assert told[1].startswith("第3行「提出日期」列（「昨天」）")
    assert told[2].startswith("文件中有2处错误，整个文件没有导入")
    (tmp_path / "争议.csv").write_text(HEADS + "2026-0001,行政复议,2026-03-02,,\n", encoding="utf-8")
    done = here("dispute", "import", "争议.csv", "--organ", "AY")
    assert "本机关没有这个登记编号的申请" in done.stderr
    absent = here("dispute", "import", "没有.csv", "--organ", "AY")
    assert (absent.returncode, "不存在" in absent.stderr) == (2, True)
