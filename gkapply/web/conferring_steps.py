"""The steps of a joint consultation (会商) itself: members, opinions, conclusion, the supervising authority."""

import json
from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import FieldList, RadioField, SelectField, StringField
from wtforms.validators import InputRequired, Length

from gkapply.casework import (
    deliberation,
    deliberation_conclusion,
    deliberation_members,
    deliberation_opinions,
    deliberation_papers,
)
from gkapply.casework.access import Actor
from gkapply.casework.deliberation import Plan
from gkapply.casework.deliberation_causes import LONGEST_REASON
from gkapply.casework.deliberation_conclusion import LONGEST, Conclusion
from gkapply.casework.deliberation_members import PARTS, Invited
from gkapply.casework.deliberation_opinions import Said
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.stances import Stance
from gkapply.law.replies import kinds_for
from gkapply.web.deliberation_steps import PlanFields, boxes
from gkapply.web.forms import choices
from gkapply.web.step_form import (
    ConfirmationForm,
    Pages,
    StepForm,
    StepPage,
    UploadField,
    day_field,
    line_field,
    text_field,
)
from gkapply.web.wording import date_zh

STANCES = [(one.value, one.label) for one in Stance]
NO_SECRETS = "严禁上传、录入涉密信息。"


def call(session: Session, one: Deliberation, form: ConfirmationForm, actor: Actor, now: datetime) -> str:
    """Call it."""
    deliberation.call(session, one, actor, now)
    linked = any(member.link_hash for member in one.standing_members)
    handing = "；外单位成员的链接和核验码见本页，请转交" if linked else ""
    return f"已召集会商，请成员于{date_zh(one.until)}前（含当日）提出意见{handing}"


class ArrangeForm(PlanFields):
    """What is changed."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """As it stands."""
        way = "circulation" if thing.by_circulation else "meeting"
        return {"topic": thing.topic, "until": thing.until, "way": way, "place": thing.place}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Say when it has to end."""
        self.tell_term(thing.case, today)


def arrange(session: Session, one: Deliberation, form: ArrangeForm, actor: Actor, now: datetime) -> str:
    """Change it."""
    assert form.until.data is not None
    by_circulation = form.way.data == "circulation"
    plan = Plan(form.topic.data or "", form.until.data, by_circulation=by_circulation, place=form.place.data or "")
    deliberation.arrange(session, one, plan, actor, now)
    return "已改变会商的安排"


class MemberForm(StepForm):
    """Who is asked, as what."""

    part = SelectField("以何身份参加", [InputRequired("请选择身份")], choices=choices((part, part) for part in PARTS))
    user = SelectField("本机关人员")
    name = line_field("外单位成员的单位和姓名", needed=False, longest=100)
    phone = line_field(
        "外单位成员的联系电话", needed=False, longest=40, description="凭一次性链接提出意见，以后四位核验身份"
    )

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The accounts of the organ that see cases."""
        people = deliberation_members.accounts(session, thing.organ_id, today)
        self.user.choices = choices([("", "不是本机关人员"), *((str(one.id), one.name) for one in people)])


def add_member(session: Session, one: Deliberation, form: MemberForm, actor: Actor, now: datetime) -> str:
    """Add the member."""
    user = int(form.user.data) if form.user.data else None
    invited = Invited(form.part.data, form.name.data or "", user, form.phone.data or "")
    member = deliberation_members.invite(session, one, invited, actor, now)
    return f"已增加会商成员：{member.part} {member.name}"


class ReleaseForm(StepForm):
    """Who is asked no longer, and why."""

    member = SelectField("会商成员", [InputRequired("请选择会商成员")])
    reason = text_field("理由", longest=LONGEST_REASON)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Those who have not spoken."""
        waiting = [one for one in thing.standing_members if not one.opinions]
        self.member.choices = choices((one.uid, f"{one.part} {one.name}") for one in waiting)


def release(session: Session, one: Deliberation, form: ReleaseForm, actor: Actor, now: datetime) -> str:
    """Release the member."""
    deliberation_members.release(session, one, form.member.data, form.reason.data or "", actor, now)
    return "已不再征求该成员意见，链接失效"


class PapersForm(StepForm):
    """What members see."""

    papers = boxes("供会商的材料", "申请表、身份证明等载有申请人信息的材料不能选择；须隐去的请先隐去、存入案卷")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What was chosen."""
        return {"papers": json.loads(thing.papers)}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """What may be shown."""
        self.papers.choices = choices((one.uid, one.label) for one in deliberation_papers.choices(thing.case))


def show_papers(session: Session, one: Deliberation, form: PapersForm, actor: Actor, now: datetime) -> str:
    """Choose them."""
    deliberation.show_papers(session, one, form.papers.data or (), actor, now)
    return "已选择供会商的材料"


class OpinionForm(StepForm):
    """An opinion: never edited, a later one takes its place and both are kept."""

    stance = RadioField("意见", [InputRequired("请选择意见")], choices=choices(STANCES))
    text = text_field("理由", needed=False, description="不同意、保留意见的必填；会写入会商纪要")
    file = UploadField("书面意见", description="可以另附一个文件，不超过20 MB")

    def said(self) -> Said:
        """As the deed takes it."""
        files = [self.file.data] if self.file.data else []
        return Said(self.stance.data, self.text.data or "", files)


def give_opinion(session: Session, one: Deliberation, form: OpinionForm, actor: Actor, now: datetime) -> str:
    """Take it."""
    deliberation_opinions.give(session, one, form.said(), actor, now)
    return "您的会商意见已提交；再次提出的以最后一次为准，此前的一并留存"


class EnteredForm(OpinionForm):
    """What a member said at the meeting, or handed in on paper."""

    member = SelectField("会商成员", [InputRequired("请选择会商成员")])

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Every member."""
        self.member.choices = choices((one.uid, f"{one.part} {one.name}") for one in thing.standing_members)


def enter_opinion(session: Session, one: Deliberation, form: EnteredForm, actor: Actor, now: datetime) -> str:
    """Enter it."""
    deliberation_opinions.enter(session, one, form.member.data, form.said(), actor, now)
    return "已登记会上意见"


class ConclusionForm(StepForm):
    """What is adopted."""

    text = text_field("会商结论", longest=LONGEST)
    grounds = text_field("理由和依据", longest=LONGEST, description="写明依据的条款；不同意见由系统写入会商纪要")
    outcomes = FieldList(SelectField(validate_choice=False), "各事项的结论")
    held_on = day_field("会商日期")
    recorder = StringField("记录人", [Length(max=60)])

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Today; each item as it is decided now."""
        return {"held_on": today, "outcomes": [item.outcome or "" for item in thing.case.items]}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Every outcome that such a case can have."""
        kinds = [("", "不就这一事项作出结论"), *((one.value, one.label) for one in kinds_for(thing.case.kind))]
        while len(self.outcomes) < len(thing.case.items):
            self.outcomes.append_entry("")
        for item, one in zip(thing.case.items, self.outcomes, strict=False):
            one.choices = choices(kinds)
            one.label.text = f"第{item.ordinal}项：{' '.join(item.quote.split())[:60]}"

    def adopted(self, one: Deliberation) -> dict[int, str]:
        """Item → outcome."""
        return {item.ordinal: field.data or "" for item, field in zip(one.case.items, self.outcomes, strict=False)}


def conclude(session: Session, one: Deliberation, form: ConclusionForm, actor: Actor, now: datetime) -> str:
    """Adopt it."""
    assert form.held_on.data is not None
    said = Conclusion(
        text=form.text.data or "",
        grounds=form.grounds.data or "",
        held_on=form.held_on.data,
        outcomes=form.adopted(one),
        recorder=form.recorder.data or "",
    )
    deliberation_conclusion.conclude(session, one, said, actor, now)
    return f"会商结论已形成，编号{one.number}，会商纪要正在生成"


class TextForm(StepForm):
    """On what nobody agreed."""

    text = text_field("分歧所在", longest=LONGEST)


def disagree(session: Session, one: Deliberation, form: TextForm, actor: Actor, now: datetime) -> str:
    """Keep it."""
    deliberation_conclusion.disagree(session, one, form.text.data or "", actor, now)
    return "已记录未达成一致；可以再次会商，或者报请主管部门"


def confer_again(session: Session, one: Deliberation, form: ConfirmationForm, actor: Actor, now: datetime) -> str:
    """Once more."""
    deliberation_conclusion.confer_again(session, one, actor, now)
    return "已再次会商"


class ReferForm(StepForm):
    """To whom, when."""

    authority = line_field("报请的主管部门", description="例如：政府信息公开工作主管部门、保密行政管理部门")
    on = day_field("报请日期")
    file = UploadField("请示文件", description="扫描件，有的上传；" + NO_SECRETS)


def refer(session: Session, one: Deliberation, form: ReferForm, actor: Actor, now: datetime) -> str:
    """Put it to the authority."""
    assert form.on.data is not None
    deliberation_conclusion.refer(session, one, form.authority.data or "", form.on.data, form.file.data, actor, now)
    return f"已登记报请{one.authority}；报请期间答复期限照常计算"


class AnswerForm(StepForm):
    """What the authority answered."""

    text = text_field("答复内容", longest=LONGEST)
    on = day_field("答复日期")
    file = UploadField("答复文件", description="扫描件，有的上传；" + NO_SECRETS)


def record_answer(session: Session, one: Deliberation, form: AnswerForm, actor: Actor, now: datetime) -> str:
    """Enter it."""
    assert form.on.data is not None
    deliberation_conclusion.record_answer(session, one, form.text.data or "", form.on.data, form.file.data, actor, now)
    return "已登记主管部门的答复，请公开机构负责人形成结论"


class WithdrawForm(StepForm):
    """Why it is given up."""

    reason = text_field("撤回的理由", longest=LONGEST_REASON)


def withdraw(session: Session, one: Deliberation, form: WithdrawForm, actor: Actor, now: datetime) -> str:
    """Give it up."""
    deliberation.withdraw(session, one, form.reason.data or "", actor, now)
    return "会商已撤回；须会商的情形仍须另行会商或者由公开机构负责人决定免予会商"


PAGES: Pages = {
    "call": StepPage(ConfirmationForm, call, "召集后成员收到消息；会商不停止计算答复期限。"),
    "arrange": StepPage(ArrangeForm, arrange),
    "add_member": StepPage(MemberForm, add_member, "外单位成员只看到会商事项和所选材料，看不到申请人。"),
    "release_member": StepPage(ReleaseForm, release),
    "show_papers": StepPage(PapersForm, show_papers, NO_SECRETS),
    "give_opinion": StepPage(OpinionForm, give_opinion, f"意见提交后不能修改，可以再次提出。{NO_SECRETS}"),
    "enter_opinion": StepPage(EnteredForm, enter_opinion, f"按会上发言或者书面意见如实登记。{NO_SECRETS}"),
    "disagree": StepPage(TextForm, disagree),
    "confer_again": StepPage(ConfirmationForm, confer_again),
    "refer": StepPage(ReferForm, refer, "报请主管部门不停止计算答复期限。"),
    "record_answer": StepPage(AnswerForm, record_answer),
    "conclude": StepPage(
        ConclusionForm,
        conclude,
        "结论形成后不能修改；认定与结论不一致的，须说明理由才能送审、签发。",
        template="steps/conclude_deliberation.html",
    ),
    "withdraw": StepPage(WithdrawForm, withdraw, "撤回后不能恢复，已经提出的意见照常留存。", "grave"),
}
