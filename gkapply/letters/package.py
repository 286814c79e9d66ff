"""The .docx as a package: read with bounds, written so that equal content gives equal bytes."""

import io
import zipfile
from collections.abc import Mapping
from datetime import date
from xml.sax.saxutils import escape

from gkapply.law.refusal import Refusal

LARGEST = 5 * 1024 * 1024
"""Bytes of a template file."""
LARGEST_UNPACKED = 40 * 1024 * 1024
"""Bytes of all its parts together."""
MOST_PARTS = 500

FIRST_PARTS = ("[Content_Types].xml", "_rels/.rels")
CORE, APP, MAIN = "docProps/core.xml", "docProps/app.xml", "word/document.xml"
EPOCH = (1980, 1, 1, 0, 0, 0)
"""The time of every entry: the earliest that a zip can name."""

_DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'


def parts(docx: bytes, what: str = "模板") -> dict[str, bytes]:
    """The parts of a .docx by name; ``what`` is what the file is called. Raises Refusal when it is none, or too large."""
    if len(docx) > LARGEST:
        raise Refusal(f"{what}文件超过{LARGEST // 1024 // 1024} MB", do="请压缩或者去掉图片后再上传")
    try:
        with zipfile.ZipFile(io.BytesIO(docx)) as package:
            listed = package.infolist()
            if len(listed) > MOST_PARTS or sum(entry.file_size for entry in listed) > LARGEST_UNPACKED:
                raise Refusal(f"{what}文件的内容过大，不像一份文书")
            if any(entry.flag_bits & 1 for entry in listed):
                raise Refusal(f"{what}文件设有密码，无法读取", do="请取消密码后再上传")
            found = {entry.filename: package.read(entry) for entry in listed if not entry.is_dir()}
    except (zipfile.BadZipFile, zipfile.LargeZipFile, NotImplementedError, EOFError, OSError) as error:
        raise Refusal(
            f"{what}不是 .docx 文件，或者文件已损坏", do="请用 Word 或者 WPS 另存为 .docx 后再上传"
        ) from error
    if MAIN not in found or FIRST_PARTS[0] not in found:
        raise Refusal(f"{what}不是 .docx 文件", do="请用 Word 或者 WPS 另存为 .docx 后再上传")
    return found


def write(contents: Mapping[str, bytes]) -> bytes:
    """A package of these parts. Order and times are fixed and nothing is deflated, so that neither the day nor the
    compression library of the machine shows in the bytes."""
    names = [name for name in FIRST_PARTS if name in contents]
    names += sorted(set(contents) - set(FIRST_PARTS))
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as package:
        for name in names:
            entry = zipfile.ZipInfo(name, EPOCH)
            entry.create_system = 0
            entry.external_attr = 0
            package.writestr(entry, contents[name])
    return target.getvalue()


def core_properties(*, title: str, creator: str, on: date | None) -> bytes:
    """The file's own data: title, organ, and the day of the letter as both times; nothing of person or machine."""
    day = "" if on is None else f"{on.isoformat()}T00:00:00Z"
    times = "".join(
        f'<dcterms:{name} xsi:type="dcterms:W3CDTF">{day}</dcterms:{name}>' for name in ("created", "modified") if day
    )
    return (
        f"{_DECLARATION}"
        '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:dcterms="http://purl.org/dc/terms/" '
        'xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance">'
        f"<dc:title>{escape(title)}</dc:title><dc:creator>{escape(creator)}</dc:creator>"
        f"<dc:language>zh-CN</dc:language>{times}</cp:coreProperties>"
    ).encode()


def app_properties() -> bytes:
    """The program's own data, the same in every letter."""
    return (
        f"{_DECLARATION}"
        '<Properties xmlns="http://schemas.openxmlformats.org/officeDocument/2006/extended-properties">'
        "<Application>gkapply</Application></Properties>"
    ).encode()
