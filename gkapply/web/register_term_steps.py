"""补登期限事实: what happened to the clocks of a request before it came with its register, entered once at the desk."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, FieldList, Form, FormField, SelectField, StringField
from wtforms.validators import Length, Optional

from gkapply.casework import register_term
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal
from gkapply.law.register_facts import FACT_WORDS, FactRow, read_fact
from gkapply.law.register_heads import FACT_COLUMNS
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage
from gkapply.web.wording import date_zh

ROWS = 5
_SHORT = [Optional(), Length(max=100, message="最多100个字")]
_DAY = {"type": "date"}


class FactRowForm(Form):
    """One row of the sheet of facts; left empty it says nothing."""

    fact = SelectField(
        "事实", choices=choices([("", "—"), *((word, word) for word in FACT_WORDS)]), render_kw={"class": "short"}
    )
    on = StringField("日期", _SHORT, render_kw=_DAY)
    told_on = StringField("送达日期", _SHORT, render_kw=_DAY)
    days = StringField("工作日数", _SHORT, render_kw={"inputmode": "numeric"})
    party = StringField("对方", _SHORT, render_kw={"class": "short"})
    note = StringField("说明", _SHORT, render_kw={"class": "short"})
    until = StringField("截止日期", _SHORT, render_kw=_DAY)
    returned_on = StringField("退回日期", _SHORT, render_kw=_DAY)
    co_producer = BooleanField("共同制作")


class CheckTermForm(StepForm):
    """Everything that happened before, a row each; none where nothing did."""

    facts = FieldList(FormField(FactRowForm), "期限事实", min_entries=ROWS)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Nothing."""
        return {}

    def said(self, number: str, today: date) -> Sequence[FactRow]:
        """The rows that say anything. Raises Refusal naming every cell that cannot be so."""
        found: list[Problem] = []
        rows = []
        for line, entry in enumerate(self.facts, start=1):
            cells = {one.code: _text(entry.form, one.code) for one in FACT_COLUMNS if one.code != "number"}
            if any(cells.values()):
                rows.append(read_fact("", line, {**cells, "number": number}, today, found))
        if found:
            told = "；".join(f"第{one.line}行「{one.column}」：{one.reason}" for one in found)
            raise Refusal(told, field="facts", do="请改正后再提交")
        return [row for row in rows if row is not None]


def _text(row: Any, code: str) -> str:
    value = row[code].data
    return "是" if value is True else (value or "").strip() if isinstance(value, str) else ""


def check_term(session: Session, case: Case, form: CheckTermForm, actor: Actor, now: datetime) -> str:
    """Enter what happened before."""
    register_term.check_term(session, case, form.said(case.number, day_of(now)), actor, now)
    if case.due_on is None:
        return "期限事实已登记；答复期限现在停止计算" if case.ended_on is None else "期限事实已登记"
    return f"期限事实已登记，答复期限至{date_zh(case.due_on)}"


PAGES: Pages = {
    "check_term": StepPage(
        CheckTermForm,
        check_term,
        "登记之后按这些事实计算期限；没有发生过的不填，全部不填即按收到日期计算。只能登记一次",
        template="steps/check_term.html",
    ),
}
