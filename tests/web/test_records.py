"""Pages of the correction of records (更正申请): the citizen's form, the counter's, and how the kind is shown."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest

from gkapply.casework.query_code import query_code
from gkapply.database import reading
from tests.web.browser import Browser, parsed, words
from tests.web.test_apply import PNG, counts
from tests.web.test_register import LETTER, the_case
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
WISH: Mapping[str, Any] = {
    "record": "2025年度耕地地力保护补贴发放公示表",
    "wrong": "补贴面积2.8亩",
    "right": "补贴面积3.8亩",
    "evidence_text": "土地承包经营权证",
}
CITIZEN: Mapping[str, Any] = {
    "organ": "AYX",
    "kind": "natural_person",
    "name": "张三",
    "id_number": "11010119900101004X",
    "phone": "13800000000",
    "way": "online",
    **WISH,
}
AT_THE_COUNTER = {name: value for name, value in {**LETTER, **WISH}.items() if name not in ("description", "carrier")}


def test_a_citizen_asks_for_a_correction_and_sees_the_internal_term(client: Browser) -> None:
    assert "要求更正记录" in words(client.get("/"))
    answer = client.submit("/apply/records", "/apply/records", **CITIZEN)
    assert answer.status_code == 303
    receipt = client.get(answer.location)
    assert parsed(receipt).findtext(".//h1") == "政府信息更正申请网上提交回执"
    text = words(receipt)
    assert "AYX-2026-G0001" in text
    assert "办理期限自确认之日的次日起算，共20个工作日（条例第四十一条（内部期限））" in text
    with reading() as session:
        code = query_code(session, session.merge(the_case(), load=False))
    page = client.submit("/track", "/track", number="AYX-2026-G0001", code=code)
    assert "政府信息更正申请" in words(client.get(page.location))


@pytest.mark.parametrize(
    ("changes", "fields"),
    [
        ({"record": ""}, ["record"]),
        ({"wrong": "", "right": ""}, ["wrong", "right"]),
        ({"evidence_text": ""}, ["evidence_text"]),
        ({"name": "", "record": ""}, ["name", "record"]),
    ],
)
def test_what_is_missing_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Browser, changes: dict[str, str], fields: list[str]
) -> None:
    before = counts()
    answer = client.submit("/apply/records", "/apply/records", **{**CITIZEN, **changes})
    assert answer.status_code == 422
    page = parsed(answer)
    assert page.xpath("//section[@class='errors']//a/@href") == [f"#{field}" for field in fields]
    form = next(one for one in page.forms if one.action == "/apply/records")
    for name, value in {**CITIZEN, **changes}.items():
        assert (form.fields[name] or "").removeprefix("\n") == value, name
    assert counts() == before


def test_a_file_is_proof_enough(client: Browser) -> None:
    sent = {**CITIZEN, "evidence_text": "", "evidence": (io.BytesIO(PNG), "经营权证.png")}
    assert client.submit("/apply/records", "/apply/records", **sent).status_code == 303


def test_the_counter_registers_a_letter_and_is_told_what_may_be_asked_for(login: Login) -> None:
    counter = login(Duty.REGISTRAR)
    assert "更正申请登记表" in words(counter.get("/desk/register"))
    letter = {**AT_THE_COUNTER, "evidence_text": ""}
    answer = counter.submit("/desk/register/records", "/desk/register/records", **letter)
    assert (answer.status_code, answer.location) == (303, "/desk/register/AYX-2026-G0001")
    assert "请提供证明记录不准确的证据" in words(counter.get(answer.location))
    assert the_case().due_on == date(2026, 3, 30)
    file = words(counter.get("/desk/cases/AYX-2026-G0001"))
    assert "政府信息更正申请" in file
    assert "内部期限" in file
    assert "条例第四十一条（内部期限）" in file
    assert "更正申请" in words(counter.get("/desk?view=all"))


def test_the_officer_is_offered_the_outcomes_of_a_correction_alone(login: Login) -> None:
    counter = login(Duty.REGISTRAR)
    counter.submit("/desk/register/records", "/desk/register/records", **AT_THE_COUNTER)
    address = "/desk/cases/AYX-2026-G0001/steps"
    page = counter.page(f"{address}/assign")
    officer = page.xpath("//select[@name='officer']/option/@value")[-1]
    assert counter.submit(f"{address}/assign", officer=officer).status_code == 303
    desk = login(Duty.OFFICER)
    desk.submit(f"{address}/accept")
    page = desk.page(f"{address}/decide_item")
    kinds = page.xpath("//*[@name='outcome']//@value")
    assert {"record_corrected", "record_not_corrected", "record_forwarded"} <= set(kinds)
    assert "not_existing" not in kinds
    assert "为什么是这一天" in words(desk.get("/desk/cases/AYX-2026-G0001"))
    assert "内部期限，条例没有规定更正申请的办理期限" in words(desk.get("/desk/cases/AYX-2026-G0001/days"))


@pytest.mark.parametrize("duty", [Duty.OFFICER, Duty.HEAD])
def test_only_the_registrar_registers(login: Login, duty: Duty) -> None:
    browser = login(duty)
    assert browser.get("/desk/register/records").status_code == 403
    assert browser.forge("/desk/register/records", **AT_THE_COUNTER).status_code == 403
