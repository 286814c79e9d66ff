"""docs/letter-sheets.md shows every kind of letter and sheet, on pictures that are there and small."""

import re

from gkapply.law.forms import FormKind
from gkapply.law.letters import LetterKind
from tests.architecture.source import ROOT

PAGE = (ROOT / "docs" / "letter-sheets.md").read_text(encoding="utf-8")
ROW = re.compile(
    r"^\| ([0-9]+|—) \| ([^|]+) \| `([a-z_]+)` \| \d+ \| ([^|]+) \| \[\d+\]\((images/letters/\d+\.png)\) \|$",
    re.MULTILINE,
)
LARGEST = 3 * 1024 * 1024
"""Bytes of all pictures together."""


def test_every_kind_is_shown_on_a_picture() -> None:
    rows = {code: (row, label, source, picture) for row, label, code, source, picture in ROW.findall(PAGE)}
    assert list(rows) == [kind.value for kind in (*LetterKind, *FormKind)]
    for kind in (*LetterKind, *FormKind):
        assert rows[kind.value][:2] == (kind.row or "—", kind.label)
    named = {picture for *_, picture in rows.values()}
    shown = set(re.findall(r"!\[[^\]]+\]\(([^)]+)\)", PAGE))
    kept = {f"images/letters/{one.name}" for one in (ROOT / "docs" / "images" / "letters").iterdir()}
    assert named <= shown == kept


def test_every_letter_comes_from_a_case_of_the_demonstration() -> None:
    sources = {code: source for _, _, code, source, _ in ROW.findall(PAGE)}
    assert [kind.value for kind in LetterKind if not re.fullmatch(r"AYX-\d{4}-\w+", sources[kind.value])] == []


def test_the_pictures_are_small() -> None:
    assert sum(one.stat().st_size for one in (ROOT / "docs" / "images" / "letters").iterdir()) < LARGEST
