"""The volume as a file: the same papers, the same bytes; one changed byte is found and its paper named."""

import re
import struct
import zlib
from collections.abc import Sequence
from io import BytesIO

import pytest
from pypdf import PdfReader, PdfWriter

from gkapply.volume import box
from gkapply.volume.binding import Leaf, bind, is_readable
from gkapply.volume.page import A4, picture_page, text_pages
from gkapply.volume.picture import NoPicture, picture_of

CONTENTS = {
    "卷宗.pdf": b"%PDF-1.5 ...",
    "材料/001-答复书.docx": b"abc" * 50,
    "材料/002-检索记录.txt": "查到两件".encode(),
}


def index(places: Sequence[tuple[int, int]]) -> bytes:
    """An index that names the pages."""
    return text_pages([f"第{first}至{last}页" for first, last in places], head="证据目录")


def png(kind: int, pixel: bytes, width: int = 6, height: int = 4, how: int = 0) -> bytes:
    """A PNG whose every pixel is ``pixel``, each row filtered ``how`` says."""
    line = pixel * width
    rows, before = b"", bytes(len(line))
    for _ in range(height):
        left = bytes(len(pixel)) + line[: -len(pixel)]
        guess = {0: bytes(len(line)), 1: left, 2: before}[how]
        rows += bytes([how]) + bytes((a - b) & 255 for a, b in zip(line, guess, strict=True))
        before = line

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    head = struct.pack(">IIBBBBB", width, height, 8, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")


def jpeg(turn: int, width: int = 40, height: int = 20) -> bytes:
    """The beginning of a JPEG with the camera's note; no decoder reads on."""
    exif = b"Exif\0\0II*\0" + struct.pack("<IHHHIHHI", 8, 1, 0x0112, 3, 1, turn, 0, 0)
    frame = struct.pack(">BHHB", 8, height, width, 3) + bytes(9)
    parts = ((0xE1, exif), (0xC0, frame))
    return b"\xff\xd8" + b"".join(struct.pack(">BBH", 0xFF, mark, len(part) + 2) + part for mark, part in parts)


def test_every_page_carries_its_number_and_every_paper_a_bookmark() -> None:
    long = text_pages([f"第{number}段" for number in range(100)])
    volume = bind(
        "证据目录", index, [Leaf("记录", long), Leaf("图", picture_page(picture_of(png(2, b"abc"), "image/png")))]
    )
    pages = PdfReader(BytesIO(volume.pdf)).pages
    assert (volume.pages, len(pages)) == (5, 5)
    assert volume.places == [(2, 4), (5, 5)]
    foot = pages[3].get_contents()
    assert foot is not None
    assert re.findall(rb"/F2 10 Tf\n\((.)\) Tj", foot.get_data()) == [b"4", b" ", b"5"]
    outline = PdfReader(BytesIO(volume.pdf)).outline
    assert [one.title for one in outline] == ["证据目录", "记录", "图"]  # type: ignore[union-attr]


def test_the_same_papers_give_the_same_bytes() -> None:
    leaves = [Leaf("记录", text_pages(["一", "（括号）\\ 与 ASCII", "\U00020bb7"])), Leaf("再", text_pages(["二"]))]
    assert bind("证据目录", index, leaves) == bind("证据目录", index, leaves)
    assert box.pack(CONTENTS, {"x": 1}) == box.pack(CONTENTS, {"x": 1})


def test_a_turned_page_is_numbered_upright() -> None:
    writer = PdfWriter()
    writer.append(BytesIO(text_pages(["横放"])))
    writer.pages[0].rotate(90)
    made = BytesIO()
    writer.write(made)
    page = PdfReader(BytesIO(bind("目录", index, [Leaf("横", made.getvalue())]).pdf)).pages[1]
    assert page.rotation == 0
    assert (round(page.mediabox.width), round(page.mediabox.height)) == (A4[1], A4[0])


def test_what_cannot_be_bound_is_seen() -> None:
    locked = PdfWriter()
    locked.append(BytesIO(text_pages(["密"])))
    locked.encrypt("password")
    made = BytesIO()
    locked.write(made)
    assert is_readable(text_pages(["可"]))
    assert not any(map(is_readable, (made.getvalue(), b"%PDF-1.4 nothing more", text_pages(["截断"])[:200])))


@pytest.mark.parametrize("how", [0, 1, 2])
def test_a_transparent_picture_lies_on_white(how: int) -> None:
    half = picture_of(png(6, bytes([200, 100, 0, 128]), how=how), "image/png")
    assert zlib.decompress(half.data) == bytes([227, 177, 127]) * 24
    grey = picture_of(png(4, bytes([10, 0]), how=how), "image/png")
    assert zlib.decompress(grey.data) == bytes([255]) * 24


def test_a_picture_taken_sideways_is_put_upright() -> None:
    assert [picture_of(jpeg(turn), "image/jpeg").turn for turn in (1, 6, 3, 8)] == [0, 1, 2, 3]
    upright = PdfReader(BytesIO(picture_page(picture_of(jpeg(6), "image/jpeg")))).pages[0].mediabox
    assert upright.height > upright.width


@pytest.mark.parametrize(
    "content", [b"\xff\xd8\xff\xe0", b"\xff\xd8\x00\x00\x00\x00", png(6, b"abcd")[:30], png(6, b"abcd")[:48]]
)
def test_a_damaged_picture_is_none(content: bytes) -> None:
    with pytest.raises(NoPicture):
        picture_of(content, "image/png" if content.startswith(b"\x89") else "image/jpeg")


def test_every_changed_byte_is_found() -> None:
    packed = box.pack(CONTENTS, {"title": "卷宗"})
    assert box.verify(packed) == []
    assert box.about(packed)["title"] == "卷宗"
    for place in range(len(packed)):
        changed = bytearray(packed)
        changed[place] ^= 1
        assert box.verify(bytes(changed)), f"byte {place} was changed unseen"


def test_the_changed_paper_is_named_even_when_the_zip_was_made_anew() -> None:
    packed = box.pack(CONTENTS, {})
    changed = packed.replace("查到两件".encode(), "查到三件".encode())
    (told,) = box.verify(changed)
    assert "材料/002-检索记录.txt" in told
    listed = {**CONTENTS, box.LIST: box.pack(CONTENTS, {})}
    assert box.verify(box._zip(listed)) == ["不是本系统制作的卷宗：缺少清单"]
    assert box.verify(b"no zip")
