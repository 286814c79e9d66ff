"""The 考核通报 as a Word file, made from what was issued."""

from typing import Any

from sqlalchemy.orm import Session

from gkapply.casework import assessment
from gkapply.casework.assessment_records import Assessment
from gkapply.casework.office_templates import template_for
from gkapply.law.forms import FormKind
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render

NOTHING = "—"


def bulletin(session: Session, made: Assessment) -> bytes:
    """The .docx of the bulletin by the template that the issuing organ had on the day of issue. Raises Refusal."""
    kind = FormKind.ASSESSMENT_BULLETIN
    return render(template_for(session, made.organ_id, kind, made.issued_on), complete(kind, _fields(made)))


def _fields(made: Assessment) -> dict[str, Any]:
    sheet = assessment.read(made)
    return {
        "organ_name": made.organ.name,
        "date_text": chinese_date(made.issued_on),
        "bulletin_number": made.number,
        "period_text": f"{chinese_date(made.first_on)}至{chinese_date(made.last_on)}",
        "order_text": "按得分排列名次" if sheet.ranked else "不排列名次",
        "comment": made.comment,
        "formula": list(sheet.formula),
        "organs": [_row(line) for line in sheet.lines],
    }


def _row(line: assessment.Line) -> dict[str, str]:
    place = f"{line.place}　" if line.place is not None else ""
    return {
        "name": f"{place}{line.organ}",
        "score": _number(line.score),
        **{one.code: _number(one.points) for one in line.marks},
    }


def _number(value: float | None) -> str:
    return NOTHING if value is None else f"{value:g}"
