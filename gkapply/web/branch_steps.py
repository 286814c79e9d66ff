"""The steps beside the straight way: dividing a request, answering on the spot, answering several together."""

from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import division
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, text_field


class DivisionForm(StepForm):
    """What each part asks for, and why the request is divided."""

    quotes = text_field(
        "拆分为", description=f"每行一件，按申请人原文摘录，2至{division.MOST_PARTS}件；原申请的内容须全部写入"
    )
    reason = RadioField("理由", [InputRequired("请选择拆分的理由")], choices=choices(division.REASONS.items()))
    words = text_field("具体理由", longest=1000, description="将写入给申请人的告知书")


def divide(session: Session, case: Case, form: DivisionForm, actor: Actor, now: datetime) -> str:
    """Divide the request."""
    quotes = (form.quotes.data or "").splitlines()
    made = division.divide(session, case, quotes, form.reason.data, form.words.data or "", actor, now)
    numbers = "、".join(one.reference for one in made)
    return f"已拆分为{len(made)}件：{numbers}。请将拆分办理告知书送签，并对各件分办"


PAGES: Pages = {
    "divide": StepPage(
        DivisionForm,
        divide,
        "拆分后本件作为封面，不计入年度报告；各件沿用收到申请之日，分别编号、分别答复、分别计数，不能恢复。",
        "grave",
    ),
}
