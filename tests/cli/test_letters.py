"""``gkapply letter``: the kinds, a letter from its fields, and the letter check, as another program uses them."""

import json
from pathlib import Path

import pytest
from docx import Document

from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from tests.cli.conftest import Done, Run


def kinds(run: Run) -> dict[str, dict[str, object]]:
    done = run("letter", "kinds", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return {one["kind"]: one for one in json.loads(done.stdout)}


def rendered(run: Run, folder: Path, kind: str, **changed: object) -> tuple[Done, Path]:
    given = {**kinds(run)[kind]["example"], **changed}  # type: ignore[dict-item]
    (folder / "fields.json").write_text(json.dumps(given, ensure_ascii=False), encoding="utf-8")
    return run("letter", "render", kind, "fields.json", "letter.docx"), folder / "letter.docx"


def test_the_kinds_with_their_rows_and_fields(gkapply: Run, tmp_path: Path) -> None:
    found = kinds(gkapply)
    assert list(found) == [kind.value for kind in (*LetterKind, *FormKind)]
    partial = found["reply_partial"]
    assert (partial["label"], partial["row"]) == ("部分公开告知书", "14")
    assert {"addressee", "items", "remedies", "document_number", "date_text"} <= set(partial["fields"])  # type: ignore[call-overload]
    assert list(tmp_path.iterdir()) == [], "it needs no installation"


def test_a_letter_is_rendered_checked_and_found_good(gkapply: Run, tmp_path: Path) -> None:
    done, file = rendered(gkapply, tmp_path, "reply_partial")
    assert (done.returncode, done.stderr) == (0, "")
    checked = gkapply("letter", "check", file.name, "--json")
    assert (checked.returncode, checked.stderr) == (0, "")
    report = json.loads(checked.stdout)
    assert (report["ok"], report["kind"], report["findings"]) == (True, "reply_partial", [])
    assert {"quote", "ledger", "series", "term"} <= {one["point"] for one in report["unchecked"]}
    assert sorted(one.name for one in tmp_path.iterdir()) == ["fields.json", "letter.docx"]


def test_a_spoilt_letter_is_told_with_the_sentence_and_what_to_do(gkapply: Run, tmp_path: Path) -> None:
    _, file = rendered(gkapply, tmp_path, "reply_refused")
    document = Document(str(file))
    for paragraph in document.paragraphs:
        if "先向" in paragraph.text:
            paragraph.text = paragraph.text.replace("60日", "30日")
    document.save(str(file))
    checked = gkapply("letter", "check", file.name, "--json")
    assert checked.returncode == 1
    report = json.loads(checked.stdout)
    assert report["ok"] is False
    (first, *_) = report["findings"]
    assert first["point"] == "remedies"
    assert "30日" in first["sentence"]
    assert first["do"]
    told = gkapply("letter", "check", file.name)
    assert told.returncode == 1
    assert "错误　救济告知：申请行政复议的期限应为60日" in told.stdout
    assert "未核　文号与落款名义一致：须与案卷核对" in told.stdout


@pytest.mark.parametrize("kind", FormKind)
def test_an_internal_sheet_is_no_letter_to_be_faulted(here: Run, tmp_path: Path, kind: FormKind) -> None:
    rendered(here, tmp_path, kind.value)
    report = json.loads(here("letter", "check", "letter.docx", "--json").stdout)
    assert (report["ok"], report["kind"]) == (True, kind.value)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"[]", "应为一个 JSON 对象"),
        (b"{", "不是 JSON"),
        (b"\xff\xfe", "不是 UTF-8 编码"),
        ('{"不知道": "甲"}'.encode(), "不知道"),
        (b"{}", "文书缺少"),
    ],
)
def test_fields_that_do_not_fit_are_refused(here: Run, tmp_path: Path, content: bytes, sentence: str) -> None:
    (tmp_path / "fields.json").write_bytes(content)
    done = here("letter", "render", "receipt", "fields.json", "letter.docx")
    assert (done.returncode, done.stdout) == (1, "")
    assert sentence in done.stderr
    assert not (tmp_path / "letter.docx").exists()


def test_an_unknown_kind_and_a_file_that_is_no_letter_are_refused(here: Run, tmp_path: Path) -> None:
    (tmp_path / "fields.json").write_text("{}")
    done = here("letter", "render", "reply", "fields.json", "letter.docx")
    assert (done.returncode, "没有代码为「reply」的文书" in done.stderr) == (1, True)
    done = here("letter", "check", "fields.json")
    assert (done.returncode, "文书不是 .docx 文件" in done.stderr) == (1, True)
    assert here("letter", "check", "absent.docx").returncode == 2
