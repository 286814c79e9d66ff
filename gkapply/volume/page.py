"""PDF pages written by hand: lines of Chinese text, one picture. No font file is needed and the bytes depend on nothing else.

Chinese is set in STSong-Light with the encoding UniGB-UTF16-H, one of the fonts that PDF programs bring for simplified Chinese;
Latin letters and digits in Courier, whose widths every program knows.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

A4 = (595, 842)
MARGIN, SIZE, LEADING = 64, 12, 20
WIDE_SPACE = "\u3000"
NARROW = 0.6
"""Width of a Courier letter, in sizes."""
_FONTS = (
    "<< /F1 << /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UTF16-H /DescendantFonts [ "
    "<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
    "/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 4 >> "
    "/FontDescriptor << /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /FontBBox [ -25 -254 1000 880 ] "
    "/ItalicAngle 0 /Ascent 880 /Descent -120 /CapHeight 880 /StemV 60 >> >> ] >> "
    "/F2 << /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >> >>"
)


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture as a PDF holds it: its dictionary without brackets, its data, its size in points, how it is to be turned.

    ``turn`` is the quarter turns clockwise that the camera noted.
    """

    dictionary: str
    data: bytes
    width: int
    height: int
    turn: int = 0


def text_pages(lines: Iterable[str], *, head: str = "") -> bytes:
    """A PDF of A4 pages with these paragraphs, broken where a line is full; ``head`` is the title of the first page."""
    broken = [piece for line in lines for piece in _break(line, (A4[0] - 2 * MARGIN) / SIZE)]
    titles = [(piece, 18) for piece in _break(head, (A4[0] - 2 * MARGIN) / 18)] if head else []
    rows = [*titles, *(((("", SIZE)),) if head else ()), *((piece, SIZE) for piece in broken)]
    contents, y, shown = [], A4[1] - MARGIN, [""][:0]
    for text, size in rows:
        if y < MARGIN + LEADING:
            contents.append("\n".join(shown))
            y, shown = A4[1] - MARGIN, []
        x = MARGIN if size == SIZE else (A4[0] - _width(text) * size) / 2
        shown.append(line_at(text, x, y, size))
        y -= LEADING if size == SIZE else 28
    contents.append("\n".join(shown))
    return _document([(A4, content.encode("ascii"), None) for content in contents])


def picture_page(picture: Picture) -> bytes:
    """A PDF of one A4 page with the picture upright, as large as the margins allow."""
    width, height = (picture.height, picture.width) if picture.turn % 2 else (picture.width, picture.height)
    landscape = width > height
    paper = (A4[1], A4[0]) if landscape else A4
    scale = min((paper[0] - MARGIN) / width, (paper[1] - 2 * MARGIN) / height)
    wide, high = width * scale, height * scale
    x, y = (paper[0] - wide) / 2, (paper[1] - high) / 2
    matrices = {
        0: (wide, 0, 0, high, x, y),
        1: (0, -high, wide, 0, x, y + high),
        2: (-wide, 0, 0, -high, x + wide, y + high),
        3: (0, high, -wide, 0, x + wide, y),
    }
    matrix = " ".join(f"{number:.3f}" for number in matrices[picture.turn % 4])
    return _document([(paper, f"q {matrix} cm /Im0 Do Q".encode("ascii"), picture)])


def stamp(text: str, size: tuple[float, float]) -> bytes:
    """A PDF of one page of that size, empty but for ``text`` in the middle of its foot on a white ground."""
    x = (size[0] - _width(text) * 10) / 2
    ground = f"1 1 1 rg {x - 4:.2f} 12 {_width(text) * 10 + 8:.2f} 18 re f 0 0 0 rg"
    return _document([((int(size[0]), int(size[1])), f"q {ground} {line_at(text, x, 18, 10)} Q".encode("ascii"), None)])


def line_at(text: str, x: float, y: float, size: int) -> str:
    """The operators that set one line at a place."""
    parts = [f"BT {x:.2f} {y:.2f} Td"]
    for narrow, run in _runs(text):
        if narrow:
            told = run.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
            parts.append(f"/F2 {size} Tf ({told}) Tj")
        else:
            parts.append(f"/F1 {size} Tf <{run.encode('utf-16-be', 'replace').hex()}> Tj")
    return " ".join([*parts, "ET"])


def _is_narrow(letter: str) -> bool:
    return " " <= letter <= "~"


def _runs(text: str) -> Iterable[tuple[bool, str]]:
    """The text in runs of one font each; what no page can show is left out."""
    run, kind = "", False
    for letter in text:
        if not letter.isprintable() and letter != WIDE_SPACE:
            continue
        if run and _is_narrow(letter) is not kind:
            yield kind, run
            run = ""
        run, kind = run + letter, _is_narrow(letter)
    if run:
        yield kind, run


def _width(text: str) -> float:
    return sum(NARROW if _is_narrow(letter) else 1.0 for letter in text)


def _break(line: str, most: float) -> Sequence[str]:
    """The line in pieces that are no wider than ``most`` sizes."""
    pieces, piece, used = [], "", 0.0
    for letter in line.replace("\t", "    "):
        wide = NARROW if _is_narrow(letter) else 1.0
        if letter == "\n" or used + wide > most:
            pieces.append(piece)
            piece, used = "", 0.0
            if letter == "\n":
                continue
        piece, used = piece + letter, used + wide
    return [*pieces, piece]


def _document(pages: Sequence[tuple[tuple[int, int], bytes, Picture | None]]) -> bytes:
    """The file: catalogue, tree, fonts, then page, content and picture of each page in turn."""
    objects: list[bytes] = [b"<< /Type /Catalog /Pages 2 0 R >>", b"", _FONTS.encode("ascii")]
    kids = []
    for (width, height), content, picture in pages:
        number = len(objects) + 1
        kids.append(f"{number} 0 R")
        images = f"/XObject << /Im0 {number + 2} 0 R >>" if picture else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [ 0 0 {width} {height} ] /Contents {number + 1} 0 R "
            f"/Resources << /Font 3 0 R {images} >> >>".encode("ascii")
        )
        objects.append(_stream("", content))
        if picture:
            objects.append(_stream(picture.dictionary, picture.data))
    objects[1] = f"<< /Type /Pages /Kids [ {' '.join(kids)} ] /Count {len(kids)} >>".encode("ascii")
    return _file(objects)


def _stream(dictionary: str, data: bytes) -> bytes:
    return f"<< {dictionary} /Length {len(data)} >>\nstream\n".encode("ascii") + data + b"\nendstream"


def _file(objects: Sequence[bytes]) -> bytes:
    made, places = bytearray(b"%PDF-1.5\n%\xe2\xe3\xcf\xd3\n"), []
    for number, content in enumerate(objects, start=1):
        places.append(len(made))
        made += f"{number} 0 obj\n".encode("ascii") + content + b"\nendobj\n"
    table = len(made)
    made += f"xref\n0 {len(objects) + 1}\n0000000000 65535 f \n".encode("ascii")
    for place in places:
        made += f"{place:010d} 00000 n \n".encode("ascii")
    made += f"trailer\n<< /Size {len(objects) + 1} /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n".encode("ascii")
    return bytes(made)
