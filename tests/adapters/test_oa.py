"""The folders of the OA: what is half written waits, what is bad is refused with a sentence, a stop in between loses nothing."""

import hashlib
import json
import os
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from gkapply.adapters import oa
from gkapply.adapters.oa import BadItem, Unfinished

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
CONTENT = "来件".encode()
SAID = {"id": "A1", "files": [{"name": "工单.txt", "sha256": hashlib.sha256(CONTENT).hexdigest()}]}


def leave(path: Path, content: bytes, age: timedelta = timedelta()) -> None:
    """A file that was written so long ago."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content)
    when = (NOW - age).timestamp()
    os.utime(path, (when, when))


def pair(folder: Path, said: Any = SAID, name: str = "a", **more: Any) -> None:
    """A pair of sheet and file."""
    leave(folder / "in" / "工单.txt", CONTENT, **more)
    leave(folder / "in" / f"{name}.json", json.dumps(said).encode(), **more)


def taken(folder: Path) -> list[oa.Item]:
    """Every item that can be read now."""
    return [oa.read_item(path, NOW) for path in oa.items_in(folder, 9, NOW)]


def names(folder: Path, place: str) -> list[str]:
    """What lies in one of the folders."""
    return sorted(one.name for one in (folder / place).iterdir()) if (folder / place).is_dir() else []


def test_a_pair_and_a_folder_are_the_same(tmp_path: Path) -> None:
    assert not oa.anything_in(tmp_path)
    pair(tmp_path)
    leave(tmp_path / "in" / "b" / "工单.txt", CONTENT)
    leave(tmp_path / "in" / "b" / "item.json", json.dumps({**SAID, "id": "B1"}).encode())
    leave(tmp_path / "in" / ".c.json", b"{")
    assert oa.anything_in(tmp_path)
    found = taken(tmp_path)
    assert sorted(one.id for one in found) == ["A1", "B1"]
    assert {one.files[0] for one in found} == {("工单.txt", CONTENT)}
    for one in found:
        oa.done(tmp_path, one.folder)
    assert names(tmp_path, "done") == ["a", "b"]
    assert not oa.anything_in(tmp_path)


@pytest.mark.parametrize("unfinished", [b'{"id": "A1", "fi', json.dumps(SAID).encode()])
def test_what_is_half_written_waits_and_is_refused_at_last(tmp_path: Path, unfinished: bytes) -> None:
    leave(tmp_path / "in" / "a.json", unfinished)
    assert taken(tmp_path) == []
    assert names(tmp_path, "in") == ["a.json"]
    leave(tmp_path / "in" / "a.json", unfinished, oa.PATIENCE * 2)
    assert taken(tmp_path) == []
    assert names(tmp_path, "in") == []
    assert (tmp_path / "refused" / "a" / "why.txt").read_text("utf-8").strip()


def test_a_folder_without_its_sheet_waits(tmp_path: Path) -> None:
    leave(tmp_path / "in" / "b" / "工单.txt", b"half")
    (path,) = oa.items_in(tmp_path, 9, datetime.now(UTC))
    with pytest.raises(Unfinished):
        oa.read_item(path, datetime.now(UTC))
    leave(path / "item.json", json.dumps(SAID).encode())
    with pytest.raises(Unfinished, match="sha256"):
        oa.read_item(path, NOW)
    with pytest.raises(BadItem, match="sha256"):
        oa.read_item(path, NOW + 2 * oa.PATIENCE)


@pytest.mark.parametrize(
    "said",
    [
        [],
        {"id": ""},
        {"id": "x" * 65},
        {"id": "A", "files": {}},
        {"id": "A", "files": [{"name": "../x", "sha256": ""}]},
        {"id": "A", "files": [{"name": "item.json", "sha256": ""}]},
        {"id": "A", "files": [*SAID["files"], *SAID["files"]]},
        {"id": "A", "files": [{"name": "a.txt"}]},
    ],
)
def test_a_bad_sheet_is_refused_at_once(tmp_path: Path, said: Any) -> None:
    pair(tmp_path, said)
    assert taken(tmp_path) == []
    assert names(tmp_path, "refused") == ["a"]


def test_a_gathering_that_was_stopped_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    whole = Path.replace
    for stop in range(2):
        pair(tmp_path, {**SAID, "id": f"A{stop}"}, f"a{stop}")
        calls = iter(range(9))

        def replace(path: Path, target: Path, calls: Any = calls, stop: int = stop) -> Path:
            if next(calls) == stop:
                raise OSError("stopped")
            return whole(path, target)

        monkeypatch.setattr(Path, "replace", replace)
        with pytest.raises(OSError, match="stopped"):
            taken(tmp_path)
        monkeypatch.setattr(Path, "replace", whole)
        (item,) = taken(tmp_path)
        assert (item.id, item.files[0][1]) == (f"A{stop}", CONTENT)
        oa.done(tmp_path, item.folder)


def test_what_is_placed_appears_whole_and_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for _ in range(2):
        oa.place(tmp_path, "u", {"id": "u"}, [("u.docx", CONTENT)])
    assert names(tmp_path, "out/u") == ["item.json", "u.docx"]
    said = json.loads((tmp_path / "out" / "u" / "item.json").read_bytes())
    assert said["files"] == [{"name": "u.docx", "sha256": SAID["files"][0]["sha256"]}]  # type: ignore[index]

    def stopped(path: Path, target: Path) -> Path:
        raise KeyboardInterrupt

    monkeypatch.setattr(Path, "rename", stopped)
    with pytest.raises(KeyboardInterrupt):
        oa.place(tmp_path, "v", {"id": "v"}, [("v.docx", CONTENT)])
    assert names(tmp_path, "out") == ["u"]


def test_what_no_text_or_no_file_can_be_is_refused(tmp_path: Path) -> None:
    for said in ('{"id": "\\ud800"}', '{"id": "A", "text": "\\u0000"}', json.dumps(_with_name("x" * 256))):
        leave(tmp_path / "in" / "a" / "item.json", said.encode())
        with pytest.raises(BadItem, match=r"字符|过长"):
            oa.read_item(tmp_path / "in" / "a", NOW)
    (tmp_path / "in" / "b" / "item.json").mkdir(parents=True)
    (tmp_path / "in" / "c").mkdir()
    (tmp_path / "in" / "c" / "item.json").symlink_to(tmp_path / "in" / "a" / "item.json")
    for name in ("b", "c"):
        with pytest.raises(BadItem, match="普通的文件"):
            oa.read_item(tmp_path / "in" / name, NOW)


def _with_name(name: str) -> dict[str, Any]:
    return {**SAID, "files": [{"name": name, "sha256": ""}]}


def test_the_reason_is_not_written_where_a_link_leads(tmp_path: Path) -> None:
    leave(tmp_path / "mine", b"mine")
    item = tmp_path / "in" / "a"
    item.mkdir(parents=True)
    (item / "why.txt").symlink_to(tmp_path / "mine")
    oa.refuse(tmp_path, item, "no")
    assert (tmp_path / "mine").read_bytes() == b"mine"
    assert (tmp_path / "refused" / "a" / "why.txt").read_text("utf-8") == "no\n"
