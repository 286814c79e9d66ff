"""The zip of a volume: every paper under its number, the list of hashes, and the check that finds one changed byte.

Nothing in it is compressed and no time is noted, so that the same papers give the same bytes on every machine.
"""

import hashlib
import json
import zipfile
import zlib
from collections.abc import Mapping, Sequence
from io import BytesIO
from typing import Any

LIST, SUMS = "清单.json", "SHA256SUMS.txt"
FORMAT = "gkapply-volume-1"
EPOCH = (1980, 1, 1, 0, 0, 0)
CHANGED = "与清单所记的 SHA-256 不符，内容被改动"


def pack(contents: Mapping[str, bytes], about: Mapping[str, Any]) -> bytes:
    """The zip of ``contents`` in their order, with the list of them and ``about``, and the sums last."""
    members = [{"name": name, "sha256": _digest(content), "size": len(content)} for name, content in contents.items()]
    listed = json.dumps(
        {"format": FORMAT, **about, "members": members}, ensure_ascii=False, sort_keys=True, indent=1
    ).encode()
    sums = [f"{one['sha256']}  {one['name']}\n" for one in members] + [f"{_digest(listed)}  {LIST}\n"]
    return _zip({**contents, LIST: listed, SUMS: "".join(sums).encode()})


def verify(packed: bytes) -> Sequence[str]:
    """What is wrong with the zip, a sentence for each paper that was changed, is missing or was put in; empty when whole."""
    try:
        with zipfile.ZipFile(BytesIO(packed)) as box:
            names = box.namelist()
            contents, damaged = _read(box)
    except (zipfile.BadZipFile, ValueError, NotImplementedError, OSError) as error:
        return [f"压缩包已损坏，无法打开（{type(error).__name__}）"]
    if LIST not in names or SUMS not in names:
        return ["不是本系统制作的卷宗：缺少清单"]
    found = [f"「{name}」已损坏，{CHANGED}" for name in damaged]
    if LIST in damaged or SUMS in damaged:
        return found
    found += _compare(contents, names, damaged)
    if not found and _zip(contents) != packed:
        found.append("各份材料与清单相符，但压缩包的目录信息被改动")
    return found


def about(packed: bytes) -> Mapping[str, Any]:
    """What the list of a whole zip says of the volume."""
    with zipfile.ZipFile(BytesIO(packed)) as box:
        found: Mapping[str, Any] = json.loads(box.read(LIST))
    return found


def _read(box: zipfile.ZipFile) -> tuple[dict[str, bytes], list[str]]:
    contents, damaged = {}, []
    for name in box.namelist():
        try:
            contents[name] = box.read(name)
        except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError):
            damaged.append(name)
    return contents, damaged


def _compare(contents: Mapping[str, bytes], names: Sequence[str], damaged: Sequence[str]) -> list[str]:
    sums = {}
    for line in contents[SUMS].decode("utf-8", "replace").splitlines():
        digest, _, name = line.partition("  ")
        sums[name] = digest
    if sums.get(LIST) != _digest(contents[LIST]):
        return [f"「{LIST}」{CHANGED}，或者「{SUMS}」被改动"]
    listed = json.loads(contents[LIST])["members"]
    expected = {one["name"]: one["sha256"] for one in listed}
    found = [f"缺少「{name}」" for name in expected if name not in names]
    found += [f"「{name}」不在清单中，是另外放入的" for name in names if name not in (*expected, LIST, SUMS)]
    found += [
        f"「{name}」{CHANGED}"
        for name, digest in expected.items()
        if name in contents and name not in damaged and _digest(contents[name]) != digest
    ]
    wrong = {name: digest for name, digest in sums.items() if name != LIST} != expected
    return found if found or not wrong else [f"「{SUMS}」被改动"]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _zip(contents: Mapping[str, bytes]) -> bytes:
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as box:
        for name, content in contents.items():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            box.writestr(entry, content)
    return made.getvalue()
