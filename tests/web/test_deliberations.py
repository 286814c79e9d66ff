"""The pages of joint consultations (会商): the case page, the list, one with its members, the link of a member from outside."""

from collections.abc import Callable

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from gkapply.casework import docket
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.deliberation_records import Deliberation, DeliberationMember
from gkapply.casework.docket import Wanted
from gkapply.casework.records import Case
from gkapply.database import reading
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY
from tests.web.browser import Browser, words
from tests.web.full_desk import full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]


@pytest.fixture
def database_kind() -> str:
    """Pages; the statements behind them are asked on both databases where the desk is."""
    return "sqlite"


def waiting(office: Office) -> tuple[str, str, str, str]:
    """Of the consultation in which an outsider has not spoken: uid, the case's number, token and code of the link."""
    with reading() as session:
        query = select(DeliberationMember).join(Deliberation).where(Deliberation.state == "gathering")
        member = session.scalars(query.where(DeliberationMember.link_hash.is_not(None))).one()
        one = member.deliberation
        return one.uid, one.case.reference, *office.ring.deliberation_link(member.uid)


def test_the_pages_say_what_is_demanded_said_and_left_to_do(app: Flask, login: Login, office: Office) -> None:
    uid, reference, token, _ = waiting(office)
    officer = login(Duty.OFFICER)
    page = words(officer.get(f"/desk/cases/{reference}"))
    assert "本件须先经会商" in page
    assert "会商不停止计算答复期限" in page
    shown = words(officer.get(f"/desk/deliberations/{uid}"))
    assert "保留意见" in shown
    assert token in shown
    assert token not in words(login(Duty.REVIEWER).get(f"/desk/deliberations/{uid}"))
    listed = words(officer.get("/desk/deliberations?stands=concluded&words=供水"))
    assert "不予公开（危及“三安全一稳定”）" in listed
    assert "没有符合条件的会商" in words(officer.get("/desk/deliberations?trigger=media"))


def test_the_reviewer_reads_the_conclusion_beside_the_letter(login: Login, office: Office) -> None:
    with reading() as session:
        case = session.scalars(select(Case).where(Case.description.contains("供水应急预案"))).one()
        uid, number = case.letters[-1].uid, case.deliberations[0].number
    page = words(login(Duty.REVIEWER).get(f"/desk/letters/{uid}/steps/pass_review"))
    assert number is not None
    assert number in page
    assert "隐去附件后公开正文" in page, "the dissent"


def test_a_member_from_outside_sees_the_question_and_not_the_applicant(app: Flask, office: Office) -> None:
    uid, reference, token, code = waiting(office)
    path, outsider = f"/deliberate/{token}", Browser(app)
    assert outsider.submit(path, path, code="AAAAAAAA", tail="0000").status_code == 422
    assert outsider.submit(path, path, code=code, tail="0000").status_code == 303
    page = words(outsider.get(path))
    with reading() as session:
        names = session.scalars(select(Case).where(Case.reference == reference)).one().applicant_names
    assert "抽检原始记录" in page
    assert names not in page
    assert reference not in page
    refused = outsider.submit(path, f"{path}/opinion", stance="disagree", text="")
    assert "请写明理由" in words(refused)
    assert outsider.submit(path, f"{path}/opinion", stance="disagree", text="应当公开").status_code == 303
    assert "校验值" in words(outsider.get(f"{path}/confirmed"))
    with reading() as session:
        assert session.scalars(select(AccessEntry).where(AccessEntry.deed == "deliberation.shown")).first()
        member = session.scalars(select(DeliberationMember).where(DeliberationMember.link_hash.is_not(None),
            DeliberationMember.deliberation.has(Deliberation.uid == uid))).one()  # fmt: skip
        assert [one.text for one in member.opinions] == ["应当公开"]
    assert outsider.get(f"{path}/papers/nothing").status_code == 404


@pytest.mark.parametrize(
    ("duty", "task", "asked"),
    [
        (Duty.HEAD, "deliberation_due", "某企业统计调查的原始报表"),
        (Duty.OFFICER, "deliberation_due", "某企业统计调查的原始报表"),
        (Duty.HEAD, "deliberation_opinion", "某小学食堂食品安全抽检的原始记录"),
        (Duty.OFFICER, "deliberation_opinion", "某小学食堂食品安全抽检的原始记录"),
        (Duty.REVIEWER, "deliberation_opinion", None),
        (Duty.HEAD, "deliberation_call", None),
        (Duty.HEAD, "deliberation_conclude", None),
    ],
)
def test_it_waits_for_those_who_have_to_see_to_it(
    office: Office, moment: time_machine.Traveller, duty: Duty, task: str, asked: str | None
) -> None:
    with reading() as session:
        page = docket.desk(session, office.staff[duty], TODAY, Wanted(task))
        wanted = select(Case.description).where(Case.reference.in_([one.reference for one in page.lines]))
        found = list(session.scalars(wanted))
    assert found == ([asked] if asked else [])
