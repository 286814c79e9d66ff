"""The steps of a case about joint consultation (会商): asked for, ticked, waived, departed from."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from flask import url_for
from sqlalchemy.orm import Session
from wtforms import FieldList, Form, FormField, RadioField, SelectField, SelectMultipleField, StringField
from wtforms.validators import InputRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from gkapply.casework import deliberation, deliberation_causes, deliberation_members, deliberation_papers
from gkapply.casework.access import Actor
from gkapply.casework.deliberation import LONGEST_TOPIC, Plan
from gkapply.casework.deliberation_causes import LONGEST_REASON
from gkapply.casework.deliberation_members import PARTS, Invited
from gkapply.casework.records import Case
from gkapply.law.guidance import Hint
from gkapply.letters.notation import chinese_date
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, day_field, several_field, text_field
from gkapply.web.wording import date_zh

WAYS = [("meeting", "召开会议"), ("circulation", "书面传签")]


def boxes(label: str, description: str) -> SelectMultipleField:
    """Any number of choices, none as well, each with a box to tick."""
    widget = ListWidget(prefix_label=False)
    return SelectMultipleField(label, widget=widget, option_widget=CheckboxInput(), description=description)


class MemberRow(Form):
    """One member, by account or by link; the part is that of the row."""

    user = SelectField("本机关人员", validate_choice=False)
    name = StringField("外单位的单位和姓名", [Length(max=100)])
    phone = StringField("联系电话", [Length(max=40)])


class PlanFields(StepForm):
    """What is asked, until when, how."""

    topic = text_field("会商事项", longest=LONGEST_TOPIC, description="请成员回答什么；不要写申请人的姓名和联系方式")
    until = day_field("提出意见、形成结论的最后一日")
    way = RadioField("会商方式", [InputRequired("请选择会商方式")], choices=choices(WAYS))
    place = StringField("会议时间和地点", [Length(max=200)], description="召开会议的填写")

    def tell_term(self, case: Case, today: date) -> None:
        """Say when it has to end: the clock goes on."""
        told = "会商不停止计算答复期限"
        if case.due_on is not None:
            left = case.calendar().count(today, case.due_on)
            rest = f"还有{left}个工作日" if left > 0 else "已经届满"
            told = f"{told}：答复期限{chinese_date(case.due_on)}届满，{rest}，会商须在此之前结束"
        self.told = (Hint(told, "条例第三十三条"),)


class ProposeForm(PlanFields):
    """For which circumstances, what is asked, who takes part, which papers they see."""

    causes = boxes("提请会商的情形", "会商结论只解除所选的情形")
    reason = text_field(
        "其他提请会商的理由",
        needed=False,
        longest=LONGEST_REASON,
        description="没有上列情形，或者另有重大、疑难之处的填写",
    )
    members = FieldList(FormField(MemberRow), "会商成员", min_entries=len(PARTS))
    papers = boxes("供会商的材料", "申请表、身份证明等载有申请人信息的材料不能选择")
    made = ""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The usual term, inside the reply term; every circumstance that waits."""
        within = thing.office_settings().deliberation_usual_term
        usual = thing.calendar().add(today, within)
        until = min(usual, thing.due_on) if thing.due_on is not None and thing.due_on >= today else usual
        return {"until": until, "way": "meeting", "causes": [one.code for one in thing.undeliberated]}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The circumstances, the accounts, the papers."""
        self.tell_term(thing, today)
        self.causes.choices = choices((one.code, f"{one.trigger.label}：{one.why}") for one in thing.undeliberated)
        people = [("", "不是本机关人员")] + [
            (str(one.id), one.name) for one in deliberation_members.accounts(session, thing.organ_id, today)
        ]
        for row in self.members:
            row.form.user.choices = choices(people)
        self.papers.choices = choices((one.uid, one.label) for one in deliberation_papers.choices(thing))

    @property
    def rows(self) -> list[tuple[str, Any]]:
        """Each suggested part with its row."""
        return list(zip(PARTS, self.members, strict=False))

    def invited(self) -> list[Invited]:
        """The rows in which somebody stands."""
        found = [(part, row.form) for part, row in self.rows]
        return [
            Invited(part, row.name.data or "", int(row.user.data) if row.user.data else None, row.phone.data or "")
            for part, row in found
            if row.user.data or (row.name.data or "").strip()
        ]

    @property
    def onward(self) -> str:
        """The page of what was made."""
        return url_for("deliberations.show", uid=self.made) if self.made else ""


def propose(session: Session, case: Case, form: ProposeForm, actor: Actor, now: datetime) -> str:
    """Ask for a 会商."""
    assert form.until.data is not None
    plan = Plan(
        topic=form.topic.data or "",
        until=form.until.data,
        causes=form.causes.data or (),
        reason=form.reason.data or "",
        by_circulation=form.way.data == "circulation",
        place=form.place.data or "",
        papers=form.papers.data or (),
        members=form.invited(),
    )
    made = deliberation.propose(session, case, plan, actor, now)
    form.made = made.uid
    return f"已提请会商，期限{date_zh(made.until)}，由公开机构负责人召集"


class TickForm(StepForm):
    """Which circumstance, and what it is."""

    trigger = SelectField("情形", [InputRequired("请选择情形")])
    reason = text_field("说明", longest=LONGEST_REASON, description="写明依据：何时、由谁发现，有何影响")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """What a person may tick."""
        self.trigger.choices = choices((one.value, one.label) for one in deliberation_causes.tickable(thing))


def tick(session: Session, case: Case, form: TickForm, actor: Actor, now: datetime) -> str:
    """Keep it."""
    deliberation_causes.tick(session, case, form.trigger.data, form.reason.data or "", actor, now)
    return "已登记须会商的情形；形成结论或者决定免予会商之前，答复书不能送审、签发"


class WaiveForm(StepForm):
    """Which circumstances need none, and why."""

    causes = several_field("免予会商的情形", "请选择免予会商的情形", "没有选择的情形仍须会商")
    reason = text_field("理由", longest=LONGEST_REASON, description="写明为什么不经会商也能依法作出答复；理由存入案卷")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Those that wait."""
        self.causes.choices = choices((one.code, f"{one.trigger.label}：{one.why}") for one in thing.undeliberated)


def waive(session: Session, case: Case, form: WaiveForm, actor: Actor, now: datetime) -> str:
    """Decide it."""
    deliberation_causes.waive(session, case, form.causes.data or (), form.reason.data or "", actor, now)
    return "已决定免予会商，理由存入案卷"


class DepartForm(StepForm):
    """Which item, and why it is decided otherwise."""

    item = SelectField("事项", [InputRequired("请选择事项")])
    reason = text_field("理由", longest=LONGEST_REASON, description="例如：会商之后有新的事实、主管部门另有规定")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Those that depart."""
        self.item.choices = choices(
            (str(one.item), f"第{one.item}项：会商结论「{one.concluded}」，现认定「{one.decided}」")
            for one in thing.departures
        )


def depart(session: Session, case: Case, form: DepartForm, actor: Actor, now: datetime) -> str:
    """Keep the reason."""
    deliberation_causes.explain_departure(session, case, int(form.item.data), form.reason.data or "", actor, now)
    return f"第{form.item.data}项与会商结论不一致的理由已记录，审核人、签发人可以看到"


CASE_PAGES: Pages = {
    "propose_deliberation": StepPage(
        ProposeForm,
        propose,
        "提请后由公开机构负责人召集；成员看到会商事项和所选材料，看不到申请人的姓名和联系方式。",
        template="steps/propose_deliberation.html",
    ),
    "tick_deliberation": StepPage(TickForm, tick),
    "waive_deliberation": StepPage(WaiveForm, waive, "理由存入案卷，审核人、签发人和主管部门可以看到。"),
    "explain_departure": StepPage(DepartForm, depart),
}
