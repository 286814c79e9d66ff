"""One request through a real Chromium without JavaScript: from the citizen's form to the archive and the report.

The dates are worked out by hand from the calendar of 2026: received 3 March, corrected 12 March (the term restarts),
a third party asked 16 March and heard 26 March (eight working days stand still), ten working days more.
"""

from collections.abc import Callable

import pytest
import time_machine
from playwright.sync_api import Browser
from sqlalchemy import select

from gkapply.casework.journal import JournalEntry
from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.journeys.desks import Desks
from tests.journeys.person import Person, Value
from tests.journeys.walk import Walk

pytestmark = pytest.mark.timeout(300)
DESCRIPTION = "龙台镇场镇道路改造工程的批复、施工合同和监理日志"
CORRECTED = "2024年龙台镇场镇道路改造工程的批复、施工合同和监理日志"
Staff = Callable[[str], Person]


@pytest.fixture
def staff(chromium_browser: Browser, site: str) -> Staff:
    """The window of the holder of a duty, who has logged in on the day."""
    return Desks(chromium_browser, site).holder


@pytest.fixture
def walk(moment: time_machine.Traveller, settings: Settings) -> Walk:
    """Follows one case."""
    return Walk(moment, settings)


def apply(citizen: Person, walk: Walk) -> str:
    """Apply on a phone; returns the query code that the receipt shows."""
    citizen.open("/apply").fill(
        "main form[data-draft]", description=DESCRIPTION, organ="AYX", carrier="paper", way="post"
    ).fill(
        "main form[data-draft]",
        kind="natural_person",
        name="申请人甲",
        id_type="resident_id",
        id_number="110101190001010014",
        phone="13800000000",
        address="四川省资阳市安岳县",
    )
    assert "/apply/receipt/" in citizen.page.url, citizen.text()
    with reading() as session:
        walk.reference = session.scalars(select(Case.reference)).one()
    assert walk.reference in citizen.text()
    return citizen.page.locator(".number.code").inner_text().strip()


def issue(walk: Walk, staff: Staff, kind: str, signing: str, signer: str, tracking: str, **more: Value) -> None:
    """Take a drafted notice from the officer's desk to the post."""
    staff("officer").take(walk.letter_step(kind, "submit_signature"))
    staff(signer).take(walk.letter_step(kind, signing))
    walk.do_errands()
    stamp(walk, staff, kind)
    staff("registrar").take(walk.letter_step(kind, "send"), way="post", tracking=tracking, **more)


def stamp(walk: Walk, staff: Staff, kind: str) -> None:
    """Have a signed letter stamped, and enter it with the scan."""
    staff("registrar").take(walk.letter_step(kind, "seal"), stamped_by="印章保管人", scan="盖章扫描件.pdf")


def test_a_request_goes_the_whole_path(
    chromium_browser: Browser, site: str, staff: Staff, walk: Walk, office: Office, settings: Settings
) -> None:
    citizen = Person(chromium_browser, site, phone=True)
    walk.come_to(3, 2)
    code = apply(citizen, walk)

    walk.come_to(3, 3)
    staff("registrar").take(walk.step("confirm"), how="phone", who="申请人本人")
    assert walk.due() == "2026-03-31"
    officer_id = str(next(one.user_id for duty, one in office.staff.items() if duty == "officer"))
    staff("registrar").take(walk.step("assign"), officer=officer_id)

    walk.come_to(3, 5)
    staff("officer").take(
        walk.step("propose_correction"), points="请写明工程的年度或者批次", guidance="写明年度可以帮助本机关准确检索"
    )
    issue(walk, staff, "correction_notice", "sign_notice", "head", "XA00000001051")
    assert walk.due() == "None"

    walk.come_to(3, 11)
    citizen.open("/track").fill("main form", number=walk.reference, code=code)
    assert "待补正" in citizen.text()
    citizen.fill("main form:has([name=text])", text=CORRECTED)
    walk.come_to(3, 12)
    staff("registrar").take(walk.step("receive_correction"))
    assert walk.due() == "2026-04-10"

    staff("officer").take(walk.step("accept")).take(
        walk.step("itemise"), quotes="2024年龙台镇场镇道路改造工程的批复\n该工程的施工合同\n该工程的监理日志"
    )
    walk.come_to(3, 16)
    staff("officer").take(
        walk.step("propose_opinion"),
        party_kind="third_party",
        name="演示建设工程有限公司",
        address="四川省资阳市安岳县",
        information="道路改造工程施工合同",
        reason="合同载有报价明细，公开可能涉及商业秘密",
    )
    issue(walk, staff, "inquiry_notice", "sign_notice", "reviewer", "XA00000003051")
    issue(walk, staff, "third_party_inquiry", "sign_notice", "head", "XA00000002051", proof="收寄凭证.pdf")
    assert walk.due() == "None"
    walk.come_to(3, 18)
    staff("registrar").take(walk.question_step("note_receipt"))
    assert walk.due() == "2026-05-08"
    walk.come_to(3, 26)
    staff("registrar").take(walk.question_step("answer"), opinion="disagree", text="报价明细属于商业秘密，不同意公开")
    staff("officer").take(walk.question_step("weigh"), result="reasonable", text="报价明细是商业秘密，理由成立")
    assert walk.due() == "2026-04-22"

    walk.come_to(4, 15)
    staff("officer").take(walk.step("propose_extension"), working_days="10", reason="需要逐件核对纸质档案")
    issue(walk, staff, "extension_notice", "sign_extension", "head", "XA00000004051")
    assert walk.due() == "2026-05-09"

    decide_and_draft(walk, staff)
    walk.come_to(4, 28)
    staff("reviewer").take(walk.letter_step("reply_partial", "return_review"), comment="请写明隐去内容的名称")
    staff("officer").take(walk.letter_step("reply_partial", "submit_review"))
    staff("reviewer").take(walk.letter_step("reply_partial", "pass_review"))
    staff("head").take(walk.step("review_secrecy"), unmarked="y", result="open", basis="经逐件核对，可以公开")
    walk.come_to(4, 29)
    staff("signer").take(walk.letter_step("reply_partial", "sign_reply"))
    walk.do_errands()
    walk.come_to(4, 30)
    stamp(walk, staff, "reply_partial")
    staff("registrar").take(walk.letter_step("reply_partial", "send"), way="post", tracking="XA00000005051")
    walk.come_to(5, 6)
    staff("registrar").take(walk.letter_step("reply_partial", "note_delivery"))
    walk.come_to(5, 8)
    staff("archivist").take(walk.step("archive"), retention="30年")

    the_file_is_right(walk, office, settings)
    report = staff("statistician").open("/report?year=2026").text()
    assert "部分公开" in report
    citizen.open("/track").fill("main form", number=walk.reference, code=code)
    assert "已归档" in citizen.text()


def decide_and_draft(walk: Walk, staff: Staff) -> None:
    """Search, decide three items, draft the reply and hand it to the reviewer on 27 April."""
    walk.come_to(4, 27)
    officer = staff("officer")
    officer.take(
        walk.step("record_search"),
        units="办公室、档案室",
        systems="公文处理系统、纸质文书档案",
        archive_room="已检索文书档案目录",
        period="2019年1月1日至2026年4月27日",
        words="“龙台镇”“道路改造”“监理”",
        result="查到批复和施工合同；没有监理日志的制作或者获取记录",
    )
    decide = walk.step("decide_item")
    officer.take(
        f"{decide}?item=1&outcome=disclosed",
        enclosures="道路改造工程批复（复印件，3页）",
        release_review="经审查可以公开",
    )
    officer.take(
        f"{decide}?item=2&outcome=partial",
        **{
            "withheld_parts-0-ground": "refused_third_party",
            "withheld_parts-0-what": "合同中的报价明细和银行账号",
            "withheld_parts-0-reason": "属于商业秘密，第三方不同意公开且理由成立",
            "enclosures": "施工合同（隐去报价明细和银行账号，复印件，18页）",
            "release_review": "经审查，隐去上述内容后可以公开",
        },
    )
    by_the_seven_questions(officer, walk, 3)
    officer.take(walk.step("draft_reply")).take(walk.letter_step("reply_partial", "submit_review"))


def by_the_seven_questions(officer: Person, walk: Walk, item: int) -> None:
    """The last item is decided question by question, as any browser shows them."""
    officer.open(f"/desk/cases/{walk.reference}/items/{item}")
    for answer, still_possible in (("clear", 23), ("information", 22), ("ours", 14), ("not_existing", 12)):
        assert f"还可能的结果：{still_possible}种" in officer.text()
        officer.fill("main form", answer=answer)
    # The search is shown that the answer rests on.
    assert "没有监理日志的制作或者获取记录" in officer.text()
    officer.fill("main form")
    assert "该政府信息不存在" in officer.text()
    assert "给不给、怎么给、怎么答：不必问" in officer.text()
    officer.fill("main form:has(input[name=version])")
    assert "各项均已认定，可以起草答复书" in officer.text()


def the_file_is_right(walk: Walk, office: Office, settings: Settings) -> None:
    """Dates, letters' text, journal and the report's line."""
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == walk.reference)).one()
        days = (case.received_on, case.clock_from, case.due_on, case.replied_on, case.delivered_on, case.archived_on)
        assert [str(day) for day in days] == [
            "2026-03-03", "2026-03-12", "2026-05-09", "2026-04-30", "2026-05-06", "2026-05-08",
        ]  # fmt: skip
        assert (case.state.value, case.report_row) == ("archived", "3.2")
        # Drafted after the question, the notice to the applicant is signed before it.
        numbers = [letter.number for letter in case.letters]
        assert numbers == [None, *(f"安府办公开〔2026〕{n}号" for n in (1, 3, 2, 4, 5))]
        text = "\n".join(paragraphs(office.store.get(case.letters[-1].file_sha)))
        deeds = session.scalars(select(JournalEntry.deed).order_by(JournalEntry.seq)).all()
        assert settings.anchors is not None
        assert verify(session, settings.anchors, files=True) is None
    for sentence in (
        f"申请公开“{DESCRIPTION}”",
        "2026年3月12日收到补正后的申请",
        "第三方于2026年3月26日提出意见，不同意公开",
        "应当自收到本答复之日起60日内先向安岳县人民政府申请行政复议",
        "2026年4月29日",
    ):
        assert sentence in text.replace(" ", ""), sentence
    signed = ["letter.submit_review", "letter.return_review", "letter.pass_review", "letter.sign_reply", "letter.send"]
    assert [deed for deed in deeds if deed in signed][-5:] == [
        "letter.return_review", "letter.submit_review", "letter.pass_review", "letter.sign_reply", "letter.send",
    ]  # fmt: skip
