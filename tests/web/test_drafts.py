"""A draft: every button saves, nothing typed is lost, and what is sent is one request."""

import gc
import io
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from sqlalchemy import select
from werkzeug.test import TestResponse

from gkapply import clock
from gkapply.casework import due_errands, errands, outbox
from gkapply.casework.draft_records import Draft, DraftFile
from gkapply.casework.entries import Document
from gkapply.casework.records import Case
from gkapply.database import reading
from tests.web.browser import Browser, form_of, parsed, words

CONTENT = {"description": "2025年龙台镇征地补偿安置方案", "organ": "AYX"}
PERSON = {"name": "申请人甲", "id_number": "11010119900101004X", "phone": "13800000000"}
PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 64


def begin(client: Browser, **more: Any) -> TestResponse:
    """Fill in page 1 and go on."""
    page = client.get("/apply")
    return client.submit(page, form_address(page), **{**CONTENT, **more})


def form_address(page: TestResponse) -> str:
    """Where the form of a page of a draft sends to."""
    return str(parsed(page).xpath("//main//form[@data-draft]/@action")[0])


def at(client: Browser, answer: TestResponse, **fields: Any) -> TestResponse:
    """Go where the answer leads, fill in what is there, press the main button."""
    return client.submit(client.get(answer.location), None, **fields)


def rows(record: type[Any]) -> list[Any]:
    """Every row of the table."""
    with reading() as session:
        return list(session.scalars(select(record)))


def test_two_pages_lead_from_the_first_word_to_the_receipt(client: Browser) -> None:
    sent = at(client, begin(client), **PERSON, identity=(io.BytesIO(PNG), "身份证.png"))
    receipt = words(client.get(sent.location))
    assert "AYX-2026-0001" in receipt
    (case,) = rows(Case)
    assert (case.description, case.carrier, case.way) == (CONTENT["description"], "electronic", "online")
    assert [(one.role, one.name) for one in rows(Document)] == [("identity", "身份证.png")]
    assert rows(Draft) == rows(DraftFile) == []


def test_a_sent_draft_leads_to_its_receipt_however_it_is_opened_or_sent_again(client: Browser) -> None:
    first = begin(client)
    page = client.get(first.location)
    sent = client.submit(page, None, **PERSON)
    again = client.submit(page, None, **PERSON)
    back = client.get(first.location)
    assert sent.location == again.location == back.location
    assert len(rows(Case)) == 1
    assert rows(Draft) == []


def test_page_one_tells_its_own_faults_at_once_and_keeps_what_was_typed(client: Browser) -> None:
    answer = client.get(begin(client, organ="", description="", information_name="某方案").location)
    links = [one.get("href") for one in parsed(answer).xpath("//section[@class='errors']//a")]
    assert links == ["#description", "#organ"]  # as the page shows them
    assert form_of(parsed(answer), None).fields["information_name"] == "某方案"
    fixed = client.submit(answer, None, **CONTENT)
    assert fixed.location.endswith("/applicant")
    assert len(rows(Draft)) == 1


def test_the_first_fault_takes_the_focus_and_the_title_tells_of_it(client: Browser) -> None:
    page = parsed(client.get(begin(client, description="").location))
    assert page.xpath("//section[@class='errors']/@autofocus")
    assert "（有错误）" in page.xpath("string(//title)")


def test_an_area_picks_its_organ_and_keeps_what_was_typed(client: Browser) -> None:
    page = client.get("/apply")
    (areas,) = [one for one in parsed(page).xpath("//details") if "按事项查找" in one.text_content()]
    button = areas.xpath(".//button[@name='go']/@value")[0]
    picked = client.submit(page, form_address(page), **{**CONTENT, "organ": "", "go": button})
    fields = form_of(parsed(client.get(picked.location)), None).fields
    assert picked.location.endswith("#organ")
    assert (fields["organ"], fields["description"].strip()) == (button.removeprefix("organ:"), CONTENT["description"])


def test_what_is_wrong_on_page_one_is_told_at_the_overview_when_it_is_sent(client: Browser) -> None:
    first = begin(client)
    begun = first.location.removesuffix("/applicant")
    client.submit(begun, None, description="标有机密★的文件", go="save")
    wrong = client.get(at(client, first, **{**PERSON, "name": ""}).location)
    links = [one.get("href") for one in parsed(wrong).xpath("//section[@class='errors']//a")]
    assert links == ["#said-description", "#name"]
    assert rows(Case) == []


def test_a_wrong_field_or_file_loses_no_other_file(client: Browser) -> None:
    answer = at(
        client, begin(client), **{**PERSON, "id_number": "1"}, identity=(io.BytesIO(PNG), "身份证.png"),
        other=(io.BytesIO(b"MZ" + b"\0" * 99), "照片.jpg"),
    )  # fmt: skip
    answer = client.get(answer.location)
    assert "文件「照片.jpg」的内容不是可接收的类型" in words(answer)
    assert "身份证.png 1 KB，已保存" in words(answer)
    sent = client.submit(answer, None, id_number=PERSON["id_number"])
    assert sent.status_code == 303
    assert [one.name for one in rows(Document)] == ["身份证.png"]


def test_a_file_is_taken_out_again(client: Browser) -> None:
    page = at(client, begin(client), go="save", identity=(io.BytesIO(PNG), "身份证.png"))
    page = client.get(page.location)
    (kept,) = rows(DraftFile)
    client.submit(page, None, go=f"remove:{kept.uid}", name="申请人甲")
    assert rows(DraftFile) == []
    assert form_of(client.page(page.request.path), None).fields["name"] == "申请人甲"


def test_two_windows_show_both_contents_and_let_the_person_choose(client: Browser) -> None:
    address = begin(client).location.removesuffix("/applicant")
    one, other = client.get(address), client.get(address)
    client.submit(one, None, description="第一个窗口", go="save")
    both = client.submit(other, None, description="第二个窗口", go="save")
    assert both.status_code == 409
    assert "第一个窗口" in words(both)
    assert "第二个窗口" in words(both)
    assert "第一个窗口" in client.get(address).text
    client.submit(both, None, go="anyway")
    assert "第二个窗口" in client.get(address).text
    # The first window goes on with its own older page: it has not seen the other's, and is asked again.
    assert client.submit(one, None, description="第一个窗口又改", go="save").status_code == 409


def test_back_in_the_browser_is_the_same_window(client: Browser) -> None:
    page = client.get("/apply")
    client.submit(page, None, **CONTENT)
    again = client.submit(page, None, **{**CONTENT, "description": "后退以后改的"})
    assert again.status_code == 303
    assert len(rows(Draft)) == 1


def test_the_browser_that_comes_back_is_offered_its_draft_and_no_other_is(
    client: Browser, new_browser: Callable[[], Browser]
) -> None:
    address = begin(client).location
    assert "继续填写上次的草稿" in words(client.get("/apply"))
    other = new_browser()
    assert "继续填写上次的草稿" not in words(other.get("/apply"))
    guarded = other.get(address)
    assert CONTENT["description"] not in guarded.text
    assert "请只打开您自己的草稿" in words(guarded)
    assert (
        CONTENT["description"]
        in client.get(client.submit("/apply", f"{address.removesuffix('/applicant')}/resume").location).text
    )


def test_a_deleted_draft_leaves_nothing(client: Browser) -> None:
    address = begin(client).location
    client.submit(address, f"{address.removesuffix('/applicant')}/discard")
    assert rows(Draft) == []
    assert client.get(address).status_code == 404
    assert "继续填写" not in words(client.get("/apply"))


def test_a_draft_is_over_after_its_days(client: Browser, moment: time_machine.Traveller) -> None:
    address = begin(client).location
    moment.shift(timedelta(days=29))
    assert client.get(address).status_code == 200
    moment.shift(timedelta(days=2))
    assert client.get(address).status_code == 404


def test_nothing_of_the_draft_stands_in_clear(client: Browser) -> None:
    at(client, begin(client), go="save", **PERSON, identity=(io.BytesIO(PNG), "甲的身份证.png"))
    with reading() as session:
        tables = ("application_draft", "draft_file")
        raw = [session.connection().exec_driver_sql(f"SELECT * FROM {table}").all() for table in tables]
    text = repr(raw)
    cookie = client.get_cookie("gkapply_drafts")
    assert cookie is not None
    for secret in ("13800000000", "征地", cookie.value):
        assert secret not in text


@pytest.mark.parametrize("address", ["/apply/draft/unknown-token-unknown", "/apply/draft/short"])
def test_an_unknown_draft_is_not_there(client: Browser, address: str) -> None:
    assert client.get(address).status_code in (404, 422)


def test_only_so_many_drafts_are_begun_from_one_address(client: Browser, app: Any) -> None:
    settings = app.config["GKAPPLY"]
    app.config["GKAPPLY"] = type(settings)(
        **{name: getattr(settings, name) for name in settings.__slots__} | {"drafts_per_hour": 1}
    )
    assert begin(client).status_code == 303
    blocked = begin(client)
    assert blocked.status_code == 429
    assert CONTENT["description"] in blocked.text


def test_only_so_many_files_are_stored_for_one_address_even_if_taken_out_again(client: Browser, app: Any) -> None:
    address = begin(client).location.removesuffix("/applicant")
    settings = app.config["GKAPPLY"]
    app.config["GKAPPLY"] = type(settings)(
        **{name: getattr(settings, name) for name in settings.__slots__} | {"drafts_per_hour": 1}
    )
    token = client.page(address).xpath("//input[@name='csrf_token']/@value")[0]
    sent = [
        client.post(
            f"{address}/files/identity",
            data={"csrf_token": token, "file": (io.BytesIO(PNG + bytes([number])), "1.png")},
        ).status_code
        for number in range(2)
    ]
    assert sent == [201, 429]


def test_several_things_are_added_by_a_button_and_become_the_items_of_the_request(client: Browser) -> None:
    page = client.get("/apply")
    more = client.submit(page, form_address(page), **CONTENT, go="add:further")
    assert more.location.endswith("#further-0-description")
    blank = client.submit(client.get(more.location), None, go="add:further")
    page = client.get(blank.location)
    first = client.submit(page, None, **{"further-0-description": "该工程的施工合同", "further-1-description": " "})
    sent = at(client, first, **PERSON)
    assert sent.status_code == 303
    with reading() as session:
        (case,) = session.scalars(select(Case))
        assert [item.quote for item in case.items] == [CONTENT["description"], "该工程的施工合同"]
        assert case.description == f"1. {CONTENT['description']}\n2. 该工程的施工合同"


def test_a_thing_is_taken_out_again_and_one_that_says_nothing_is_told(client: Browser) -> None:
    page = client.get("/apply")
    for text in ("", "第二项"):
        values = {"further-0-description": text} if text else CONTENT
        page = client.get(client.submit(page, form_address(page), **values, go="add:further").location)
    page = client.get(client.submit(page, None, go="drop:further-0", **{"further-1-name": "某合同"}).location)
    assert form_of(parsed(page), None).fields["further-0-name"] == "某合同"
    wrong = client.get(client.submit(page, None).location)
    links = [one.get("href") for one in parsed(wrong).xpath("//section[@class='errors']//a")]
    assert links == ["#further-0-description"]


def test_applicants_are_added_one_by_one_and_the_first_represents_them(client: Browser) -> None:
    page = client.get(begin(client).location)
    page = client.get(client.submit(page, None, **PERSON, go="add:others").location)
    client.submit(page, None, **{"others-0-name": "申请人乙", "others-0-phone": "13800000001"})
    with reading() as session:
        (case,) = session.scalars(select(Case))
        assert [one.name for one in case.applicants] == ["申请人甲", "申请人乙"]


def test_a_child_needs_a_guardian_whose_paper_lies_in_the_file(client: Browser) -> None:
    page = client.get(begin(client).location)
    child = {**PERSON, "id_number": "110101201503020010"}
    wrong = client.get(client.submit(page, None, **child).location)
    assert [one.get("href") for one in parsed(wrong).xpath("//section[@class='errors']//a")] == ["#guardian_name"]
    paper = (io.BytesIO(PNG), "户口簿.png")
    client.submit(wrong, None, guardian_name="申请人乙", guardian_relation="母亲", guardianship=paper)
    assert [one.role for one in rows(Document)] == ["guardianship"]


def test_words_that_name_too_much_are_hinted_at_and_never_refused(client: Browser) -> None:
    first = begin(client, description="征地拆迁的所有相关材料")
    assert "范围可能太大" in words(client.get(first.location))
    assert "范围可能太大" in words(client.get(first.location.removesuffix("/applicant")))
    assert at(client, first, **PERSON).status_code == 303


def test_an_address_proposes_organ_and_words(client: Browser) -> None:
    page = client.get("/apply?organ=AYX-CZJ&about=2025年预算")
    shown = next(form for form in parsed(page).xpath("//main//form[@data-draft]")).fields
    assert (shown["organ"], shown["description"].strip()) == ("AYX-CZJ", "2025年预算")


def test_a_script_saves_without_leaving_the_page_and_is_told_of_another_window(client: Browser) -> None:
    address = begin(client).location.removesuffix("/applicant")
    shown = form_of(client.page(address), None).fields
    typed = {**dict(shown), "description": "边写边存"}
    told = client.post(f"{address}/autosave/content", data=typed)
    assert told.json is not None
    assert (told.status_code, told.json["address"]) == (200, address)
    assert "边写边存" in client.get(address).text
    stale = client.post(f"{address}/autosave/content", data={**typed, "window": "another", "description": "旧的"})
    assert stale.status_code == 409
    assert "另一个窗口" in stale.get_json()["reason"]
    at(client, client.submit(address, None), **PERSON)
    assert client.post(f"{address}/autosave/content", data=typed).status_code == 409
    assert rows(Draft) == []


@pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")  # the parser leaves its own half file
@pytest.mark.parametrize(("cut", "status"), [(0, 201), (40, 422)])
def test_a_file_that_does_not_arrive_whole_leaves_nothing(client: Browser, cut: int, status: int) -> None:
    address = begin(client).location.removesuffix("/applicant")
    token = form_of(client.page(address), None).fields["csrf_token"]
    part = 'Content-Disposition: form-data; name="file"; filename="a.png"\r\nContent-Type: image/png\r\n\r\n'
    body = b"--x\r\n" + part.encode() + PNG + b"\r\n--x--\r\n"
    answer = client.post(
        f"{address}/files/identity",
        input_stream=io.BytesIO(body[: len(body) - cut]),
        content_length=len(body),
        content_type="multipart/form-data; boundary=x",
        headers={"X-CSRFToken": str(token), "Sec-Fetch-Site": "same-origin"},
    )
    assert answer.status_code == status
    assert len(rows(DraftFile)) == (0 if cut else 1)
    gc.collect()


def test_an_errand_clears_away_what_is_over(client: Browser, moment: time_machine.Traveller) -> None:
    at(client, begin(client), go="save", identity=(io.BytesIO(PNG), "身份证.png"))
    moment.shift(timedelta(days=31))
    now = clock.now()
    due_errands.post_due(now)
    assert outbox.CLEAR_DRAFTS in [one.task for one in rows(outbox.Errand)]
    for _ in range(2):
        errands.clear_drafts({}, now, errands.Equipment.__new__(errands.Equipment))
    assert rows(Draft) == rows(DraftFile) == []
