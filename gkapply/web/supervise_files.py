"""The supervisor's board and lists as files: csv and xlsx, safe to open in a spreadsheet."""

from collections.abc import Iterable

from werkzeug.wrappers import Response

from gkapply.casework.people import Organ
from gkapply.casework.supervision_board import Board, Line
from gkapply.casework.supervision_figures import FIGURES
from gkapply.casework.supervision_list import Line as CaseLine
from gkapply.casework.supervision_period import Period
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import csv_file
from gkapply.workbooks import write_workbook

XLSX_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
MEDIAN = "答复用时中位数（工作日）"
BOARD_HEADS = ("机关", "范围", *(one.label for one in FIGURES.values()), "撤回占办结（%）", MEDIAN)
LIST_HEADS = (
    "登记编号",
    "机关",
    "种类",
    "状态",
    "收到日期",
    "答复期限",
    "答复日期",
    "办结日期",
    "逾期工作日",
    "已上报级数",
)


def board_file(board: Board, organ: Organ, period: Period, ending: str) -> Response:
    """The board with a last line for all together; ``ending`` is csv or xlsx."""
    rows = [_board_row(line) for line in (*board.lines, board.total)]
    name = f"监督概览-{organ.name}-{period.first:%Y%m%d}-{period.last:%Y%m%d}.{ending}"
    if ending == "csv":
        return csv_file(BOARD_HEADS, rows, name)
    widths = (30, 16, *[12] * (len(BOARD_HEADS) - 2))
    return attachment(write_workbook("监督概览", BOARD_HEADS, rows, widths), XLSX_TYPE, name)


def list_file(lines: Iterable[CaseLine], name: str) -> Response:
    """The requests of a list."""
    return csv_file(LIST_HEADS, [_case_row(line) for line in lines], name)


def scope_of(line: Line) -> str:
    """What a line of the board counts, in words."""
    return "仅本机关" if not line.whole else f"含下级{line.below}个机关" if line.below else "没有下级机关"


def _board_row(line: Line) -> tuple[object, ...]:
    share, middle = line.share("withdrawn"), line.median
    return (
        line.organ.name,
        scope_of(line),
        *line.figures.values(),
        "" if share is None else share,
        "" if middle is None else f"{middle:g}",
    )


def _case_row(line: CaseLine) -> tuple[object, ...]:
    days = (line.received_on, line.term.due_on, line.replied_on, line.ended_on)
    return (
        line.reference,
        line.organ,
        line.kind.label,
        line.state.label,
        *(day.isoformat() if day else "" for day in days),
        line.late_by or "",
        line.reported or "",
    )
