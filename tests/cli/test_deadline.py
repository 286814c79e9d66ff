"""``gkapply deadline``: facts from a file or the standard input, figures for programs and sentences for people."""

import json
from pathlib import Path

from tests.cli.conftest import Run

FACTS = {
    "received_on": "2026-03-02",
    "calendar": "CN",
    "facts": [
        {"kind": "third_party_asked", "on": "2026-03-10", "party": "A", "received_on": "2026-03-12"},
        {"kind": "third_party_answered", "on": "2026-03-25", "party": "A"},
        {"kind": "extension", "on": "2026-03-27", "working_days": 10, "told_on": "2026-03-28"},
    ],
}


def test_json_for_programs(gkapply: Run, tmp_path: Path) -> None:
    (tmp_path / "facts.json").write_text(json.dumps(FACTS), encoding="utf-8-sig")
    done = gkapply("deadline", "facts.json", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    answer = json.loads(done.stdout)
    assert (answer["reply_due_on"], answer["provisional"]) == ("2026-04-29", False)
    assert answer["days"][0] == {"on": "2026-03-03", "counts": True, "number": 1}
    assert sorted(path.name for path in tmp_path.iterdir()) == ["facts.json"], "it needs no installation"


def test_standard_input_and_a_table_for_people(gkapply: Run) -> None:
    done = gkapply("deadline", "-", stdin=json.dumps(FACTS))
    assert done.returncode == 0
    lines = done.stdout.splitlines()
    assert lines[0] == "答复期限届满日：2026-04-29"
    assert "  2026-03-03  第1日" in lines
    assert "  2026-03-07  不计：周末" in lines
    assert "  2026-03-11  不计：征求第三方意见（条例第三十三条第三款）" in lines


def test_an_unlawful_fact_is_refused_with_its_article(gkapply: Run) -> None:
    twice = {
        **FACTS,
        "facts": [
            *FACTS["facts"],
            {"kind": "extension", "on": "2026-03-30", "working_days": 5, "told_on": "2026-03-30"},
        ],
    }
    done = gkapply("deadline", "-", "--json", stdin=json.dumps(twice))
    assert (done.returncode, done.stdout) == (1, "")
    assert "条例第三十三条第二款" in done.stderr


def test_an_unpaid_fee_holds_the_clock(gkapply: Run) -> None:
    fee = {
        "received_on": "2026-03-02",
        "facts": [{"kind": "fee_noticed", "on": "2026-03-23", "received_on": "2026-03-24"}],
    }
    lines = gkapply("deadline", "-", stdin=json.dumps(fee)).stdout.splitlines()
    assert lines[0] == "答复期限自 2026-03-23 起停止计算，尚不能确定届满日"
    assert "  缴费：2026-04-22  国办函〔2020〕109号" in lines


def test_what_is_no_json_or_no_utf_8_is_refused(gkapply: Run) -> None:
    for content, word in ((b'{"received_on":', "JSON"), ("收到".encode("gbk"), "UTF-8")):
        done = gkapply("deadline", "-", stdin=content)
        assert (done.returncode, done.stdout) == (1, "")
        assert word in done.stderr
