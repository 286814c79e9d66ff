"""What an applicant does to a request on the page that the query code opened."""

from collections.abc import Callable

import pytest
import time_machine
from sqlalchemy import select

from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, request
from gkapply.demo.life import Life
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
