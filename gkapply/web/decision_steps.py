"""Deciding one item (逐项认定): saving what the seven questions led to, or choosing the kind of reply directly.

Choosing directly takes two plain pages instead of a script: the first is sent by GET, and its choice makes the form of the
second, which asks for exactly the evidence that the kind demands.
"""

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from flask import request, url_for
from sqlalchemy.orm import Session
from wtforms import HiddenField
from wtforms.validators import InputRequired

from gkapply.casework import deciding, item_answers
from gkapply.casework.access import Actor
from gkapply.casework.answers import evidence_of
from gkapply.casework.records import Case, Item
from gkapply.law import guidance
from gkapply.law.evidence import Evidence
from gkapply.law.replies import ReplyKind, by_result, kinds_for
from gkapply.law.seven_questions import asked_of
from gkapply.web.evidence_fields import (
    SEARCH_RECORD,
    as_typed,
    evidence_fields,
    grown,
    typed_in,
    written,
)
from gkapply.web.step_form import StepForm

BY_ANSWERS = "answers"
"""``by`` of a form that saves what the seven questions led to."""


class DecisionForm(StepForm):
    """The item and its outcome; the evidence is added by ``decision_form``."""

    item = HiddenField("申请事项", [InputRequired("请选择申请事项")])
    outcome = HiddenField("答复类型", [InputRequired("请选择答复类型")])
    evidence: tuple[Evidence, ...] = ()
    kinds: Sequence[ReplyKind] = ()
    """What can be chosen for a case of this kind."""
    by_answers = False

    @classmethod
    def initial(cls, thing: Any, today: date) -> Mapping[str, Any]:
        """What was chosen on the first page, with what the item's outcome rests on already, if it is the same one."""
        shown: dict[str, Any] = {"item": request.args.get("item", ""), "outcome": request.args.get("outcome", "")}
        item = next((one for one in thing.items if str(one.ordinal) == shown["item"]), None)
        if item is not None and item.outcome == shown["outcome"]:
            shown.update(as_typed(evidence_of(item), cls.evidence))
        return shown

    @property
    def grows(self) -> bool:
        """Whether more rows for withheld parts were asked for."""
        return grown(self)

    def hints(self, trigger: str) -> tuple[guidance.Hint, ...]:
        """What the official is told about the kind of reply that was chosen."""
        return guidance.for_reply(self.chosen) if self.chosen else ()

    @property
    def groups(self) -> Sequence[tuple[str, Sequence[ReplyKind]]]:
        """What can be chosen, under the results of the annual report."""
        return by_result(self.kinds)

    @property
    def ordinal(self) -> int:
        """The number of the item; 0 when none was chosen."""
        typed = self.item.data or ""
        return int(typed) if typed.isdecimal() else 0

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


class AnsweredForm(DecisionForm):
    """Saves the outcome to which the answers of an item lead; the evidence was given with them."""

    by_answers = True

    @property
    def onward(self) -> str:
        """Back to all items: the next one waits there."""
        return url_for("items.overview", reference=(request.view_args or {})["reference"])


def decision_form(thing: Any) -> type[StepForm]:
    """The form for the kind of reply that the request names: one field for each piece of evidence."""
    kind, kinds = _kind(request.values.get("outcome", "")), kinds_for(thing.kind)
    if request.values.get("by") == BY_ANSWERS:
        return AnsweredForm
    if kind is None:
        return type("DecisionForm", (DecisionForm,), {"kinds": kinds})
    demands = written(kind.evidence)
    return type("DecisionForm", (DecisionForm,), {**evidence_fields(demands), "evidence": demands, "kinds": kinds})


def entry_of_deciding(thing: Any) -> str:
    """The seven questions lead to deciding an item; a correction of records has its few outcomes on the step's own page."""
    return "items.overview" if asked_of(thing.kind) else ""


def decide(session: Session, case: Case, form: DecisionForm, actor: Actor, now: datetime) -> str:
    """Give the item its outcome."""
    outcome = form.outcome.data or ""
    if form.by_answers:
        item = item_answers.save(session, case, form.ordinal, outcome, actor, now)
    else:
        item = deciding.decide_item(session, case, form.ordinal, outcome, typed_in(form, form.evidence), actor, now)
    return f"第{item.ordinal}项已认定为「{_label(item)}」{_left(case)}"


def _label(item: Item) -> str:
    kind = _kind(item.outcome)
    return kind.label if kind else ""


def _left(case: Case) -> str:
    left = [f"第{item.ordinal}项" for item in case.items if item.outcome is None]
    return f"，尚待认定：{'、'.join(left)}" if left else "，各项均已认定，可以起草答复书"


def _kind(code: str | None) -> ReplyKind | None:
    return next((kind for kind in ReplyKind if kind.value == code), None)
