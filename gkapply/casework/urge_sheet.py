"""The 督办通知单: an urge as a sheet to be printed, with its answer as far as there is one."""

from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework.office_templates import template_for
from gkapply.casework.urge_records import Urge
from gkapply.casework.urges import Subject
from gkapply.law.forms import FormKind
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render


def urge_sheet(session: Session, one: Urge, on: date) -> bytes:
    """The .docx of the sheet, made on that day by the template of the supervising organ. Raises Refusal."""
    kind = FormKind.URGE_ORDER
    return render(template_for(session, one.by_organ_id, kind, on), complete(kind, _fields(one, on)))


def _fields(one: Urge, on: date) -> dict[str, Any]:
    said = one.verdict.text if one.verdict else ""
    verdict = f"{one.state(on).label}。{said}" if one.verdict else ""
    return {
        "organ_name": one.by_organ.name,
        "date_text": chinese_date(on),
        "urge_number": one.number,
        "to_organ": one.organ.name,
        "subject": Subject(one.organ, one.case).words,
        "reason": one.reason,
        "answer_by_text": chinese_date(one.due_on),
        "follows": one.follows.number if one.follows else "",
        "answer_text": one.answer.text if one.answer else "",
        "answered_on_text": chinese_date(one.answer.on_) if one.answer else "",
        "verdict_text": verdict,
        "urged_by": one.author.name,
    }
