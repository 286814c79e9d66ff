"""The annual report as a page that can be published: tables with heads that a screen reader tells, nothing from outside."""

from collections.abc import Iterator
from html import escape
from typing import Any

from gkapply.annual_form.figures import Values, notes_of, paragraphs_of, shown, values_of
from gkapply.annual_form.layout import PARTS, TABLES, TEXTS, Cell, Figure, Label, Table, basis, day_of, title
from gkapply.annual_form.words import printable

_STYLE = """
body{margin:0 auto;max-width:62rem;padding:1rem;font:1.05rem/1.8 FangSong,"仿宋",serif;color:#111;background:#fff}
h1{font-size:1.6rem;text-align:center;line-height:1.5}h2{font-size:1.15rem;font-family:SimHei,"黑体",sans-serif}
p{margin:.3rem 0;text-indent:2em}p.date{text-align:center;text-indent:0}p.note{font-size:.9rem}
.scroll{overflow-x:auto}table{border-collapse:collapse;width:100%;font:.9rem/1.4 SimSun,"宋体",serif}
caption{text-align:left;padding:.3rem 0}th,td{border:1px solid #333;padding:.25rem .35rem;font-weight:normal;text-align:center}
th[scope=row]{text-align:left;min-width:9em}
@media print{@page{size:A4;margin:20mm 15mm}body{padding:0;max-width:none}.scroll{overflow:visible}
table{font-size:8.5pt}tr{break-inside:avoid}thead{display:table-header-group}h2{break-after:avoid}}
"""


def page(report: dict[str, Any]) -> bytes:
    """The whole page, UTF-8. Raises Refusal for a paragraph that is too long to print."""
    name = _text(title(report))
    return (
        '<!DOCTYPE html>\n<html lang="zh-CN">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{name}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<main>\n<h1>{name}</h1>\n"
        f"{content(report)}</main>\n</body>\n</html>\n"
    ).encode()


def content(report: dict[str, Any]) -> str:
    """What stands under the title: day, basis, the six parts. It is HTML with everything escaped."""
    day = f'<p class="date">{day_of(report)}</p>\n' if report.get("on") else ""
    return f"{day}<p>{_text(basis(report))}</p>\n" + "".join(_parts(report))


def table(report: dict[str, Any], part: str) -> str:
    """One of the tables of the form, by the key of its part. It is HTML with everything escaped."""
    form, name = TABLES[part], f"t{part}"
    head, body = list(form.rows())[: form.heads], list(form.rows())[form.heads :]
    values = values_of(report)
    rows = f"<thead>{''.join(_rows(form, name, head, values))}</thead>\n" if head else ""
    rows += f"<tbody>\n{''.join(_rows(form, name, body, values))}</tbody>"
    caption = f"{_text(report['organ'])}{report['year']}年{_text(PARTS[part][2:])}"
    return (
        f'<div class="scroll" role="region" aria-label="{escape(PARTS[part][2:])}" tabindex="0">\n'
        f'<table class="official">\n<caption>{caption}</caption>\n{rows}\n</table>\n</div>\n'
    )


def _parts(report: dict[str, Any]) -> Iterator[str]:
    for part, heading in PARTS.items():
        yield f"<h2>{_text(heading)}</h2>\n"
        if part in TEXTS:
            yield from (f"<p>{_text(line)}</p>\n" for line in paragraphs_of(report, part))
        else:
            yield table(report, part)
            yield from (f'<p class="note">{_text(note)}</p>\n' for note in notes_of(report, part))


def _rows(form: Table, name: str, rows: list[list[Cell]], values: Values) -> Iterator[str]:
    for row in rows:
        yield "<tr>" + "".join(_cell(form, name, cell, values) for cell in row) + "</tr>\n"


def _cell(form: Table, name: str, cell: Cell, values: Values) -> str:
    span = "".join(
        f' {word}="{size}"' for word, size in (("rowspan", cell.rows), ("colspan", cell.columns)) if size > 1
    )
    if isinstance(cell, Figure):
        above, beside = form.labels_of(cell)
        heads = " ".join(_name(name, label) for label in (*above, *beside))
        return f'<td headers="{heads}"{span}>{shown(values[cell.key])}</td>'
    return f'<th id="{_name(name, cell)}" scope="{_scope(form, cell)}"{span}>{_text(cell.text)}</th>'


def _scope(form: Table, label: Label) -> str:
    if form.names_row(label):
        return "row"
    if label.rows > 1 and label.row >= form.heads:
        return "rowgroup"
    return "colgroup" if label.columns > 1 else "col"


def _name(name: str, label: Label) -> str:
    return f"{name}-{label.row}-{label.column}"


def _text(text: str) -> str:
    return escape(printable(text))
