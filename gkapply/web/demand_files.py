"""The analysis of demand as a file: one long table, csv or xlsx, safe to open in a spreadsheet."""

from collections.abc import Iterator

from werkzeug.wrappers import Response

from gkapply.casework.demand import Analysis, Line
from gkapply.casework.demand_counts import OPEN
from gkapply.casework.public_figures import OUTCOMES
from gkapply.web.attachment import attachment
from gkapply.web.csv_file import csv_file
from gkapply.web.demand_charts import NOWHERE
from gkapply.workbooks import WORKBOOK_TYPE, write_workbook

OUTCOME_HEADS = (*(label for label, _ in OUTCOMES.values()), "未办结")
HEADS = ("统计项目", "名称", "公开领域", "件数", "申请人数", "逾期", *OUTCOME_HEADS, "说明")
WIDTHS = (20, 30, 20, *[10] * (len(HEADS) - 4), 40)
Row = tuple[object, ...]


def demand_file(found: Analysis, name: str) -> Response:
    """The answer that hands the analysis out as ``name``."""
    rows = list(_rows(found))
    if name.endswith(".csv"):
        return csv_file(HEADS, rows, name)
    return attachment(write_workbook("需求分析", HEADS, rows, WIDTHS), WORKBOOK_TYPE, name)


def _rows(found: Analysis) -> Iterator[Row]:
    for area, one in found.areas:
        outcomes = [one.outcomes[code] for code in (*OUTCOMES, OPEN)]
        yield ("公开领域", area or NOWHERE, area, one.requests, "", one.late, *outcomes, f"已由人确认{one.confirmed}件")
    for theme in found.themes:
        outcomes = [theme.course.outcomes[code] for code in (*OUTCOMES, OPEN)]
        yield ("主题", theme.name, theme.area, theme.requests, theme.applicants, theme.course.late, *outcomes, "")
    lists = (
        ("词语", found.words),
        ("地方", found.places),
        ("公开目录中没有相近事项的主题", found.unmet),
        ("公开目录中已有仍被申请的事项", found.listed),
    )
    for head, lines in lists:
        yield from (_plain(head, one) for one in lines)
    for rising in found.rising:
        times = "新出现" if rising.rise.times is None else f"占比为此前的{rising.rise.times:.1f}倍"
        note = f"{times}；此前四个季度{rising.rise.before}件"
        yield (
            "新出现和上升的主题",
            rising.name,
            rising.area,
            rising.rise.now,
            "",
            "",
            *[""] * len(OUTCOME_HEADS),
            note,
        )


def _plain(head: str, one: Line) -> Row:
    return (head, one.name, one.area, one.requests, one.applicants, "", *[""] * len(OUTCOME_HEADS), "")
