"""Referring a case to units: to departments, to an organ with a desk of its own, to a unit without accounts; nothing is forgotten."""

import io
from collections.abc import Callable
from datetime import UTC, datetime

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import referring, sweep, units
from gkapply.casework.documents import WORD_TYPE
from gkapply.casework.file_text import words_of
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ
from gkapply.casework.records import Case
from gkapply.casework.referral_records import JOINT, LEAD, Referral
from gkapply.casework.referral_terms import OVER, SOON, TO_HEAD
from gkapply.casework.referring import Wish
from gkapply.casework.services import ring
from gkapply.casework.unit_records import Unit
from gkapply.casework.units import UnitDetails
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.county import DEPARTMENTS
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.web.browser import Browser, words
from workflows.duties import UNIT_DUTIES, Duty

Login = Callable[[Duty], Browser]
BUREAU = DEPARTMENTS[0]
ARRIVED = "2023年征地补偿款发放明细"


@pytest.fixture
def case(office: Office, new_life: Callable[[], Life]) -> str:
    """A request at work in an office with a department, an organ below and a unit without accounts; its reference."""
    life = new_life()
    life.register(walked_in(COMPANY, ARRIVED), life.at_the_counter()).assign().accept()
    head, clerk = office.staff[Duty.HEAD], office.staff[Duty.UNIT_CLERK]
    with transaction() as session:
        department = units.add_unit(session, UnitDetails("征地拆迁股", "自然资源"), head, life.now)
        units.set_members(session, department, [clerk.user_id or 0], head, life.now)
        units.add_unit(session, UnitDetails(BUREAU.name, "", "", BUREAU.code), head, life.now)
        units.add_unit(session, UnitDetails("档案室", "", "028-2452 1234"), head, life.now)
        return session.scalars(select(Case.reference)).one()


def uid_of(name: str) -> str:
    with reading() as session:
        return session.scalars(select(Unit.uid).where(Unit.name == name)).one()


def the_referral(name: str) -> Referral:
    """The newest referral to the unit."""
    with reading() as session:
        query = select(Referral).join(Referral.unit).where(Unit.name == name).order_by(Referral.id.desc())
        found = session.scalars(query).first()
        assert found is not None
        assert found.case.reference
        return found


def refer(case: str, office: Office, kind: str, *names: str) -> list[Referral]:
    """Refer it as the officer would, on the day of the clock."""
    with transaction() as session:
        found = session.scalars(select(Case).where(Case.reference == case)).one()
        wish = Wish(kind, [uid_of(name) for name in names], "请核对明细", 3)
        return referring.refer(session, found, wish, office.staff[Duty.OFFICER], datetime.now(UTC))


def told(kind: str) -> set[int]:
    with reading() as session:
        return set(session.scalars(select(Notification.user_id).where(Notification.kind == kind)))


def test_two_units_answer_side_by_side(login: Login, office: Office, case: str) -> None:
    officer = login(Duty.OFFICER)
    page = f"/desk/cases/{case}/steps/refer"
    shown = words(officer.get(page))
    assert "还有20个工作日" in shown
    assert "申请内容提到“征地补偿款”，属于“自然资源”" in shown
    fields = {"area": "自然资源", "kind": LEAD, "units": [uid_of("征地拆迁股"), uid_of(BUREAU.name)]}
    assert "主办单位只能有一个" in words(officer.submit(page, **fields))
    assert officer.submit(page, **fields | {"kind": "records", "working_days": "30"}).status_code == 422
    assert officer.submit(page, **fields | {"units": [uid_of("征地拆迁股")]}).status_code == 303
    assert officer.submit(page, kind=JOINT, units=[uid_of(BUREAU.name)]).status_code == 303
    with reading() as session:
        found = session.scalars(select(Case)).one()
        assert (found.unit and found.unit.name, found.area, found.stopped_since) == ("征地拆迁股", "自然资源", None)
    clerk, uid = login(Duty.UNIT_CLERK), the_referral("征地拆迁股").uid
    here = f"/desk/referrals/{uid}"
    assert clerk.get("/work").location.endswith("/desk/referrals")
    assert the_referral("征地拆迁股").number in words(clerk.get("/desk/referrals"))
    assert ARRIVED in words(clerk.get(here))
    clerk.submit(here, f"{here}/accept")
    secret = clerk.submit(here, f"{here}/answer", text="见附件", files=(io.BytesIO("机密★1年".encode()), "明细.txt"))
    assert secret.status_code == 422
    assert "见附件" in secret.text
    done = clerk.submit(here, f"{here}/answer", text="明细可以公开", files=(io.BytesIO(b"1,2"), "明细.csv"))
    assert done.status_code == 303
    board = words(officer.get(f"/desk/cases/{case}"))
    assert "有1件转办没有办结" in board
    assert "明细可以公开" in board
    assert "明细.csv" in board
    assert office.staff[Duty.OFFICER].user_id in told("referral_answered")
    assert "转办征地拆迁股：反馈办理结果" in board


def test_only_unit_and_office_see_it(login: Login, office: Office, case: str) -> None:
    refer(case, office, JOINT, BUREAU.name, "征地拆迁股")
    department, bureau = (f"/desk/referrals/{the_referral(name).uid}" for name in ("征地拆迁股", BUREAU.name))
    clerk = login(Duty.UNIT_CLERK)
    page = clerk.get(department)
    assert COMPANY.name not in page.text
    assert clerk.get(f"/desk/cases/{case}").status_code == 403
    assert [clerk.get(path).status_code for path in (bureau, f"{bureau}/slip")] == [404, 404]
    assert clerk.forge(f"{bureau}/answer", text="越权").status_code == 404
    assert clerk.forge(f"{department}/withdraw").status_code == 403
    assert login(Duty.SUPERVISOR).get(department).status_code == 403
    for other, sees in ((DEPARTMENTS[1], 404), (BUREAU, 200)):
        move_to(office, other.code)
        for duty in (Duty.REGISTRAR, Duty.OFFICER, Duty.HEAD):
            browser = login(duty)
            assert browser.get(bureau).status_code == sees
            assert browser.get(department).status_code == 404
            assert browser.get(f"/desk/cases/{case}").status_code == 404
            assert (case in browser.get("/desk/referrals?view=to_us").text) is (sees == 200)
            assert case not in browser.get("/desk/referrals?view=from_us").text
    assert login(Duty.OFFICER).submit(bureau, f"{bureau}/answer", text="本局没有制作").status_code == 303
    assert login(Duty.STATISTICIAN).get(bureau).status_code == 404
    assert {login(duty).get(department).status_code for duty in UNIT_DUTIES} == {404}


def move_to(office: Office, code: str) -> None:
    """Move the whole staff to another organ."""
    with transaction() as session:
        organ = session.scalars(select(Organ.id).where(Organ.code == code)).one()
        for held in session.scalars(select(DutyHolding).where(DutyHolding.organ_id.is_not(None))):
            held.organ_id = organ


def test_a_unit_without_accounts_answers_by_its_link(client: Browser, login: Login, office: Office, case: str) -> None:
    refer(case, office, "records", "档案室")
    referral = the_referral("档案室")
    slip = login(Duty.OFFICER).get(f"/desk/referrals/{referral.uid}/slip")
    with reading() as session:
        token, code = ring(session).referral_link(referral.uid)
    assert code in slip.text
    door = f"/referral/{token}"
    assert "核验码或者后四位不正确" in words(client.submit(door, code=code, tail="0000"))
    assert client.submit(door, code=code, tail="1234").status_code == 303
    shown = client.get(door)
    assert ARRIVED in words(shown)
    assert COMPANY.name not in shown.text
    mark = client.submit(door, f"{door}/answer", text="", files=(io.BytesIO("绝密★30年".encode()), "卷宗.txt"))
    assert mark.status_code == 422
    assert client.submit(door, f"{door}/answer", text="档案已调取，共3卷").status_code == 303
    assert "已收到" in words(client.get(f"{door}/confirmed"))
    assert client.get(door).status_code == 410
    assert "档案已调取，共3卷" in words(login(Duty.HEAD).get(f"/desk/referrals/{referral.uid}"))


def test_sent_back_handed_on_and_withdrawn(login: Login, office: Office, case: str) -> None:
    refer(case, office, LEAD, "征地拆迁股")
    here = f"/desk/referrals/{the_referral('征地拆迁股').uid}"
    clerk, head = login(Duty.UNIT_CLERK), login(Duty.HEAD)
    clerk.submit(here, f"{here}/accept")
    part = {"unit": uid_of("档案室"), "matter": "请调取批次清单", "working_days": "5"}
    assert "晚于" in words(clerk.submit(here, f"{here}/hand-on", **part))
    assert clerk.submit(here, f"{here}/hand-on", **part | {"working_days": "2"}).status_code == 303
    child = f"/desk/referrals/{the_referral('档案室').uid}"
    assert "由征地拆迁股转交" in words(clerk.get(child))
    assert "请写明理由" in words(clerk.submit(here, f"{here}/send-back", reason="不"))
    assert clerk.submit(here, f"{here}/send-back", reason="不属于本股职责").status_code == 303
    with reading() as session:
        assert session.scalars(select(Case.unit_id)).one() is None
    assert office.staff[Duty.HEAD].user_id in told("referral_returned")
    assert "不属于本股职责" in words(head.get(f"/desk/cases/{case}"))
    assert case in head.get("/desk?view=referral_returned").text
    assert head.submit(here, f"{here}/settle").status_code == 303
    assert case not in words(head.get("/desk?view=referral_returned"))
    assert head.submit(child, f"{child}/urge").status_code == 303
    assert "今天已经催办过" in words(head.submit(child, f"{child}/urge"))
    assert head.submit(child, f"{child}/withdraw", reason="已从他处取得").status_code == 303


def test_time_reminds_the_unit_and_then_the_head(
    login: Login, office: Office, case: str, moment: time_machine.Traveller
) -> None:
    refer(case, office, JOINT, "征地拆迁股")
    assert the_referral("征地拆迁股").due_on.isoformat() == "2026-03-05"
    clerk, head = (office.staff[duty].user_id for duty in (Duty.UNIT_CLERK, Duty.HEAD))
    for day, level, kind, knows in (
        (4, SOON, "referral_due", {clerk}),
        (6, OVER, "referral_overdue", {clerk}),
        (6, TO_HEAD, "referral_unanswered", {clerk, head}),
    ):
        moment.move_to(datetime(2026, 3, day, 2, tzinfo=UTC))
        sweep.sweep(datetime.now(UTC))
        sweep.sweep(datetime.now(UTC))
        if kind != "referral_overdue":
            assert the_referral("征地拆迁股").told == level
            assert knows <= told(kind)
    assert case in login(Duty.HEAD).get("/desk?view=referral_late").text
    assert case in login(Duty.HEAD).get("/desk/referrals?view=from_us&late=1").text
    assert case not in words(login(Duty.HEAD).get("/desk/referrals?view=from_us&since=2026-03-01"))


def test_no_file_is_closed_over_an_open_referral(office: Office, new_life: Callable[[], Life], case: str) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign().accept()
    life.search("“路灯”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
    refer(life.reference, office, JOINT, "征地拆迁股")
    life.draft_reply().submit_reply().pass_review().sign_reply().send_reply("post").delivered()
    with pytest.raises(Refusal, match="还有1件转办没有反馈（征地拆迁股），不能归档"):
        life.archive()
    with transaction() as session:
        one = session.scalars(select(Referral)).one()
        referring.withdraw(session, one, "已经答复", office.staff[Duty.OFFICER], life.now)
    life.archive()


def test_an_officer_claims_where_the_office_lets_them(
    login: Login, office: Office, new_life: Callable[[], Life], case: str
) -> None:
    life = new_life()
    life.register(walked_in(PERSON, "路灯的批复"), life.at_the_counter())
    page = f"/desk/cases/{life.reference}/steps/claim"
    assert "没有开启承办人自行认领" in words(login(Duty.OFFICER).get(page))
    with transaction() as session:
        session.get_one(Organ, office.organ_id).settings = '{"officers_claim":true}'
    assert login(Duty.OFFICER).submit(page).status_code == 303
    with reading() as session:
        found = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert found.officer_id == office.staff[Duty.OFFICER].user_id


def test_the_slip_to_print_names_no_applicant(login: Login, office: Office, case: str) -> None:
    refer(case, office, "records", "档案室")
    answer = login(Duty.OFFICER).get(f"/desk/cases/{case}/forms/referral_slip-1.docx")
    text = words_of(answer.data, WORD_TYPE)
    with reading() as session:
        _, code = ring(session).referral_link(the_referral("档案室").uid)
    assert all(part in text for part in ("档案室（调取材料）", "请核对明细", ARRIVED, code))
    assert COMPANY.name not in text
