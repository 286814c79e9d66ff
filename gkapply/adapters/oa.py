"""Exchange with an office automation system (OA) by folders: what it hands over, what it is given, and what it says of that.

Under the folder lie ``in``, ``out``, ``done`` and ``refused``. An item is a folder of its own with ``item.json`` and files, or a pair
``NAME.json`` with files beside it; a pair is first gathered into a folder, so that every further move is one rename. What the
OA is still writing is left alone. docs/oa.md has the format.
"""

import hashlib
import json
import os
import re
import secrets
import shutil
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

IN, OUT, DONE, REFUSED, WORK = "in", "out", "done", "refused", ".work"
ITEM = "item.json"
WHY = "why.txt"
"""File in a refused item that says why."""
LARGEST_JSON = 1024 * 1024
LARGEST_FILE = 20 * 1024 * 1024
LONGEST_NAME = 255
"""Bytes of a file's name that a folder takes."""
_UNKEPT = re.compile(r"[\ud800-\udfff]|\\u0000")
"""Signs that JSON can write down and no text has: half a pair, and NUL as it is written again."""
PATIENCE = timedelta(minutes=30)
"""How long an item may look unfinished before it is refused."""


class BadItem(Exception):
    """The item can never be taken; the sentence says why, for those who run the OA."""


class Unfinished(Exception):
    """The item is still being written, as it seems: look again later."""


@dataclass(frozen=True, slots=True)
class Item:
    """One item as a folder: where it lies, what its json says, its files by name."""

    folder: Path
    id: str
    said: Mapping[str, Any]
    files: Sequence[tuple[str, bytes]]


def anything_in(folder: Path) -> bool:
    """Whether something waits to be taken."""
    return next(_waiting(folder), None) is not None


def items_in(folder: Path, most: int, now: datetime) -> Iterator[Path]:
    """Folders of the items that wait, the oldest name first; pairs are gathered into folders on the way.

    An item that cannot be gathered yet is passed over; one that never can is moved to ``refused``.
    """
    for found in list(_waiting(folder))[:most]:
        if found.is_dir():
            yield found
            continue
        try:
            whole = _gather(folder, found)
        except Unfinished as unfinished:
            if _age(found, now) > PATIENCE:
                refuse(folder, _alone(folder, found), str(unfinished))
        except BadItem as bad:
            refuse(folder, _alone(folder, found), str(bad))
        else:
            yield whole


def read_item(path: Path, now: datetime) -> Item:
    """What lies in the folder of an item. Raises BadItem, Unfinished, OSError."""
    sheet = path / ITEM
    try:
        said = _read_json(sheet)
        files = [_read_file(path, one) for one in _listed(said)]
    except Unfinished as unfinished:
        if _age(sheet if sheet.exists() else path, now) > PATIENCE:
            raise BadItem(str(unfinished)) from unfinished
        raise
    return Item(path, str(said["id"]), said, files)


def done(folder: Path, path: Path) -> None:
    """Put an item that was taken aside."""
    _put_aside(path, folder / DONE)


def refuse(folder: Path, path: Path, why: str) -> None:
    """Put an item that can never be taken where the people of the OA find it, with the reason."""
    said = path / WHY
    if said.is_symlink() or said.exists():
        # Of the item itself; a link might lead anywhere.
        said.rename(path / f"{WHY}.{secrets.token_hex(4)}")
    said.write_text(f"{why}\n", encoding="utf-8")
    _put_aside(path, folder / REFUSED)


def place(folder: Path, name: str, said: Mapping[str, Any], files: Sequence[tuple[str, bytes]]) -> None:
    """Leave an item for the OA, whole or not at all; the same name is the same item."""
    target = folder / OUT / name
    if target.exists():
        return
    partial = folder / WORK / f"{name}.{secrets.token_hex(4)}"
    partial.mkdir(parents=True)
    listed = [{"name": one, "sha256": hashlib.sha256(content).hexdigest()} for one, content in files]
    whole = json.dumps({**said, "files": listed}, ensure_ascii=False, indent=1)
    for file, content in (*files, (ITEM, whole.encode())):
        _write(partial / file, content)
    target.parent.mkdir(parents=True, exist_ok=True)
    try:
        partial.rename(target)
    except OSError:
        # Another runner has placed it meanwhile.
        shutil.rmtree(partial)
        if not target.exists():
            raise


def _waiting(folder: Path) -> Iterator[Path]:
    """Gathered items first, then folders and sheets of pairs, by name; what begins with a dot is being written."""
    gathered, fresh = folder / WORK / IN, folder / IN
    if gathered.is_dir():
        yield from (one for one in sorted(gathered.iterdir()) if (one / ITEM).exists())
    if fresh.is_dir():
        found = (one for one in sorted(fresh.iterdir()) if not one.name.startswith(".") and not one.is_symlink())
        yield from (one for one in found if one.is_dir() or one.suffix == ".json")


def _gather(folder: Path, sheet: Path) -> Path:
    """The folder into which the pair is moved, its files first and its sheet last: a stop in between is gone on with."""
    target = folder / WORK / IN / sheet.stem
    if (target / ITEM).exists():
        raise Unfinished("同名的上一件还没有处理")
    listed = _listed(_read_json(sheet))
    for one in listed:
        _require_whole(target if (target / one["name"]).exists() else sheet.parent, one)
    target.mkdir(parents=True, exist_ok=True)
    for one in listed:
        source = sheet.parent / one["name"]
        if source.exists():
            source.replace(target / one["name"])
    sheet.replace(target / ITEM)
    return target


def _alone(folder: Path, sheet: Path) -> Path:
    """A folder that holds the sheet of a pair that never became whole, with those of its files that came."""
    target = folder / WORK / IN / sheet.stem
    target.mkdir(parents=True, exist_ok=True)
    sheet.replace(target / ITEM)
    return target


def _read_json(path: Path) -> Mapping[str, Any]:
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise BadItem("清单不是普通的文件")
    try:
        if path.stat().st_size > LARGEST_JSON:
            raise BadItem("清单超过1 MB")
        said = json.loads(path.read_bytes())
    except FileNotFoundError as error:
        raise Unfinished(f"没有清单 {ITEM}") from error
    except (ValueError, RecursionError) as error:
        raise Unfinished("清单不是完整的 JSON") from error
    if not isinstance(said, dict) or not isinstance(said.get("id"), str) or not 1 <= len(said["id"]) <= 64:
        raise BadItem("清单没有 id，或者 id 超过64个字")
    if _UNKEPT.search(json.dumps(said, ensure_ascii=False)):
        raise BadItem("清单中有不成文字的字符")
    return said


def _listed(said: Mapping[str, Any]) -> Sequence[Mapping[str, str]]:
    """The files that the sheet lists, each with a plain name and its hash. Raises BadItem."""
    listed = said.get("files", [])
    if not isinstance(listed, list):
        raise BadItem("清单的 files 不是列表")
    for one in listed:
        if not isinstance(one, dict) or not all(isinstance(one.get(key), str) for key in ("name", "sha256")):
            raise BadItem("清单的 files 每一项须有 name 和 sha256")
        name = one["name"]
        if len(name.encode()) > LONGEST_NAME:
            raise BadItem("清单列出的文件名过长")
        if not name or name.startswith(".") or name == ITEM or Path(name).name != name or "\\" in name or "\0" in name:
            raise BadItem("清单列出的文件名不能含有路径")
    if len({one["name"] for one in listed}) != len(listed):
        raise BadItem("清单重复列出同一个文件")
    return listed


def _require_whole(folder: Path, listed: Mapping[str, str]) -> bytes:
    path = folder / listed["name"]
    if path.is_symlink() or not path.is_file():
        raise Unfinished(f"文件 {listed['name']} 没有到")
    if path.stat().st_size > LARGEST_FILE:
        raise BadItem(f"文件 {listed['name']} 超过20 MB")
    content = path.read_bytes()
    if hashlib.sha256(content).hexdigest() != listed["sha256"].lower():
        raise Unfinished(f"文件 {listed['name']} 与清单的 sha256 不一致")
    return content


def _read_file(folder: Path, listed: Mapping[str, str]) -> tuple[str, bytes]:
    return listed["name"], _require_whole(folder, listed)


def _put_aside(path: Path, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    target = folder / path.name
    if target.exists():
        target = folder / f"{target.name}.{secrets.token_hex(4)}"
    path.rename(target)


def _age(path: Path, now: datetime) -> timedelta:
    return now - datetime.fromtimestamp(path.stat().st_mtime, UTC)


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
