"""The steps of approval on paper: a clerk enters what was signed on the 呈批单, the leader confirms it."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import RadioField, SelectField
from wtforms.validators import InputRequired

from gkapply.casework import letter_numbers, paper_approval
from gkapply.casework.access import Actor
from gkapply.casework.approvers import approvers_of
from gkapply.casework.paper_approval import PaperDecision
from gkapply.casework.papers import Letter
from gkapply.law.guidance import Hint
from gkapply.law.ladders import SIGNATURE
from gkapply.web.forms import choices
from gkapply.web.sending_steps import copies, title
from gkapply.web.step_form import Pages, StepForm, StepPage, UploadField, day_field, text_field

AGREED, RETURNED = "agreed", "returned"


class PaperForm(StepForm):
    """Who decided what on which day, and the signed sheet."""

    leader = SelectField("签批人", [InputRequired("请选择签批人")])
    decision = RadioField(
        "签批意见",
        [InputRequired("请选择签批意见")],
        choices=choices({AGREED: "同意", RETURNED: "退回修改"}.items()),
        default=AGREED,
    )
    on = day_field("签批日期", description="按呈批单上签署的日期填写；签发的，文书落款日期即为这一天")
    comment = text_field("批示、意见", needed=False, longest=1000, description="按呈批单抄录；退回的须填写")
    scan = UploadField(
        "签批后的呈批单", [InputRequired("请上传签批后的呈批单")], description="扫描件或者照片；每个文件不超过20 MB"
    )

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The people who could take the present rung; say which that is."""
        rung = thing.present_rung
        people = approvers_of(session, thing, rung, today)
        self.leader.choices = choices([(str(one.id), one.name) for one in people])
        self.told = (Hint(f"这份文书正在「{rung.label}」环节，代录的是这一环节的签批", "条例第四十五条"),)


class NumberedPaperForm(PaperForm):
    """With the 文号 that another system has given, for the signature."""

    number = text_field("文号", needed=False, longest=20_000, description="由外部系统给出；多份的每行一个")


def paper_form(letter: Letter) -> type[StepForm]:
    """With a field for the number where the signature needs one from outside."""
    signing = letter.present_rung.code == SIGNATURE
    return NumberedPaperForm if signing and letter_numbers.wants_outside_number(letter) else PaperForm


def approve_on_paper(session: Session, letter: Letter, form: PaperForm, actor: Actor, now: datetime) -> str:
    """Enter what was signed on paper."""
    assert form.on.data is not None
    rung = letter.present_rung.label
    said = PaperDecision(
        leader_id=int(form.leader.data),
        on=form.on.data,
        agrees=form.decision.data == AGREED,
        comment=form.comment.data or "",
        scan=form.scan.data,
        numbers=(form.number.data or "").splitlines() if isinstance(form, NumberedPaperForm) else (),
    )
    count = paper_approval.approve_on_paper(session, letter, said, actor, now)
    done = "纸质签批已代录" if said.agrees else "纸质签批已代录，文书退回起草人"
    return f"{title(letter)}{copies(count)}「{rung}」{done}"


class ConfirmForm(StepForm):
    """A word to it, if there is one."""

    comment = text_field("说明", needed=False, longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """Nothing is proposed."""
        return {}


def confirm_paper(session: Session, letter: Letter, form: ConfirmForm, actor: Actor, now: datetime) -> str:
    """The leader confirms."""
    paper_approval.confirm_paper(session, letter, actor, now, form.comment.data or "")
    return f"{title(letter)}的纸质签批已确认"


PAGES: Pages = {
    "approve_on_paper": StepPage(
        PaperForm,
        approve_on_paper,
        "代录后标明“纸质签批（代录）”、代录人和签批日期，扫描件存入案卷；签发的，编文号并落签批之日，文本不再改变。",
        variant=paper_form,
    ),
    "confirm_paper": StepPage(ConfirmForm, confirm_paper, "只作确认，不改变其他内容。"),
}
