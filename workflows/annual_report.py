"""The life of an organ's annual report for one year (政府信息公开工作年度报告), 条例第四十九条、第五十条.

It belongs to no request. What was frozen (定稿) is kept for ever as a version; whoever draws it up anew makes the next one.
"""

from collections.abc import Mapping
from typing import Any

from gkapply.law.refusal import Refusal
from workflows.duties import Duty
from workflows.step import Stage, State, Step, Workflow


class AnnualReportState(State):
    """Where the report of a year stands."""

    NEW = "new", "未开始", Stage.ARCHIVE
    DRAFTING = "drafting", "编制中", Stage.ARCHIVE
    FROZEN = "frozen", "已定稿", Stage.ARCHIVE
    DELIVERED = "delivered", "已报送、公布", Stage.ARCHIVE


S, D = AnnualReportState, Duty
ARTICLE = "条例第四十九条、第五十条"
MAKERS = (D.STATISTICIAN, D.HEAD)
"""Who writes the report and keeps what became of it."""


def year_is_over(report: Any, given: Mapping[str, Any]) -> None:
    """The report covers 1 January to 31 December, and every check is passed or explained."""
    if given["today"].year <= report.year:
        raise Refusal(
            f"{report.year}年尚未结束，年度报告的数据还会变动",
            "条例第五十条",
            do=f"请在{report.year + 1}年1月1日以后定稿",
        )
    unexplained = given.get("unexplained", ())
    if unexplained:
        raise Refusal(
            f"有{len(unexplained)}项核对不符，也没有说明原因：{'、'.join(unexplained)}",
            "国办公开办函〔2021〕30号",
            do="请更正案件或者文字；确属特殊情况的，逐项说明原因后再定稿",
        )


ANNUAL_REPORT = Workflow(
    name="annual_report",
    label="年度报告",
    states=AnnualReportState,
    start=S.NEW,
    ends=(S.DELIVERED,),
    steps=(
        Step("begin", "开始编制", (S.NEW,), S.DRAFTING, (*MAKERS, D.SYSTEM), ARTICLE),
        Step("write", "编写文字和表二", (S.DRAFTING,), None, MAKERS, ARTICLE),
        Step("explain", "说明核对不符的原因", (S.DRAFTING,), None, MAKERS, "国办公开办函〔2021〕30号"),
        Step("freeze", "定稿", (S.DRAFTING,), S.FROZEN, (D.HEAD,), ARTICLE, year_is_over),
        Step("deliver", "登记报送、公布", (S.FROZEN, S.DELIVERED), S.DELIVERED, MAKERS, "条例第四十九条"),
        Step("reopen", "重新编制", (S.FROZEN, S.DELIVERED), S.DRAFTING, (D.HEAD,), ARTICLE),
        Step("take_published", "录入已公布的报告", (S.NEW, S.DRAFTING), S.DELIVERED, MAKERS, ARTICLE),
    ),
)
