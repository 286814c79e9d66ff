"""The registrar's pages: the counter's form, what waits to be confirmed, the applicant's contact."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
import time_machine
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.people_data import contact_of
from gkapply.casework.query_code import query_code
from gkapply.casework.receipt import Receipt
from gkapply.casework.records import Case
from gkapply.casework.schema import metadata
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, PERSON, request
from gkapply.demo.life import Life
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
MONDAY = date(2026, 3, 2)
LETTER: Mapping[str, Any] = {
    "channel": "counter",
    "kind": "natural_person",
    "name": "张三",
    "id_number": "11010119900101004X",
    "phone": "13800000000",
    "address": "四川省资阳市安岳县",
    "description": "龙台镇征地补偿安置方案",
    "carrier": "paper",
    "way": "post",
}
SLIP = b"\xff\xd8\xff" + b"1" * 64


@pytest.fixture
def counter(login: Login) -> Browser:
    """The registrar's browser."""
    return login(Duty.REGISTRAR)


def enter(counter: Browser, **changes: Any) -> TestResponse:
    """Fill in the counter's form and send it."""
    return counter.submit("/desk/register", "/desk/register", **{**LETTER, **changes})


def counts() -> Mapping[str, int]:
    """How many rows stand in each table."""
    with reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
        }


def the_case() -> Case:
    """The newest request with what its test looks at."""
    with reading() as session:
        case = session.scalars(select(Case).order_by(Case.id.desc())).first()
        assert case is not None
        session.refresh(case, ["documents", "notes"])
        return case


def test_a_walk_in_is_registered_in_one_form_and_gets_a_slip_with_the_code(counter: Browser) -> None:
    answer = enter(counter, application=(io.BytesIO(SLIP), "申请表.jpg"))
    assert (answer.status_code, answer.location) == (303, "/desk/register/AYX-2026-0001")
    case = the_case()
    assert (case.state.value, case.received_on, case.due_on) == ("registered", date(2026, 3, 2), date(2026, 3, 30))
    assert [paper.role for paper in case.documents] == ["application"]
    text = words(counter.get(answer.location))
    with reading() as session:
        code = query_code(session, session.merge(case, load=False))
    assert "AYX-2026-0001" in text
    assert code in text
    assert "2026年3月30日" in text
    assert "slip-a5.css" in counter.get(f"{answer.location}?paper=a5").text


def test_the_slip_shows_the_code_only_after_registering(counter: Browser, login: Login) -> None:
    location = enter(counter).location
    with reading() as session:
        code = query_code(session, session.merge(the_case(), load=False))
    assert code in counter.get(location).text
    other = login(Duty.REGISTRAR).get(location)
    assert code not in other.text
    assert "重发查询码" in words(other)


def test_the_form_is_ready_for_the_usual_case(counter: Browser) -> None:
    form = next(one for one in counter.page("/desk/register").forms if one.action == "/desk/register")
    ready = {name: form.fields[name] for name in ("channel", "kind", "received_on", "carrier", "way")}
    assert ready == {
        "channel": "counter", "kind": "natural_person", "received_on": "2026-03-02", "carrier": "paper", "way": "post",
    }  # fmt: skip


def test_sending_the_form_twice_enters_one_request(counter: Browser) -> None:
    page = counter.get("/desk/register")
    first = counter.submit(page, "/desk/register", **LETTER)
    before = counts()
    again = counter.submit(page, "/desk/register", **LETTER)
    assert again.location == first.location
    assert counts() == before


def test_what_a_letter_leaves_out_is_no_reason_to_refuse_it(counter: Browser) -> None:
    answer = enter(counter, id_number="", phone="", address="")
    assert answer.status_code == 303
    text = words(counter.get(answer.location))
    assert "可以依法一次性告知补正：请填写证件号码，以证明申请人身份；联系电话" in text
    assert "选择邮寄的，请填写通信地址" in text


@pytest.mark.parametrize("channel", ["ordinary_post", "fax", "email"])
def test_what_needs_confirming_waits(counter: Browser, channel: str) -> None:
    answer = enter(counter, channel=channel)
    assert the_case().received_on is None
    assert "尚待与申请人确认" in words(counter.get(answer.location))
    assert "AYX-2026-0001" in words(counter.get("/desk/intake"))


def test_an_oral_request_keeps_why_and_how_it_was_confirmed(counter: Browser) -> None:
    assert enter(counter, channel="oral", difficulty="视力障碍", confirmed_how="recording").status_code == 303
    assert [note.content for note in the_case().notes] == ['{"difficulty":"视力障碍","how":"录音录像"}']


@pytest.mark.parametrize(
    ("changes", "fields", "sentence"),
    [
        ({"received_on": "2026-03-03"}, ["received_on"], "收到日期 2026-03-03 晚于今天 2026-03-02"),
        ({"received_on": "2019-05-14"}, ["received_on"], "早于现行条例施行之日 2019-05-15"),
        ({"received_on": "2026-02-30"}, ["received_on"], "请填写收到日期（条例第三十一条）"),
        ({"received_on": "2026-02-27"}, ["late_reason", "proof"], "应当说明补登理由"),
        ({"received_on": "2026-02-27", "late_reason": "代收"}, ["proof"], "应当附收到日期的凭证"),
        ({"channel": "signed_post"}, ["tracking"], "请登记邮件号码"),
        ({"channel": "oral"}, ["difficulty", "confirmed_how"], "采用书面形式确有困难"),
        ({"id_number": "110101199001011234"}, ["id_number"], "身份证号码的校验位不符"),
        ({"description": " "}, ["description"], "请写明所申请的政府信息"),
        ({"description": "秘密★的文件"}, ["description"], "本系统是非涉密系统"),
        ({"application": (b"MZ\0\0", "扫描.pdf")}, ["application"], "不是可接收的类型"),
        ({"application": (SLIP, "机密★.jpg")}, ["application"], "带有国家秘密标志"),
        ({"proof": (b"MZ\0\0", "扫描.pdf")}, ["proof"], "不是可接收的类型"),
    ],
)
def test_bad_input_keeps_what_was_typed_and_leaves_nothing(
    counter: Browser, changes: dict[str, Any], fields: list[str], sentence: str
) -> None:
    before = counts()
    sent = {
        name: (io.BytesIO(value[0]), value[1]) if isinstance(value, tuple) else value for name, value in changes.items()
    }
    answer = enter(counter, **sent)
    assert answer.status_code == 422
    page = parsed(answer)
    links = page.xpath("//section[@class='errors']//a/@href")
    assert links == [f"#{field}" for field in fields]
    assert sentence in words(answer)
    form = next(one for one in page.forms if one.action == "/desk/register")
    for name, value in {**LETTER, **changes}.items():
        if isinstance(value, str):
            assert (form.fields[name] or "").removeprefix("\n").strip() == value.strip(), name
    assert counts() == before


def test_a_late_registration_is_marked(counter: Browser) -> None:
    late = {"received_on": "2025-12-30", "late_reason": "门卫签收后未转交", "proof": (io.BytesIO(SLIP), "签收单.jpg")}
    answer = enter(counter, **late)
    assert "补登 门卫签收后未转交" in words(counter.get(answer.location))
    case = the_case()
    assert (case.number, case.received_on) == ("2026-0001", date(2025, 12, 30))


def test_the_government_may_be_chosen_to_answer(counter: Browser) -> None:
    page = counter.page("/desk/register")
    names = {one.text: one.get("value") for one in page.xpath("//select[@name='signing_name']/option")}
    assert list(names) == ["安岳县人民政府办公室", "安岳县人民政府"]
    enter(counter, signing_name=names["安岳县人民政府"])
    assert str(the_case().signing_name_id) == names["安岳县人民政府"]


@pytest.mark.parametrize("duty", [Duty.OFFICER, Duty.HEAD, Duty.STATISTICIAN, Duty.SYSADMIN])
def test_only_the_registrar_registers(login: Login, duty: Duty) -> None:
    browser = login(duty)
    assert browser.get("/desk/register").status_code == 403
    assert browser.get("/desk/intake").status_code == 403
    before = counts()
    assert browser.forge("/desk/register", **LETTER).status_code == 403
    assert counts()["case_file"] == before["case_file"]


class TestInTray:
    def test_the_oldest_comes_first_with_its_age_and_last_day(
        self, login: Login, new_life: Callable[..., Life], moment: time_machine.Traveller
    ) -> None:
        life = new_life().apply_online(request(COMPANY, "网上的申请"))
        wednesday = date(2026, 3, 4)
        other = new_life(wednesday).register(request(PERSON, "平信的申请"), Receipt("ordinary_post", wednesday))
        moment.move_to(other.now)
        rows = parsed(login(Duty.REGISTRAR).get("/desk/intake")).xpath("//table/tbody/tr")
        cells = [[" ".join(cell.text_content().split()) for cell in row.xpath("td")] for row in rows]
        assert [row[0].split()[0] for row in cells] == [life.reference, other.reference]
        assert cells[0][3:6] == ["网上提交", "2026年3月2日2天前", "2026年3月3日逾期"]
        assert cells[1][3:6] == ["平常信函", "2026年3月4日今天", "2026年3月4日临近"]

    def test_an_empty_tray_says_so(self, counter: Browser) -> None:
        assert "没有待确认的来件" in words(counter.get("/desk/intake"))


class TestContact:
    def test_numbers_are_masked_until_a_reason_is_given_and_each_look_is_logged(
        self, login: Login, new_life: Callable[..., Life], moment: time_machine.Traveller
    ) -> None:
        life = new_life().apply_online(request(PERSON, "申请"))
        moment.move_to(life.now)
        counter = login(Duty.REGISTRAR)
        with reading() as session:
            contact = contact_of(session, session.scalars(select(Case)).one().applicant)
        address = f"/desk/cases/{life.reference}/contact"
        before = counter.get(address)
        assert contact["phone"] not in before.text
        assert contact["id_number"] not in before.text
        refused = counter.submit(before, address, reason=" ")
        assert refused.status_code == 422
        assert "请写明查看事由" in words(refused)
        assert counter.submit(before, address, reason="电话确认收到申请").status_code == 303
        shown = counter.get(address)
        assert contact["phone"] in words(shown)
        assert shown.headers["Cache-Control"] == "no-store"
        with reading() as session:
            (entry,) = session.scalars(select(AccessEntry)).all()
        assert (entry.deed, entry.detail) == ("contact.shown", '{"reason":"电话确认收到申请"}')
        moment.shift(660)
        assert contact["phone"] not in counter.get(address).text

    def test_a_visitor_and_an_administrator_see_nothing(
        self, client: Browser, login: Login, new_life: Callable[..., Life]
    ) -> None:
        life = new_life().apply_online(request(PERSON, "申请"))
        address = f"/desk/cases/{life.reference}/contact"
        assert client.get(address).status_code in (302, 303)
        assert login(Duty.SYSADMIN).get(address).status_code == 403


class TestKnownApplicants:
    def test_without_scripts_a_button_lists_them_and_what_was_kept_goes_on_unseen(self, counter: Browser) -> None:
        enter(counter)
        typed = {"name": "张三", "id_number": "", "phone": "", "address": "", "description": "另一份文件"}
        listed = counter.submit("/desk/register", "/desk/register", **typed, look="1")
        (uid,) = [one for one in parsed(listed).xpath("//button[@name='choose']/@value") if one != "none"]
        assert "尚未登记本件" in words(listed)
        chosen = counter.submit(listed, "/desk/register", choose=uid)
        for answer in (listed, chosen):
            assert not [one for one in ("13800000000", "11010119900101004X", "资阳市安岳县") if one in answer.text]
        assert "没有填写的项目按已有资料登记" in words(chosen)
        refused = counter.submit(chosen, "/desk/register", name="李四")
        assert refused.status_code == 422
        assert "请取消选用" in words(refused)
        answer = counter.submit(chosen, "/desk/register", phone="13900000000")
        assert answer.status_code == 303
        with reading() as session:
            first, second = session.scalars(select(Case).order_by(Case.id))
            contact = contact_of(session, second.applicant)
            assert (contact["phone"], contact["id_number"]) == ("13900000000", "11010119900101004X")
            assert second.applicant.person_id == first.applicant.person_id
            deeds = session.scalars(select(AccessEntry.deed).order_by(AccessEntry.id)).all()
        assert deeds == ["applicants.looked_up", "applicant.used_again"]

    def test_the_list_under_the_field_is_asked_by_post_alone(self, counter: Browser, login: Login) -> None:
        enter(counter)
        answer = counter.forge("/desk/register/known", id_number="11010119900101004x")
        (hit,) = answer.json["hits"] if answer.json else []
        assert (hit["name"], hit["latest"]) == ("张三", "最近一次 AYX-2026-0001")
        assert "13800000000" not in answer.text
        assert counter.get("/desk/register/known?name=张三").status_code in (404, 405)
        assert login(Duty.OFFICER).forge("/desk/register/known", name="张三").status_code == 403

    def test_the_first_button_registers_nothing(self, counter: Browser) -> None:
        form = next(one for one in counter.page("/desk/register").forms if one.action == "/desk/register")
        assert form.xpath(".//button")[0].get("name") == "look"
