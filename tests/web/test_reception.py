"""Pages of receiving by channel: the hall's counter, the call log, what was referred, the day of sending as day of receipt."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from typing import Any

import pytest
import time_machine

from gkapply.casework import office_settings, receipt_points
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from tests.web.test_apply import send
from tests.web.test_register import LETTER, enter, the_case
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
ADMINISTRATOR = Actor("user", None, frozenset({Duty.SYSADMIN}), user_id=1)


@pytest.fixture
def counter(login: Login) -> Browser:
    """The registrar's browser."""
    return login(Duty.REGISTRAR)


def set_choice(office: Office, **chosen: Any) -> None:
    """Change settings of the office."""
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        office_settings.change_settings(session, organ, chosen, ADMINISTRATOR, NOW)


def step(counter: Browser, trigger: str) -> str:
    """The address of a step of the newest request."""
    return f"/desk/cases/{the_case().reference}/steps/{trigger}"


class TestHall:
    def add_point(self, login: Login) -> None:
        """The system administrator enters the hall's counter."""
        answer = login(Duty.SYSADMIN).submit(
            "/admin/receipt-points/new",
            name="安岳县政务服务中心综合窗口",
            announced_in="安岳县政府信息公开指南",
            runner="AYX",
            organs=["AYX", "AYX-JYTY"],
            valid_from="2026-01-01",
        )
        assert (answer.status_code, answer.location) == (303, "/admin/receipt-points")

    def test_without_a_point_the_form_offers_none(self, counter: Browser) -> None:
        form = next(one for one in counter.page("/desk/register").forms if one.action == "/desk/register")
        assert not form.xpath(".//input[@name='channel'][@value='hall']")
        assert "point" not in form.fields

    def test_a_request_to_another_organ_is_registered_and_gets_its_slip(self, login: Login, counter: Browser) -> None:
        self.add_point(login)
        page = counter.page("/desk/register")
        point = page.xpath("//select[@name='point']/option[text()='安岳县政务服务中心综合窗口']/@value")[0]
        answer = enter(counter, channel="hall", point=point, organ="AYX-JYTY")
        assert (answer.status_code, answer.location) == (303, "/desk/register/AYX-JYTY-2026-0001")
        text = words(counter.get(answer.location))
        assert "安岳县教育和体育局" in text
        assert "收件回执由安岳县教育和体育局出具" in text
        assert the_case().received_on == date(2026, 3, 2)
        assert counter.get("/desk/cases/AYX-JYTY-2026-0001").status_code == 404
        assert login(Duty.REGISTRAR).get(answer.location).status_code == 404

    def test_the_point_must_be_chosen(self, login: Login, counter: Browser) -> None:
        self.add_point(login)
        answer = enter(counter, channel="hall", point="")
        assert answer.status_code == 422
        assert parsed(answer).xpath("//section[@class='errors']//a/@href") == ["#point"]

    def test_points_are_listed_changed_and_only_the_administrators(self, login: Login, counter: Browser) -> None:
        self.add_point(login)
        admin = login(Duty.SYSADMIN)
        assert "安岳县教育和体育局" in words(admin.get("/admin/receipt-points"))
        with reading() as session:
            (point,) = receipt_points.all_points(session)
        answer = admin.submit(f"/admin/receipt-points/{point.id}", announced_in=" ")
        assert answer.status_code == 422
        assert "没有填写公布于何处" in words(answer)
        assert admin.submit(f"/admin/receipt-points/{point.id}", valid_to="2026-03-01").status_code == 303
        assert "2026年3月1日止" in words(admin.get("/admin/receipt-points"))
        assert counter.get("/admin/receipt-points").status_code == 403
        assert admin.get("/admin/receipt-points/99").status_code == 404


def test_each_try_to_reach_the_applicant_is_in_the_tray_and_in_the_file(counter: Browser) -> None:
    enter(counter, channel="ordinary_post")
    page = step(counter, "record_contact")
    assert "平常信函应当于来件当日与申请人确认" in words(counter.get(page))
    refused = counter.submit(page, at="上午", how="phone", who="尾号0000", result="unreachable")
    assert (refused.status_code, "请填写联系的时刻" in words(refused)) == (422, True)
    assert counter.submit(page, at="09:30", how="phone", who="尾号0000", result="unreachable").status_code == 303
    tray = words(counter.get("/desk/intake"))
    assert "已联系1次：号码无法接通，或者不是申请人" in tray
    assert "待恢复联系" in tray
    file = words(counter.get(f"/desk/cases/{the_case().reference}"))
    assert "联系申请人的记录" in file
    assert "09:30" in file


def test_what_was_referred_is_guided_or_taken_with_a_reason(counter: Browser) -> None:
    answer = enter(counter, channel="referred")
    assert parsed(answer).xpath("//section[@class='errors']//a/@href") == ["#source", "#ticket"]
    enter(counter, channel="referred", source="petition", ticket="信〔2026〕8号")
    page = step(counter, "confirm")
    assert "直接受理的理由" in words(counter.get(page))
    refused = counter.submit(page, how="phone", who="本人")
    assert refused.status_code == 422
    advice = step(counter, "advise_channel")
    told = {"how": "phone", "who": "来信人", "text": "可以当面、邮寄或者网上提出"}
    assert counter.submit(advice, **told).status_code == 303
    assert "等待公开机构负责人决定" in words(counter.get(f"/desk/cases/{the_case().reference}"))
    assert counter.submit(page, how="phone", who="本人", accept_reason="内容齐全").status_code == 303
    assert the_case().received_on == date(2026, 3, 2)


def test_what_went_to_another_unit_asks_for_unit_and_day(counter: Browser) -> None:
    answer = enter(counter, channel="other_unit")
    assert parsed(answer).xpath("//section[@class='errors']//a/@href") == ["#unit", "#reached_on"]
    assert enter(counter, channel="other_unit", unit="县政府督查室", reached_on="2026-02-27").status_code == 303
    file = words(counter.get(f"/desk/cases/{the_case().reference}"))
    assert "县政府督查室" in file
    assert "2026年2月27日" in file


def test_the_telephone_is_offered_where_the_office_takes_it(counter: Browser, office: Office) -> None:
    spoken = {"channel": "telephone", "difficulty": "视力障碍", "confirmed_how": "recording"}
    assert enter(counter, **{**spoken, "channel": "telephone"}).status_code == 422
    set_choice(office, telephone_requests=True)
    assert enter(counter, **spoken).status_code == 303


def test_an_office_that_takes_the_day_of_sending_says_so_everywhere(
    client: Browser, office: Office, moment: time_machine.Traveller
) -> None:
    set_choice(office, online_receipt_basis="submission")
    assert "以提交之日为收到申请之日：安岳县人民政府" in words(client.get("/apply"))
    receipt = words(client.get(send(client).location))
    assert "以提交之日为收到申请之日" in receipt
    assert "收到申请之日为2026年3月2日" in receipt
    assert "至2026年3月30日届满" in receipt
    assert "双方确认" not in receipt
    assert the_case().state.value == "registered"


@pytest.mark.parametrize("address", ["/apply", "/desk/register"])
def test_no_form_asks_for_a_purpose(counter: Browser, address: str) -> None:
    page = counter.page(address)
    fields = [*page.xpath("//main//form//@name"), *page.xpath("//main//form//label/text()")]
    assert not [one for one in fields if "purpose" in one or "用途" in one]


def test_every_channel_that_the_counter_offers_can_be_taken(counter: Browser, office: Office) -> None:
    set_choice(office, telephone_requests=True)
    page = counter.page("/desk/register")
    more = {
        "tracking": "1234567890123",
        "difficulty": "视力障碍",
        "confirmed_how": "recording",
        "unit": "督查室",
        "reached_on": "2026-03-02",
        "source": "hotline",
        "ticket": "1",
    }
    for channel in page.xpath("//input[@name='channel']/@value"):
        assert enter(counter, **{**LETTER, **more, "channel": channel}).status_code == 303, channel
