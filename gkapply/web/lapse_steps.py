"""Steps about a request that counts as given up: confirmed or not, reopened, its applicant told."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, DateField, IntegerField, RadioField
from wtforms.validators import InputRequired, Optional

from gkapply.casework import closing_notice, lapse, reopening
from gkapply.casework.access import Actor
from gkapply.casework.lapse import CHECKS, LapseCheck
from gkapply.casework.records import Case
from gkapply.casework.reopening import GROUNDS, Ground
from gkapply.law.letters import LetterKind
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh


class LapseForm(StepForm):
    """The list that is gone through before a request counts as given up."""

    delivery_seen = BooleanField(CHECKS["delivery_seen"], [InputRequired("请核对后勾选")])
    trays_checked = BooleanField(CHECKS["trays_checked"], [InputRequired("请核对后勾选")])
    called = BooleanField(CHECKS["called"], [InputRequired("请核对后勾选")])
    call = text_field("电话联系的时间、对象和结果", longest=500)
    no_good_reason = text_field("有没有正当理由的判断", longest=1000)


def confirm_lapse(session: Session, case: Case, form: LapseForm, actor: Actor, now: datetime) -> str:
    """The head confirms."""
    done = frozenset(code for code in CHECKS if form[code].data)
    check = LapseCheck(done, form.call.data or "", form.no_good_reason.data or "")
    lapse.confirm_lapse(session, case, check, actor, now)
    return "已认定视为放弃申请，本件办结；可以另行起草不再处理告知书"


class RejectLapseForm(StepForm):
    """How long to wait on, and why."""

    until = day_field("继续等待至")
    reason = text_field("理由", longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Nothing: the day is a decision."""
        return {}


def reject_lapse(session: Session, case: Case, form: RejectLapseForm, actor: Actor, now: datetime) -> str:
    """The head lets the applicant have more time."""
    assert form.until.data is not None
    lapse.reject_lapse(session, case, form.until.data, form.reason.data or "", actor, now)
    return f"继续等待至{date_zh(form.until.data)}"


class _LateForm(StepForm):
    """Why what came after the lapse is taken."""

    ground = RadioField("接受的理由", [InputRequired("请选择接受的理由")], choices=choices(GROUNDS.items()))
    posted_on = DateField("邮戳或者缴费日期", [Optional()], description="期限内交邮、缴费的须填写")
    proof = UploadField("凭证", description="信封、邮戳、缴费票据等；期限内交邮、缴费的须上传")
    reason = text_field("情况和理由", longest=1000)

    @property
    def given(self) -> Ground:
        """What the form says about it."""
        return Ground(self.ground.data, self.posted_on.data, self.proof.data, self.reason.data or "")


class LateCorrectionForm(_LateForm):
    """A correction that came after the lapse."""

    on = day_field("收到补正之日", description="答复期限从次日起重新计算")
    text = text_field("补正后的申请内容", needed=False, description="申请人已在网上提交的可以不填")
    file = UploadField("补正材料", description="每个文件不超过20 MB")


def reopen_corrected(session: Session, case: Case, form: LateCorrectionForm, actor: Actor, now: datetime) -> str:
    """The correction is taken after all."""
    assert form.on.data is not None
    reopening.reopen_corrected(
        session, case, form.on.data, form.text.data or "", form.file.data, form.given, actor, now
    )
    return f"已恢复办理，答复期限重新计算至{date_zh(case.due_on)}"


class LatePaymentForm(_LateForm):
    """A payment that came after the lapse."""

    on = day_field("缴费日期", description="以缴费票据的日期为准")
    yuan = IntegerField("缴费金额（元）", [InputRequired("请填写缴费金额")])
    file = UploadField("缴费票据", description="申请人已在网上提交的可以不再上传")


def reopen_paid(session: Session, case: Case, form: LatePaymentForm, actor: Actor, now: datetime) -> str:
    """The payment is taken after all."""
    assert form.on.data is not None
    reopening.reopen_paid(session, case, form.on.data, form.yuan.data or 0, form.file.data, form.given, actor, now)
    return f"已恢复办理，答复期限重新计算至{date_zh(case.due_on)}"


class ClosingForm(StepForm):
    """What the closing letter cannot know by itself."""

    words = line_field(
        "送达凭证或者撤回方式", description="例如：给据邮件XA000000001CN，投递签收记录；提交本人签名的撤回书"
    )


def propose_closing_notice(session: Session, case: Case, form: ClosingForm, actor: Actor, now: datetime) -> str:
    """Draft the closing letter."""
    letter = closing_notice.propose_closing_notice(session, case, form.words.data or "", actor, now)
    return f"已起草《{LetterKind(letter.kind).label}》，请送签"


PAGES: Pages = {
    "confirm_lapse": StepPage(
        LapseForm,
        confirm_lapse,
        "“无正当理由”须由人判断。认定后本件办结，计入年度报告“其他处理”；此后到达的补正、缴费可以恢复办理。",
        "grave",
    ),
    "reject_lapse": StepPage(RejectLapseForm, reject_lapse, "到期后再行决定。"),
    "reopen_corrected": StepPage(LateCorrectionForm, reopen_corrected, "恢复办理后，年度报告不再计入“其他处理”。"),
    "reopen_paid": StepPage(LatePaymentForm, reopen_paid, "恢复办理后，年度报告不再计入“其他处理”。"),
    "propose_closing_notice": StepPage(
        ClosingForm, propose_closing_notice, "《条例》没有要求另行告知，可以根据情况发出。"
    ),
}
