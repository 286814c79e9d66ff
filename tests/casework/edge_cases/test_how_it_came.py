"""How a request came, and which day is its day of receipt (条例第三十一条)."""

import json
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework import in_tray, intake, reaching, receipt_points
from gkapply.casework.access import Actor
from gkapply.casework.application_check import BadForm
from gkapply.casework.documents import Upload
from gkapply.casework.internal_term import internal_due_on
from gkapply.casework.people import Organ
from gkapply.casework.reaching import Attempt
from gkapply.casework.receipt import Confirmation, Receipt
from gkapply.casework.receipt_points import PointDetails
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from tests.casework.edge_cases.lives import DUE, MONDAY, NewLife, case_of, counted
from tests.web.browser import Browser, words
from workflows.case_states import CaseState
from workflows.duties import Duty

FRIDAY, SATURDAY, TUESDAY, WEDNESDAY = (date(2026, 2, 27), date(2026, 3, 7), date(2026, 3, 3), date(2026, 3, 4))
SLIP = Upload("签收单.jpg", b"\xff\xd8\xff\xe0 slip")
ASKED = walked_in(PERSON, "2024年统计公报")
ADMINISTRATOR = Actor("user", None, frozenset({Duty.SYSADMIN}), user_id=1)


def entered(new_life: NewLife, receipt: Receipt, day: date = MONDAY) -> Life:
    """A request that came that way, entered on ``day``."""
    return new_life(day).register(ASKED, receipt)


def waiting(office: Office, today: date) -> in_tray.Waiting:
    """The one line of the in-tray."""
    with reading() as session:
        (line,) = in_tray.in_tray(session, office.staff[Duty.REGISTRAR], today)
        return line


def test_ordinary_letter(new_life: NewLife, office: Office) -> None:
    """平常信函：当日联系申请人确认，确认之日为收到之日；联系不上的登记在案，恢复联系之日起算。"""
    life = entered(new_life, Receipt("ordinary_post", MONDAY))
    lost = Attempt(MONDAY, "16:40", "phone", "尾号0000", "unreachable")
    life.do(Duty.REGISTRAR, lambda s, c, a, now: reaching.record_attempt(s, c, lost, a, now))
    line = waiting(office, MONDAY)
    assert (line.confirm.due_on, line.lost) == (MONDAY, True)
    assert (case_of(life).state, case_of(life).received_on, case_of(life).due_on) == (CaseState.RECEIVED, None, None)
    life.come_to(WEDNESDAY).confirm()
    assert (case_of(life).received_on, case_of(life).due_on) == (WEDNESDAY, date(2026, 4, 1))


def test_sent_to_another_unit(new_life: NewLife, office: Office) -> None:
    """寄给本机关其他单位或者人员：内部转交留痕，公开机构与申请人确认之日为收到之日。"""
    with pytest.raises(BadForm) as refused:
        entered(new_life, Receipt("other_unit", MONDAY))
    assert set(refused.value.errors) == {"unit", "reached_on"}
    life = entered(new_life, Receipt("other_unit", MONDAY, unit="县政府督查室", reached_on=FRIDAY))
    assert waiting(office, MONDAY).confirm.due_on == MONDAY
    life.come_to(TUESDAY).confirm()
    case = case_of(life)
    kept = {"unit": "县政府督查室", "reached_on": "2026-02-27", "passed_on": "2026-03-02"}
    assert (case.received_on, json.loads(case.notes[0].content)) == (TUESDAY, kept)


def test_express_mail_signed_by_the_gatekeeper(new_life: NewLife) -> None:
    """门卫、收发室签收：签收之日为收到之日，不以经办人拆阅为准；迟登记的须说明理由并附凭证。"""
    receipt = Receipt("signed_post", FRIDAY, tracking="1234567890123", signed_by="门卫")
    with pytest.raises(BadForm) as refused:
        entered(new_life, receipt)
    assert set(refused.value.errors) == {"late_reason", "proof"}
    life = entered(new_life, replace(receipt, late_reason="门卫周一转交", proof=SLIP))
    # 28 February is a working Saturday: it is the first working day after Friday.
    assert (case_of(life).received_on, case_of(life).due_on) == (FRIDAY, date(2026, 3, 26))


def test_commercial_courier(new_life: NewLife) -> None:
    """申请人用快递寄来：与签收的邮件相同；只有行政机关的文书限邮政企业寄递。"""
    with pytest.raises(BadForm) as refused:
        entered(new_life, Receipt("courier", MONDAY))
    assert set(refused.value.errors) == {"tracking"}
    life = entered(new_life, Receipt("courier", MONDAY, tracking="SF1234567890"))
    assert (case_of(life).state, case_of(life).due_on) == (CaseState.REGISTERED, DUE)
    life.assign().accept().decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    life.submit_reply().pass_review().sign_reply()
    with pytest.raises(Refusal, match="邮寄（邮政）") as sent:
        life.send_reply("courier")
    assert sent.value.article == "《邮政法》第五十五条"


def test_fax_web_and_mail(new_life: NewLife, office: Office, client: Browser) -> None:
    """传真、互联网、电子邮件：双方确认之日为收到之日，次一工作日前确认；申请页面如实告知；内部期限自来件之日起算。"""
    assert "收到申请之日以双方确认之日为准" in words(client.get("/apply"))
    life = new_life().apply_online(request(PERSON, "统计公报"))
    assert waiting(office, MONDAY).confirm.due_on == TUESDAY
    life.come_to(WEDNESDAY).confirm()
    assert (case_of(life).received_on, case_of(life).due_on) == (WEDNESDAY, date(2026, 4, 1))
    with reading() as session:
        assert internal_due_on(session.get_one(type(case_of(life)), case_of(life).id)) == DUE
    for channel in ("fax", "email"):
        other = entered(new_life, Receipt(channel, MONDAY))
        assert case_of(other).received_on is None
        assert case_of(other.come_to(TUESDAY).confirm()).received_on == TUESDAY


def test_received_on_a_rest_day(new_life: NewLife) -> None:
    """休息日、节假日收到：当日即收到之日，自下一个工作日起计算，调休上班日计入。"""
    life = entered(new_life, Receipt("counter", SATURDAY), SATURDAY)
    assert (case_of(life).received_on, case_of(life).due_on) == (SATURDAY, date(2026, 4, 3))
    # 1 May to 5 May are off, Saturday 9 May is worked.
    holiday = entered(new_life, Receipt("counter", date(2026, 5, 2)), date(2026, 5, 2))
    assert case_of(holiday).due_on == date(2026, 6, 1)


def test_oral_request(new_life: NewLife) -> None:
    """口头提出：由受理机关代为填写，记明书面确有困难的情形和确认方式，申请人确认之日为收到之日。"""
    with pytest.raises(BadForm) as refused:
        entered(new_life, Receipt("oral", MONDAY))
    assert set(refused.value.errors) == {"difficulty", "confirmed_how"}
    life = entered(new_life, Receipt("oral", MONDAY, difficulty="视力障碍", confirmed_how="signature"))
    case = case_of(life)
    assert (case.state, case.received_on) == (CaseState.REGISTERED, MONDAY)
    assert json.loads(case.notes[0].content) == {"difficulty": "视力障碍", "how": "申请人签字"}


def test_late_registration(new_life: NewLife) -> None:
    """补登以前收到的申请：12月30日签收、1月4日登记的，附理由和凭证，保留收到日期，标明补登，计入收到的年度。"""
    december = date(2026, 12, 30)
    receipt = Receipt("signed_post", december, "1234567890123", late_reason="收发室未及时转交", proof=SLIP)
    life = entered(new_life, receipt, date(2027, 1, 4))
    case = case_of(life)
    assert (case.received_on, case.late_reason) == (december, "收发室未及时转交")
    assert case.number.startswith("2027-")
    assert counted(2026) == {"1": 1, "4": 1}
    assert counted(2027) == {"2": 1, "4": 1}


def test_counter_of_the_service_hall(new_life: NewLife, office: Office) -> None:
    """政务服务大厅窗口、专区：指南公布的收件点等于当面提交给所服务的各机关；不服务的机关不算提交。"""
    details = PointDetails("政务服务中心综合窗口", "政府信息公开指南（2026年版）", "AYX", ("AYX", "AYX-JYTY"), "岳阳镇")
    with transaction() as session:
        uid = receipt_points.add_point(session, details, ADMINISTRATOR, new_life().now).id

    def hand_in(code: str) -> str:
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == code)).one()
            point = session.get_one(receipt_points.ReceiptPoint, uid)
            actor = office.staff[Duty.REGISTRAR]
            now = new_life().now
            return intake.register(
                session, organ, ASKED, {}, Receipt("hall", MONDAY), actor, now, point=point
            ).reference

    reference = hand_in("AYX-JYTY")
    with reading() as session:
        case = intake.entered_by(session, reference, office.staff[Duty.REGISTRAR])
        assert (case.organ.code, case.received_on, case.due_on) == ("AYX-JYTY", MONDAY, DUE)
    with pytest.raises(Refusal, match="不算向该机关提交"):
        hand_in("AYX-WJJ")


def test_by_hotline_mailbox_or_petition(new_life: NewLife) -> None:
    """12345、信箱、信访转来：不是公开渠道，引导到公开渠道；身份和内容齐全的，写明理由可以受理，确认之日为收到之日。"""
    ticket = Receipt("referred", MONDAY, source="hotline", ticket="20260302-0815")
    life = entered(new_life, ticket)
    with pytest.raises(BadForm) as refused:
        life.confirm()
    assert set(refused.value.errors) == {"accept_reason"}
    taken = Confirmation(MONDAY, "phone", "本人", accept_reason="身份和内容齐全，尊重其选择")
    life.do(Duty.REGISTRAR, lambda s, c, a, now: intake.confirm(s, c, taken, a, now))
    assert (case_of(life).state, case_of(life).received_on) == (CaseState.REGISTERED, MONDAY)
    guided = entered(new_life, ticket)
    guided.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: reaching.advise(s, c, "phone", "来电人", "可以当面、邮寄或者在网上提出", a, now),
    )
    guided.approve_void()
    assert (case_of(guided).state, case_of(guided).report_row) == (CaseState.VOIDED, None)
