"""The flow chart (工作流程图), printed from the rows: nothing is drawn that no row says.

``mermaid`` is for documents, ``svg`` for the public page: a fixed grid with one column per link of the seven, each move a
numbered line, the numbers explained below with duty and article.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from html import escape

from workflows.step import Stage, State, Step, Workflow

COLUMN, ROW, BOX_WIDTH, BOX_HEIGHT = 170, 110, 124, 48
TOP, LEFT, LINE = 96, 24, 24
HALF = BOX_WIDTH // 2
LANE = 18
START = 11
"""Radius of the dot where a life begins."""


def moves(workflow: Workflow) -> list[Step]:
    """The rows that change the state, in the order of the table."""
    return [step for step in workflow.steps if step.dest is not None]


def mermaid(workflow: Workflow) -> str:
    """The chart as a Mermaid state diagram, every row on it, one line for each source."""
    lines = ["stateDiagram-v2"]
    lines += [f"    {state.value} : {state.stage.value}｜{state.label}" for state in workflow.states]
    lines.append(f"    [*] --> {workflow.start.value}")
    for step in workflow.steps:
        for source in step.sources:
            lines.append(f"    {source.value} --> {(step.dest or source).value} : {step.label}（{who(step)}）")
    lines += [f"    {end.value} --> [*]" for end in workflow.ends]
    return "\n".join(lines) + "\n"


def who(step: Step) -> str:
    """The duties of a step in words."""
    return "、".join(duty.label for duty in step.duties)


def table(workflow: Workflow) -> str:
    """Every row as a Markdown table: step, from, to, by whom, under which article."""
    lines = ["| 步骤 | 自 | 至 | 由谁办理 | 依据 |", "|---|---|---|---|---|"]
    for step in workflow.steps:
        sources = "、".join(source.label for source in step.sources)
        goal = step.dest.label if step.dest is not None else "（不变）"
        lines.append(f"| {step.label} | {sources} | {goal} | {who(step)} | {step.article} |")
    return "\n".join(lines) + "\n"


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a state's box stands: its centre and half its size."""

    x: int
    y: int
    half: int = HALF
    down: int = BOX_HEIGHT // 2


def svg(workflow: Workflow) -> str:
    """The chart as an SVG picture with a title, a description, and its legend as text."""
    places = _grid(workflow)
    stages = list(dict.fromkeys(state.stage for state in workflow.states))
    depth = max(place.y for place in places.values()) + BOX_HEIGHT
    steps = moves(workflow)
    width, height = LEFT * 2 + COLUMN * len(stages), depth + 30 + LINE * ((len(steps) + 1) // 2) + 10
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" role="img" '
        f'aria-labelledby="chart-title chart-text" class="flow-chart">',
        f'<title id="chart-title">{escape(workflow.label)}工作流程图</title>',
        f'<desc id="chart-text">{escape("；".join(_sentence(number, step) for number, step in _numbered(steps)))}</desc>',
        '<defs><marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" fill="#1e4f8f"/></marker></defs>',
        *(_head(number, stage) for number, stage in enumerate(stages)),
        *_lines(steps, places),
        *(_box(state, place, state is workflow.start) for state, place in places.items()),
        *_legend(steps, depth + 30, width),
        "</svg>",
    ]
    return "\n".join(parts) + "\n"


def _grid(workflow: Workflow) -> Mapping[State, _Place]:
    """One column per link, the states of a link below each other in the order of the enumeration."""
    columns: dict[Stage, list[State]] = {}
    for state in workflow.states:
        columns.setdefault(state.stage, []).append(state)
    return {
        state: _Place(
            LEFT + column * COLUMN + COLUMN // 2,
            TOP + BOX_HEIGHT // 2 + row * ROW,
            *((START, START) if state is workflow.start else ()),
        )
        for column, states in enumerate(columns.values())
        for row, state in enumerate(states)
    }


def _numbered(steps: Iterable[Step]) -> Iterable[tuple[int, Step]]:
    return enumerate(steps, start=1)


def _sentence(number: int, step: Step) -> str:
    return f"{number} {step.label}：{who(step)}，{step.article}"


def _head(number: int, stage: Stage) -> str:
    x = LEFT + number * COLUMN
    shade = "#eef3f9" if number % 2 == 0 else "#f8fafc"
    return (
        f'<rect x="{x}" y="0" width="{COLUMN}" height="100%" fill="{shade}"/>'
        f'<text x="{x + COLUMN // 2}" y="28" text-anchor="middle" font-size="18" font-weight="bold" fill="#1e4f8f">'
        f"{stage.value}</text>"
    )


def _box(state: State, place: _Place, start: bool) -> str:
    if start:
        return f'<circle cx="{place.x}" cy="{place.y}" r="{START}" fill="#1e4f8f"><title>开始</title></circle>'
    return (
        f'<rect x="{place.x - HALF}" y="{place.y - BOX_HEIGHT // 2}" width="{BOX_WIDTH}" height="{BOX_HEIGHT}" rx="6" '
        f'fill="#ffffff" stroke="#1e4f8f" stroke-width="1.5"/>'
        f'<text x="{place.x}" y="{place.y + 6}" text-anchor="middle" font-size="16" fill="#1b1b1b">{escape(state.label)}</text>'
    )


def _lines(steps: list[Step], places: Mapping[State, _Place]) -> Iterable[str]:
    """Every way from state to state as one line with the numbers of its moves."""
    numbers: dict[tuple[State, State], list[int]] = {}
    for number, step in _numbered(steps):
        assert step.dest is not None
        for source in step.sources:
            numbers.setdefault((source, step.dest), []).append(number)
    for (source, goal), found in numbers.items():
        shift = 12 if (goal, source) in numbers else 0
        path, mark = _path(places[source], places[goal], shift)
        text = "、".join(map(str, found))
        half = 10 + 9 * (len(found) - 1)
        yield f'<path d="{path}" fill="none" stroke="#1e4f8f" stroke-width="1.5" marker-end="url(#arrow)"/>'
        yield (
            f'<rect x="{mark.x - half}" y="{mark.y - 10}" width="{2 * half}" height="20" rx="10" fill="#ffffff" '
            f'stroke="#1e4f8f"/><text x="{mark.x}" y="{mark.y + 4}" text-anchor="middle" font-size="12" fill="#1e4f8f">'
            f"{text}</text>"
        )


def _path(a: _Place, b: _Place, shift: int) -> tuple[str, _Place]:
    """A line between two boxes, and where its numbers stand. ``shift`` parts the two lines of a way there and back."""
    if a.x == b.x:
        side = 1 if b.y > a.y else -1
        x = a.x + shift * 2 * side
        return f"M{x} {a.y + a.down * side} L{x} {b.y - b.down * side}", _Place(x, (a.y + b.y) // 2)
    if abs(a.x - b.x) == COLUMN and a.y == b.y:
        side = 1 if b.x > a.x else -1
        y = a.y - shift * side
        return f"M{a.x + a.half * side} {y} L{b.x - b.half * side} {y}", _Place((a.x + b.x) // 2, y)
    if abs(a.x - b.x) == COLUMN:
        return f"M{a.x + a.half} {a.y} L{b.x} {a.y} L{b.x} {b.y + b.down}", _Place(b.x - HALF // 2, a.y)
    lane, x = TOP - 2 * LANE, a.x + a.half - 12
    return f"M{x} {a.y - a.down} L{x} {lane} L{b.x} {lane} L{b.x} {b.y - b.down}", _Place(x + LANE, lane)


def _legend(steps: list[Step], top: int, width: int) -> Iterable[str]:
    half = (len(steps) + 1) // 2
    for number, step in _numbered(steps):
        column, row = divmod(number - 1, half)
        x, y = LEFT + column * (width // 2), top + row * LINE
        yield f'<text x="{x}" y="{y}" font-size="14" fill="#1b1b1b">{escape(_sentence(number, step))}</text>'
