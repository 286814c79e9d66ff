"""The officer's steps that reach outside: asking third parties and organs, telling a third party of a disclosure."""

from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange, Optional

from gkapply.casework import asking, disclosure
from gkapply.casework.access import Actor
from gkapply.casework.asking import LONGEST_TERM, MOST_PARTIES, Asking, Party
from gkapply.casework.consultation import PARTY_KINDS, THIRD_PARTY
from gkapply.casework.records import Case
from gkapply.law.refusal import Refusal
from gkapply.web.forms import choices
from gkapply.web.step_form import Pages, StepForm, StepPage, line_field, text_field

SEPARATORS = str.maketrans({"|": "\t", "，": "\t", ",": "\t"})


class QuestionForm(StepForm):
    """Who is asked about what, and why."""

    party_kind = RadioField(
        "对象", [InputRequired("请选择征求意见的对象")], choices=choices(PARTY_KINDS.items()), default=THIRD_PARTY
    )
    name = line_field("对方名称")
    address = line_field("通信地址", needed=False)
    phone = line_field(
        "联系电话", needed=False, longest=40, description="登记了电话或者信用代码的，对方可以凭后四位在线提交意见"
    )
    credit_code = line_field("统一社会信用代码", needed=False, longest=18)
    email = line_field("电子邮箱", needed=False, longest=120, description="登记了邮箱的，可以网上送达")
    others = text_field(
        "同时征求的其他对象",
        needed=False,
        longest=40_000,
        description=f"每行一个：名称，通信地址，联系电话，统一社会信用代码，电子邮箱（后四项可以不填）；可以从表格粘贴。一次最多{MOST_PARTIES}个",
    )
    information = text_field("涉及的政府信息", longest=1000, description="不写申请人的姓名、名称和联系方式")
    reason = text_field("征求意见的理由", longest=1000)
    answer_within = IntegerField(
        "其他机关提出意见的期限（工作日）",
        [Optional(), NumberRange(1, LONGEST_TERM, message=f"须为1至{LONGEST_TERM}个工作日")],
        description="只对其他机关；不填的按本机关设置。第三方、共同制作机关为法定15个工作日",
    )


def parties_of(form: QuestionForm) -> list[Party]:
    """Everybody whom the form names, the first by its own fields, the others one a line."""
    first = Party(*((form[name].data or "").strip() for name in Party.__dataclass_fields__))
    return [first, *(_party(line) for line in (form.others.data or "").splitlines() if line.strip())]


def _party(line: str) -> Party:
    cells = [cell.strip() for cell in line.translate(SEPARATORS).split("\t")]
    if len(cells) > len(Party.__dataclass_fields__):
        raise Refusal(
            f"「{line.strip()[:30]}」这一行多于五项",
            field="others",
            do="地址中的逗号请改为空格，各项之间用逗号或者制表符分开",
        )
    return Party(*cells)


def propose_opinion(session: Session, case: Case, form: QuestionForm, actor: Actor, now: datetime) -> str:
    """Draft the questions, their letters and the one notice to the applicant."""
    question = Asking(
        form.party_kind.data, form.information.data or "", form.reason.data or "", form.answer_within.data
    )
    letters = asking.propose_all(session, case, question, parties_of(form), actor, now)
    count = f"{len(letters) - 1}份" if len(letters) > 2 else ""
    return f"已起草{count}征求意见书和给申请人的告知书，请送签；告知书签发后才能发出征求意见书"


class InnerForm(StepForm):
    """Which unit, and why its opinion is needed as that of another organ."""

    unit = line_field("单位名称", description="与征求意见时填写的名称一致")
    reason = text_field("理由", longest=1000, description="为什么转办、协办不足以解决，需要停止计算答复期限")


def allow_inner_question(session: Session, case: Case, form: InnerForm, actor: Actor, now: datetime) -> str:
    """The head lets a unit of the organ be asked."""
    asking.allow_inner_question(session, case, form.unit.data or "", form.reason.data or "", actor, now)
    return f"已准许就本件征求{form.unit.data}的意见"


class DisclosureForm(StepForm):
    """What will be disclosed against or with the third party's word, and why."""

    consultation = SelectField("第三方", [InputRequired("请选择第三方")])
    decided_text = text_field("决定公开的政府信息内容", longest=2000)
    disclose_reason = text_field("决定公开的理由", longest=2000)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The third parties that were asked."""
        asked = [one for one in thing.consultations if one.party_kind == THIRD_PARTY and one.asked_on]
        self.consultation.choices = choices((one.uid, one.name) for one in asked)


def propose_disclosure_notice(session: Session, case: Case, form: DisclosureForm, actor: Actor, now: datetime) -> str:
    """Draft the 决定公开告知书."""
    question = next((one for one in case.consultations if one.uid == form.consultation.data), None)
    if question is None:
        raise Refusal("请选择征求过意见的第三方", "条例第三十二条", field="consultation")
    decided, reason = form.decided_text.data or "", form.disclose_reason.data or ""
    disclosure.propose_disclosure_notice(session, question, decided, reason, actor, now)
    return "已起草决定公开告知书，请送审"


PAGES: Pages = {
    "propose_opinion": StepPage(
        QuestionForm,
        propose_opinion,
        "征求意见书发出后答复期限停止计算，至对方提出意见、期限届满、退回或者撤回为止。请本机关内设机构和下级单位协助属于转办、协办，不停止计算。",
    ),
    "allow_inner_question": StepPage(
        InnerForm, allow_inner_question, "转办、协办本来不停止计算期限；准许后，本件可以把该单位作为其他机关征求意见。"
    ),
    "propose_disclosure_notice": StepPage(
        DisclosureForm,
        propose_disclosure_notice,
        "告知书送达第三方并经过等待期之后，信息才能提供给申请人。",
        template="steps/disclosure.html",
    ),
}
