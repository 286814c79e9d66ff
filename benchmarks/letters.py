"""A long reply, rendered and checked, against the template library alone; and memory over many letters."""

import gc
import io
import re
from collections.abc import Iterator
from multiprocessing import get_context
from pathlib import Path

from docxtpl import DocxTemplate
from jinja2 import Environment

from benchmarks.measure import Goal, in_turn
from gkapply.config import bundled
from gkapply.letters import examples, package
from gkapply.letters.check import check
from gkapply.letters.fields import complete, example
from gkapply.letters.notation import sentence
from gkapply.letters.render import render
from gkapply.letters.template import load

KIND = "reply_partial"
ITEMS, SEARCHES = 10, 45
"""Of the reply; the searches of its last item stand in a table of two pages."""
BATCH, ROUNDS = 4, 9
LETTERS, SETTLED = 2000, 200
COLUMNS = ("on_text", "units", "systems", "period", "words", "result")
RSS = re.compile(r"VmRSS:\s+(\d+) kB")


def template() -> bytes:
    """The shipped template of a partial disclosure with a table of all searches behind the letter."""
    contents = package.parts(load(bundled("answer_templates"), KIND))
    text = contents[package.MAIN].decode()
    place = text.rindex("<w:sectPr")
    contents[package.MAIN] = (text[:place] + _table() + text[place:]).encode()
    return package.write(contents)


def _table() -> str:
    tags = ("{%tr for item in items %}", "{%tr for search in item.searches %}")
    ends = ("{%tr endfor %}", "{%tr endfor %}")
    row = _row([f"{{{{ search.{name} }}}}" for name in COLUMNS])
    rows = [*(_row([tag]) for tag in tags), row, *(_row([tag]) for tag in ends)]
    return f"<w:tbl><w:tblPr/><w:tblGrid>{'<w:gridCol/>' * len(COLUMNS)}</w:tblGrid>{''.join(rows)}</w:tbl><w:p/>"


def _row(texts: list[str]) -> str:
    cells = "".join(f"<w:tc><w:tcPr/><w:p><w:r><w:t>{text}</w:t></w:r></w:p></w:tc>" for text in texts)
    return f"<w:tr>{cells}</w:tr>"


def fields(number: int = 12) -> dict[str, object]:
    """A reply to ten items: one given in part, some given whole, one that does not exist."""
    ordinals = "一二三四五六七八九十"
    searched = [{**examples.SEARCH, "on_text": f"2026年3月{3 + turn % 20}日"} for turn in range(SEARCHES)]
    rows: list[dict[str, object]] = [
        dict(examples.PARTIAL),
        *({**examples.DISCLOSED_SECOND, "way": f"复印件一份（附件{place}）"} for place in range(2, ITEMS)),
        {**examples.NOT_EXISTING, "searches": searched},
    ]
    items = [{**row, "ordinal_text": f"第{ordinals[place]}项"} for place, row in enumerate(rows)]
    enclosures = [f"2025年龙台镇征地补偿安置方案第{place}册（12页）" for place in range(1, ITEMS)]
    given = {
        **example(KIND),
        "items": items,
        "enclosures": enclosures,
        "document_number": f"安府办公开〔2026〕{number}号",
    }
    return complete(KIND, given)


def run() -> Iterator[Goal]:
    """What rendering and the letter check cost beside docxtpl, and what many letters leave in memory."""
    shipped, values = template(), fields()
    made = render(shipped, values)
    report = check(made)
    assert report.ok, report.errors
    library = Environment(autoescape=True)
    library.filters["sentence"] = sentence

    def alone() -> int:
        for _ in range(BATCH):
            letter = DocxTemplate(io.BytesIO(shipped))
            letter.render(values, jinja_env=library)
            letter.save(io.BytesIO())
        return BATCH

    def ours() -> int:
        for _ in range(BATCH):
            render(shipped, values)
        return BATCH

    def checked() -> int:
        for _ in range(BATCH):
            check(render(shipped, values))
        return BATCH

    seconds = in_turn({"alone": alone, "ours": ours, "checked": checked}, ROUNDS)
    remark = f"{ITEMS} items, {SEARCHES} rows; docxtpl {seconds['alone'] * 1e3:.1f} ms"
    yield Goal("a reply rendered, against docxtpl alone", seconds["ours"] / seconds["alone"], 1.3, remark=remark)
    yield Goal("a reply rendered and checked, against docxtpl alone", seconds["checked"] / seconds["alone"], 1.6)
    yield from _memory()


def _memory() -> Iterator[Goal]:
    """In a process of its own: what the contestants have left behind is none of the letters'."""
    with get_context("spawn").Pool(1) as process:
        gained, kept = process.apply(gain)
    yield Goal(f"memory gained from letter {SETTLED} to letter {LETTERS}", gained, 4, "MiB")
    yield Goal("objects kept per letter rendered and checked", kept / (LETTERS - SETTLED), 0.01, "objects")


def gain() -> tuple[float, int]:
    """MiB and objects that the letters leave after the first ones; each has its own number, so that no two are alike."""
    shipped, settled = template(), (0.0, 0)
    for number in range(1, LETTERS + 1):
        check(render(shipped, fields(number)))
        if number == SETTLED:
            settled = _held()
    resident, objects = _held()
    return max(resident - settled[0], 0), max(objects - settled[1], 0)


def _held() -> tuple[float, int]:
    gc.collect()
    found = RSS.search(Path("/proc/self/status").read_text())
    assert found is not None
    return int(found[1]) / 1024, len(gc.get_objects())
