"""The pages of the steps: what they ask, what they refuse, and that nothing typed is ever lost."""

import json
from collections.abc import Callable
from io import BytesIO

import pytest
from sqlalchemy import select

from gkapply.casework.access import open_case
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.entries import Note
from gkapply.casework.papers import Letter
from gkapply.casework.people import DutyHolding
from gkapply.casework.records import Case, Item
from gkapply.casework.reply import record_note
from gkapply.database import reading, transaction
from gkapply.law.case_kinds import CaseKind
from gkapply.law.replies import ReplyKind, kinds_for
from tests.casework.conftest import Office
from tests.casework.full_desk import TODAY
from tests.web.browser import Browser, parsed, words
from tests.web.full_desk import MORNING, full_desk, moment, office
from workflows.duties import Duty

__all__ = ["full_desk", "moment", "office"]
Login = Callable[[Duty], Browser]
"""Opens the browser of a duty's holder."""


def case_with(words_of_it: str) -> Case:
    """The request that asks for this."""
    with reading() as session:
        return session.scalars(select(Case).where(Case.description.contains(words_of_it))).one()


def step(words_of_it: str, trigger: str) -> str:
    return f"/desk/cases/{case_with(words_of_it).reference}/steps/{trigger}"


def letter_step(words_of_it: str, kind: str, trigger: str) -> str:
    with reading() as session:
        query = select(Letter.uid).join(Case, Letter.case_id == Case.id)
        uid = session.scalars(query.where(Case.description.contains(words_of_it), Letter.kind == kind)).one()
    return f"/desk/letters/{uid}/steps/{trigger}"


def version_of(uid: str) -> int:
    """The version of the letter's case."""
    with reading() as session:
        return session.scalars(select(Letter).where(Letter.uid == uid)).one().case.version


def value_of(response: object, name: str) -> str:
    """What the field shows."""
    field = parsed(response).xpath(f"//main//*[@name='{name}']")[0]  # type: ignore[arg-type]
    return str(field.text if field.tag == "textarea" else field.get("value")).strip()


TO_CONFIRM = "政府工作报告"
IN_REVIEW = "城市更新"
CORRECTING = "征地的全部材料"
HANDLING = "困难群众救助"
OVERDUE = "招商引资"
ASKING = "污水处理厂"
CASES = [
    # (duty, request, step, what is typed, the field at fault, a word of the reason)
    (Duty.REGISTRAR, TO_CONFIRM, "confirm", {"received_on": "2026-06-02", "who": "申请人本人"}, "received_on", "晚于今天"),
    (Duty.REGISTRAR, TO_CONFIRM, "confirm", {"received_on": "2018-06-02", "who": "申请人本人"}, "received_on", "早于"),
    (Duty.REGISTRAR, TO_CONFIRM, "confirm", {"received_on": "2026-05-29", "who": "申请人本人"}, "late_reason", "补登"),
    (Duty.REGISTRAR, TO_CONFIRM, "confirm", {"who": "机密★文件的申请人"}, "who", "国家秘密标志"),
    (Duty.REGISTRAR, TO_CONFIRM, "propose_void", {"reason": "机密★内容"}, "reason", "国家秘密标志"),
    (Duty.REGISTRAR, CORRECTING, "receive_correction", {"on": "2026-06-02", "text": "新的内容"}, "on", "不能晚于今天"),
    (Duty.REGISTRAR, CORRECTING, "receive_correction", {"text": " "}, "text", "请填写补正后的申请内容"),
    (Duty.OFFICER, IN_REVIEW, "itemise", {"quotes": "\n".join(f"第{n}份" for n in range(51))}, "quotes", "最多拆分为50项"),
    (Duty.OFFICER, IN_REVIEW, "propose_correction", {"points": "机密★", "guidance": "写明年度"}, "points", "国家秘密标志"),
    (Duty.OFFICER, HANDLING, "record_note", {"on": "2026-06-02", "text": "已电话联系"}, "on", "不能晚于今天"),
    (Duty.OFFICER, HANDLING, "propose_extension", {"working_days": "21", "reason": "卷宗多"}, "working_days", "不得超过20"),
    (Duty.OFFICER, HANDLING, "propose_opinion", {"name": "某公司", "information": "合同", "reason": ""}, "reason", "请填写"),
    (Duty.OFFICER, HANDLING, "record_search", {"units": "办公室", "systems": "", "period": "2019年以来"}, "systems", "请填写"),
]  # fmt: skip


@pytest.mark.parametrize(
    ("duty", "request_for", "trigger", "typed", "field", "reason"),
    CASES,
    ids=[f"{case[2]}-{case[4]}-{number}" for number, case in enumerate(CASES)],
)
def test_a_refused_form_comes_back_with_what_was_typed(
    login: Login, duty: Duty, request_for: str, trigger: str, typed: dict[str, str], field: str, reason: str
) -> None:
    before = case_with(request_for)
    path = step(request_for, trigger)
    response = login(duty).submit(path, path, **typed)
    assert response.status_code == 422
    page = parsed(response)
    told = " ".join(page.xpath("//section[@class='errors']")[0].text_content().split())
    assert reason in told
    assert page.xpath(f"//section[@class='errors']//a[@href='#{field}']"), told
    for name, value in typed.items():
        assert value_of(response, name) == value.strip()
    after = case_with(request_for)
    assert (after.version, after.state, after.due_on) == (before.version, before.state, before.due_on)


def test_a_stale_page_shows_what_changed_and_keeps_what_was_typed(login: Login, office: Office) -> None:
    browser, path = login(Duty.OFFICER), step(HANDLING, "record_note")
    opened = browser.get(path)
    with transaction() as session:
        found = open_case(session, case_with(HANDLING).reference, office.staff[Duty.OFFICER], for_step=True)
        record_note(session, found, "别人先记了一笔", "work", found.received_on, office.staff[Duty.OFFICER], MORNING)  # type: ignore[arg-type]
    stale = browser.submit(opened, path, text="我的记录")
    assert stale.status_code == 409
    assert "您打开页面之后发生的变动" in words(stale)
    assert "承办人：记录电话或工作情况" in words(stale)
    assert value_of(stale, "text") == "我的记录"
    with reading() as session:
        assert "我的记录" not in str(session.get_one(Case, found.id).notes[-1].content)
    done = browser.submit(stale, path)
    assert done.status_code == 303
    with reading() as session:
        assert "我的记录" in session.get_one(Case, found.id).notes[-1].content


def test_a_step_out_of_order_is_refused_and_keeps_what_was_typed(login: Login) -> None:
    path = step(CORRECTING, "record_search")
    response = login(Duty.OFFICER).forge(path, units="办公室", result="没有找到", version="3")
    assert response.status_code == 409
    assert "处于「待补正」，不能「记录检索」" in words(response)
    assert value_of(response, "units") == "办公室"


def test_a_step_of_another_duty_is_forbidden(login: Login) -> None:
    path = step(HANDLING, "record_search")
    browser = login(Duty.SIGNER)
    assert browser.get(path).status_code == 403
    assert browser.forge(path, units="办公室").status_code == 403


def test_the_author_does_not_approve_also_with_both_duties(login: Login, office: Office) -> None:
    author = office.staff[Duty.OFFICER]
    with transaction() as session:
        session.add(DutyHolding(user_id=author.user_id, organ_id=office.organ_id, duty="reviewer", valid_from=TODAY))
        uid = session.scalars(select(Letter.uid).where(Letter.state == "review").order_by(Letter.id)).first()
        assert uid is not None
    browser, path = login(Duty.OFFICER), f"/desk/letters/{uid}/steps/pass_review"
    assert "起草人不得审核、签发自己起草的文书" in words(browser.get(path))
    refused = browser.forge(path, version=str(version_of(uid)), comment="同意")
    assert refused.status_code == 422
    assert "起草人不得审核、签发自己起草的文书" in words(refused)
    assert value_of(refused, "comment") == "同意"


def test_an_unknown_step_is_no_page(login: Login) -> None:
    browser = login(Duty.OFFICER)
    assert browser.get(step(HANDLING, "no_such_step")).status_code == 404
    assert browser.get(step(HANDLING, "sign_reply")).status_code == 404


BAD_FILES = [
    ("扫描件.pdf", b"MZ\x90\x00" + b"1" * 64, "内容不是可接收的类型"),
    ("机密★批复.pdf", b"%PDF-1.4\n%%EOF", "国家秘密标志"),
    ("空.pdf", b"", "是空的"),
    ("太大.pdf", b"%PDF-1.4\n" + b"1" * (20 * 1024 * 1024), "超过20MB"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD_FILES, ids=["program", "secret", "empty", "large"])
def test_a_bad_file_is_refused_with_its_reason(login: Login, name: str, content: bytes, reason: str) -> None:
    path = step(HANDLING, "add_paper")
    response = login(Duty.OFFICER).submit(path, path, role="provided", file=(BytesIO(content), name))
    response.request.environ["wsgi.input"].close()  # a large form lies in a temporary file of the client's
    assert response.status_code == 422
    assert reason in words(response)
    with reading() as session:
        assert session.get_one(Case, case_with(HANDLING).id).documents == []


def test_a_paper_goes_into_the_file_and_out_as_an_attachment(login: Login) -> None:
    browser, path = login(Duty.OFFICER), step(HANDLING, "add_paper")
    content = "%PDF-1.4 页面".encode()
    done = browser.submit(path, path, role="provided", on="2026-05-29", file=(BytesIO(content), "分配表.pdf"))
    assert done.status_code == 303
    page = browser.get(done.location)
    assert "材料已存入案卷" in words(page)
    href = parsed(page).xpath("//a[text()='分配表.pdf']/@href")[0]
    fetched = browser.get(href)
    assert fetched.data == content
    assert fetched.headers["Content-Disposition"].startswith("attachment")
    assert fetched.headers["X-Content-Type-Options"] == "nosniff"
    assert fetched.headers["Content-Type"] == "application/pdf"
    with reading() as session:
        looks = session.scalars(select(AccessEntry).where(AccessEntry.deed == "file.fetched")).all()
        assert [look.case_id for look in looks] == [case_with(HANDLING).id]


def decide(kind: ReplyKind, item: int = 1) -> str:
    return step(HANDLING, "decide_item") + f"?item={item}&outcome={kind.value}"


@pytest.mark.parametrize("kind", kinds_for(CaseKind.APPLICATION))
def test_each_kind_of_reply_asks_for_exactly_its_evidence(login: Login, kind: ReplyKind) -> None:
    page = parsed(login(Duty.OFFICER).get(decide(kind)))
    form = page.xpath("//form[@class='confirm']")[0]
    asked = {name.split("-")[0] for name in form.fields} - {"csrf_token", "version", "item", "outcome", "more"}
    of_the_file = {"search_record", "correction_record"}
    assert asked == {one.code for one in kind.evidence} - of_the_file
    for one in kind.evidence:
        if one.code not in of_the_file:
            assert one.label in form.text_content()


def item_of(words_of_it: str) -> Item:
    with reading() as session:
        return session.scalars(select(Item).where(Item.case_id == case_with(words_of_it).id)).one()


def test_an_outcome_without_its_evidence_is_not_kept(login: Login) -> None:
    browser, path = login(Duty.OFFICER), step(HANDLING, "decide_item")
    refused = browser.submit(
        decide(ReplyKind.REFUSED_INTERNAL), path, reason="内部工作安排", discretion_reason="影响管理"
    )
    assert refused.status_code == 422
    assert "缺少：已考虑区分处理，不能区分" in words(refused)
    assert value_of(refused, "reason") == "内部工作安排"
    assert item_of(HANDLING).outcome is None
    kept = browser.submit(refused, path, separation_considered="y")
    assert kept.status_code == 303
    assert item_of(HANDLING).outcome == ReplyKind.REFUSED_INTERNAL
    # Opened again, the page shows what the outcome rests on.
    assert value_of(browser.get(decide(ReplyKind.REFUSED_INTERNAL)), "reason") == "内部工作安排"


def test_no_information_exists_only_after_a_search(login: Login) -> None:
    browser, path = login(Duty.OFFICER), step(HANDLING, "decide_item")
    page = browser.get(decide(ReplyKind.NOT_EXISTING))
    assert "案卷中还没有检索记录" in words(page)
    refused = browser.submit(page, path)
    assert refused.status_code == 422
    assert "缺少：检索记录" in words(refused)
    search = step(HANDLING, "record_search")
    browser.submit(
        search,
        search,
        units="办公室",
        systems="公文系统",
        archive_room="已检索",
        period="2019年以来",
        words="“救助”",
        result="没有找到",
    )
    assert browser.submit(decide(ReplyKind.NOT_EXISTING), path).status_code == 303
    assert item_of(HANDLING).outcome == ReplyKind.NOT_EXISTING


def test_withheld_parts_are_rows_that_grow(login: Login) -> None:
    browser, path = login(Duty.OFFICER), step(HANDLING, "decide_item")
    first = {"withheld_parts-0-ground": "refused_third_party", "withheld_parts-0-what": "身份证号码"}
    grown = browser.submit(decide(ReplyKind.PARTIAL), path, **first, more="再加几行")
    assert grown.status_code == 200
    assert len(parsed(grown).xpath("//select[contains(@name, 'withheld_parts-')]")) == 5
    assert value_of(grown, "withheld_parts-0-what") == "身份证号码"
    rest = {
        "withheld_parts-0-reason": "属于个人隐私",
        "withheld_parts-4-ground": "refused_internal",
        "withheld_parts-4-what": "内部批注",
        "withheld_parts-4-reason": "属于内部事务信息",
        "enclosures": "分配表（隐去身份证号码和内部批注）",
        "release_review": "经审查可以公开",
        "more": None,
    }
    assert browser.submit(grown, path, **rest).status_code == 303
    kept = json.loads(item_of(HANDLING).evidence)["withheld_parts"]
    assert [(part["as"], part["what"]) for part in kept] == [
        ("refused_third_party", "身份证号码"),
        ("refused_internal", "内部批注"),
    ]


def test_a_part_without_its_reason_is_refused(login: Login) -> None:
    path = step(HANDLING, "decide_item")
    typed = {
        "withheld_parts-0-ground": "refused_third_party",
        "withheld_parts-0-what": "身份证号码",
        "enclosures": "分配表",
        "release_review": "经审查可以公开",
    }
    refused = login(Duty.OFFICER).submit(decide(ReplyKind.PARTIAL), path, **typed)
    assert refused.status_code == 422
    assert "每一部分都要写明" in words(refused)
    assert value_of(refused, "withheld_parts-0-what") == "身份证号码"
    assert item_of(HANDLING).outcome is None


def test_a_returned_letter_shows_what_changed_since(login: Login) -> None:
    """The story 退回一次 is in draft again: a new search changes its text."""
    with reading() as session:
        uid = session.scalars(select(Letter.uid).where(Letter.state == "draft", Letter.kind.startswith("reply"))).one()
        case = session.scalars(select(Letter).where(Letter.uid == uid)).one().case
    browser = login(Duty.OFFICER)
    assert "文字与上一次送审稿相同" in words(browser.get(f"/desk/letters/{uid}"))
    search = f"/desk/cases/{case.reference}/steps/record_search"
    browser.submit(
        search,
        search,
        units="档案室",
        systems="纸质档案",
        archive_room="已检索",
        period="2018年",
        words="“路灯”",
        result="没有找到记录",
    )
    page = parsed(browser.get(f"/desk/letters/{uid}"))
    assert "纸质档案" in " ".join(one.text_content() for one in page.xpath("//ins"))
    submitted = browser.submit(f"/desk/letters/{uid}/steps/submit_review")
    assert submitted.status_code == 303
    review = parsed(login(Duty.REVIEWER).get(f"/desk/letters/{uid}/steps/pass_review"))
    assert "纸质档案" in " ".join(one.text_content() for one in review.xpath("//ins"))
    assert "检索范围未写明档案室" in review.text_content()


def test_the_case_page_explains_each_day(login: Login) -> None:
    browser = login(Duty.OFFICER)
    case_page = parsed(browser.get(f"/desk/cases/{case_with(ASKING).reference}"))
    (href,) = case_page.xpath("//a[normalize-space()='为什么是这一天']/@href")
    page = parsed(browser.get(href))
    rows = [" ".join(cell.text_content().strip() for cell in row) for row in page.xpath("//tr[td]")]
    assert any("第1个工作日" in row for row in rows)
    assert any("不计入 征求第三方意见（条例第三十三条第三款）" in row for row in rows)
    assert any("不计入 周末" in row for row in rows)
    assert "停止计算" in case_page.text_content()


def test_what_others_may_do_is_listed_with_the_duty(login: Login) -> None:
    page = words(login(Duty.SIGNER).get(f"/desk/cases/{case_with(HANDLING).reference}"))
    assert "记录检索：由承办人办理" in page
    refused = words(login(Duty.OFFICER).get(f"/desk/cases/{case_with(HANDLING).reference}"))
    assert "起草答复书：第1项尚未认定答复类型" in refused


def test_numbers_are_masked_on_the_case_page(login: Login) -> None:
    page = words(login(Duty.OFFICER).get(f"/desk/cases/{case_with(HANDLING).reference}"))
    assert "110101190001010014" not in page
    assert "13800000000" not in page
    assert "138****0000" in page


def test_a_note_is_kept_once(login: Login) -> None:
    browser, path = login(Duty.OFFICER), step(OVERDUE, "record_note")
    assert browser.submit(path, path, text="已电话说明").status_code == 303
    with reading() as session:
        notes = session.scalars(select(Note).where(Note.case_id == case_with(OVERDUE).id)).all()
        assert [json.loads(note.content)["text"] for note in notes if note.kind == "phone"] == ["已电话说明"]
