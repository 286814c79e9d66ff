"""成批登记: one text and a list become one request each, with numbers that follow one another; every bad row is named."""

import io
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from gkapply.casework.application import Application
from gkapply.casework.batch_sheet import BadSheet
from gkapply.casework.entries import Document
from gkapply.casework.group_records import GroupEntry
from gkapply.casework.group_sheet import MOST, read_list
from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.database import reading
from gkapply.law.refusal import Refusal
from gkapply.workbooks import write_workbook
from tests.web.browser import Browser, parsed, words
from tests.web.test_register import SLIP
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
ADDRESS = "/desk/register/group"
LETTER: Mapping[str, Any] = {"channel": "counter", "description": "龙台镇征地补偿安置方案"}
COMMON = Application(kind="natural_person", description="方案", carrier="paper", way="post")
DAY = date(2026, 3, 2)


@pytest.fixture
def counter(login: Login) -> Browser:
    """The registrar's browser."""
    return login(Duty.REGISTRAR)


def test_each_applicant_gets_a_request_of_their_own_once(counter: Browser, login: Login) -> None:
    people = "申请人甲 110101190001010014\n申请人乙\n申请人丙\tE12345678\t13800000000"
    preview = counter.submit(ADDRESS, ADDRESS, **LETTER, people=people)
    assert preview.status_code == 303
    page = counter.get(preview.location)
    assert "核对后登记3件申请" in page.text
    assert "110101190001010014" not in page.text
    with reading() as session:
        assert session.scalars(select(Case)).all() == []
    secret = counter.submit(page, preview.location, application=(io.BytesIO(SLIP), "机密★.jpg"))
    assert (secret.status_code, "带有国家秘密标志" in words(secret)) == (422, True)
    for _ in range(2):
        scan = (io.BytesIO(SLIP), "申请表.jpg")
        assert counter.submit(page, preview.location, application=scan).status_code == 303
    with reading() as session:
        cases = session.scalars(select(Case).order_by(Case.id)).all()
        assert [case.number for case in cases] == ["2026-0001", "2026-0002", "2026-0003"]
        assert [case.applicant.name for case in cases] == ["申请人甲", "申请人乙", "申请人丙"]
        assert {case.due_on for case in cases} == {date(2026, 3, 30)}
        registered = session.scalars(select(JournalEntry.case_id).where(JournalEntry.deed == "application.register"))
        assert list(registered) == [case.id for case in cases]
        assert len(session.scalars(select(Document).where(Document.role == "application")).all()) == 3
        assert session.scalars(select(GroupEntry.sealed)).all() == [b""]
    slips = counter.get(f"{preview.location}/slips")
    assert len(parsed(slips).xpath("//section[@class='one-slip']//p[@class='number code']")) == 3
    assert "AYX-2026-0003" in words(slips)
    other = login(Duty.REGISTRAR).get(f"{preview.location}/slips")
    assert parsed(other).xpath("//p[@class='number code']") == []
    officer = login(Duty.OFFICER)
    assert officer.page("/desk/cases/AYX-2026-0002").xpath(f"//a[@href='{preview.location}']")
    assert parsed(officer.get(preview.location)).xpath("//main//form") == []
    assert officer.get(ADDRESS).status_code == 403


def test_a_past_day_asks_for_its_proof_with_the_confirmation(counter: Browser) -> None:
    late = {"received_on": "2026-02-27", "late_reason": "门卫签收后未转交"}
    preview = counter.submit(ADDRESS, ADDRESS, **LETTER, **late, people="申请人甲")
    refused = counter.submit(preview.location, preview.location)
    assert (refused.status_code, "应当附收到日期的凭证" in words(refused)) == (422, True)
    proof = (io.BytesIO(SLIP), "签收单.jpg")
    assert counter.submit(preview.location, preview.location, proof=proof).status_code == 303


def test_every_bad_row_is_named_and_what_was_typed_stays(counter: Browser) -> None:
    answer = counter.submit(ADDRESS, ADDRESS, **LETTER, people="申请人甲 110101199001011234\n\n申请人乙\n申请人乙")
    assert answer.status_code == 422
    rows = [row.text_content() for row in parsed(answer).xpath("//main//tbody/tr")]
    assert [row[:3] for row in rows] == ["第1行", "第4行"]
    assert "申请人乙" in parsed(answer).xpath("//textarea[@name='people']")[0].text
    missing = counter.submit(ADDRESS, ADDRESS, channel="signed_post", people="申请人甲")
    assert parsed(missing).xpath("//section[@class='errors']//a/@href") == ["#description"]


class TestTheList:
    def test_a_workbook_with_heads_may_say_each_kind(self) -> None:
        heads = ("姓名", "证件号码", "地址", "类型")
        rows = [("申请人甲", "110101190001010014", "安岳县", ""), ("某某公司", "", "", "商业企业")]
        content = write_workbook("名单", heads, rows, (10, 20, 20, 10))
        (first, one), (second, other) = read_list("", content, COMMON, DAY)
        assert (first, one.name, one.id_type, one.address) == (2, "申请人甲", "resident_id", "安岳县")
        assert (second, other.kind) == (3, "enterprise")

    @pytest.mark.parametrize(
        ("text", "reason"),
        [(" \n", "名单是空的"), ("某人\n" * (MOST + 1), "最多"), ("姓名,年龄\n甲,1", "不认识的列：年龄")],
    )
    def test_what_is_no_list_is_refused(self, text: str, reason: str) -> None:
        with pytest.raises(Refusal, match=reason):
            read_list(text, None, COMMON, DAY)

    @pytest.mark.parametrize(
        "line",
        [
            "秘密★ 110101190001010014",
            "甲，110101190001010014，13800000000，安岳，多了",
            "甲 110101190001010014\n乙 110101190001010014",
        ],
    )
    def test_a_bad_row_is_refused(self, line: str) -> None:
        with pytest.raises(BadSheet):
            read_list(line, None, COMMON, DAY)
