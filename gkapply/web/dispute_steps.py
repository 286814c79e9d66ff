"""The steps of a dispute: entered, copy received, answered, papers kept, decided, appealed, closed."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, RadioField
from wtforms.validators import InputRequired, Optional

from gkapply.casework import defence, redo
from gkapply.casework import dispute as deeds
from gkapply.casework.access import Actor
from gkapply.casework.dispute import APPELLANTS, Decision, Filing
from gkapply.casework.dispute_terms import answer_due
from gkapply.casework.disputed import Dispute
from gkapply.casework.records import Case
from gkapply.law.annual_report import DisputeResult
from gkapply.law.dispute_kinds import RESULTS, DisputeKind
from gkapply.web import bundle_steps
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

PAPER_HINT = "每个文件不超过20 MB，不得含有涉密信息"


class FilingForm(StepForm):
    """What is known when a dispute is entered."""

    kind = RadioField(
        "种类", [InputRequired("请选择种类")], choices=choices((one.value, one.label) for one in DisputeKind)
    )
    authority = line_field("复议机关、法院或者受理机关")
    number = line_field("案号", needed=False, longest=100, description="尚未收到案号的可以以后补登")
    filed_on = day_field(
        "申请或者起诉之日", description="自这一天起证据固定：此后形成的材料照常存卷，标明“事后”，不编入卷宗"
    )
    file = UploadField("申请书、起诉状等", description=PAPER_HINT)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The review authority of the signing name, which most disputes go to."""
        return {
            "filed_on": today,
            "kind": DisputeKind.REVIEW.value,
            "authority": thing.signing_name.review_authority if thing.signing_name else "",
        }


def register(session: Session, case: Case, form: FilingForm, actor: Actor, now: datetime) -> str:
    """Enter a dispute."""
    assert form.filed_on.data is not None
    filing = Filing(form.kind.data, form.authority.data or "", form.number.data or "", form.filed_on.data)
    dispute = deeds.register(session, case, filing, actor, now)
    if form.file.data is not None:
        deeds.keep_paper(session, dispute, form.file.data, form.filed_on.data, actor, now)
    return f"已登记{dispute.kind.label}。收到副本后请登记收到日期，答复、举证期限自此起算"


class AmendForm(StepForm):
    """What may be set right."""

    authority = line_field("复议机关、法院或者受理机关")
    number = line_field("案号", needed=False, longest=100)
    filed_on = day_field("申请或者起诉之日")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What stands in the register."""
        return {"authority": thing.authority, "number": thing.number, "filed_on": thing.filed_on}


def amend(session: Session, dispute: Dispute, form: AmendForm, actor: Actor, now: datetime) -> str:
    """Set it right."""
    assert form.filed_on.data is not None
    deeds.amend(session, dispute, form.authority.data or "", form.number.data or "", form.filed_on.data, actor, now)
    return "已更正登记"


class CopyForm(StepForm):
    """When the copy came."""

    on = day_field("收到副本之日", description="答复、举证期限自次日起算")
    file = UploadField("副本和通知书", description=PAPER_HINT)


class ReviewCopyForm(CopyForm):
    """When the copy came, and by which procedure the review goes."""

    simple = BooleanField(
        "适用简易程序", description="适用简易程序的须在5个工作日内答复并提交证据，普通程序为10个工作日；以通知书为准"
    )


def copy_form(thing: Any) -> type[StepForm]:
    """Only a review has a simple procedure with a term of its own."""
    return ReviewCopyForm if thing.kind is DisputeKind.REVIEW else CopyForm


def receive_copy(session: Session, dispute: Dispute, form: Any, actor: Actor, now: datetime) -> str:
    """The copy came."""
    simple = bool(form.simple.data) if isinstance(form, ReviewCopyForm) else False
    deeds.receive_copy(session, dispute, form.on.data, simple, actor, now)
    if form.file.data is not None:
        deeds.keep_paper(session, dispute, form.file.data, form.on.data, actor, now)
    due = answer_due(dispute)
    return "已登记收到副本" if due is None else f"已登记收到副本，应于{date_zh(due.on)}前提交答复和全部证据"


def turn_ordinary(session: Session, dispute: Dispute, form: StepForm, actor: Actor, now: datetime) -> str:
    """By the ordinary procedure."""
    deeds.turn_ordinary(session, dispute, actor, now)
    due = answer_due(dispute)
    assert due is not None
    return f"已转为普通程序，应于{date_zh(due.on)}前提交答复和全部证据"


class PaperOnDayForm(StepForm):
    """A day, and the paper that goes with it."""

    on = day_field("日期")
    file = UploadField("材料", description=PAPER_HINT)


class PaperForm(StepForm):
    """A paper of the dispute."""

    on = day_field("材料日期")
    file = UploadField("文件", [InputRequired("请选择文件")], description=PAPER_HINT)


def hand_in(session: Session, dispute: Dispute, form: PaperOnDayForm, actor: Actor, now: datetime) -> str:
    """Answer and evidence were handed in."""
    assert form.on.data is not None
    deeds.hand_in(session, dispute, form.on.data, actor, now)
    if form.file.data is not None:
        deeds.keep_paper(session, dispute, form.file.data, form.on.data, actor, now)
    return f"已登记于{date_zh(form.on.data)}提交"


def add_paper(session: Session, dispute: Dispute, form: PaperForm, actor: Actor, now: datetime) -> str:
    """Keep a paper."""
    assert form.on.data is not None
    assert form.file.data is not None
    deeds.add_paper(session, dispute, form.file.data, form.on.data, actor, now)
    return "材料已存入案卷，不编入移送的卷宗"


class ResultForm(StepForm):
    """What was decided."""

    result = RadioField("结果", [InputRequired("请选择结果")])
    decided_on = day_field("作出日期", description="年度报告表四以此计入年度")
    received_on = day_field("收到日期", description="起诉、上诉和重新答复的期限自此起算")
    content = text_field("决定、裁判的主要内容", needed=False, longest=2000, description="不写个人信息")
    file = UploadField("决定书、裁判文书", description=PAPER_HINT)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Received today."""
        return {"decided_on": today, "received_on": today}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The results of this kind of dispute."""
        self.result.choices = choices(RESULTS[thing.kind].items())


class ReplyResultForm(ResultForm):
    """What was decided about the reply."""

    orders_redo = BooleanField("责令本机关重新答复", description="选此项的，请随后办理“重新答复立案”")
    redo_by = DateField(
        "责令答复的截止日期", [Optional()], description="决定或者判决写明期限的填写；没有写明的，按20个工作日"
    )
    procedure_only = BooleanField(
        "仅以程序违法为由撤销或者确认违法", description="只有这种情形，才可以以同一事实和理由作出相同的答复"
    )


class JudgmentForm(ReplyResultForm):
    """What a court decided."""

    ruling = BooleanField("以裁定结案", description="对裁定的上诉期为10日，对判决为15日")


def result_form(thing: Any) -> type[StepForm]:
    """A complaint orders nothing; only a court gives rulings."""
    if thing.kind is DisputeKind.COMPLAINT:
        return ResultForm
    return JudgmentForm if thing.kind.is_suit else ReplyResultForm


def record_result(session: Session, dispute: Dispute, form: Any, actor: Actor, now: datetime) -> str:
    """It was decided."""
    about_reply = isinstance(form, ReplyResultForm)
    decision = Decision(
        result=form.result.data,
        decided_on=form.decided_on.data,
        received_on=form.received_on.data,
        summary=form.content.data or "",
        ruling=bool(form.ruling.data) if isinstance(form, JudgmentForm) else False,
        procedure_only=bool(form.procedure_only.data) if about_reply else False,
        orders_redo=bool(form.orders_redo.data) if about_reply else False,
        redo_by=form.redo_by.data if about_reply else None,
    )
    row = deeds.record_result(session, dispute, decision, actor, now)
    if form.file.data is not None:
        deeds.keep_paper(session, dispute, form.file.data, form.received_on.data, actor, now)
    told = f"已登记结果：{RESULTS[dispute.kind][row.result]}"
    return f"{told}。责令重新答复的，请办理“重新答复立案”" if row.result == DisputeResult.CORRECTED else told


class AppealForm(StepForm):
    """Who appealed, and when."""

    by = RadioField("上诉人", [InputRequired("请选择由谁上诉")], choices=choices(APPELLANTS.items()))
    on = day_field("上诉日期")


def appeal(session: Session, dispute: Dispute, form: AppealForm, actor: Actor, now: datetime) -> str:
    """The second instance is pending."""
    assert form.on.data is not None
    deeds.appeal(session, dispute, form.by.data, form.on.data, actor, now)
    return "已登记上诉，本件在年度报告中按尚未审结计，直至二审结果"


def draft_defence(session: Session, dispute: Dispute, form: StepForm, actor: Actor, now: datetime) -> str:
    """Draft the answer."""
    defence.draft_defence(session, dispute, actor, now)
    return f"已按案卷起草《{dispute.kind.answer_label}》，请核对修改后送审"


def open_redo(session: Session, dispute: Dispute, form: StepForm, actor: Actor, now: datetime) -> str:
    """Begin the new reply."""
    case = redo.open_redo(session, dispute, actor, now)
    return f"已立案重新答复，编号{case.number}，应于{date_zh(case.due_on)}前答复"


class NewFactsForm(StepForm):
    """Why the same result may be given again."""

    reason = text_field("新的事实和理由", longest=2000, description="或者写明该项未被撤销、未被确认违法")


def record_new_facts(session: Session, case: Case, form: NewFactsForm, actor: Actor, now: datetime) -> str:
    """Keep the reason."""
    redo.record_new_facts(session, case, form.reason.data or "", actor, now)
    return "已记录，可以送审"


def close(session: Session, dispute: Dispute, form: StepForm, actor: Actor, now: datetime) -> str:
    """Nothing is left."""
    deeds.close(session, dispute, actor, now)
    return "已了结"


CASE_PAGES: Pages = {
    "register_dispute": StepPage(
        FilingForm, register, "登记后在“复议诉讼”中按期限列示，并计入年度报告表四（投诉、举报不计入）。"
    ),
    "record_new_facts": StepPage(
        NewFactsForm,
        record_new_facts,
        "记录后，以与被纠正的答复相同的结果送审不再受阻；理由存入案卷，供复议机关、法院审查。",
    ),
}
"""The steps of a request that have to do with disputes."""
PAGES: Pages = {
    "amend": StepPage(AmendForm, amend),
    "receive_copy": StepPage(CopyForm, receive_copy, variant=copy_form),
    "turn_ordinary": StepPage(ConfirmationForm, turn_ordinary, "答复、举证期限改为自收到副本之日起10个工作日。"),
    "draft_defence": StepPage(
        ConfirmationForm, draft_defence, "办理经过、依据、期限说明和证据清单由案卷生成，起草后可以修改。"
    ),
    "open_redo": StepPage(
        ConfirmationForm,
        open_redo,
        "另立一件重新答复的案件，直接进入办理；原答复仍计入原年度的报告，新案不计入表三。",
    ),
    "hand_in": StepPage(
        PaperOnDayForm, hand_in, "不按期提出书面答复、提交证据的，视为该行政行为没有证据（《行政复议法》第七十条）。"
    ),
    "add_paper": StepPage(PaperForm, add_paper),
    **bundle_steps.PAGES,
    "record_result": StepPage(ResultForm, record_result, variant=result_form),
    "appeal": StepPage(AppealForm, appeal),
    "close": StepPage(ConfirmationForm, close, "了结后不能再登记结果或者材料。", "grave"),
}
