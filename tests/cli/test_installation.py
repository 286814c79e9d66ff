"""A small office from the first command to the restored backup, and what is refused on the way."""

import base64
import json
import sqlite3
import stat
from contextlib import closing
from pathlib import Path

import pytest

from tests.cli.conftest import Run

SERVER = {
    "GKAPPLY_BROKER_URL": "redis://127.0.0.1:1/0",
    "GKAPPLY_SECRET_KEY": "s" * 48,
    "GKAPPLY_DATA_KEYS": f"k1:{base64.urlsafe_b64encode(bytes(32)).decode()}",
}


def test_the_first_command_makes_keys_and_says_to_keep_them_apart(gkapply: Run, tmp_path: Path) -> None:
    done = gkapply("organ", "add", "AY", "安岳县人民政府")
    assert done.returncode == 0
    assert f"已在 {tmp_path / 'instance'} 下生成密钥" in done.stderr
    assert "分开保管" in done.stderr
    for name in ("secret_key", "data_keys"):
        assert stat.S_IMODE((tmp_path / "instance" / name).stat().st_mode) == 0o600
    again = gkapply("organ", "list", "--json")
    assert (again.returncode, again.stderr) == (0, "")
    (organ,) = json.loads(again.stdout)
    assert (organ["code"], organ["name"]) == ("AY", "安岳县人民政府")


def test_organs_and_accounts(here: Run) -> None:
    assert here("organ", "add", "AY", "安岳县人民政府").returncode == 0
    assert here("organ", "add", "AY-MZ", "安岳县民政局", "--kind", "department", "--parent", "AY").returncode == 0
    assert "安岳县民政局" in here("organ", "list").stdout
    twice = here("organ", "add", "AY", "另一机关")
    assert (twice.returncode, "AY" in twice.stderr) == (1, True)
    generated = here("user", "add", "wang", "--organ", "AY", "--duty", "officer", "--generate")
    assert generated.returncode == 0
    assert "初始口令" in generated.stdout
    given = here("user", "add", "li", "--organ", "AY", "--duty", "registrar", stdin="Ru-yi-2026-an\n")
    assert (given.returncode, "Ru-yi" in given.stdout) == (0, False)
    for arguments, sentence in (
        (("user", "add", "li", "--organ", "AY", "--duty", "head", "--generate"), "li"),
        (("user", "add", "zhao", "--organ", "ZZ", "--duty", "head", "--generate"), "机关"),
        (("user", "add", "zhao", "--organ", "AY", "--duty", "head"), "没有给出口令"),
    ):
        refused = here(*arguments)
        assert (refused.returncode, sentence in refused.stderr) == (1, True), refused.stderr


def test_report_backup_restore(here: Run, tmp_path: Path) -> None:
    here("organ", "add", "AY", "安岳县人民政府")
    report = here("report", "annual", "--organ", "AY", "--year", "2026", "--format", "json", "--output", "r.json")
    assert report.returncode == 0, report.stderr
    assert json.loads((tmp_path / "r.json").read_text(encoding="utf-8"))["year"] == 2026
    for form, begin in (("docx", b"PK"), ("xlsx", b"PK"), ("html", b"<!DOCTYPE html>")):
        made = here("report", "annual", "--organ", "AY", "--year", "2026", "--format", form, "--output", f"r.{form}")
        assert (made.returncode, (tmp_path / f"r.{form}").read_bytes()[: len(begin)]) == (0, begin), made.stderr
    nowhere = here("report", "annual", "--organ", "AY", "--year", "2026", "--output", "absent/r.json")
    assert (nowhere.returncode, "absent/r.json" in nowhere.stderr) == (1, True)
    assert here("journal", "verify", "--files").returncode == 0

    kept = here("backup", "b.tar.gz")
    assert kept.returncode == 0, kept.stderr
    key = (tmp_path / "instance" / "data_keys").read_text().partition(":")[0]
    assert f"归档中没有密钥。恢复时需要编号为 {key} 的密钥" in kept.stdout
    assert here("backup", "b.tar.gz").returncode == 1
    full = here("restore", "b.tar.gz")
    assert (full.returncode, "数据库不是空的" in full.stderr) == (1, True)
    elsewhere = {
        "GKAPPLY_DATABASE_URL": f"sqlite:///{tmp_path / 'new' / 'g.db'}",
        "GKAPPLY_STORE": str(tmp_path / "new" / "files"),
        "GKAPPLY_ANCHORS": str(tmp_path / "new" / "anchors"),
    }
    restored = here("restore", "b.tar.gz", **elsewhere)
    assert restored.returncode == 0, restored.stderr
    assert "操作日志完整" in restored.stdout
    assert here("organ", "list", **elsewhere).stdout == here("organ", "list").stdout


def test_journal_verify_names_organ_and_number(here: Run, tmp_path: Path) -> None:
    for number in range(3):
        here("organ", "add", f"AY-{number}", f"第{number}局")
    with closing(sqlite3.connect(tmp_path / "instance" / "gkapply.db")) as stranger, stranger:
        stranger.execute("DROP TRIGGER journal_no_update")
        stranger.execute("UPDATE journal SET body = replace(body, 'system', 'user:1') WHERE seq = 2")
    done = here("journal", "verify")
    assert (done.returncode, done.stdout) == (1, "")
    assert "第2号记录被改动" in done.stderr


def test_a_worker_has_nothing_to_do_without_a_broker(here: Run) -> None:
    done = here("worker")
    assert (done.returncode, "GKAPPLY_BROKER_URL" in done.stderr) == (1, True)


def test_an_occupied_port_is_told(here: Run, taken_port: int) -> None:
    for command in ("serve", "demo"):
        done = here(command, "--port", str(taken_port))
        assert (done.returncode, f"127.0.0.1:{taken_port}" in done.stderr) == (1, True), done.stderr


def test_bad_settings_are_named_all_at_once(here: Run) -> None:
    done = here(
        "serve", GKAPPLY_BROKER_URL="redis://127.0.0.1:1/0", GKAPPLY_DATABASE_URL="mysql://x", GKAPPLY_IDLE_MINUTES="0"
    )
    assert (done.returncode, done.stdout) == (1, "")
    for name in ("GKAPPLY_SECRET_KEY", "GKAPPLY_DATA_KEYS", "GKAPPLY_DATABASE_URL", "GKAPPLY_IDLE_MINUTES"):
        assert name in done.stderr


def test_a_database_out_of_reach_is_told(here: Run) -> None:
    absent = "postgresql+psycopg://nobody@127.0.0.1:1/none"
    done = here("organ", "list", **SERVER, GKAPPLY_DATABASE_URL=absent)
    assert (done.returncode, done.stdout) == (1, "")
    assert "数据库连接不上" in done.stderr


@pytest.mark.parametrize("database_kind", ["postgresql"], indirect=True)
def test_the_server_profile_changes_no_database_unasked(here: Run, empty_database_url: str) -> None:
    server = {**SERVER, "GKAPPLY_DATABASE_URL": empty_database_url}
    before = here("organ", "list", **server)
    assert (before.returncode, "gkapply upgrade" in before.stderr) == (1, True)
    assert here("upgrade", **server).returncode == 0
    assert here("organ", "list", **server).returncode == 0


@pytest.mark.parametrize(
    ("sql", "sentence"),
    [
        ("UPDATE alembic_version SET version_num = '9999'", "更新的版本"),
        ("DELETE FROM alembic_version", "别的程序的表"),
    ],
)
def test_a_database_that_is_not_this_editions_is_left_alone(here: Run, tmp_path: Path, sql: str, sentence: str) -> None:
    here("upgrade")
    with closing(sqlite3.connect(tmp_path / "instance" / "gkapply.db")) as stranger, stranger:
        stranger.execute(sql)
    done = here("organ", "list")
    assert (done.returncode, sentence in done.stderr) == (1, True), done.stderr
    assert here("upgrade").returncode == 1


def test_lost_keys_are_noticed(here: Run, tmp_path: Path) -> None:
    here("organ", "add", "AY", "安岳县人民政府")
    (tmp_path / "instance" / "data_keys").unlink()
    done = here("organ", "list")
    assert (done.returncode, "没有找到它的密钥" in done.stderr) == (1, True)
