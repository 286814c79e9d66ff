"""The rows of the desk's table, spelt here and not in the template: fifty lines of a dozen cells are most of what a page costs.

Whatever a person wrote is escaped; labels of the law are plain words. Cells that many lines share are spelt once.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache

from markupsafe import Markup, escape

from gkapply.casework.docket_columns import Column
from gkapply.casework.docket_lines import Line
from gkapply.casework.urgency import Term
from gkapply.web.wording import date_zh
from workflows.case_states import CaseState

Spell = Callable[[Line, tuple[str, str]], str]
"""From the line, and its due day and what is left spelt already."""


def rows(lines: Iterable[Line], columns: Sequence[Column]) -> Markup:
    """The ``<tr>`` of each line with these columns, the number first."""
    spells = [CELLS[column.code] for column in columns]
    # Lines that fall due on the same day have one term in common (docket_lines.written).
    terms: dict[int, tuple[str, str]] = {}
    spelt = []
    for line in lines:
        key = id(line.term)
        due = terms.get(key) or terms.setdefault(key, (_due(line.term), _left(line.term)))
        spelt.append(f"<tr>{''.join([spell(line, due) for spell in spells])}</tr>")
    return Markup("\n".join(spelt))


def _number(line: Line, due: tuple[str, str]) -> str:
    mark = f'<br><span class="tag">{line.kind.short}</span>' if line.kind.mark else ""
    reference = escape(line.reference)
    box = f'<input type="checkbox" form="bulk" name="case" value="{reference}" aria-label="选择{line.number}">'
    return f'<th scope="row" class="nowrap">{box}<a href="/desk/cases/{reference}">{line.number}</a>{mark}</th>'


def _state(line: Line, due: tuple[str, str]) -> str:
    void = ' <span class="tag">提请未成立</span>' if line.void_proposed else ""
    return f'<td data-label="状态">{_tag(line.state)}{void}</td>'


@cache
def _tag(state: CaseState) -> str:
    return f'<span class="tag">{state.label}</span> <span class="optional nowrap">{state.stage.value}</span>'


def _officer(line: Line, due: tuple[str, str]) -> str:
    name = escape(line.officer) if line.officer else "未分办"
    return f'<td data-label="承办人" class="nowrap">{name}</td>'


def _due(term: Term) -> str:
    """Lamp with its word, day, since when the clock stands; the same words as on the page of a case."""
    parts = []
    if term.lamp:
        parts.append(f'<span class="lamp {term.lamp.value}">{term.lamp.label}</span>')
    if term.due_on:
        uncertain = '<span class="optional">（暂按周末推算）</span>' if term.provisional else ""
        parts.append(f'<span class="nowrap">{date_zh(term.due_on)}</span>{uncertain}')
    if term.stopped_since:
        since = f'<span class="nowrap">自{date_zh(term.stopped_since)}起</span>'
        parts.append(f'<span class="lamp none">停止计算</span> {since}')
    if not parts:
        parts.append(f'<span class="optional">{term.without}</span>')
    return f'<td data-label="答复期限">{" ".join(parts)}</td>'


def _left(term: Term) -> str:
    return f'<td data-label="剩余" class="nowrap">{term.words or "—"}</td>'


CELLS: Mapping[str, Spell] = {
    "number": _number,
    "received": lambda line, due: f'<td data-label="收到日期" class="nowrap">{date_zh(line.received_on) or "—"}</td>',
    "channel": lambda line, due: f'<td data-label="受理渠道">{escape(line.channel)}</td>',
    "applicant": lambda line, due: f'<td data-label="申请人">{escape(line.applicant) or "无"}</td>',
    "applicant_kind": lambda line, due: f'<td data-label="申请人类型" class="nowrap">{line.applicant_kind or "—"}</td>',
    "content": lambda line, due: f'<td data-label="申请内容">{escape(line.excerpt)}</td>',
    "link": lambda line, due: f'<td data-label="环节" class="nowrap">{line.state.stage.value}</td>',
    "state": _state,
    "officer": _officer,
    "due": lambda line, due: due[0],
    "left": lambda line, due: due[1],
    "outcome": lambda line, due: f'<td data-label="处理结果">{escape(line.outcome) or "—"}</td>',
}
