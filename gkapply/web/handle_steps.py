"""The officer's steps with a request: clear content, items, search, notes, questions, extension, the reply."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, RadioField, SelectField
from wtforms.validators import InputRequired, NumberRange

from gkapply.casework import consultation, correction, disclosure, extension, reply
from gkapply.casework.access import Actor
from gkapply.casework.case_lines import NOTE_KINDS
from gkapply.casework.consultation import PARTY_KINDS, THIRD_PARTY, Question
from gkapply.casework.correction import LONGEST_ANSWER, CorrectionNotice
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal
from gkapply.web.decision_steps import DecisionForm, decide, decision_form
from gkapply.web.forms import choices
from gkapply.web.step_form import ConfirmationForm, Pages, StepForm, StepPage, day_field, line_field, text_field

WRITTEN_BY_HAND = ("phone", "work")
"""Kinds of notes that an official writes freely."""


def accept(session: Session, case: Case, form: StepForm, actor: Actor, now: datetime) -> str:
    """The content is clear."""
    reply.accept(session, case, actor, now)
    return "申请内容明确，已转入办理"


class ItemsForm(StepForm):
    """What is applied for, one thing a line."""

    quotes = text_field("申请事项", description="每行一项，按申请人原文摘录。改动后，原有各项的认定须重新作出")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The items as they are."""
        return {"quotes": "\n".join(" ".join(item.quote.split()) for item in thing.items)}


def itemise(session: Session, case: Case, form: ItemsForm, actor: Actor, now: datetime) -> str:
    """Split the request."""
    reply.itemise(session, case, (form.quotes.data or "").splitlines(), actor, now)
    return f"已拆分为{len(case.items)}项，请逐项认定"


class NoteForm(StepForm):
    """A working note."""

    kind = RadioField(
        "记录种类",
        [InputRequired("请选择记录种类")],
        choices=choices((kind, NOTE_KINDS[kind]) for kind in WRITTEN_BY_HAND),
        default="phone",
    )
    on = day_field("日期")
    text = text_field("记录内容", description="与谁联系、说了什么、结果如何")


def record_note(session: Session, case: Case, form: NoteForm, actor: Actor, now: datetime) -> str:
    """Keep the note."""
    assert form.on.data is not None
    reply.record_note(session, case, form.text.data or "", form.kind.data, form.on.data, actor, now)
    return "已记录"


class SearchForm(StepForm):
    """What was searched, and with what result: a court asks whether the search was full and reasonable."""

    on = day_field("检索日期")
    units = text_field("检索的科室或单位", longest=500)
    systems = text_field("检索的系统或档案", longest=500)
    period = line_field("检索的起止时段")
    words = text_field("检索用词", longest=500)
    result = text_field("检索结果", longest=2000)


def record_search(session: Session, case: Case, form: SearchForm, actor: Actor, now: datetime) -> str:
    """Keep the search record."""
    assert form.on.data is not None
    fields = {name: form[name].data or "" for name in reply.SEARCH_FIELDS}
    reply.record_search(session, case, fields, form.on.data, actor, now)
    return "检索记录已存入案卷"


class QuestionForm(StepForm):
    """Who is asked about what, and why."""

    party_kind = RadioField(
        "对象", [InputRequired("请选择征求意见的对象")], choices=choices(PARTY_KINDS.items()), default=THIRD_PARTY
    )
    name = line_field("对方名称")
    address = line_field("通信地址", needed=False)
    phone = line_field("联系电话", needed=False, longest=40)
    information = text_field("涉及的政府信息", longest=1000, description="不写申请人的姓名、名称和联系方式")
    reason = text_field("征求意见的理由", longest=1000)


def propose_opinion(session: Session, case: Case, form: QuestionForm, actor: Actor, now: datetime) -> str:
    """Draft the question and both letters."""
    question = Question(**{name: form[name].data or "" for name in Question.__dataclass_fields__})
    consultation.propose(session, case, question, actor, now)
    return "已起草征求意见书和给申请人的告知书，请分别送签"


class ExtensionForm(StepForm):
    """How long, and why."""

    working_days = IntegerField("延长的工作日数", [InputRequired("请填写延长的工作日数")])
    reason = text_field("延长答复期限的理由", longest=1000)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """At most the statutory number of working days."""
        most = period(PeriodName.EXTENSION, thing.received_on or today).amount
        self.working_days.validators = (
            *self.working_days.validators,
            NumberRange(1, most, message=f"延长的期限最长不得超过{most}个工作日（条例第三十三条第二款）"),
        )
        self.working_days.description = f"1至{most}，只能延长一次"


def propose_extension(session: Session, case: Case, form: ExtensionForm, actor: Actor, now: datetime) -> str:
    """Draft the 延期答复告知书."""
    extension.propose(session, case, form.working_days.data or 0, form.reason.data or "", actor, now)
    return "已起草延期答复告知书，请送公开机构负责人同意"


class NoticeForm(StepForm):
    """What the applicant is to correct."""

    points = text_field("需要补正的事项", description="每行一点，须一次性全部告知", longest=2000)
    guidance = text_field("指导和释明", description="告诉申请人怎样写明才便于检索", longest=2000)
    answer_within = IntegerField(
        "补正期限（工作日）",
        [InputRequired("请填写补正期限"), NumberRange(1, LONGEST_ANSWER, message=f"须为1至{LONGEST_ANSWER}个工作日")],
    )
    override = BooleanField(
        "已过7个工作日，提请公开机构负责人同意逾期告知",
        description="逾期告知须由公开机构负责人签发，且不停止、不重新起算答复期限",
    )

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The organ's usual term for correcting."""
        return {"answer_within": thing.clock_settings().correction_answer}


def notice_of(form: NoticeForm) -> CorrectionNotice:
    """What the form says, as the notice."""
    return CorrectionNotice(
        form.points.data or "", form.guidance.data or "", form.answer_within.data or 0, bool(form.override.data)
    )


def propose_correction(session: Session, case: Case, form: NoticeForm, actor: Actor, now: datetime) -> str:
    """Draft the 补正告知书."""
    correction.propose(session, case, notice_of(form), actor, now)
    return "已起草补正告知书，请送签"


def draft_reply(session: Session, case: Case, form: StepForm, actor: Actor, now: datetime) -> str:
    """Begin the reply."""
    letter = reply.draft_reply(session, case, actor, now)
    return f"已按各项认定起草《{LetterKind(letter.kind).label}》，请核对后送审"


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
    "accept": StepPage(ConfirmationForm, accept, "确认申请内容明确、不需要补正，开始检索和认定。"),
    "itemise": StepPage(ItemsForm, itemise),
    "record_note": StepPage(NoteForm, record_note),
    "record_search": StepPage(SearchForm, record_search, "告知政府信息不存在的，须有全面、合理的检索记录。"),
    "propose_opinion": StepPage(
        QuestionForm, propose_opinion, "征求意见书发出后答复期限停止计算，至对方提出意见、期限届满或者退回为止。"
    ),
    "propose_extension": StepPage(
        ExtensionForm, propose_extension, "须经公开机构负责人同意，并在答复期限届满之日或者之前告知申请人。"
    ),
    "propose_correction": StepPage(NoticeForm, propose_correction, "补正只能告知一次；收到补正后答复期限重新计算。"),
    "decide_item": StepPage(DecisionForm, decide, variant=decision_form, template="steps/decide_item.html"),
    "draft_reply": StepPage(ConfirmationForm, draft_reply, "答复书的种类、正文、附件和救济告知由各项认定生成。"),
    "propose_disclosure_notice": StepPage(DisclosureForm, propose_disclosure_notice),
}
