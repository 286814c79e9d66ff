"""Make ``answer_templates/*.docx`` from their wording, page and styles (GB/T 9704-2012).

    python -m scripts.make_templates [FOLDER]

The same wording makes the same bytes. Offices change the .docx in Word; this is how the shipped ones were set.
"""

import sys
from collections.abc import Iterable
from pathlib import Path

from gkapply.letters import package
from scripts.template_grid import paragraph
from scripts.template_page import parts
from scripts.template_paragraphs import LETTERHEAD, TABLE, TITLES, Entry
from scripts.template_sheets import SHEET_TABLES
from scripts.template_tables import LETTER_TABLES
from scripts.template_wording import LETTERS

DECLARATION = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
TABLES = {**LETTER_TABLES, **SHEET_TABLES}


def body(entries: Iterable[Entry]) -> str:
    """The paragraphs and tables of one letter."""
    return "".join(TABLES[text] if style == TABLE else paragraph(style, text) for style, text in entries)


def template(entries: Iterable[Entry]) -> bytes:
    """The .docx of one letter's template, with the red head if it begins with ``LETTERHEAD``."""
    entries = tuple(entries)
    letterhead = entries[:1] == (LETTERHEAD,)
    said = entries[1:] if letterhead else entries
    title = [text for style, text in said if style in TITLES and "{" not in text]
    contents = {name: (DECLARATION + text).encode() for name, text in parts(body(said), letterhead).items()}
    contents[package.CORE] = package.core_properties(title="".join(title[:1]), creator="", on=None)
    contents[package.APP] = package.app_properties()
    return package.write(contents)


def main(folder: Path) -> None:
    """Write every template into the folder."""
    for kind, entries in LETTERS.items():
        (folder / f"{kind}.docx").write_bytes(template(entries))


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent / "answer_templates")
