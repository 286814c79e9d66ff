"""The columns of the desk: what each is called and what it says of a line, on the page and in an export."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date

from gkapply.casework.docket_lines import Line
from gkapply.law.refusal import Refusal


@dataclass(frozen=True, slots=True)
class Column:
    """One column; ``text`` is the cell of an export."""

    code: str
    label: str
    text: Callable[[Line], str]


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()


def _state(line: Line) -> str:
    return f"{line.state.label}（提请未成立）" if line.void_proposed else line.state.label


def _due(line: Line) -> str:
    """The due day, marked where it stands still or is uncertain."""
    marks = ["停止计算"] * bool(line.term.stopped_since) + ["暂按周末推算"] * line.term.provisional
    return _day(line.term.due_on) + (f"（{'，'.join(marks)}）" if marks else "")


COLUMNS: tuple[Column, ...] = (
    Column("number", "登记编号", lambda line: line.reference),
    Column("received", "收到日期", lambda line: _day(line.received_on)),
    Column("channel", "受理渠道", lambda line: line.channel),
    Column("applicant", "申请人", lambda line: line.applicant),
    Column("applicant_kind", "申请人类型", lambda line: line.applicant_kind),
    Column("content", "申请内容", lambda line: line.excerpt),
    Column("link", "环节", lambda line: line.state.stage.value),
    Column("state", "状态", _state),
    Column("officer", "承办人", lambda line: line.officer or "未分办"),
    Column("due", "答复期限", _due),
    Column("left", "剩余", lambda line: line.term.words),
    Column("outcome", "处理结果", lambda line: line.outcome),
)
BY_CODE = {column.code: column for column in COLUMNS}
USUAL = tuple(BY_CODE[code] for code in ("number", "applicant", "content", "state", "officer", "due", "left"))
"""What the desk shows until somebody chooses otherwise."""


def read_columns(text: str) -> Sequence[Column]:
    """The columns that an address names, in the order of the table and always with the number; none named: the usual ones.

    Raises Refusal for one that no page offers.
    """
    codes = {code for code in text.split(",") if code}
    if not codes:
        return USUAL
    if codes - BY_CODE.keys():
        raise Refusal("没有这样的列", do="请重新选择要显示的列", field="columns")
    return [column for column in COLUMNS if column.code in codes | {"number"}]
