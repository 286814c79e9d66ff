"""The steps beside the straight way: dividing a request, answering on the spot, answering several together."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField, StringField
from wtforms.validators import InputRequired

from gkapply.casework import assistance, division, entrustment, group_reply, joint_reply, on_the_spot, transfer
from gkapply.casework.access import Actor
from gkapply.casework.on_the_spot import ON_THE_SPOT
from gkapply.casework.records import Case
from gkapply.web.forms import choices
from gkapply.web.step_form import (
    Pages,
    StepForm,
    StepPage,
    UploadField,
    day_field,
    line_field,
    several_field,
    text_field,
)
from gkapply.web.wording import date_zh


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


class CombinationForm(StepForm):
    """Which other requests of the applicant are answered in the same letter."""

    others = several_field(
        "与本件一并答复的申请",
        "请选择一并答复的申请",
        "同一申请人后来提出、正在办理的申请；更早的申请，请从最早的一件起草",
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """None is chosen: nothing is put together by itself."""
        return {}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The later requests of the same applicant that are being handled."""
        found = joint_reply.candidates(session, thing)
        self.others.choices = choices((one.reference, joint_reply.line(one)) for one in found)


def draft_combined(session: Session, case: Case, form: CombinationForm, actor: Actor, now: datetime) -> str:
    """Begin the one letter for all."""
    letter = joint_reply.draft(session, case, form.others.data or [], actor, now)
    return f"已为{len(letter.cases)}件申请起草《一并答复》，请核对后送审"


class GroupForm(StepForm):
    """Which requests of others for the same are decided alike."""

    others = several_field(
        "与本件成组答复的申请",
        "请选择成组答复的申请",
        "内容相同、正在办理的申请；本件的事项、检索记录和认定将写入所选各件，各件分别出具答复书，一并审核、签发",
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """None is chosen: nothing is put together by itself."""
        return {}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The requests for the same that are being handled."""
        self.others.choices = choices(
            (one.reference, group_reply.line(one)) for one in group_reply.candidates(session, thing)
        )


def draft_group(session: Session, case: Case, form: GroupForm, actor: Actor, now: datetime) -> str:
    """Begin the replies to all of them."""
    letters = group_reply.draft(session, case, form.others.data or [], actor, now)
    return f"已为{len(letters)}件申请分别起草答复书，请核对后一并送审"


class OnTheSpotForm(StepForm):
    """What was answered at once, what it rests on, and the record that the applicant signed."""

    on = day_field("当场答复的日期", description="即答复之日，也是送达之日")
    outcome = RadioField(
        "答复类型", [InputRequired("请选择答复类型")], choices=choices((one.value, one.label) for one in ON_THE_SPOT)
    )
    where_to_find = text_field("获取已公开信息的方式、途径", needed=False, description="已主动公开的填写")
    enclosures = text_field(
        "当场提供的信息",
        needed=False,
        description="提供信息的填写，每行一件，例如：征地补偿安置方案（纸质复印件，12页）",
    )
    release_review = text_field("公开前的审查意见", needed=False, description="提供信息的填写（条例第十七条）")
    form_reason = text_field("未按申请人要求的形式提供的理由", needed=False, description="条例第四十条")
    record = UploadField(
        "申请人签名的记录",
        [InputRequired("请上传申请人签名的当场答复记录")],
        description="扫描件或者照片，每个文件不超过20 MB",
    )


def answer_on_the_spot(session: Session, case: Case, form: OnTheSpotForm, actor: Actor, now: datetime) -> str:
    """The request is answered."""
    assert form.on.data is not None
    given = {name: form[name].data or "" for name in ("where_to_find", "enclosures", "release_review", "form_reason")}
    on_the_spot.answer(session, case, form.outcome.data, given, form.on.data, form.record.data, actor, now)
    return f"已当场答复（{date_zh(form.on.data)}），计入年度报告“予以公开”。当场答复记录正在生成"


class EntrustmentForm(StepForm):
    """Who prepares the answer, and why."""

    entrusted_organ = line_field("受委托办理的部门")
    reason = text_field("委托办理的理由", longest=1000, description="将写入给申请人的告知书")


def entrust(session: Session, case: Case, form: EntrustmentForm, actor: Actor, now: datetime) -> str:
    """A department handles the request for the organ."""
    entrustment.entrust(session, case, form.entrusted_organ.data or "", form.reason.data or "", actor, now)
    return "已登记委托办理，委托办理告知书已起草，请送签并发给申请人"


def copies_field() -> StringField:
    """Who gets a copy of a letter to another organ."""
    return line_field("抄送机关", needed=False, description="多个机关用顿号分开；没有的留空")


class AssistanceForm(StepForm):
    """Who is to help with what, until when."""

    to = line_field(
        "协办的科室或者单位", description="本机关的科室或者所属单位；征求其他机关、第三方意见的，请用“拟征求意见”"
    )
    what = text_field("请求协助的事项", longest=1000, description="不写申请人的姓名、名称和联系方式")
    deadline = day_field("请求回复的日期", description="须早于答复期限届满之日；协办不停止计算答复期限")
    copies = copies_field()


def ask_assistance(session: Session, case: Case, form: AssistanceForm, actor: Actor, now: datetime) -> str:
    """Draft the 协办函."""
    assert form.deadline.data is not None
    asked = form.to.data or "", form.what.data or "", form.deadline.data
    assistance.ask(session, case, *asked, actor, now, copies=form.copies.data or "")
    return "已起草协办函，请送签"


class AssistanceAnswerForm(StepForm):
    """What came back."""

    letter = SelectField("协办函", [InputRequired("请选择协办函")])
    on = day_field("收到答复的日期")
    text = text_field("答复内容", longest=2000)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The letters that still wait for an answer."""
        self.letter.choices = choices(
            (one.uid, f"{one.field('to')}（请于{one.field('deadline')}前回复）") for one in assistance.waiting(thing)
        )


def note_assistance(session: Session, case: Case, form: AssistanceAnswerForm, actor: Actor, now: datetime) -> str:
    """Keep what came back."""
    assert form.on.data is not None
    assistance.note_answer(session, case, form.letter.data, form.text.data or "", form.on.data, actor, now)
    return "协办答复已登记"


class TransferForm(StepForm):
    """Which organ, why, and whether the applicant agreed to being named."""

    organ = SelectField("移送的机关", [InputRequired("请选择移送的机关")], coerce=int)
    to_name = line_field("其他机关的名称", needed=False, description="上面没有的，选“其他机关”并在此填写")
    address = line_field("该机关的地址", needed=False)
    reason = text_field("移送的理由", longest=1000, description="例如：所申请信息由该机关制作并负责公开")
    consent = text_field(
        "申请人同意的记录",
        needed=False,
        longest=500,
        description="何时、以何种方式同意将其姓名和联系方式告知该机关；没有同意的留空，移送函不含申请人信息",
    )
    copies = copies_field()

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The other organs of the installation, and any other."""
        others = transfer.other_organs(session, thing)
        self.organ.choices = choices([(0, "其他机关（不在本系统内）"), *((one.id, one.name) for one in others)])


def transfer_courtesy(session: Session, case: Case, form: TransferForm, actor: Actor, now: datetime) -> str:
    """Draft the 移送函."""
    said = transfer.Wanted(
        form.organ.data or None,
        form.to_name.data or "",
        form.address.data or "",
        form.reason.data or "",
        form.consent.data or "",
        form.copies.data or "",
    )
    transfer.propose(session, case, said, actor, now)
    return "已起草移送函，请送签；对申请人的答复仍须另行作出"


PAGES: Pages = {
    "divide": StepPage(
        DivisionForm,
        divide,
        "拆分后本件作为封面，不计入年度报告；各件沿用收到申请之日，分别编号、分别答复、分别计数，不能恢复。",
        "grave",
    ),
    "entrust": StepPage(
        EntrustmentForm,
        entrust,
        "由部门代为办理的，须告知申请人；答复仍以本机关名义按期作出，后果由本机关承担，期限不变。",
    ),
    "ask_assistance": StepPage(AssistanceForm, ask_assistance, "机关内部的转办、协办都属于办理，不停止计算答复期限。"),
    "note_assistance": StepPage(AssistanceAnswerForm, note_assistance),
    "transfer_courtesy": StepPage(
        TransferForm,
        transfer_courtesy,
        "条例没有规定转送申请：移送只为方便申请人，不代替答复；对方机关的期限自其收到申请之日起另行计算。",
    ),
    "answer_on_the_spot": StepPage(
        OnTheSpotForm,
        answer_on_the_spot,
        "只用于全部内容可以当场告知或者提供的申请；仍然编号、计数，答复和送达均为当日，办理到此结束。",
        "grave",
    ),
    "draft_combined": StepPage(
        CombinationForm,
        draft_combined,
        "各件保留自己的编号、认定和期限，一份文书逐件答复；送审、签发、发出、送达对各件同时生效，各件分别计数。",
    ),
    "draft_group": StepPage(
        GroupForm,
        draft_group,
        "各件保留自己的编号、期限和答复书，姓名、文号各不相同；送审、审核、签发一并进行，发出和送达逐件登记。",
    ),
}
