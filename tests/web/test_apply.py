"""Applying on the web: one form, one request, one receipt; whatever is wrong is told and nothing typed is lost."""

import io
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier
from typing import Any

import pytest
import segno
import time_machine
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from gkapply.casework.entries import Document
from gkapply.casework.people import Organ
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.casework.schema import metadata
from gkapply.config import Settings
from gkapply.database import reading, transaction
from tests.web.browser import Browser, parsed, words

CITIZEN: Mapping[str, Any] = {
    "organ": "AYX",
    "kind": "natural_person",
    "name": "𠮷田·买买提",
    "id_number": "11010119900101004X",
    "phone": "13800000000",
    "description": "2025年龙台镇征地补偿安置方案 <b>&</b>",
    "carrier": "electronic",
    "way": "online",
}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def send(client: Browser, **changes: Any) -> TestResponse:
    """Fill in the form as a citizen would, and send it."""
    answer = client.submit("/apply/whole", "/apply", **{**CITIZEN, **changes})
    answer.request.environ["wsgi.input"].close()  # a large form lies in a temporary file of the client's
    return answer


def cases() -> list[Case]:
    """Every request that stands in the register."""
    with reading() as session:
        return list(session.scalars(select(Case).order_by(Case.id)))


def counts() -> Mapping[str, int]:
    """How many rows stand in each table but the logins'."""
    with reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
        }


def file(content: bytes, name: str) -> tuple[io.BytesIO, str]:
    """A file as the client sends it."""
    return io.BytesIO(content), name


def test_a_citizen_gets_number_code_hash_and_the_words_on_the_day_of_receipt(client: Browser) -> None:
    answer = send(client, identity=file(PNG, "身份证.png"))
    assert answer.status_code == 303
    receipt = client.get(answer.location)
    text = words(receipt)
    (case,) = cases()
    with reading() as session:
        code = query_code(session, session.merge(case, load=False))
    assert "AYX-2026-0001" in text
    assert code in text
    assert case.content_hash in text
    assert "2026年3月2日 09:00" in text
    assert "收到申请之日以双方确认之日为准" in text
    assert "2026年3月3日（下一个工作日）前与您联系确认" in text
    assert case.description == "2025年龙台镇征地补偿安置方案 <b>&</b>"
    with reading() as session:
        assert session.scalars(select(Document.role)).all() == ["identity"]


def test_neither_address_nor_picture_carries_the_code_or_anything_personal(client: Browser) -> None:
    answer = send(client)
    receipt = client.get(answer.location)
    picture = parsed(receipt).xpath("//main//img/@src")[0]
    only_the_number = segno.make("http://localhost/track?number=AYX-2026-0001", error="m", micro=False)
    assert picture == only_the_number.svg_data_uri(scale=4, border=2)
    with reading() as session:
        code = query_code(session, session.merge(cases()[0], load=False))
    assert code not in answer.location
    for personal in ("13800000000", "11010119900101004X", "买买提"):
        assert personal not in receipt.text


def test_only_the_browser_that_sent_the_form_sees_the_code(client: Browser, new_browser: Callable[[], Browser]) -> None:
    location = send(client).location
    with reading() as session:
        code = query_code(session, session.merge(cases()[0], load=False))
    other = new_browser().get(location)
    assert code not in other.text
    assert "查询码只在提交申请的浏览器中显示" in words(other)
    assert client.get("/apply/receipt/unknown-token-unknown").status_code == 404


def test_no_purpose_is_asked(client: Browser) -> None:
    page = client.get("/apply")
    assert "不需要说明用途" in page.text
    assert not [name for name in parsed(page).xpath("//main//form//@name") if "purpose" in name]


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"id_number": "110101199001011234"}, "id_number", "身份证号码的校验位不符，号码有误"),
        ({"description": ""}, "description", "请写明所申请的政府信息（条例第二十九条第二款）"),
        ({"description": "标有机密★的文件"}, "description", "请改用纸质方式，按保密规定通过机要渠道办理"),
        ({"name": ""}, "name", "请填写申请人的姓名或者名称"),
        ({"phone": ""}, "phone", "联系电话、电子邮箱、通信地址至少填写一项"),
        ({"way": "post"}, "address", "选择邮寄的，请填写通信地址"),
        ({"organ": "AYX-XCB"}, "organ", "请选择受理机关"),
        ({"kind": "enterprise", "id_type": "credit_code"}, "id_number", "统一社会信用代码的校验位不符"),
        ({"other": file(PNG, "说明.txt")}, "other", "扩展名与内容不符：内容是png。请不要改名"),
        ({"other": file(b"MZ" + b"\0" * 99, "照片.jpg")}, "other", "文件「照片.jpg」的内容不是可接收的类型"),
        ({"other": file(PNG, "机密★.png")}, "other", "带有国家秘密标志“机密★”"),
        ({"other": file(PNG + b"0" * 20 * 1024 * 1024, "大.png")}, "other", "文件「大.png」超过20MB"),
    ],
    ids=lambda value: next(iter(value), None) if isinstance(value, dict) else None,
)
def test_bad_input_is_told_at_its_field_and_nothing_typed_is_lost(
    client: Browser, changes: dict[str, Any], field: str, sentence: str
) -> None:
    before = counts()
    answer = send(client, **changes)
    page = parsed(answer)
    assert answer.status_code == 422
    summary = page.xpath("//section[@class='errors']//a")
    assert [link.get("href").split("-")[0] for link in summary] == [f"#{field}"]
    assert sentence in summary[0].text_content()
    assert sentence in page.get_element_by_id(f"{field}-error").text_content()
    form = next(one for one in page.forms if one.action == "/apply")
    typed = {**CITIZEN, **changes}
    for name, value in typed.items():
        if isinstance(value, str):
            # A browser leaves out the line break that a textarea begins with.
            assert (form.fields[name] or "").removeprefix("\n") == value or name == "organ", name
    if "other" in changes:
        assert "请重新选择附件再提交" in words(answer)
    assert counts() == before


def test_a_program_that_fills_in_everything_is_stopped(client: Browser) -> None:
    answer = send(client, leave_empty="https://example.cn")
    assert answer.status_code == 422
    assert "此栏用于识别自动程序，请清空后再提交" in words(answer)
    assert cases() == []


def test_every_wrong_field_is_listed_and_linked(client: Browser) -> None:
    answer = send(client, name="", id_number="1", phone="1", description="", kind=None)
    page = parsed(answer)
    links = [link.get("href") for link in page.xpath("//section[@class='errors']//a")]
    assert links == ["#kind-0", "#name", "#id_number", "#phone", "#description"]
    assert "有 5 处需要更正，内容尚未提交" in words(answer)


def test_a_corrected_form_is_one_request(client: Browser) -> None:
    wrong = send(client, description="")
    answer = client.submit(wrong, "/apply", description="改好的内容")
    assert answer.status_code == 303
    assert [case.description for case in cases()] == ["改好的内容"]


def test_sending_the_form_again_gives_the_first_receipt(client: Browser) -> None:
    page = client.get("/apply/whole")
    first = client.submit(page, "/apply", **CITIZEN)
    before = {name: number for name, number in counts().items() if name != "attempt"}
    again = client.submit(page, "/apply", **{**CITIZEN, "description": "回退后改了内容"})
    assert again.location == first.location
    assert "此前已经提交成功，没有重复登记" in words(client.get(again.location))
    assert {name: number for name, number in counts().items() if name != "attempt"} == before


def test_the_address_of_a_receipt_opens_no_query_code(client: Browser, new_browser: Callable[[], Browser]) -> None:
    """It stands in histories and on printed pages: its end was good as a form's token, and an empty form showed the code."""
    receipt, other = send(client).location, new_browser()
    other.submit("/apply/whole", "/apply", token=receipt.rpartition("/")[2])
    assert "请保存登记编号和查询码" in words(client.get(receipt))
    assert "请保存登记编号和查询码" not in words(other.get(receipt))


def test_the_form_sent_at_the_same_moment_by_many_is_one_request(
    client: Browser, new_browser: Callable[[], Browser]
) -> None:
    page = parsed(client.get("/apply/whole"))
    token = next(form for form in page.forms if form.action == "/apply").fields["token"]
    browsers = [new_browser() for _ in range(4)]
    pages = [browser.get("/apply/whole") for browser in browsers]
    start = Barrier(len(browsers))

    def push(number: int) -> str:
        start.wait()
        return browsers[number].submit(pages[number], "/apply", **CITIZEN, token=token).location

    with ThreadPoolExecutor(len(browsers)) as pool:
        locations = set(pool.map(push, range(len(browsers))))
    assert len(locations) == 1
    assert [case.reference for case in cases()] == ["AYX-2026-0001"]


def test_a_form_without_its_token_is_refused(client: Browser) -> None:
    answer = client.forge("/apply", **CITIZEN)
    assert answer.status_code == 422
    assert "表单不完整，没有提交" in words(answer)
    assert cases() == []


def test_the_number_of_submissions_from_one_address_is_bounded(
    client: Browser, app: Any, settings: Settings, moment: time_machine.Traveller
) -> None:
    app.config["GKAPPLY"] = Settings(
        **{name: getattr(settings, name) for name in settings.__slots__} | {"submissions_per_hour": 2}
    )
    assert [send(client).status_code for _ in range(2)] == [303, 303]
    blocked = send(client)
    assert blocked.status_code == 429
    assert "以后再试" in words(blocked)
    assert "龙台镇征地补偿安置方案" in blocked.text
    assert len(cases()) == 2
    moment.shift(timedelta(hours=1, minutes=1))
    assert client.submit(blocked, "/apply").status_code == 303


def test_a_single_organ_is_chosen_already_and_several_are_offered(client: Browser) -> None:
    offered = parsed(client.get("/apply?organ=AYX-CZJ")).xpath("//select[@name='organ']/option")
    assert [one.get("value") for one in offered if one.get("selected") is not None] == ["AYX-CZJ"]
    assert "AYX-XCB" not in [one.get("value") for one in offered]
    with transaction() as session:
        for organ in session.scalars(select(Organ).where(Organ.code != "AYX")):
            organ.accepts_applications = False
    assert parsed(client.get("/apply")).xpath("//select[@name='organ']/option/@value") == ["AYX"]


def test_the_receipt_is_not_kept_by_the_browser_and_the_empty_form_may_be(client: Browser) -> None:
    assert client.get("/apply").headers["Cache-Control"] == "private, no-cache"
    assert client.get(send(client).location).headers["Cache-Control"] == "no-store"
