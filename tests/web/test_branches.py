"""The ways beside the straight one, through their pages: divided, answered on the spot, transferred."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select, update

from gkapply.casework import transfer
from gkapply.casework.people import DutyHolding, Organ
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.transfer import Wanted
from gkapply.casework.transferred import Transfer
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import DEPARTMENTS
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from workflows.application import CaseState
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
NOT_OURS = {"reason": "由该局制作并负责公开"}


@pytest.fixture
def life(new_life: Callable[..., Life], moment: time_machine.Traveller) -> Life:
    """A request handed in on Monday, 2 March 2026, with an officer at work on it."""
    begun = new_life(date(2026, 3, 2))
    begun.register(walked_in(PERSON, "某工程的批复；某学校的招生文件"), begun.at_the_counter()).assign()
    moment.move_to(begun.now)
    return begun


def found(life: Life) -> Case:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        _ = case.offspring, case.documents
        return case


def step(life: Life, trigger: str) -> str:
    return f"/desk/cases/{life.reference}/steps/{trigger}"


def test_the_fee_alone_is_refused_and_nothing_typed_is_lost(login: Login, life: Life) -> None:
    browser, typed = login(Duty.OFFICER), "某工程的批复\n某学校的招生文件"
    refused = browser.submit(step(life, "divide"), quotes=typed, reason="fee", words="按件计收")
    assert refused.status_code == 422
    assert "不能仅为计收信息处理费而拆分申请" in words(refused)
    assert parsed(refused).xpath("//textarea[@name='quotes']")[0].text.strip().splitlines() == typed.splitlines()


def test_the_applicant_follows_every_part_with_the_code_of_the_whole(login: Login, client: Browser, life: Life) -> None:
    done = login(Duty.OFFICER).submit(
        step(life, "divide"), quotes="某工程的批复\n某学校的招生文件", reason="matters", words="互不相关"
    )
    assert done.status_code == 303
    whole = found(life)
    with reading() as session:
        code = query_code(session, session.get_one(Case, whole.id))
    client.submit("/track", "/track", number=life.reference, code=code)
    shown = client.get(f"/track/{life.reference}")
    for part in whole.offspring:
        assert part.reference in words(shown)
        assert part.description in words(client.get(f"/track/{part.reference}"))


def test_an_answer_on_the_spot_needs_the_signed_record(login: Login, life: Life) -> None:
    browser, given = login(Duty.REGISTRAR), {"outcome": "disclosed_public", "where_to_find": "县政府门户网站"}
    assert browser.submit(step(life, "answer_on_the_spot"), **given).status_code == 422
    record = (io.BytesIO("申请人签名".encode()), "record.txt")
    assert browser.submit(step(life, "answer_on_the_spot"), record=record, **given).status_code == 303
    assert found(life).state is CaseState.REPLIED


def test_a_transferred_request_is_registered_from_the_in_tray(login: Login, life: Life, office: Office) -> None:
    life.accept().decide(1, "not_ours", NOT_OURS)
    with reading() as session:
        other = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
    wanted = Wanted(other, "", "", "由该局负责公开", "电话同意")
    life.do(Duty.OFFICER, lambda s, case, actor, now: transfer.propose(s, case, wanted, actor, now))
    life.issue(LetterKind.TRANSFER_NOTICE, "hand")
    browser = login(Duty.REGISTRAR)
    assert "某工程的批复" not in words(browser.get("/desk/intake"))
    with transaction() as session:
        session.execute(
            update(DutyHolding)
            .where(DutyHolding.user_id == office.staff[Duty.REGISTRAR].user_id)
            .values(organ_id=other)
            .execution_options(synchronize_session=False)
        )
    browser = login(Duty.REGISTRAR)
    tray = parsed(browser.get("/desk/intake"))
    (address,) = tray.xpath("//ul[@class='cards']//a/@href")
    entered = browser.submit(address, "/desk/register")
    assert entered.status_code == 303, words(entered)
    with reading() as session:
        here = session.scalars(select(Case).where(Case.organ_id == other)).one()
        assert here.applicant.name == PERSON.name
        assert here.received_on == date(2026, 3, 2)
        assert session.scalars(select(Transfer.received_as_id)).one() == here.id
    assert "其他机关移送的申请" not in words(browser.get("/desk/intake"))
