"""The fields in which evidence is given (依据), one for each piece, by its form; and what was typed, as the evidence keeps it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    Form,
    FormField,
    RadioField,
    SelectField,
    StringField,
    SubmitField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from gkapply.casework.answers import ENCLOSURES, WITHHELD
from gkapply.law.evidence import Evidence, EvidenceForm
from gkapply.law.replies import WITHHOLDING
from gkapply.web.forms import choices
from gkapply.web.step_form import LONGEST_TEXT

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


def written(demands: Iterable[Evidence]) -> tuple[Evidence, ...]:
    """Those that are written with an answer or outcome; the others are records and facts of the file."""
    return tuple(one for one in demands if one.code != SEARCH_RECORD and one.form is not EvidenceForm.FACTS)


def evidence_fields(demands: Iterable[Evidence]) -> dict[str, Any]:
    """The fields for these pieces by their codes, with the button for more rows where parts are withheld."""
    fields: dict[str, Any] = {one.code: _field(one) for one in demands}
    if WITHHELD in fields:
        fields["more"] = SubmitField("再加几行")
    return fields


def grown(form: Any) -> bool:
    """Whether more rows for withheld parts were asked for; they are there when the page is shown again."""
    if WITHHELD not in form or not form.more.data:
        return False
    for _ in range(MORE_ROWS):
        form[WITHHELD].append_entry()
    return True


def typed_in(form: Any, demands: Sequence[Evidence]) -> dict[str, Any]:
    """What was typed, as the evidence keeps it."""
    return {one.code: _given(form[one.code].data, one) for one in demands}


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


def as_typed(evidence: Mapping[str, Any], demands: Iterable[Evidence]) -> dict[str, Any]:
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
