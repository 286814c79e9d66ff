"""Where the edge cases begin, and how they look at what came of them. Dates are worked out by hand from the calendar of 2026."""

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from sqlalchemy import select

from gkapply.casework import report
from gkapply.casework.application import Application
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.replies import ReplyKind
from tests.web.browser import Browser, words
from workflows.duties import Duty

NewLife = Callable[..., Life]
Login = Callable[[Duty], Browser]
MONDAY = date(2026, 3, 2)
"""Day of receipt where a case says nothing else: the reply is due on Monday, 30 March."""
DUE = date(2026, 3, 30)
REFUSED = {"reason": "公开会影响执法活动", "separation_considered": True}


def handled(new_life: NewLife, description: str, applicant: Application = PERSON, day: date = MONDAY) -> Life:
    """A request handed in at the counter on ``day``, with an officer at work on it."""
    life = new_life(day)
    return life.register(walked_in(applicant, description), life.at_the_counter()).assign().accept()


def case_of(life: Life) -> Case:
    """The case as it stands, with what the tests look at loaded."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.letters, case.facts, case.items, case.notes, case.documents, case.applicants, case.offspring
        _ = [one.letters for one in case.consultations], case.organ
        return case


def answered(life: Life, kind: str, evidence: Mapping[str, Any]) -> Case:
    """Decide the first item, draft the reply, have it approved and sent; the case afterwards."""
    life.decide(1, kind, evidence).draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    return case_of(life)


def counted(year: int = 2026) -> dict[str, int]:
    """The 总计 column of table 三 by row, rows of nothing left out; the checks of the report must hold."""
    with reading() as session:
        organ = session.scalars(select(Organ).join(Case, Case.organ_id == Organ.id)).first()
        assert organ is not None
        found = report.annual(session, organ, year)
    assert all(check["ok"] for check in found["checks"]), found["checks"]
    return {row["code"]: row["values"][-1] for row in found["table3"]["rows"] if row["values"][-1]}


def told_when_deciding(login: Login, life: Life, kind: ReplyKind) -> str:
    """The words of the page on which the officer decides the first item as ``kind``."""
    return told_at(login, life, f"decide_item?item=1&outcome={kind.value}")


def told_at(login: Login, life: Life, step: str, duty: Duty = Duty.OFFICER) -> str:
    """The words of the page of a step."""
    response = login(duty).get(f"/desk/cases/{life.reference}/steps/{step}")
    assert response.status_code == 200
    return words(response)
