"""The internal sheets of a case on its page, each downloaded as Word, and the list of an officer's requests."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.bundled_papers import Bundle, BundlePart
from gkapply.casework.disputed import Dispute
from gkapply.casework.paper_roles import Section
from gkapply.casework.records import Applicant, Case
from gkapply.casework.reply import record_note
from gkapply.casework.sheet_fields import evidence_index
from gkapply.database import reading
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.letters.text import paragraphs
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

Login = Callable[[Duty], Browser]
GIVEN = {"enclosures": "某工程的批复（3页）", "release_review": "拟予公开"}
CALL = "已电话告知申请人正在检索"


@pytest.fixture
def life(new_life: Callable[..., Life]) -> Life:
    """A reply that gives the first item, reviewed for secrets, at its signature; one call is noted."""
    life = new_life()
    life.register(walked_in(PERSON, "某工程的批复"), life.at_the_counter()).assign().accept()
    life.do(Duty.OFFICER, lambda s, case, actor, now: record_note(s, case, CALL, "phone", life.today, actor, now))
    return life.decide(1, "disclosed", GIVEN).draft_reply().submit_reply().review_secrecy()


def test_every_sheet_that_the_case_has_something_to_say_on_is_printed(life: Life, login: Login) -> None:
    officer = login(Duty.OFFICER)
    page = parsed(officer.get(f"/desk/cases/{life.reference}/forms"))
    links = page.xpath("//table//a/@href")
    made = {link.rsplit("/", 1)[1]: "\n".join(paragraphs(officer.get(link).data)) for link in links}
    assert list(made) == [
        "arrival_slip.docx",
        "referral_slip.docx",
        "urging_slip.docx",
        "telephone_note-1.docx",
        "secrecy_sheet.docx",
    ]
    for code, said in (
        ("arrival_slip", "2026年3月2日"),
        ("referral_slip", life.staff[Duty.OFFICER].name),
        ("urging_slip", "2026年3月30日"),
        ("telephone_note-1", CALL),
        ("secrecy_sheet", "可以公开。经逐件核对，不涉及国家秘密、工作秘密"),
        ("secrecy_sheet", life.staff[Duty.REVIEWER].name),
    ):
        assert said in made[f"{code}.docx"]
    assert all(life.reference in text for text in made.values())
    assert "审查呈批单：" in words(officer.get(f"/desk/cases/{life.reference}/forms"))
    with reading() as session:
        assert session.scalars(select(AccessEntry.deed)).all() == ["file.fetched"] * 5
    assert officer.get(f"/desk/cases/{life.reference}/forms/consultation_minutes.docx").status_code == 404


def test_the_list_of_what_an_officer_hands_over_names_each_open_request(life: Life, login: Login) -> None:
    browser, path = login(Duty.HEAD), "/desk/handover-list"
    giver = str(life.staff[Duty.OFFICER].user_id)
    refused = browser.submit(path, path, giver=giver, to="", reason="岗位调整")
    assert refused.status_code == 422
    text = "\n".join(paragraphs(browser.submit(path, path, giver=giver, to="接收人甲", reason="岗位调整").data))
    for said in (life.reference, "移交原因：岗位调整。共移交申请1件", "接收人甲", "答复审签中"):
        assert said in text


def test_the_evidence_is_what_lies_in_the_bundle() -> None:
    case = Case(applicants=[Applicant(name="申请人甲")])
    dispute = Dispute(case=case, authority="某市人民政府", number="某府复〔2026〕8号")
    part = BundlePart(ordinal=1, section=int(Section.SEARCH), title="检索记录", left_out="")
    kept_back = BundlePart(ordinal=2, section=int(Section.OTHER), title="另存", left_out="事后", on_=date(2026, 3, 2))
    said = evidence_index(Bundle(dispute=dispute, parts=[part, kept_back]))
    assert said["documents"] == [{"title": "检索记录", "proves": "已经全面、合理检索", "pages_text": "1份"}]
    assert (said["dispute_number"], said["applicant_name"]) == ("某府复〔2026〕8号", "申请人甲")
