"""Deciding one item (逐项认定): choose the item and the kind of reply, then give exactly the evidence that the kind demands.

Two plain pages instead of a script: the first is sent by GET, and its choice makes the form of the second.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import request
from sqlalchemy.orm import Session
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    HiddenField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from gkapply.casework import reply
from gkapply.casework.access import Actor
from gkapply.casework.answers import ENCLOSURES, WITHHELD, evidence_of
from gkapply.casework.records import Case, Item
from gkapply.law import guidance
from gkapply.law.evidence import Evidence, EvidenceForm
from gkapply.law.questions import Question, questions_for
from gkapply.law.replies import WITHHOLDING, ReplyKind, kinds_for
from gkapply.web.forms import choices
from gkapply.web.step_form import LONGEST_TEXT, StepForm

SEARCH_RECORD = "search_record"
"""Evidence that is a record of its own in the file: nothing is written with the outcome."""
FIRST_ROWS, MORE_ROWS = 2, 3
"""Rows for withheld parts that an empty page shows, and how many more come when asked for."""
RECORD_HINTS = {
    ENCLOSURES: "每行一件，作为答复书的附件，例如：征地补偿安置方案（纸质复印件，12页）",
    "third_party_record": "已征求过第三方意见的可以不填；无需征求的，写明理由",
}


class PartForm(Form):
    """One part that is held back: as which kind, what it is, why. An empty row is no part."""

    ground = SelectField(
        "不予公开的类型", choices=choices([("", "请选择"), *((kind.value, kind.label) for kind in WITHHOLDING)])
    )
    what = StringField("不予公开的内容", [Length(max=500, message="最多500个字")])
    reason = StringField("理由", [Length(max=1000, message="最多1000个字")])


class DecisionForm(StepForm):
    """The item and its outcome; the evidence is added by ``decision_form``."""

    item = HiddenField("申请事项", [InputRequired("请选择申请事项")])
    outcome = HiddenField("答复类型", [InputRequired("请选择答复类型")])
    evidence: tuple[Evidence, ...] = ()
    kinds: Sequence[ReplyKind] = ()
    """What can be chosen for a case of this kind."""

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What was chosen on the first page, with what the item's outcome rests on already, if it is the same one."""
        shown: dict[str, Any] = {"item": request.args.get("item", ""), "outcome": request.args.get("outcome", "")}
        item = next((one for one in thing.items if str(one.ordinal) == shown["item"]), None)
        if item is not None and item.outcome == shown["outcome"]:
            shown.update(_as_typed(evidence_of(item), cls.evidence))
        return shown

    @property
    def grows(self) -> bool:
        """Whether more rows for withheld parts were asked for; they are there when the page is shown again."""
        if WITHHELD not in self or not self.more.data:
            return False
        for _ in range(MORE_ROWS):
            self[WITHHELD].append_entry()
        return True

    def hints(self, trigger: str) -> tuple[guidance.Hint, ...]:
        """What the official is told about the kind of reply that was chosen."""
        return guidance.for_reply(self.chosen) if self.chosen else ()

    @property
    def questions(self) -> Sequence[Question]:
        """What can be chosen, under the seven questions in their order."""
        return questions_for(self.kinds)

    @property
    def chosen(self) -> ReplyKind | None:
        """The kind of reply whose evidence is asked for; None on the first page."""
        return _kind(self.outcome.data)

    @property
    def rests_on_search(self) -> bool:
        """Whether the outcome rests on the search records of the file."""
        return self.chosen is not None and any(one.code == SEARCH_RECORD for one in self.chosen.evidence)

    @property
    def rests_on_opinion(self) -> bool:
        """Whether the outcome rests on a third party's opinion."""
        return "third_party_record" in self


def decision_form(thing: Any) -> type[StepForm]:
    """The form for the kind of reply that the request names: one field for each piece of evidence."""
    kind, kinds = _kind(request.values.get("outcome", "")), kinds_for(thing.kind)
    if kind is None:
        return type("DecisionForm", (DecisionForm,), {"kinds": kinds})
    demands = tuple(one for one in kind.evidence if one.code != SEARCH_RECORD and one.form is not EvidenceForm.FACTS)
    fields: dict[str, Any] = {one.code: _field(one) for one in demands}
    if WITHHELD in fields:
        fields["more"] = SubmitField("再加几行")
    return type("DecisionForm", (DecisionForm,), {**fields, "evidence": demands, "kinds": kinds})


def decide(session: Session, case: Case, form: DecisionForm, actor: Actor, now: datetime) -> str:
    """Give the item its outcome."""
    given = {one.code: _given(form[one.code].data, one) for one in form.evidence}
    typed = form.item.data or ""
    ordinal = int(typed) if typed.isdecimal() else 0
    item = reply.decide_item(session, case, ordinal, form.outcome.data or "", given, actor, now)
    return f"第{ordinal}项已认定为「{_label(item)}」{_left(case)}"


def _label(item: Item) -> str:
    kind = _kind(item.outcome)
    return kind.label if kind else ""


def _left(case: Case) -> str:
    left = [f"第{item.ordinal}项" for item in case.items if item.outcome is None]
    return f"，尚待认定：{'、'.join(left)}" if left else "，各项均已认定，可以起草答复书"


def _kind(code: str | None) -> ReplyKind | None:
    return next((kind for kind in ReplyKind if kind.value == code), None)


def _field(demand: Evidence) -> Any:
    """The field for one piece of evidence, by its form."""
    if demand.form is EvidenceForm.TICK:
        return BooleanField(demand.label, description=demand.article)
    if demand.form is EvidenceForm.CHOICE:
        return RadioField(
            demand.label,
            [InputRequired(f"请选择{demand.label}") if demand.required else Optional()],
            choices=choices([(one.code, one.label) for one in demand.choices]),
            default=None if demand.required else demand.choices[0].code,
            description=demand.article,
        )
    if demand.form is EvidenceForm.DATE:
        return DateField(demand.label, [InputRequired("请填写日期")], description=demand.article)
    if demand.code == WITHHELD:
        return FieldList(FormField(PartForm), demand.label, min_entries=FIRST_ROWS, description=demand.article)
    needed = (demand.required and demand.form is not EvidenceForm.RECORD) or demand.code == ENCLOSURES
    checks = [
        InputRequired(f"请填写{demand.label.split('（')[0]}") if needed else Optional(),
        Length(max=LONGEST_TEXT, message=f"最多{LONGEST_TEXT}个字"),
    ]
    hint = RECORD_HINTS.get(demand.code, "")
    return TextAreaField(demand.label, checks, description=f"{demand.article}{'。' if hint else ''}{hint}")


def _given(value: Any, demand: Evidence) -> Any:
    """What was typed, as the evidence keeps it."""
    if demand.code == WITHHELD:
        rows = [{name: (row[name] or "").strip() for name in ("ground", "what", "reason")} for row in value]
        return [
            {"as": row["ground"], "what": row["what"], "reason": row["reason"]} for row in rows if any(row.values())
        ]
    return value.isoformat() if isinstance(value, date) else value


def _as_typed(evidence: Mapping[str, Any], demands: tuple[Evidence, ...]) -> dict[str, Any]:
    """Evidence that is kept, as its fields show it."""
    shown: dict[str, Any] = {}
    for demand in demands:
        value = evidence.get(demand.code)
        if value is None:
            continue
        if demand.code == WITHHELD:
            value = [{"ground": part["as"], "what": part["what"], "reason": part["reason"]} for part in value]
        elif demand.form is EvidenceForm.DATE:
            value = date.fromisoformat(value)
        shown[demand.code] = value
    return shown
