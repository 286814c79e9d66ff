"""The steps by which a legal adviser is asked about a letter, and a question is taken back."""

from collections.abc import Mapping
from datetime import date, datetime, timedelta
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session
from wtforms import SelectField
from wtforms.validators import InputRequired

from gkapply.casework import advising
from gkapply.casework.access import Actor
from gkapply.casework.advice_contact import Adviser, contact_of
from gkapply.casework.advising import LONGEST_QUESTION
from gkapply.casework.papers import Letter
from gkapply.law.guidance import Hint
from gkapply.letters.notation import chinese_date
from gkapply.web.forms import choices
from gkapply.web.sending_steps import title
from gkapply.web.step_form import Pages, StepForm, StepPage, day_field, line_field, text_field

USUAL = timedelta(days=3)


class OnLetterPage(StepForm):
    """A step after which the letter is shown, not the case."""

    @property
    def onward(self) -> str:
        """The letter's page: link and code, or what became of them, stand there."""
        return url_for("desk.letter", uid=(request.view_args or {})["uid"])


class AskForm(OnLetterPage):
    """Whom to ask what, until when."""

    name = line_field("法律顾问的姓名、单位")
    phone = line_field("联系电话", longest=40, description="后四位用于核验身份")
    email = line_field("电子邮箱", needed=False, description="填写的，系统把链接发到这个邮箱；不填的，请自行转交链接")
    until = day_field("答复的最后一日", description="当日之后链接失效")
    question = text_field(
        "要回答的问题",
        longest=LONGEST_QUESTION,
        description="法律顾问看到文书全文、各项认定、检索记录和体检结果，看不到申请人的姓名和联系方式；请不要写这些内容",
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """A few days, and the usual question."""
        return {"until": today + USUAL, "question": "这份文书认定事实、适用依据、程序和救济告知是否合法？"}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Say when the reply is due: asking stops no clock."""
        due = thing.case.due_on
        if due is not None:
            told = f"征求法律顾问意见不停止计算期限；本件答复期限{chinese_date(due)}届满"
            self.told = (Hint(told, "条例第三十三条"),)


def ask(session: Session, letter: Letter, form: AskForm, actor: Actor, now: datetime) -> str:
    """Ask the adviser."""
    assert form.until.data is not None
    adviser = Adviser(form.name.data or "", form.phone.data or "", form.email.data or "")
    advising.ask(session, letter, adviser, advising.Question(form.question.data or "", form.until.data), actor, now)
    sent = "链接发往所填邮箱" if adviser.email.strip() else "请把链接转交法律顾问"
    return f"已就{title(letter)}征求法律顾问意见，{sent}，核验码另行告知"


class WithdrawForm(OnLetterPage):
    """Which question is taken back."""

    advice = SelectField("撤回哪一件", [InputRequired("请选择要撤回的征求")])

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The questions that the adviser has not opened."""
        waiting = [one for one in thing.advice if one.is_withdrawable]
        self.advice.choices = choices([(one.uid, contact_of(session, one).name) for one in waiting])


def withdraw(session: Session, letter: Letter, form: WithdrawForm, actor: Actor, now: datetime) -> str:
    """Take it back."""
    advising.withdraw(session, letter, form.advice.data, actor, now)
    return "已撤回，链接失效"


PAGES: Pages = {
    "ask_adviser": StepPage(
        AskForm, ask, "意见只针对现在这一文本；文本改变的，标明「针对此前的文本」。严禁上传、录入涉密信息。"
    ),
    "withdraw_adviser": StepPage(WithdrawForm, withdraw, "撤回后链接失效；法律顾问已经打开的不能撤回。"),
}
