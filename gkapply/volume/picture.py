"""Reading just so much of a JPEG or PNG file as a PDF needs to hold its data as it is."""

import struct
import zlib

from gkapply.volume.page import Picture

_TURNS = {1: 0, 3: 2, 6: 1, 8: 3}
"""Quarter turns clockwise by the camera's note (EXIF orientation); mirrored pictures are taken as they are."""
_GREY, _TRUE, _PALETTE = 0, 2, 3
MOST_PIXELS = 60_000_000


class NoPicture(Exception):
    """The file is damaged, or of a kind that a PDF cannot hold as it is."""


def picture_of(content: bytes, media_type: str) -> Picture:
    """The picture in a JPEG or PNG file. Raises NoPicture."""
    try:
        return _jpeg(content) if media_type == "image/jpeg" else _png(content)
    except (struct.error, IndexError, zlib.error) as error:
        raise NoPicture("damaged") from error


def _jpeg(content: bytes) -> Picture:
    place, turn = 2, 0
    while place < len(content):
        if content[place] != 0xFF:
            raise NoPicture("damaged")
        mark = content[place + 1]
        if mark == 0xFF:
            place += 1
            continue
        (length,) = struct.unpack(">H", content[place + 2 : place + 4])
        part = content[place + 4 : place + 2 + length]
        if mark == 0xE1 and part.startswith(b"Exif\0\0"):
            turn = _turn(part[6:])
        if 0xC0 <= mark <= 0xCF and mark not in (0xC4, 0xC8, 0xCC):
            bits, height, width, colours = struct.unpack(">BHHB", part[:6])
            space = {1: "/DeviceGray", 3: "/DeviceRGB", 4: "/DeviceCMYK"}.get(colours)
            if space is None or bits != 8 or not width or not height:
                raise NoPicture("kind")
            # Programs that write CMYK into JPEG write it inverted.
            inverted = " /Decode [ 1 0 1 0 1 0 1 0 ]" if colours == 4 else ""
            return Picture(_dictionary(width, height, space, 8, "/DCTDecode") + inverted, content, width, height, turn)
        place += 2 + length
    raise NoPicture("damaged")


def _turn(exif: bytes) -> int:
    order = "<" if exif.startswith(b"II") else ">"
    (first,) = struct.unpack(f"{order}I", exif[4:8])
    (count,) = struct.unpack(f"{order}H", exif[first : first + 2])
    for number in range(count):
        entry = exif[first + 2 + 12 * number : first + 14 + 12 * number]
        tag, _, _, value = struct.unpack(f"{order}HHIH", entry[:10])
        if tag == 0x0112:
            return _TURNS.get(value, 0)
    return 0


def _png(content: bytes) -> Picture:
    width, height, bits, kind, _, _, interlaced = struct.unpack(">IIBBBBB", content[16:29])
    if interlaced or bits == 16 or not width or not height or width * height > MOST_PIXELS:
        raise NoPicture("kind")
    data, palette, place = b"", b"", 8
    while place < len(content):
        (length,) = struct.unpack(">I", content[place : place + 4])
        name, part = content[place + 4 : place + 8], content[place + 8 : place + 8 + length]
        if name == b"IDAT":
            data += part
        elif name == b"PLTE":
            palette = part
        place += 12 + length
    if kind == _PALETTE:
        space = f"[ /Indexed /DeviceRGB {len(palette) // 3 - 1} <{palette.hex()}> ]"
        return _predicted(data, width, height, bits, 1, space)
    if kind in (_GREY, _TRUE):
        return _predicted(
            data, width, height, bits, 3 if kind == _TRUE else 1, "/DeviceRGB" if kind == _TRUE else "/DeviceGray"
        )
    if bits != 8 or kind not in (4, 6):
        raise NoPicture("kind")
    return _on_white(zlib.decompress(data), width, height, 2 if kind == 4 else 4)


def _predicted(data: bytes, width: int, height: int, bits: int, colours: int, space: str) -> Picture:
    """PNG's own compression is one that PDF knows."""
    how = f" /DecodeParms << /Predictor 15 /Colors {colours} /BitsPerComponent {bits} /Columns {width} >>"
    return Picture(_dictionary(width, height, space, bits, "/FlateDecode") + how, data, width, height)


def _on_white(raw: bytes, width: int, height: int, samples: int) -> Picture:
    """A picture with transparency, laid on white paper."""
    stride, colours = width * samples, samples - 1
    before, made = bytearray(stride), bytearray()
    for row in range(height):
        start = row * (stride + 1)
        line = bytearray(raw[start + 1 : start + 1 + stride])
        if len(line) != stride:
            raise NoPicture("damaged")
        _undo(raw[start], line, before, samples)
        if min(line[colours::samples]) < 255:
            alpha = line[colours::samples]
            for colour in range(colours):
                seen = line[colour::samples]
                line[colour::samples] = bytes(
                    (value * clear + 255 * (255 - clear)) // 255 for value, clear in zip(seen, alpha, strict=True)
                )
            before_next = bytearray(raw[start + 1 : start + 1 + stride])
            _undo(raw[start], before_next, before, samples)
        else:
            before_next = line
        flat = bytearray(width * colours)
        for colour in range(colours):
            flat[colour::colours] = line[colour::samples]
        made += flat
        before = before_next
    space = "/DeviceGray" if colours == 1 else "/DeviceRGB"
    return Picture(_dictionary(width, height, space, 8, "/FlateDecode"), zlib.compress(bytes(made)), width, height)


def _undo(how: int, line: bytearray, before: bytearray, step: int) -> None:
    """Undo the filter of one row of a PNG (W3C PNG, 9.2)."""
    if how == 0:
        return
    for place in range(len(line)):
        left = line[place - step] if place >= step else 0
        above = before[place]
        if how == 1:
            guess = left
        elif how == 2:
            guess = above
        elif how == 3:
            guess = (left + above) // 2
        elif how == 4:
            guess = _paeth(left, above, before[place - step] if place >= step else 0)
        else:
            raise NoPicture("damaged")
        line[place] = (line[place] + guess) & 0xFF


def _paeth(left: int, above: int, corner: int) -> int:
    near = left + above - corner
    to_left, to_above, to_corner = abs(near - left), abs(near - above), abs(near - corner)
    if to_left <= to_above and to_left <= to_corner:
        return left
    return above if to_above <= to_corner else corner


def _dictionary(width: int, height: int, space: str, bits: int, way: str) -> str:
    return (
        f"/Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace {space} "
        f"/BitsPerComponent {bits} /Filter {way}"
    )
