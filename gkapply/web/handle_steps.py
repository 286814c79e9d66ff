"""The officer's steps with a request: clear content, items, search, notes, questions, extension, the reply."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlalchemy.orm import Session
from wtforms import BooleanField, IntegerField, RadioField
from wtforms.validators import InputRequired, NumberRange

from gkapply.casework import correction, extension, gaps, reply
from gkapply.casework.access import Actor
from gkapply.casework.case_lines import NOTE_KINDS
from gkapply.casework.correction import LONGEST_ANSWER, CorrectionNotice
from gkapply.casework.records import Case
from gkapply.law.letters import LetterKind
from gkapply.law.periods import PeriodName, period
from gkapply.web.decision_steps import DecisionForm, decide, decision_form, entry_of_deciding
from gkapply.web.forms import choices
from gkapply.web.step_form import ConfirmationForm, Pages, StepForm, StepPage, day_field, line_field, text_field

WRITTEN_BY_HAND = ("phone", "work")
"""Kinds of notes that an official writes freely."""


class AcceptanceForm(ConfirmationForm):
    """The content is clear; who applies is looked at once more."""

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Joint applicants, foreigners, what the file does not prove."""
        self.told = (*gaps.identity_hints(session, thing), *gaps.gap_hints(session, thing, today))


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
    archive_room = text_field(
        "本机关档案室的检索情况",
        longest=500,
        description="归档后存放在本机关档案室的材料仍由本机关负责公开；没有档案室或者该时段未归档的，照实写明",
    )
    period = line_field("检索的起止时段")
    words = text_field("检索用词", longest=500)
    result = text_field("检索结果", longest=2000)


def record_search(session: Session, case: Case, form: SearchForm, actor: Actor, now: datetime) -> str:
    """Keep the search record."""
    assert form.on.data is not None
    fields = {name: form[name].data or "" for name in reply.SEARCH_FIELDS}
    reply.record_search(session, case, fields, form.on.data, actor, now)
    return "检索记录已存入案卷"


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

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """After the seventh working day: what a late notice does to the reply term, by either reading."""
        case = thing if isinstance(thing, Case) else thing.case
        self.override.description = correction.words_of_a_late_notice(case, today)
        self.told = gaps.gap_hints(session, case, today)


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


PAGES: Pages = {
    "accept": StepPage(AcceptanceForm, accept, "确认申请内容明确、不需要补正，开始检索和认定。"),
    "itemise": StepPage(ItemsForm, itemise),
    "record_note": StepPage(NoteForm, record_note),
    "record_search": StepPage(SearchForm, record_search, "告知政府信息不存在的，须有全面、合理的检索记录。"),
    "propose_extension": StepPage(
        ExtensionForm, propose_extension, "须经公开机构负责人同意，并在答复期限届满之日或者之前告知申请人。"
    ),
    "propose_correction": StepPage(NoticeForm, propose_correction, "补正只能告知一次；收到补正后答复期限重新计算。"),
    "decide_item": StepPage(
        DecisionForm, decide, variant=decision_form, template="steps/decide_item.html", entry=entry_of_deciding
    ),
    "draft_reply": StepPage(ConfirmationForm, draft_reply, "答复书的种类、正文、附件和救济告知由各项认定生成。"),
}
