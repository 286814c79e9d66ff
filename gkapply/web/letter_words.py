"""What the author of each kind of letter writes, as the form on which it is changed before it is handed on."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.disclosure import disclosure_fields
from gkapply.casework.extension import extension_fields
from gkapply.law.letters import LetterKind
from gkapply.web.excess_steps import DelayForm, ExplanationForm, delay_written, explanation_written
from gkapply.web.handle_steps import ExtensionForm, NoticeForm, notice_of
from gkapply.web.step_form import StepForm, line_field, text_field


class NoticeWordsForm(NoticeForm):
    """What the author of a 补正告知书 writes."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are, one point a line."""
        kept = {name: thing.field(name) for name in ("guidance", "answer_within", "override")}
        return {**kept, "points": "\n".join(thing.field("points"))}

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return notice_of(self).fields()


class ExtensionWordsForm(ExtensionForm):
    """What the author of a 延期答复告知书 writes."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {name: thing.field(name) for name in ("working_days", "reason")}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """At most the statutory number of working days."""
        super().prepare(session, thing.case, today)

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return extension_fields(self.working_days.data or 0, self.reason.data or "", today)


class DisclosureWordsForm(StepForm):
    """What the author of a 决定公开告知书 writes."""

    decided_text = text_field("决定公开的政府信息内容", longest=2000)
    disclose_reason = text_field("决定公开的理由", longest=2000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {name: thing.field(name) for name in ("decided_text", "disclose_reason")}

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return disclosure_fields(self.decided_text.data or "", self.disclose_reason.data or "")


class ExplanationWordsForm(ExplanationForm):
    """What the author of a 说明理由告知书 writes."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {name: thing.field(name) for name in ("counts_text", "period_text", "answer_within")}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The words as they are, not counted anew."""

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return explanation_written(self)


class DelayWordsForm(DelayForm):
    """What the author of a 延迟答复告知书 writes."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {"until": date.fromisoformat(thing.field("until")), "reason": thing.field("reason")}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The day of the term as it stands."""
        super().prepare(session, thing.case, today)

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return delay_written(self)


class _OneLineForm(StepForm):
    """A letter of whose fields the author may change one; the rest was worked out when it was drafted."""

    NAME = ""
    kept: Mapping[str, Any] = {}

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {cls.NAME: thing.field(cls.NAME)}

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """Keep the rest."""
        self.kept = thing.written

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return {**self.kept, self.NAME: (self[self.NAME].data or "").strip()}


class FeeWordsForm(_OneLineForm):
    """What the author of a 收费通知书 may still change; another amount is another draft."""

    NAME = "pay_how"
    pay_how = text_field("缴纳方式", longest=500)


class LapseWordsForm(_OneLineForm):
    """What the author of a 不再处理告知书 writes."""

    NAME = "delivery_proof"
    delivery_proof = line_field("送达的凭证")


class WithdrawalWordsForm(_OneLineForm):
    """What the author of a 终止办理告知书 writes."""

    NAME = "how"
    how = line_field("撤回的方式")


class NoWordsForm(StepForm):
    """A letter that is composed from the file alone: there is nothing to write."""

    def written(self, today: date) -> Mapping[str, Any]:
        """No fields."""
        return {}


class ReasonWordsForm(StepForm):
    """The reason that a notice gives; what it tells besides follows from the deed."""

    reason = text_field("理由", longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {"reason": thing.written.get("reason", "")}

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return {"reason": (self.reason.data or "").strip()}


class AssistanceWordsForm(StepForm):
    """What a unit is asked to do."""

    what = text_field("请求协助的事项", longest=1000)

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        return {"what": thing.field("what")}

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        return {"what": (self.what.data or "").strip()}


class DefenceWordsForm(StepForm):
    """What the author of a 行政复议答复书 or 行政诉讼答辩状 goes on writing; one paragraph a line."""

    facts = text_field("办理经过", longest=20000, description="每行一段，由案卷生成，可以修改")
    reasons = text_field("答复的依据和理由", longest=20000, description="每行一段")
    evidence = text_field("证据目录", longest=20000, description="每行一份，与卷宗一致")
    request = line_field("请求", longest=500)
    authority_name = line_field("复议机关或者法院")
    dispute_number = line_field("案号", longest=100)
    reply_number = line_field(
        "被申请（起诉）的答复文号",
        needed=False,
        longest=100,
        description="没有作出答复的留空，文书写明所争议的是未作出答复",
    )

    LINES = ("facts", "reasons", "evidence")

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """The words as they are."""
        kept = {name: "\n".join(thing.field(name)) for name in cls.LINES}
        return {**kept, **{name: thing.written.get(name, "") for name in cls.plain()}}

    @classmethod
    def plain(cls) -> tuple[str, ...]:
        """The fields of one line."""
        return ("request", "authority_name", "dispute_number", "reply_number")

    def prepare(self, session: Session, thing: Any, today: date) -> None:
        """The applicant is named as in the file."""
        self.applicant = thing.field("applicant_name")

    def written(self, today: date) -> Mapping[str, Any]:
        """The author's fields."""
        listed = {
            name: [one.strip() for one in (self[name].data or "").splitlines() if one.strip()] for name in self.LINES
        }
        return {**listed, **{name: self[name].data or "" for name in self.plain()}, "applicant_name": self.applicant}


WORDS: Mapping[LetterKind, type[StepForm]] = {
    LetterKind.CORRECTION_NOTICE: NoticeWordsForm,
    LetterKind.EXTENSION_NOTICE: ExtensionWordsForm,
    LetterKind.DISCLOSURE_NOTICE: DisclosureWordsForm,
    LetterKind.EXPLANATION_NOTICE: ExplanationWordsForm,
    LetterKind.DELAY_NOTICE: DelayWordsForm,
    LetterKind.FEE_NOTICE: FeeWordsForm,
    LetterKind.LAPSE_NOTICE: LapseWordsForm,
    LetterKind.WITHDRAWAL_NOTICE: WithdrawalWordsForm,
    LetterKind.SPLIT_NOTICE: ReasonWordsForm,
    LetterKind.REVIEW_DEFENCE: DefenceWordsForm,
    LetterKind.SUIT_DEFENCE: DefenceWordsForm,
    LetterKind.ENTRUSTMENT_NOTICE: ReasonWordsForm,
    LetterKind.TRANSFER_NOTICE: ReasonWordsForm,
    LetterKind.ASSISTANCE_LETTER: AssistanceWordsForm,
}
"""The form in which the author of each kind of letter writes; kinds without one are composed from the file."""
