"""Steps that end a request without a reply: the applicant's withdrawal on paper, and no applicant any more."""

from datetime import datetime

from sqlalchemy.orm import Session
from wtforms import RadioField
from wtforms.validators import InputRequired

from gkapply.casework import withdrawal
from gkapply.casework.access import Actor
from gkapply.casework.records import Case
from gkapply.casework.withdrawal import GONE, HOW, Gone, Withdrawal
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, text_field


class WithdrawalForm(StepForm):
    """How the applicant withdrew, with the paper that proves it."""

    how = RadioField("撤回的方式", [InputRequired("请选择申请人以何种方式撤回")], choices=choices(HOW.items()))
    on = day_field("撤回之日", description="收到撤回书或者书面确认之日")
    proof = UploadField(
        "撤回书或者书面确认", [InputRequired("请选择文件")], description="须有申请人签名、盖章；每个文件不超过20 MB"
    )
    text = text_field("情况说明", needed=False, longest=1000, description="电话提出的，写明通话时间和内容")


def record_withdrawal(session: Session, case: Case, form: WithdrawalForm, actor: Actor, now: datetime) -> str:
    """The applicant withdrew on paper or by telephone."""
    assert form.on.data is not None
    given = Withdrawal(form.on.data, form.how.data, form.proof.data, form.text.data or "")
    withdrawal.record_withdrawal(session, case, given, actor, now)
    return "已登记撤回，本件办结。尚未发出的文书和尚未答复的征求意见随案终止"


class GoneForm(StepForm):
    """That there is no applicant any more."""

    why = RadioField("情形", [InputRequired("请选择终止办理的情形")], choices=choices(GONE.items()))
    on = day_field("认定之日")
    finding = text_field("核实的经过", longest=1000, description="向谁核实、有没有人愿意继续申请、等待了多久")
    proof = UploadField("证明材料", [InputRequired("请选择文件")], description="死亡证明、注销登记等")


def end_without_applicant(session: Session, case: Case, form: GoneForm, actor: Actor, now: datetime) -> str:
    """Nobody is there to be answered."""
    assert form.on.data is not None
    given = Gone(form.on.data, form.why.data, form.finding.data or "", form.proof.data)
    withdrawal.end_without_applicant(session, case, given, actor, now)
    return "已终止办理，本件办结"


PAGES: Pages = {
    "record_withdrawal": StepPage(
        WithdrawalForm,
        record_withdrawal,
        "撤回只能由申请人自己提出，行政机关不得要求或者劝说申请人撤回。登记后本件办结，计入年度报告“其他处理”，不能恢复。",
        "grave",
    ),
    "end_without_applicant": StepPage(
        GoneForm,
        end_without_applicant,
        "《条例》没有规定这种情形，可以参照《行政复议法》第三十九条、第四十一条：先等待权利义务的承受人表态，满60日"
        "没有人继续的，再终止。终止后计入年度报告“其他处理”，不能恢复。",
        "grave",
    ),
}
