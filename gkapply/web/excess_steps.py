"""Steps for excessive requests: explanation asked, received and judged; delayed reply; fee and its payment."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange, Optional

from gkapply.casework import excess, fee, fee_working
from gkapply.casework.access import Actor
from gkapply.casework.branches import VERDICTS
from gkapply.casework.excess import LONGEST_ANSWER
from gkapply.casework.records import Case
from gkapply.clock import day_of
from gkapply.law.fees import FeeMode, fee_of_kth
from gkapply.law.refusal import Refusal
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, line_field, text_field
from gkapply.web.wording import date_zh


class ExplanationForm(StepForm):
    """How many requests the applicant is to explain."""

    period_text = line_field("统计的起止时段")
    counts_text = line_field("申请的件数和频次")
    answer_within = IntegerField(
        "说明理由的期限（工作日）",
        [InputRequired("请填写期限"), NumberRange(1, LONGEST_ANSWER, message=f"须为1至{LONGEST_ANSWER}个工作日")],
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The organ's usual term."""
        return {"answer_within": thing.organ.office_settings().explanation_answer}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The counts as the register has them; a warning when the office asks late."""
        counts = excess.counts_of(session, thing, today)
        if not self.is_submitted():
            self.period_text.data, self.counts_text.data = counts.period, counts.words
        said = f"系统统计：同一申请人本月{counts.in_month}件，近12个月{counts.in_year}件"
        ask_by = excess.ask_by(thing)
        if ask_by is not None and today > ask_by:
            said += f"。提示：已超过要求说明理由的内部期限{date_zh(ask_by)}，仍可以发出，答复期限照常计算"
        self.counts_text.description = said


def explanation_written(form: ExplanationForm) -> dict[str, Any]:
    """What the form says, as the author's fields."""
    return excess.explanation_fields(
        form.counts_text.data or "", form.period_text.data or "", form.answer_within.data or 0
    )


def propose_explanation(session: Session, case: Case, form: ExplanationForm, actor: Actor, now: datetime) -> str:
    """Draft the 说明理由告知书."""
    excess.propose_explanation(session, case, explanation_written(form), actor, now)
    return "已起草说明理由告知书，请送签"


class ReasonsForm(StepForm):
    """The reasons as they came in."""

    on = day_field("收到之日")
    text = text_field("申请人说明的理由", needed=False, description="按申请人原文填写；上传材料的可以不填")
    file = UploadField("说明材料", description="每个文件不超过20 MB")


def receive_explanation(session: Session, case: Case, form: ReasonsForm, actor: Actor, now: datetime) -> str:
    """The reasons came on paper or by telephone."""
    assert form.on.data is not None
    excess.receive_explanation(session, case, form.on.data, form.text.data or "", form.file.data, actor, now)
    return "已登记理由说明，请公开机构负责人认定"


class VerdictForm(StepForm):
    """Whether the reasons are good."""

    verdict = RadioField("认定", [InputRequired("请作出认定")], choices=choices(VERDICTS.items()))
    reason = text_field("认定的理由", longest=1000)


def judge_explanation(session: Session, case: Case, form: VerdictForm, actor: Actor, now: datetime) -> str:
    """The head judges."""
    excess.judge_explanation(session, case, form.verdict.data, form.reason.data or "", actor, now)
    return f"已认定：{VERDICTS[form.verdict.data]}"


class DelayForm(StepForm):
    """Until when the reply is delayed, and why."""

    until = day_field("延迟至")
    reason = text_field("无法按期答复的理由", longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Nothing: the day is a decision."""
        return {}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The day of the term as it stands."""
        due = excess.latest_without_delay(thing)
        self.until.description = f"须晚于现在的答复期限{date_zh(due)}" if due else "答复期限正停止计算"


def delay_written(form: DelayForm) -> dict[str, Any]:
    """What the form says, as the author's fields."""
    assert form.until.data is not None
    return excess.delay_fields(form.until.data, form.reason.data or "")


def propose_delay(session: Session, case: Case, form: DelayForm, actor: Actor, now: datetime) -> str:
    """Draft the 延迟答复告知书."""
    assert form.until.data is not None
    excess.propose_delay(session, case, form.until.data, form.reason.data or "", actor, now)
    return "已起草延迟答复告知书，请送公开机构负责人确定"


class FeeForm(StepForm):
    """Which of the two tariffs, and why a fee at all."""

    mode = RadioField(
        "计收方式",
        [InputRequired("请选择计收方式")],
        choices=choices((one.value, one.label) for one in FeeMode),
        description="两种标准只能选择一种，不得重复计算",
    )
    pages = IntegerField(
        "页数", [Optional(), NumberRange(1, message="页数至少为1")], description="按量计收的填写；A4及以下单面为1页"
    )
    reason = text_field("数量、频次明显超过合理范围的情况", longest=1000)
    pay_how = text_field("缴纳方式", longest=500, description="收款单位、账户或者缴款码、办理窗口；全额上缴国库")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """What each tariff comes to."""
        try:
            k = fee_working.ordinal(session, thing)
            by_item = f"按件：{'；'.join(fee_of_kth(k, today).working)}"
        except Refusal as refusal:
            by_item = f"按件：{refusal.reason}"
        by_page = "按量：30页以下不收费，31—100页10元/页，101—200页20元/页，201页以上40元/页"
        self.mode.description = f"{by_item}。{by_page}。两种标准只能选择一种"


def propose_fee(session: Session, case: Case, form: FeeForm, actor: Actor, now: datetime) -> str:
    """Draft the 收费通知书."""
    fields = fee.fee_fields(
        session, case, form.mode.data, form.pages.data, form.reason.data or "", form.pay_how.data or "", day_of(now)
    )
    fee.propose_fee(session, case, fields, actor, now)
    return f"应收{fields['yuan']}元（{'；'.join(fields['working'])}）。已起草收费通知书，请送签"


class PaymentForm(StepForm):
    """What the treasury's slip says."""

    on = day_field("缴费日期", description="以缴费票据的日期为准；答复期限从次日起重新计算")
    yuan = IntegerField("缴费金额（元）", [InputRequired("请填写缴费金额")])
    file = UploadField("缴费票据", description="申请人已在网上提交凭证的可以不再上传")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """What is owed, and what waits from the web."""
        if thing.fee is not None:
            self.yuan.description = f"应缴{thing.fee.yuan}元；部分缴纳视为未缴纳"
        if thing.payment_waiting is not None:
            self.file.description = f"申请人已于{date_zh(thing.payment_waiting.on_)}在网上提交凭证，可以不再上传"


def receive_payment(session: Session, case: Case, form: PaymentForm, actor: Actor, now: datetime) -> str:
    """The fee was paid."""
    assert form.on.data is not None
    fee.receive_payment(session, case, form.on.data, form.yuan.data or 0, form.file.data, actor, now)
    return f"已登记缴费，答复期限重新计算至{date_zh(case.due_on)}"


PAGES: Pages = {
    "propose_explanation": StepPage(
        ExplanationForm, propose_explanation, "要求说明理由不停止计算答复期限；只能要求一次。"
    ),
    "receive_explanation": StepPage(ReasonsForm, receive_explanation),
    "judge_explanation": StepPage(
        VerdictForm,
        judge_explanation,
        "不合理的，据此可以告知不予处理；合理但无法按期答复的，可以确定延迟答复的日期，或者收取信息处理费。",
    ),
    "propose_delay": StepPage(
        DelayForm, propose_delay, "由公开机构负责人签发确定，须在答复期限届满之日或者之前告知申请人。"
    ),
    "propose_fee": StepPage(
        FeeForm, propose_fee, "收费通知书须在答复期限内发出；发出后至缴清停止计算，缴清后重新计算。"
    ),
    "receive_payment": StepPage(PaymentForm, receive_payment),
}
