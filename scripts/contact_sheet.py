"""Show every kind of letter and sheet: ``docs/images/letters/*.png`` and the page ``docs/letter-sheets.md`` that names them.

    python -m scripts.contact_sheet

The demonstration is made in a temporary folder, every kind of letter is taken from one of its cases, LibreOffice turns them
into pages, chromium lays the pages on sheets. Needs soffice, pdftoppm and chromium.
"""

import base64
import os
import subprocess
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from pathlib import Path

from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from scripts.letters_of_demonstration import Shown, letters_of_demonstration

ROOT = Path(__file__).parent.parent
PICTURES = ROOT / "docs" / "images" / "letters"
PAGE = ROOT / "docs" / "letter-sheets.md"
ACROSS, DOWN = 6, 3
"""Pages on one sheet."""
PAGE_PIXELS = 300
"""Width of one page on a sheet."""
CAPTION_PIXELS = 34
GAP = 12
SECONDS = 300
TITLE_FONT = "方正小标宋简体"
"""Its strokes are those of a bold face."""
FONTS = {
    "仿宋_GB2312": ("FandolFang", "Noto Serif CJK SC"),
    "楷体_GB2312": ("AR PL UKai CN", "FandolKai", "Noto Serif CJK SC"),
    "黑体": ("Noto Sans CJK SC",),
    "宋体": ("Noto Serif CJK SC",),
    TITLE_FONT: ("Noto Serif CJK SC",),
    "Times New Roman": ("Liberation Serif", "Noto Serif CJK SC"),
}
"""Free fonts in place of those that the letters name, the first that is installed."""


@dataclass(frozen=True, slots=True)
class Tile:
    """One page of one letter."""

    caption: str
    picture: Path


def main() -> None:
    """Make sheets and page anew."""
    with tempfile.TemporaryDirectory(prefix="gkapply-letters-") as place:
        folder = Path(place)
        shown = letters_of_demonstration(folder)
        tiles = _tiles(shown, folder)
        PICTURES.mkdir(parents=True, exist_ok=True)
        for old in PICTURES.glob("*.png"):
            old.unlink()
        sheets = _sheets(tiles)
        for place_of, sheet in enumerate(sheets, start=1):
            _lay_out(sheet, folder / "sheet.html", PICTURES / f"{place_of:02}.png")
    PAGE.write_text(_page(shown, tiles, sheets), encoding="utf-8")


def _tiles(shown: Mapping[str, Shown], folder: Path) -> dict[str, list[Tile]]:
    """The pages of every letter as pictures; one process of LibreOffice with a profile of its own for all of them."""
    for kind, one in shown.items():
        (folder / f"{kind}.docx").write_bytes(one.docx)
    fonts = folder / "fonts.conf"
    fonts.write_text(_font_map(folder / "cache"), encoding="utf-8")
    names = [str(folder / f"{kind}.docx") for kind in shown]
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    _run(
        ["soffice", profile, "--headless", "--norestore", "--convert-to", "pdf", "--outdir", str(folder), *names], fonts
    )
    tiles: dict[str, list[Tile]] = {}
    for kind, one in shown.items():
        stem = folder / kind
        _run(
            ["pdftoppm", "-png", "-scale-to-x", str(PAGE_PIXELS), "-scale-to-y", "-1", f"{stem}.pdf", str(stem)], fonts
        )
        pages = sorted(folder.glob(f"{kind}-*.png"))
        tiles[kind] = [
            Tile(one.title + (f"（{place}/{len(pages)}）" if len(pages) > 1 else ""), page)
            for place, page in enumerate(pages, start=1)
        ]
    return tiles


def _sheets(tiles: Mapping[str, Sequence[Tile]]) -> list[list[Tile]]:
    """The pages in order, none of a letter's apart from the others."""
    sheets: list[list[Tile]] = [[]]
    for pages in tiles.values():
        if len(sheets[-1]) + len(pages) > ACROSS * DOWN:
            sheets.append([])
        sheets[-1].extend(pages)
    return sheets


def _lay_out(tiles: Iterable[Tile], html: Path, picture: Path) -> None:
    """Photograph one sheet."""
    width = ACROSS * (PAGE_PIXELS + GAP) + GAP
    tall = round(PAGE_PIXELS * 297 / 210) + CAPTION_PIXELS + GAP
    tiles = list(tiles)
    height = -(-len(tiles) // ACROSS) * tall + GAP
    figures = "".join(
        f'<figure><img src="data:image/png;base64,{base64.b64encode(one.picture.read_bytes()).decode()}">'
        f"<figcaption>{escape(one.caption)}</figcaption></figure>"
        for one in tiles
    )
    html.write_text(
        f"<!doctype html><meta charset=utf-8><style>body{{margin:{GAP}px 0 0 {GAP}px;background:#ddd;width:{width}px}}"
        f"figure{{float:left;margin:0 {GAP}px {GAP}px 0;width:{PAGE_PIXELS}px;height:{tall - GAP}px}}"
        "img{display:block;width:100%;background:#fff}"
        f"figcaption{{font:13px/{CAPTION_PIXELS}px 'Noto Sans CJK SC',sans-serif;text-align:center;white-space:nowrap;"
        f"overflow:hidden}}</style>{figures}",
        encoding="utf-8",
    )
    _run(
        [
            "chromium",
            "--headless",
            "--no-sandbox",
            "--hide-scrollbars",
            f"--user-data-dir={html.parent / 'browser'}",
            f"--window-size={width},{height}",
            f"--screenshot={picture}",
            html.as_uri(),
        ]
    )


def _run(command: Sequence[str], fonts: Path | None = None) -> None:
    environ = {**os.environ, **({"FONTCONFIG_FILE": str(fonts)} if fonts else {})}
    subprocess.run(command, env=environ, check=True, capture_output=True, timeout=SECONDS)


def _font_map(cache: Path) -> str:
    """A configuration of fontconfig that names a free font for each that is not installed."""
    rules = "".join(
        f'<match target="pattern"><test name="family"><string>{wanted}</string></test>'
        '<edit name="family" mode="assign" binding="strong">'
        + "".join(f"<string>{one}</string>" for one in free)
        + "</edit>"
        + ('<edit name="weight" mode="assign"><const>bold</const></edit>' if wanted == TITLE_FONT else "")
        + "</match>"
        for wanted, free in FONTS.items()
    )
    return (
        '<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig><dir>/usr/share/fonts</dir>'
        f"<dir>/usr/local/share/fonts</dir><cachedir>{cache}</cachedir>{rules}</fontconfig>"
    )


def _page(shown: Mapping[str, Shown], tiles: Mapping[str, Sequence[Tile]], sheets: Sequence[Sequence[Tile]]) -> str:
    """docs/letter-sheets.md."""
    on_sheet = {tile: place for place, sheet in enumerate(sheets, start=1) for tile in sheet}
    rows = "".join(
        f"| {kind.row or '—'} | {shown[kind.value].title} | `{kind.value}` | {len(tiles[kind.value])} | "
        f"{shown[kind.value].source} | [{on_sheet[tiles[kind.value][0]]:02}](images/letters/{on_sheet[tiles[kind.value][0]]:02}.png) |\n"
        for kind in (*LetterKind, *FormKind)
    )
    pictures = "".join(f"![第{place}页](images/letters/{place:02}.png)\n\n" for place in range(1, len(sheets) + 1))
    return (
        "# 文书样张 · Letters as they look\n\n"
        "Every kind of letter and sheet, made by `python -m scripts.contact_sheet` from cases of the demonstration, set by LibreOffice with\n"
        "free fonts in place of 仿宋_GB2312, 方正小标宋简体 and the others that the files name. 示例值: no case has such a sheet yet, so it is\n"
        "filled with the example values of its declared fields.\n\n"
        "| 目录号 | 文书 | code | 页数 | 来源 | 样张 |\n|---|---|---|---|---|---|\n"
        f"{rows}\n{pictures}".rstrip()
        + "\n"
    )


if __name__ == "__main__":
    main()
