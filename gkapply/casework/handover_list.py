"""移交清册: every open request of one officer, to be handed over to another person."""

from collections import Counter
from datetime import date

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.letterbook import signing_name_of
from gkapply.casework.office_templates import template_for
from gkapply.casework.paper_roles import ROLES
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.law.forms import FormKind
from gkapply.law.refusal import NotFound, Refusal
from gkapply.letters.fields import complete
from gkapply.letters.notation import chinese_date
from gkapply.letters.render import render

LONGEST = 200
EXCERPT = 40


def handover_list(session: Session, giver_id: int, taker: str, reason: str, actor: Actor, on: date) -> bytes:
    """The .docx of what the officer ``giver_id`` has at hand, for ``taker`` (a name) and the reason given.

    Raises NotFound for nobody, Refusal without a taker or a reason, or with nothing at hand.
    """
    giver = session.get(User, giver_id)
    if giver is None:
        raise NotFound("没有这名承办人")
    for text, label, field in ((taker, "接收人", "to"), (reason, "移交原因", "reason")):
        if not 0 < len(text.strip()) <= LONGEST:
            raise Refusal(f"请填写{label}（不超过{LONGEST}个字）", field=field)
    cases = at_hand(session, giver_id, actor)
    if not cases:
        raise Refusal(f"{giver.name}名下没有在办的案件", field="giver", do="请选择其他承办人")
    said = {
        "organ_name": signing_name_of(cases[0], on).full_name,
        "date_text": chinese_date(on),
        "from_name": giver.name,
        "to_name": taker.strip(),
        "reason": reason.strip(),
        "requests": [_row(case) for case in cases],
    }
    kind = FormKind.HANDOVER_LIST
    return render(template_for(session, cases[0].organ_id, kind, on), complete(kind, said))


def at_hand(session: Session, officer_id: int, actor: Actor) -> list[Case]:
    """The open cases of the officer that ``actor`` sees, the most urgent first."""
    query = select(Case).where(Case.officer_id == officer_id, Case.ended_on.is_(None), visible_cases(actor))
    return list(session.scalars(query.order_by(Case.due_on.is_(None), Case.due_on, Case.id)))


def _row(case: Case) -> dict[str, str]:
    line = " ".join(case.description.split())
    papers = Counter(ROLES[paper.role].label for paper in case.documents)
    return {
        "number": case.reference,
        "quote": line if len(line) <= EXCERPT else f"{line[:EXCERPT]}……",
        "state_text": case.state.label,
        "due_text": chinese_date(case.due_on) if case.due_on else "停止计算",
        "papers_text": "、".join(f"{label}{count}份" for label, count in papers.items()) or "电子卷",
    }
