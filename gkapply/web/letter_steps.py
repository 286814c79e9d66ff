"""The steps of a letter: written, approved by others than its author, sent, its delivery proved."""

from datetime import date, datetime
from typing import Any

import wtforms
from sqlalchemy.orm import Session
from wtforms import BooleanField, FieldList, FormField, StringField, SubmitField, TextAreaField
from wtforms.validators import Length, ValidationError

from gkapply.casework import letter_numbers, letterbook, letters_together
from gkapply.casework.access import Actor
from gkapply.casework.marks import LONGEST_REMARK, Mark
from gkapply.casework.papers import Letter
from gkapply.casework.releasing import Release
from gkapply.clock import day_of
from gkapply.law.letters import LetterKind
from gkapply.web import advice_steps, delivery_steps
from gkapply.web.letter_words import WORDS, NoWordsForm
from gkapply.web.paper_steps import PAGES as PAPER_PAGES
from gkapply.web.sending_steps import SendForm, copies, send_all, send_form, title
from gkapply.web.step_form import (
    ConfirmationForm,
    Pages,
    StepForm,
    StepPage,
    text_field,
)

READ, RETURN = "steps/letter.html", "steps/return_letter.html"
READING = (READ, RETURN)
"""The pages of the steps that are taken with the whole letter in view."""


def about(letter: Letter) -> str:
    """What a step of the letter is about: the letter, or all those that put one question to many."""
    count = len(letters_together.together(letter))
    if count == 1:
        return title(letter)
    return title(letter) + (
        f"（内容相同的{count}件申请，一并办理）" if letter.group_uid else f"（同一事项征求{count}个对象意见，一并办理）"
    )


def words_of(letter: Letter) -> type[StepForm]:
    """The form for the author's words of this letter."""
    return WORDS.get(LetterKind(letter.kind), NoWordsForm)


def revise(session: Session, letter: Letter, form: Any, actor: Actor, now: datetime) -> str:
    """Replace the author's words."""
    letterbook.revise(session, letter, {**letter.written, **form.written(day_of(now))}, actor, now)
    return f"{title(letter)}已修改"


def discard(session: Session, letter: Letter, form: StepForm, actor: Actor, now: datetime) -> str:
    """Give the draft up."""
    letterbook.discard(session, letter, actor, now)
    return f"{title(letter)}已作废"


def submit(session: Session, letter: Letter, form: StepForm, actor: Actor, now: datetime) -> str:
    """Hand the letter to the next person."""
    count = letters_together.submit(session, letter, actor, now)
    unseen = sum(one.review is None for one in given_out(letter))
    told = f"。提供的信息还有{unseen}件没有保密审查，签发之前须由他人审查" if unseen else ""
    return f"{title(letter)}{copies(count)}已送出，{letter.state.label}{told}"


def given_out(letter: Letter) -> list[Release]:
    """What a reply gives out, in an office that records its secrecy reviews here."""
    if not LetterKind(letter.kind).ends_case:
        return []
    reviewing = [case for case in letter.cases if case.office_settings().secrecy_review_before_signing]
    return [one for case in reviewing for one in case.releases]


class CommentForm(StepForm):
    """An opinion, if there is one."""

    comment = text_field("意见", needed=False, longest=1000)


class MarkForm(wtforms.Form):
    """One sentence of the letter, and what is to be done about it."""

    words = StringField("句子")
    remark = TextAreaField("意见", [Length(max=LONGEST_REMARK, message="意见过长，请精简")], render_kw={"rows": 2})

    def validate_words(self, field: StringField) -> None:
        """A remark is about a sentence."""
        if (self.remark.data or "").strip() and not (field.data or "").strip():
            raise ValidationError("请选择意见所针对的句子，或者写在退回理由里")

    def validate_remark(self, field: TextAreaField) -> None:
        """A sentence is chosen for what is to be done about it."""
        if (self.words.data or "").strip() and not (field.data or "").strip():
            raise ValidationError("请写明怎样修改，或者不选句子")


class ReturnForm(StepForm):
    """Why the letter is sent back, with marks on its sentences."""

    comment = text_field("退回理由", longest=1000, description="写明需要修改之处")
    objects = BooleanField(
        "不同意答复的结论，不只是文字需要修改",
        description="起草人不改变认定又再送审的，须先经会商或者由公开机构负责人决定免予会商",
    )
    marks = FieldList(FormField(MarkForm), "批注", min_entries=3)
    more = SubmitField("再加三条批注")

    @property
    def grows(self) -> bool:
        """More rows for marks were asked for."""
        if not self.more.data:
            return False
        for _ in range(3):
            self.marks.append_entry()
        return True

    def written_marks(self) -> list[Mark]:
        """The rows in which anything stands."""
        rows = [Mark((row["words"] or "").strip(), (row["remark"] or "").strip()) for row in self.marks.data]
        return [one for one in rows if one.words or one.remark]


def pass_on(session: Session, letter: Letter, form: CommentForm, actor: Actor, now: datetime) -> str:
    """Agree with this very text on the present rung."""
    done = letter.present_rung.label
    count = letters_together.pass_on(session, letter, actor, now, form.comment.data or "")
    return f"{title(letter)}{copies(count)}「{done}」通过，下一环节：{letter.present_rung.label}"


def return_letter(session: Session, letter: Letter, form: ReturnForm, actor: Actor, now: datetime) -> str:
    """Send it back."""
    said, marks = form.comment.data or "", form.written_marks()
    count = letters_together.give_back(session, letter, actor, now, said, marks=marks, objects=form.objects.data)
    return f"{title(letter)}{copies(count)}已退回起草人"


class NumberedForm(CommentForm):
    """An opinion, and the 文号 that another system has given."""

    number = text_field("文号", longest=20_000)

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Show which 代字 the number must have."""
        like = f"{letter_numbers.code_word_for(session, thing)}〔{today.year}〕12号"
        several = "，每行一个，按送达名单的顺序" if len(letters_together.together(thing)) > 1 else ""
        self.number.description = f"文号由外部系统给出，写法如「{like}」{several}"


def sign_form(letter: Letter) -> type[StepForm]:
    """With a field for the number where another system gives it."""
    return NumberedForm if letter_numbers.wants_outside_number(letter) else CommentForm


def sign(session: Session, letter: Letter, form: CommentForm, actor: Actor, now: datetime) -> str:
    """Sign the frozen text."""
    numbers = (form.number.data or "").splitlines() if isinstance(form, NumberedForm) else ()
    count = letters_together.sign(session, letter, actor, now, form.comment.data or "", numbers=numbers)
    return f"{title(letter)}{copies(count)}已签发，文号{letter.number}{'等' if count > 1 else ''}，文书文件正在生成"


class CancelForm(StepForm):
    """Why the letter is not to leave."""

    comment = text_field("撤销理由", longest=1000, description="写明为什么不再发出")


def cancel(session: Session, letter: Letter, form: CancelForm, actor: Actor, now: datetime) -> str:
    """Take a signed letter back that has not left."""
    letterbook.cancel(session, letter, actor, now, form.comment.data or "")
    return f"{title(letter)}已撤销，文号{letter.number or '（未编号）'}不再使用"


_FROZEN = "送出后文本即固定，审核、签发都针对这一文本；案件情况变化的，须退回重新送审。"
_SIGN = StepPage(CommentForm, sign, "签发后编文号、落日期，文本不再改变。", variant=sign_form, template=READ)
PAGES: Pages = {
    **PAPER_PAGES,
    "revise": StepPage(NoWordsForm, revise, variant=words_of, template=READ),
    "discard": StepPage(ConfirmationForm, discard, "作废后不能恢复；征求意见书作废的，这次征求意见一并撤销。", "grave"),
    "submit_review": StepPage(ConfirmationForm, submit, _FROZEN, template=READ),
    "submit_signature": StepPage(ConfirmationForm, submit, _FROZEN, template=READ),
    "pass_rung": StepPage(CommentForm, pass_on, template=READ),
    "pass_review": StepPage(CommentForm, pass_on, template=READ),
    "return_review": StepPage(ReturnForm, return_letter, template=RETURN),
    "sign_reply": _SIGN,
    "sign_extension": _SIGN,
    "sign_notice": _SIGN,
    "return_signature": StepPage(ReturnForm, return_letter, template=RETURN),
    "cancel": StepPage(
        CancelForm, cancel, "撤销后不能恢复，文号不再使用；答复书撤销的，案件回到办理。", "grave", template=READ
    ),
    "send": StepPage(
        SendForm, send_all, "登记后期限随之变化：补正告知、征求意见、延期、答复均以发出之日为准。", variant=send_form
    ),
    **delivery_steps.PAGES,
    **advice_steps.PAGES,
}
