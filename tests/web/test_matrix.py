"""Every duty before every step in every state, through HTTP, agrees with the rows; two organs see nothing of each other."""

from collections.abc import Callable
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select, update

from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.demo.staff import LOGINS
from gkapply.web.subjects import SUBJECTS, Subject
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from tests.web.browser import Browser
from workflows.duties import CASE_DUTIES, OFFICIAL_DUTIES, Duty
from workflows.step import State

__all__ = ["full_desk"]
FORBIDDEN, CONFLICT, UNFIT, MISSING = 403, 409, 422, 404
Login = Callable[[Duty], Browser]
STATES = [(name, state) for name, subject in SUBJECTS.items() for state in subject.flow.workflow.states]


@pytest.fixture
def office(full_desk: Office) -> Office:
    """An office with a request in every state."""
    return full_desk


def address_of(name: str) -> str:
    """The address under which the first thing of a workflow takes its steps."""
    with reading() as session:
        if name == "application":
            return f"/desk/cases/{session.scalars(select(Case.reference).order_by(Case.id)).first()}/steps/"
        if name == "letter":
            replies = select(Letter.uid).where(Letter.kind.startswith("reply")).order_by(Letter.id)
            return f"/desk/letters/{session.scalars(replies).first()}/steps/"
        if name == "publication":
            return f"/desk/publications/{session.scalars(select(Publication.uid)).first()}/steps/"
        if name == "deliberation":
            return f"/desk/deliberations/{session.scalars(select(Deliberation.uid)).first()}/steps/"
        if name == "dispute":
            return f"/desk/disputes/{session.scalars(select(Dispute.uid).order_by(Dispute.id)).first()}/steps/"
        return (
            f"/desk/consultations/{session.scalars(select(Consultation.uid).order_by(Consultation.id)).first()}/steps/"
        )


def put_in(name: str, state: State) -> None:
    """Put everything of a workflow in one state by hand: here only the door is tried, no life is lived."""
    table: Any = {
        "application": Case,
        "letter": Letter,
        "consultation": Consultation,
        "dispute": Dispute,
        "publication": Publication,
        "deliberation": Deliberation,
    }[name]
    with transaction() as session:
        session.execute(update(table).values(state=state))


def knock(browser: Browser, path: str, token: str) -> int:
    """The status of a hand-made POST with nothing in its form."""
    return browser.post(path, data={"csrf_token": token}, headers={"Sec-Fetch-Site": "same-origin"}).status_code


def expected(subject: Subject, state: State, trigger: str, duty: Duty) -> int:
    """What an empty form is answered with: the row decides on the duty, then on the state, then the form is unfit."""
    step = subject.flow.steps[trigger]
    if duty not in CASE_DUTIES or duty not in step.duties:
        return FORBIDDEN
    return UNFIT if state in step.sources else CONFLICT


@pytest.mark.parametrize(("name", "state"), STATES, ids=[f"{name}-{state.value}" for name, state in STATES])
def test_the_door_opens_as_the_rows_say(app: Flask, login: Login, office: Office, name: str, state: State) -> None:
    subject, address = SUBJECTS[name], address_of(name)
    put_in(name, state)
    wrong = []
    for duty in OFFICIAL_DUTIES:
        browser = login(duty)
        token = browser.token()
        for trigger in subject.pages:
            step = subject.flow.steps[trigger]
            if duty not in step.duties and state not in step.sources:
                # Forbidden and impossible at once: the two doors are tried each by itself.
                continue
            status = knock(browser, address + trigger, token)
            if status != expected(subject, state, trigger, duty):
                wrong.append((duty.value, trigger, status, expected(subject, state, trigger, duty)))
    assert wrong == []


def test_every_row_of_an_official_has_its_page() -> None:
    for subject in SUBJECTS.values():
        official = {
            step.trigger
            for step in subject.flow.workflow.steps
            if step.via is None
            and step.sources != (subject.flow.workflow.start,)
            and set(step.duties) & set(CASE_DUTIES)
        }
        assert set(subject.pages) == official


def test_a_step_taken_along_has_no_address_of_its_own(login: Login) -> None:
    browser = login(Duty.SIGNER)
    assert knock(browser, address_of("application") + "sign_reply", browser.token()) == MISSING


def elsewhere(office: Office) -> None:
    """Move the whole staff to another organ."""
    with transaction() as session:
        other = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
        staff = select(User.id).where(User.login.in_(LOGINS.values()))
        session.execute(
            update(DutyHolding)
            .where(DutyHolding.user_id.in_(staff), DutyHolding.organ_id.is_not(None))
            .values(organ_id=other)
            .execution_options(synchronize_session=False)
        )


@pytest.mark.parametrize("duty", sorted(CASE_DUTIES))
def test_another_organ_sees_nothing(app: Flask, login: Login, office: Office, duty: Duty) -> None:
    elsewhere(office)
    browser = login(duty)
    token = browser.token()
    seen = [
        (address_of(name), trigger)
        for name, subject in SUBJECTS.items()
        for trigger in subject.pages
        if knock(browser, address_of(name) + trigger, token) not in (MISSING, FORBIDDEN)
    ]
    assert seen == []
    with reading() as session:
        references = list(session.scalars(select(Case.reference)))
    assert browser.get(f"/desk/cases/{references[0]}").status_code == MISSING
    desk = browser.get("/desk").get_data(as_text=True)
    assert not any(reference in desk for reference in references)
    assert COUNTY_CODE in references[0]
