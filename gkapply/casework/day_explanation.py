"""「为什么是这一天」 for a case: the law's explanation with the number of the case, as page, as text for the file, as json."""

from datetime import date
from typing import Any

from gkapply.casework.dating import require_checked
from gkapply.casework.records import Case
from gkapply.law.course import INTERNAL_TERM
from gkapply.law.day_list import Day
from gkapply.law.explanation import Explanation, Stretch, explain
from gkapply.law.refusal import Refusal
from gkapply.letters.notation import chinese_date

WEEKDAYS = "一二三四五六日"


def explanation(case: Case, today: date) -> Explanation:
    """Every day of the reply term of ``case`` with its reason. Raises Refusal when it has not been received yet."""
    if case.received_on is None:
        raise Refusal("申请尚未确认收到，期限不起算", "条例第三十一条", do="确认收到之后再查看逐日计算")
    require_checked(case)
    return explain(case.received_on, case.law_facts(), case.calendar(), case.clock_settings(), today)


def as_json(case: Case, today: date) -> dict[str, Any]:
    """The explanation for a program, with the number of the case."""
    return {"number": case.reference, **explanation(case, today).as_json()}


def as_text(case: Case, today: date) -> str:
    """The explanation as plain text, as it is put into the file and the bundle: one day a line."""
    told = explanation(case, today)
    lines = [
        "答复期限逐日计算说明",
        f"登记编号：{case.reference}",
        f"收到申请之日：{chinese_date(told.received_on)}（条例第三十一条）",
        f"工作日日历：{told.calendar.code}，版本 {told.calendar.version}",
        f"结论：{conclusion(told)}",
    ]
    for number, stretch in enumerate(told.stretches, start=1):
        lines += ["", f"（{number}）{heading(stretch)}"]
        lines += [day_line(day) for day in stretch.days]
    return "\n".join(lines) + "\n"


def heading(stretch: Stretch) -> str:
    """What a stretch of the term begins with, how long the term is, and where it leads."""
    text = f"{chinese_date(stretch.begins_on)}{stretch.because}（{stretch.article}），当日不计入，自次日起算；期限{stretch.term}个工作日"
    if stretch.extended_by:
        text += f"（含延长{stretch.extended_by}个工作日，条例第三十三条第二款）"
    return text


def day_line(day: Day) -> str:
    """One day: its date and weekday, its number or why it does not count."""
    name = f"{chinese_date(day.on)} 周{WEEKDAYS[day.on.weekday()]}"
    if day.counts:
        return f"{name}　第{day.number}个工作日"
    return f"{name}　不计入：{day.because}" + (f"（{day.article}）" if day.article else "")


def conclusion(told: Explanation) -> str:
    """The last day of the term in one sentence, and whether the case ended by then."""
    if told.due_on is None:
        return "期限正停止计算，届满之日尚不能确定。"
    text = f"答复期限届满之日为{chinese_date(told.due_on)}"
    if told.article == INTERNAL_TERM:
        text += "（内部期限，条例没有规定更正申请的办理期限）"
    if told.fixed is not None:
        text += f"（{chinese_date(told.fixed.on)}{told.fixed.kind.label}所定）"
    if told.provisional:
        text += "；该日期所在年份的放假安排尚未公布，暂按周末推算"
    if told.ended is not None:
        how = "在期限之内" if told.in_time else "超过期限"
        text += f"；本件于{chinese_date(told.ended.on)}{told.ended.kind.label}，{how}"
    return text + "。"
