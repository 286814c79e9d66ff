"""What an applicant does to a request on the page that the query code opened."""

import io
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework import delivery
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from tests.web.browser import Browser, words
from tests.web.test_track import course, look
from workflows.case_states import CaseState
from workflows.duties import Duty

NewLife = Callable[..., Life]


def state_of(life: Life) -> CaseState:
    with reading() as session:
        return session.scalars(select(Case.state).where(Case.reference == life.reference)).one()


@pytest.fixture
def handled(new_life: NewLife) -> Life:
    """A company's request in handling, wanting its letters online."""
    return new_life().apply_online(request(COMPANY, "龙台镇场镇道路改造工程的施工合同")).confirm().assign().accept()


class TestWithdrawing:
    def test_it_is_confirmed_on_a_page_of_its_own(
        self, client: Browser, handled: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, handled, moment)
        address = f"/track/{handled.reference}/withdraw"
        assert address in page.get_data(as_text=True)
        asked = client.get(address)
        assert "行政机关不会要求您撤回" in words(asked)
        assert state_of(handled) is CaseState.HANDLING
        answer = client.submit(address, address)
        assert (answer.status_code, answer.location) == (303, f"/track/{handled.reference}")
        shown = client.get(answer.location)
        assert "您已撤回申请" in words(shown)
        assert course(shown)[-1][1:] == ["撤回申请", "撤回由申请人自己提出，撤回后不再处理（条例第二十七条）"]
        assert address not in shown.get_data(as_text=True)
        assert state_of(handled) is CaseState.WITHDRAWN

    def test_twice_is_refused_in_words(self, client: Browser, handled: Life, moment: time_machine.Traveller) -> None:
        look(client, handled, moment)
        address = f"/track/{handled.reference}/withdraw"
        handled.withdraw()
        again = client.forge(address)
        assert again.status_code == 409
        assert "不能「撤回申请」" in words(again)

    def test_nobody_withdraws_without_the_query_code(self, client: Browser, handled: Life) -> None:
        address = f"/track/{handled.reference}/withdraw"
        assert client.get(address).status_code == 303
        assert client.forge(address).status_code == 409
        assert state_of(handled) is CaseState.HANDLING


def test_the_registrar_records_a_signed_withdrawal(login: Callable[[Duty], Browser], handled: Life) -> None:
    registrar = login(Duty.REGISTRAR)
    address = f"/desk/cases/{handled.reference}/steps/record_withdrawal"
    page = registrar.get(address)
    assert "不得要求或者劝说申请人撤回" in words(page)
    refused = registrar.submit(address, address, how="signed")
    assert refused.status_code == 422
    assert state_of(handled) is CaseState.HANDLING


class TestExplaining:
    @pytest.fixture
    def asked(self, handled: Life) -> Life:
        """Asked for the reasons, the notice fetched."""
        handled.ask_explanation("46件", "2025年3月3日至2026年3月2日")
        return handled.notice_delivered(LetterKind.EXPLANATION_NOTICE)

    def test_the_reasons_come_on_a_page_of_their_own(
        self, client: Browser, asked: Life, moment: time_machine.Traveller
    ) -> None:
        address = f"/track/{asked.reference}/explanation"
        page = look(client, asked, moment)
        assert "2026年3月16日前说明申请的理由" in words(page)
        asked_page = client.get(address)
        assert "提出政府信息公开申请46件" in words(asked_page)
        empty = client.submit(address, address, text="  ")
        assert empty.status_code == 422
        assert "请写明申请的理由" in words(empty)
        answer = client.submit(address, address, text="课题研究")
        assert answer.status_code == 303
        assert "收到您的理由说明" in [one[1] for one in course(client.get(answer.location))]
        assert state_of(asked) is CaseState.HANDLING
        assert "没有需要您说明的理由" in words(client.get(address))


class TestPaying:
    @pytest.fixture
    def charged(self, handled: Life) -> Life:
        """A fee of 1300 yuan noticed, the notice fetched."""
        return handled.charge("page", 130, "近12个月46件", "非税收入窗口").notice_delivered(LetterKind.FEE_NOTICE)

    def test_the_fee_is_shown_with_its_working_and_the_proof_handed_in(
        self, client: Browser, login: Callable[[Duty], Browser], charged: Life, moment: time_machine.Traveller
    ) -> None:
        address = f"/track/{charged.reference}/payment"
        look(client, charged, moment)
        page = words(client.get(address))
        assert "1300元" in page
        assert "第31—100页：70页×10元/页＝700元" in page
        assert client.submit(address, address).status_code == 422
        proof = (io.BytesIO(b"%PDF-1.4 1300"), "票据.pdf")
        answer = client.submit(address, address, file=proof)
        assert answer.status_code == 303
        assert "正等待受理机关核对" in words(client.get(answer.location))
        registrar = login(Duty.REGISTRAR)
        step = f"/desk/cases/{charged.reference}/steps/receive_payment"
        assert "在网上提交凭证，可以不再上传" in words(registrar.get(step))
        partly = registrar.submit(step, step, yuan="1299")
        assert partly.status_code == 422
        assert "部分缴纳视为未缴纳" in words(partly)
        assert registrar.submit(step, step, yuan="1300").status_code == 303
        assert state_of(charged) is CaseState.HANDLING
        report = login(Duty.STATISTICIAN).get("/report?year=2026")
        assert "收取信息处理费的申请1件，共1300元" in words(report)


class TestLapsed:
    @pytest.fixture
    def lapsed(self, new_life: NewLife) -> Life:
        """Given up on 2 April 2026 for want of a correction, asked for on 4 March."""
        life = new_life().apply_online(request(COMPANY, "全部材料")).confirm().assign().come_to(date(2026, 3, 4))
        life.ask_correction("请写明名称", "写明年度", way=delivery.HAND).come_to(date(2026, 4, 2)).time_passes()
        return life

    def test_the_head_goes_through_the_list(
        self, login: Callable[[Duty], Browser], lapsed: Life, moment: time_machine.Traveller
    ) -> None:
        moment.move_to(lapsed.now)
        head = login(Duty.HEAD)
        step = f"/desk/cases/{lapsed.reference}/steps/confirm_lapse"
        half = head.submit(step, step, delivery_seen="y", trays_checked="y", call="无人接听", no_good_reason="没有")
        assert half.status_code == 422
        assert state_of(lapsed) is CaseState.CORRECTING
        ticked = {"delivery_seen": "y", "trays_checked": "y", "called": "y"}
        assert head.submit(step, step, **ticked, call="无人接听", no_good_reason="没有").status_code == 303
        page = head.get(f"/desk/cases/{lapsed.reference}")
        assert state_of(lapsed) is CaseState.LAPSED
        assert "停止计算 自" not in words(page)

    def test_a_late_correction_is_handed_in_and_waits_for_a_person(
        self, client: Browser, lapsed: Life, moment: time_machine.Traveller
    ) -> None:
        lapsed.confirm_lapse("无人接听", "没有正当理由")
        page = look(client, lapsed, moment)
        assert "仍可以提交，由受理机关核实能否恢复办理" in words(page)
        address = f"/track/{lapsed.reference}"
        answer = client.submit(address, f"{address}/correction", text="2024年文件")
        assert answer.status_code == 303
        assert "正等待受理机关确认收到" in words(client.get(address))
        assert state_of(lapsed) is CaseState.LAPSED
