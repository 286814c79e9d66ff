"""The zip container of docx and xlsx: written alike on every day, and opened with bounds."""

import io
import zipfile
import zlib
from collections.abc import Mapping

from gkapply.law.refusal import Refusal

EPOCH = (1980, 1, 1, 0, 0, 0)
MOST_MEMBERS, MOST_UNFOLDED, LARGEST_RATIO = 2000, 120 << 20, 100
"""Members, the bytes to which all of them may unfold, and how many times the file's own size."""
LARGEST_PART, MOST_TAGS = 20 << 20, 600_000
"""Bytes of the part that is read, and the marks of XML in it: each of them is an object to build."""


def alike(content: bytes, instead: Mapping[str, bytes] | None = None) -> bytes:
    """The same container without the hour at which it was written, so that equal reports give equal bytes.

    ``instead`` gives members in the place of those of that name.
    """
    target = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as source, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as made:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system, entry.external_attr = 0, 0
            entry.compress_type = zipfile.ZIP_DEFLATED
            made.writestr(entry, (instead or {}).get(name) or source.read(name))
    return target.getvalue()


def part_of(content: bytes, name: str) -> bytes:
    """One XML part of a docx or xlsx, read with bounds. Raises Refusal for what is damaged, locked, unfolds too far or declares entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            members = archive.infolist()
            if any(one.flag_bits & 0x1 for one in members):
                raise Refusal("文件有密码，无法读取", do="请取消密码后再上传", field="file")
            most = min(MOST_UNFOLDED, max(LARGEST_RATIO * len(content), 1 << 20))
            if len(members) > MOST_MEMBERS or sum(one.file_size for one in members) > most:
                raise _too_large()
            if name not in archive.namelist():
                raise Refusal("文件不完整，无法读取", do="请用 Word 或者 WPS 另存后再上传", field="file")
            with archive.open(name) as part:
                text = part.read(LARGEST_PART + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, RuntimeError) as error:
        raise Refusal("文件已损坏，无法打开", do="请用 Word 或者 WPS 另存后再上传", field="file") from error
    if len(text) > LARGEST_PART or text.count(b"<") > MOST_TAGS:
        raise _too_large()
    if b"<!DOCTYPE" in text or b"<!ENTITY" in text or b"\x00" in text[:200]:
        raise Refusal("文件中有不应出现的声明，不能读取", do="请用 Word 或者 WPS 另存后再上传", field="file")
    return text


def names(content: bytes) -> set[str]:
    """The names of the members. Raises Refusal for what is no container."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, EOFError, NotImplementedError, OSError) as error:
        raise Refusal("文件已损坏，无法打开", do="请用 Word 或者 WPS 另存后再上传", field="file") from error


def _too_large() -> Refusal:
    return Refusal("文件解压后过大，不像一份年度报告", do="请删除图片和多余的内容后另存", field="file")
