"""A file with a secrecy mark is refused at every door that takes files; a door that nobody tried fails this test."""

import hashlib
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select, update
from werkzeug.test import TestResponse
from wtforms.fields.core import UnboundField

from gkapply import clock
from gkapply.casework.deliberation_records import Deliberation
from gkapply.casework.disputed import Dispute
from gkapply.casework.link_door import hash_of
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.publications import Publication
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.web import track
from gkapply.web.disclosing_steps import UploadsField
from gkapply.web.link_pages import IDENTIFIED
from gkapply.web.step_form import UploadField
from gkapply.web.subjects import SUBJECTS
from tests.architecture.source import ROOT
from tests.casework.conftest import Office
from tests.marked_files import MARKED, PAPER_WAY
from tests.web.browser import Browser
from tests.web.citizens import open_account
from tests.web.full_desk import full_desk, moment, office
from tests.web.test_drafts import begin
from workflows.case_states import CaseState
from workflows.consultation import ConsultationState
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
TYPED = "某道路改造的批复文件"
TEMPLATES = ROOT / "gkapply" / "web" / "templates"
_ACTION = re.compile(r"<form[^>]*url_for\('(?P<endpoint>[a-z_.]+)'[^>]*multipart", re.S)
ELSEWHERE = {
    "draft_script.autosave": "takes no file",
    "drafts.content": "takes no file",
    "advice.give": "test_advice.py",
    "referrals.answer": "test_referrals.py",
    "referral_answer.answer": "test_referrals.py",
    "pickups.hand_out": "test_pickups.py",
    "deliberate.give": "goes through uploads.keep_upload (tests/architecture/test_upload_doors.py)",
    "register_imports.hand_in": "reads through uploads.uploaded_table (tests/architecture/test_upload_doors.py)",
}
"""Doors of a multipart form that other tests try, and where."""
OWN_TABLES: dict[str, Any] = {
    "application": Case,
    "letter": Letter,
    "consultation": Consultation,
    "dispute": Dispute,
    "publication": Publication,
    "deliberation": Deliberation,
}


def in_state(state: CaseState) -> str:
    """The reference of a request that stands there."""
    with reading() as session:
        return session.scalars(select(Case.reference).where(Case.state == state).order_by(Case.id)).first() or ""


def kept(office: Office) -> set[str]:
    """Names under which marked files lie in the file store. The store is common to the run: others put files there meanwhile."""
    marked = {hashlib.sha256(content).hexdigest() for _, content in MARKED.values()}
    return marked & {path.name for path in office.store.all()}


def sent(kind: str = "docx") -> tuple[io.BytesIO, str]:
    """A marked file as a form sends it."""
    name, content = MARKED[kind]
    return io.BytesIO(content), name


def tried(browser: Browser, path: str, kind: str = "docx") -> Iterator[tuple[str, str, TestResponse]]:
    """Send a marked file through each file field of each form of the page: action, field, answer."""
    page = browser.page(path)
    for form in page.xpath("//main//form[@enctype='multipart/form-data']"):
        typed = form.xpath(
            ".//textarea[not(@readonly)]/@name | .//input[@type='text' and not(@readonly) and @name!='leave_empty']/@name"
        )[:1]
        for field in form.xpath(".//input[@type='file']/@name"):
            values = {name: value for name, value in form.form_values() if name != field}
            values |= dict.fromkeys(typed, TYPED)
            for choice in form.xpath(".//input[@type='radio']"):
                values.setdefault(choice.get("name"), choice.get("value"))
            answer = browser.post(
                form.action,
                data={**values, field: sent(kind)},
                headers={"Sec-Fetch-Site": "same-origin"},
                follow_redirects=True,
            )
            yield form.action, field, answer
            assert not typed or TYPED in answer.text, f"{form.action} loses what was typed in {typed[0]}"


def citizens_doors(client: Browser, new_browser: Callable[[], Browser], office: Office) -> Iterator[Any]:
    """Browser and page of everything that people outside open."""
    yield client, "/apply/whole"
    yield client, "/apply/records"
    yield client, begin(client).location
    for state, tail in (
        (CaseState.CORRECTING, ""),
        (CaseState.EXPLAINING, "/explanation"),
        (CaseState.PAYING, "/payment"),
    ):
        reference, browser = in_state(state), new_browser()
        with reading() as session:
            generation = session.scalars(select(Case).where(Case.reference == reference)).one().query_code_generation
        with browser.session_transaction() as cookie:
            cookie[track.OPENED] = {reference: [(clock.now() + timedelta(hours=1)).timestamp(), generation]}
        yield browser, f"/track/{reference}{tail}"
    asked, browser = question(office), new_browser()
    with browser.session_transaction() as cookie:
        cookie[IDENTIFIED] = {hash_of(asked): int((clock.now() + timedelta(hours=1)).timestamp())}
    yield browser, f"/answer/{asked}"
    citizen = new_browser()
    citizen.set_cookie("gkapply-me", open_account())
    yield citizen, "/me/batch"


def question(office: Office) -> str:
    """The token of a link by which a party may answer."""
    with transaction() as session:
        one = session.scalars(select(Consultation).where(Consultation.state == ConsultationState.ASKED)).first()
        assert one is not None
        token, _ = office.ring.answer_link(one.uid)
        one.link_hash = hash_of(token)
    return token


def desk_doors(login: Login) -> Iterator[tuple[Browser, str]]:
    """Browser and page of everything that officials open besides the steps."""
    registrar = login(Duty.REGISTRAR)
    for path in ("register", "register/records", "register/group", "incoming", "arrivals/new", "deliveries/import"):
        yield registrar, f"/desk/{path}"
    group = "/desk/register/group"
    yield registrar, registrar.submit(group, group, channel="counter", description=TYPED, people="申请人甲").location
    yield registrar, "/desk/bundles/check"
    yield registrar, "/desk/disputes/import"
    for path in ("catalogue", "official-documents"):
        yield login(Duty.HEAD), f"/desk/{path}/import"
    yield login(Duty.TEMPLATE_KEEPER), "/templates/receipt"
    yield login(Duty.SYSADMIN), "/admin/calendars"
    statistician = login(Duty.STATISTICIAN)
    for path in ("/report/reading", "/report/annual/2025"):
        yield statistician, path


def test_every_form_that_takes_files_refuses_a_marked_one(
    app: Flask,
    office: Office,
    client: Browser,
    login: Login,
    new_browser: Callable[[], Browser],
) -> None:
    open_doors, seen = [], set()
    for browser, path in (*desk_doors(login), *citizens_doors(client, new_browser, office)):
        found = list(tried(browser, path))
        assert found, f"{path} has no form for files"
        for action, field, answer in found:
            endpoint, _ = app.url_map.bind("localhost").match(action.split("?")[0], method="POST")
            seen.add(endpoint)
            if PAPER_WAY not in answer.text:
                open_doors.append(f"{action} {field}: {answer.status_code}")
    assert not open_doors
    assert kept(office) == set()
    forms = {one["endpoint"] for page in TEMPLATES.rglob("*.html") for one in _ACTION.finditer(page.read_text("utf-8"))}
    assert forms - seen - ELSEWHERE.keys() == set(), "a form for files that nobody tries: add its page to the doors"


def test_every_step_that_takes_a_file_refuses_a_marked_one(office: Office, login: Login) -> None:
    open_doors, count = [], 0
    browsers: dict[Duty, Browser] = {}
    for name, subject in SUBJECTS.items():
        with reading() as session:
            thing = session.scalars(select(OWN_TABLES[name]).order_by(OWN_TABLES[name].id)).first()
            assert thing is not None
            key = thing.reference if name == "application" else thing.uid
        kinds = {"application": "cases", "letter": "letters", "consultation": "consultations"}
        place = f"/desk/{kinds.get(name, name + 's')}/{key}/steps/"
        for trigger, page in subject.pages.items():
            step = subject.flow.steps[trigger]
            duty = next((one for one in step.duties if one in office.staff), None)
            fields = file_fields(page.form)
            if not fields or duty is None:
                continue
            browser = browsers.setdefault(duty, login(duty))
            with transaction() as session:
                session.execute(update(OWN_TABLES[name]).values(state=step.sources[0]))
            answer = browser.post(
                f"{place}{trigger}",
                data={"csrf_token": browser.token(), **{field: sent() for field in fields}},
                headers={"Sec-Fetch-Site": "same-origin"},
            )
            count += 1
            if PAPER_WAY not in answer.text or answer.status_code != 422:
                open_doors.append(f"{name} {trigger}: {answer.status_code}")
    assert not open_doors
    assert count > 20
    assert kept(office) == set()


def file_fields(form: type) -> list[str]:
    """Names of the fields of a step's form that take files."""
    found = {name: getattr(form, name, None) for name in dir(form) if not name.startswith("_")}
    return [
        name
        for name, one in found.items()
        if isinstance(one, UnboundField) and issubclass(one.field_class, UploadField | UploadsField)
    ]


@pytest.mark.parametrize("kind", MARKED)
def test_every_kind_of_marked_file_is_refused_at_the_counter(
    login: Login, kind: str, moment: time_machine.Traveller
) -> None:
    for _, field, answer in tried(login(Duty.REGISTRAR), "/desk/incoming", kind):
        assert PAPER_WAY in answer.text, field
