"""The step of the secrecy review (保密审查): which of what is to be given out was looked at, and what was found."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, RadioField, SelectMultipleField
from wtforms.validators import InputRequired
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply.casework import secrecy_review
from gkapply.casework.access import Actor
from gkapply.casework.answers import ENCLOSURES, WITHHELD, evidence_of
from gkapply.casework.records import Case, Item
from gkapply.casework.releasing import RELEASING, Release
from gkapply.casework.secrecy_review import LONGEST_BASIS, Verdict
from gkapply.law.guidance import Hint
from gkapply.law.replies import reply_kind
from gkapply.law.secrecy_results import SecrecyResult
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, day_field, text_field


class SecrecyForm(StepForm):
    """What was reviewed, with which result, on which grounds."""

    things = SelectMultipleField(
        "审查的信息",
        [InputRequired("请选择审查了哪些信息")],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="逐项、逐件审查；结论不同的，分次记录",
    )
    unmarked = BooleanField(
        "已核对：材料上没有国家秘密标志",
        [InputRequired("有国家秘密标志的材料不得录入本系统，请按保密规定在线下办理")],
    )
    result = RadioField(
        "审查结论",
        [InputRequired("请选择审查结论")],
        choices=choices((one.value, one.label) for one in SecrecyResult),
        description="附件须区分处理的，请由承办人补充处理后的文件，再审查该文件；原件不提供",
    )
    basis = text_field("审查的依据和意见", longest=LONGEST_BASIS, description="不得写入涉密内容")
    on = day_field("审查日期")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What has no review yet is chosen."""
        return {"on": today, "things": [one.code for one in thing.releases if one.review is None]}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Everything that is to be given out, with what was found of it so far and what its officer proposes."""
        self.told = tuple(Hint(said, "条例第十七条") for said in map(proposal, thing.items) if said)
        self.things.choices = choices((one.code, line(one)) for one in thing.releases)


def proposal(item: Item) -> str:
    """What the officer has decided to give on the item, and the officer's own opinion; empty for one that gives nothing."""
    if item.outcome not in RELEASING:
        return ""
    said = evidence_of(item)
    withheld = "、".join(part["what"] for part in said.get(WITHHELD, ()))
    told = {
        "所提供的信息": "；".join(str(said.get(ENCLOSURES, "")).split("\n")),
        "不予公开的内容": withheld,
        "承办人的审查意见": str(said.get("release_review", "")),
    }
    parts = "。".join(f"{label}：{text}" for label, text in told.items() if text)
    return f"第{item.ordinal}项拟{reply_kind(str(item.outcome)).label}。{parts}"


def line(one: Release) -> str:
    """The thing and where its review stands, in one line."""
    if one.review is None:
        return f"{one.title}（{'内容已变动，须重新审查' if one.was_reviewed else '尚未审查'}）"
    return f"{one.title}（{one.review.reviewer.name}：{one.review.result.label}）"


def review_secrecy(session: Session, case: Case, form: SecrecyForm, actor: Actor, now: datetime) -> str:
    """Keep the reviews."""
    assert form.on.data is not None
    verdict = Verdict(SecrecyResult(form.result.data), form.basis.data or "", form.on.data)
    made = secrecy_review.record(session, case, form.things.data or [], verdict, actor, now)
    left = sum(one.review is None for one in case.releases)
    return f"已记录{len(made)}件信息的保密审查" + (f"，还有{left}件没有审查" if left else "")


PAGES: Pages = {
    "review_secrecy": StepPage(
        SecrecyForm,
        review_secrecy,
        "先审查、后公开：提供信息的答复书，每一项、每一件都有审查结论之后才能签发。审查之后换了文件、改了认定的，须重新审查。",
    ),
}
