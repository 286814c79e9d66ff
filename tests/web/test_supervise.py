"""The supervisor's pages: from the board by a figure to the request; for nobody else, and for nothing else."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from io import BytesIO

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.county import COUNTY_CODE
from gkapply.law.letters import INQUIRIES
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from tests.web.browser import Browser
from workflows.duties import OFFICIAL_DUTIES, Duty

__all__ = ["full_desk"]
PERIOD = "from=2026-01-01&to=2026-06-01"
FORBIDDEN, MISSING, UNFIT = 403, 404, 422
Login = Callable[[Duty], Browser]


@pytest.fixture
def office(full_desk: Office) -> Office:
    """An office with a request in every state."""
    return full_desk


@pytest.fixture
def moment() -> Iterator[time_machine.Traveller]:
    """The day on which the desk stands."""
    with time_machine.travel(datetime(2026, 6, 1, 1, tzinfo=UTC), tick=False) as traveller:
        yield traveller


def test_the_board_leads_down_to_a_case(app: Flask, login: Login) -> None:
    browser = login(Duty.SUPERVISOR)
    board = browser.get(f"/supervise?{PERIOD}").get_data(as_text=True)
    assert "安岳县自然资源和规划局" in board
    listed = browser.get(f"/supervise/cases?figure=late&organ={COUNTY_CODE}&{PERIOD}").get_data(as_text=True)
    with reading() as session:
        late = session.scalars(
            select(Case.reference).where(Case.ended_on.is_(None), Case.due_on < date(2026, 6, 1))
        ).all()
        replied = session.scalars(select(Case).where(Case.replied_on.is_not(None))).first()
        assert replied is not None
        reference, letter = replied.reference, replied.all_letters[-1].uid
    assert late
    assert all(f"/supervise/cases/{one}" in listed for one in late)
    page = browser.get(f"/supervise/cases/{reference}").get_data(as_text=True)
    assert "现在由谁办理" in page
    assert browser.get(f"/supervise/cases/{reference}/days").status_code == 200
    assert browser.get(f"/supervise/letters/{letter}/file").data[:2] == b"PK"
    with reading() as session:
        noted = session.scalars(select(AccessEntry).where(AccessEntry.deed == "file.fetched")).all()
    assert [one.case_id for one in noted]


def test_the_board_and_a_list_are_handed_out_as_files(login: Login) -> None:
    browser = login(Duty.SUPERVISOR)
    text = browser.get(f"/supervise/board.csv?{PERIOD}").get_data(as_text=True)
    assert "逾期未答复" in text.splitlines()[0]
    assert browser.get(f"/supervise/board.xlsx?{PERIOD}").data[:2] == b"PK"
    assert COUNTY_CODE in browser.get(f"/supervise/cases.csv?figure=open&{PERIOD}").get_data(as_text=True)


def test_the_pages_are_for_supervisors_and_open_nothing_else(login: Login) -> None:
    with reading() as session:
        reference = session.scalars(select(Case.reference)).first()
        asked = session.scalars(
            select(Letter.uid).where(Letter.kind.in_([one.value for one in INQUIRIES]), Letter.file_sha != "")
        ).first()
        assert session.scalars(select(Consultation.id)).first()
    paths = ["/supervise", "/supervise/cases?figure=open", f"/supervise/cases/{reference}", "/supervise/board.csv"]
    for duty in set(OFFICIAL_DUTIES) - {Duty.SUPERVISOR}:
        browser = login(duty)
        assert {browser.get(path).status_code for path in paths} == {FORBIDDEN}, duty
    browser = login(Duty.SUPERVISOR)
    assert browser.get(f"/desk/cases/{reference}").status_code == FORBIDDEN
    assert browser.get(f"/supervise/letters/{asked}/file").status_code == MISSING
    assert browser.get("/supervise?organ=NOWHERE").status_code == MISSING
    assert browser.get("/supervise/cases?figure=all").status_code == MISSING
    assert browser.get("/supervise?from=2026-13-01").status_code == UNFIT


def test_an_urge_goes_down_and_its_answer_comes_up(login: Login) -> None:
    with reading() as session:
        reference = session.scalars(select(Case.reference).where(Case.ended_on.is_(None))).all()[0]
    supervisor, head = login(Duty.SUPERVISOR), login(Duty.HEAD)
    form = {"reason": "请说明逾期的原因", "due_on": "2026-06-08"}
    sent = supervisor.post(f"/supervise/urges/new?case={reference}", data={**form, "csrf_token": supervisor.token()})
    address = sent.headers["Location"]
    uid = address.rsplit("/", 1)[1]
    assert "主管部门的督办" in head.get(f"/desk/cases/{reference}").get_data(as_text=True)
    assert reference in head.get("/desk?view=urged").get_data(as_text=True)
    answered = head.post(
        f"/desk/urges/{uid}",
        data={
            "text": "正在核对档案",
            "csrf_token": head.token(),
            "file": (BytesIO("说明".encode()), "说明.txt", "text/plain"),
        },
        content_type="multipart/form-data",
    )
    assert answered.status_code == 303
    page = supervisor.get(address).get_data(as_text=True)
    assert "正在核对档案" in page
    assert supervisor.get(f"{address}/file").data.decode() == "说明"
    assert supervisor.get(f"{address}/slip.docx").data[:2] == b"PK"
    again = {"reason": "未说明原因", "due_on": "2026-06-01", "csrf_token": supervisor.token()}
    assert "今天之后" in supervisor.post(f"{address}/again", data=again).get_data(as_text=True)
    accepted = supervisor.post(f"{address}/accept", data={"text": "", "csrf_token": supervisor.token()})
    assert accepted.status_code == 303
    assert "已认可" in head.get("/desk/urges").get_data(as_text=True)
    assert "已认可" in supervisor.get("/supervise/urges").get_data(as_text=True)
    assert login(Duty.SYSADMIN).get("/desk/urges").status_code == FORBIDDEN


def test_an_assessment_is_shown_issued_and_read_below(login: Login) -> None:
    supervisor, head = login(Duty.SUPERVISOR), login(Duty.HEAD)
    sheet = supervisor.get(f"/supervise/assessments/new?{PERIOD}").get_data(as_text=True)
    assert "考核办法" in sheet
    data = {"comment": "总体较好", "csrf_token": supervisor.token()}
    issued = supervisor.post(f"/supervise/assessments/new?{PERIOD}", data=data)
    address = issued.headers["Location"]
    assert "总体较好" in supervisor.get(address).get_data(as_text=True)
    assert supervisor.get(f"{address}/bulletin.docx").data[:2] == b"PK"
    assert "考核通报〔2026〕1号" in supervisor.get("/supervise/assessments").get_data(as_text=True)
    # The head of the county's own desk is not below it.
    assert head.get(address).status_code == MISSING
    assert head.get("/supervise/assessments").status_code == 200
    assert head.get("/supervise/assessments/new").status_code == FORBIDDEN
