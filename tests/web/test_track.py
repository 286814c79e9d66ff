"""Following a request: who gets in, what the applicant sees with its reasons, fetching letters, correcting."""

import hashlib
import io
from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
import time_machine
from docx import Document as read_docx
from sqlalchemy import select
from werkzeug.test import TestResponse

from gkapply.casework.access_log import AccessEntry
from gkapply.casework.consultation import Question
from gkapply.casework.papers import Letter
from gkapply.casework.people import Attempt
from gkapply.casework.query_code import query_code, reissue_code
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.demo.applicants import COMPANY, PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.demo.stamping import SCAN
from gkapply.web.wording import size_zh
from tests.web.browser import Browser, parsed, words
from workflows.duties import Duty

NewLife = Callable[..., Life]


def code_of(life: Life) -> str:
    """The query code of the life's request."""
    with reading() as session:
        return query_code(session, session.scalars(select(Case).where(Case.reference == life.reference)).one())


def look(client: Browser, life: Life, moment: time_machine.Traveller) -> TestResponse:
    """The applicant's page of the request at the moment to which the life has come."""
    moment.move_to(life.now)
    answer = client.submit("/track", "/track", number=life.reference, code=code_of(life))
    assert answer.status_code == 303, words(answer)
    return client.get(answer.location)


def course(page: TestResponse) -> list[list[str]]:
    """What happened: the day, the event, the reason with its article."""
    return [
        [part.text_content() for part in one.xpath("span|strong")]
        for one in parsed(page).xpath("//ol[@class='course']/li")
    ]


@pytest.fixture
def applied(new_life: NewLife) -> Life:
    """A request that a company sent on the web, wanting its reply online."""
    return new_life().apply_online(request(COMPANY, "申请公开龙台镇场镇道路改造工程的施工合同"))


class TestGettingIn:
    def test_number_and_code_open_the_request_however_they_are_copied(self, client: Browser, applied: Life) -> None:
        typed = {
            "number": f" {applied.reference.lower()} ",
            "code": f"{code_of(applied)[:5].lower()} {code_of(applied)[5:]}",
        }
        answer = client.submit("/track", "/track", **typed)
        assert (answer.status_code, answer.location) == (303, f"/track/{applied.reference}")
        assert "待确认" in words(client.get(answer.location))

    def test_an_unknown_number_and_a_wrong_code_get_the_same_answer(self, client: Browser, applied: Life) -> None:
        wrong = client.submit("/track", "/track", number=applied.reference, code="A" * 10)
        unknown = client.submit("/track", "/track", number="AYX-2026-9999", code=code_of(applied))
        assert wrong.status_code == unknown.status_code == 422
        assert words(wrong) == words(unknown)
        assert "登记编号或者查询码不正确" in words(wrong)
        assert parsed(wrong).xpath("//input[@name='number']/@value") == [applied.reference]

    def test_nothing_is_shown_to_a_browser_that_did_not_show_the_code(
        self, client: Browser, new_browser: Callable[[], Browser], applied: Life
    ) -> None:
        client.submit("/track", "/track", number=applied.reference, code=code_of(applied))
        stranger = new_browser()
        answer = stranger.get(f"/track/{applied.reference}")
        assert (answer.status_code, answer.location) == (303, f"/track?number={applied.reference}")
        unknown = stranger.get("/track/AYX-2026-9999")
        assert (unknown.status_code, unknown.location) == (303, "/track?number=AYX-2026-9999")

    def test_it_closes_after_half_an_hour_without_use(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        look(client, applied, moment)
        moment.shift(timedelta(minutes=29))
        assert client.get(f"/track/{applied.reference}").status_code == 200
        moment.shift(timedelta(minutes=29))
        assert client.get(f"/track/{applied.reference}").status_code == 200
        moment.shift(timedelta(minutes=31))
        assert client.get(f"/track/{applied.reference}").status_code == 303

    def test_a_new_code_closes_what_the_old_one_opened(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        look(client, applied, moment)
        applied.do(Duty.REGISTRAR, lambda s, case, actor, now: reissue_code(s, case, "核对身份证", actor, now))
        assert client.get(f"/track/{applied.reference}").status_code == 303

    def test_wrong_codes_are_counted_and_bounded_per_address(
        self, client: Browser, applied: Life, app: Any, settings: Settings, moment: time_machine.Traveller
    ) -> None:
        given = {name: getattr(settings, name) for name in settings.__slots__}
        app.config["GKAPPLY"] = Settings(**{**given, "wrong_codes_per_hour": 3})
        for _ in range(5):
            assert client.submit("/track", "/track", number=applied.reference, code=code_of(applied)).status_code == 303
        for _ in range(3):
            assert client.submit("/track", "/track", number=applied.reference, code="WRONGWRONG").status_code == 422
        blocked = client.submit("/track", "/track", number=applied.reference, code=code_of(applied))
        assert blocked.status_code == 429
        assert "以后再试" in words(blocked)
        moment.shift(timedelta(minutes=61))
        assert client.submit("/track", "/track", number=applied.reference, code=code_of(applied)).status_code == 303
        with reading() as session:
            tries = session.scalars(select(Attempt).order_by(Attempt.id)).all()
        assert [one.succeeded for one in tries] == [True] * 5 + [False] * 3 + [True]
        assert all(applied.reference not in one.subject for one in tries)

    def test_empty_fields_are_no_try(self, client: Browser) -> None:
        answer = client.submit("/track", "/track", number="AYX-2026-0001", code=" ")
        assert answer.status_code == 422
        assert "请填写登记编号和查询码" in words(answer)
        with reading() as session:
            assert session.scalars(select(Attempt)).all() == []


class TestWhatIsShown:
    def test_before_the_confirmation_it_says_who_will_call_and_when(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, applied, moment)
        text = words(page)
        assert "受理机关将在2026年3月3日前与您确认收到申请，确认之日为收到申请之日" in text
        assert course(page) == [["2026年3月2日", "网上提交申请", "提交之日不是收到申请之日（条例第三十一条）"]]
        assert "答复期限" not in text.split("办理经过")[0]

    def test_each_day_of_the_term_has_its_reason(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, applied.confirm(), moment)
        assert "最迟在2026年3月30日前答复（条例第三十三条第二款）" in words(page)
        assert client.get(f"/track/{applied.reference}/days").status_code == 200

    def test_third_party_and_officials_stay_unnamed(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().assign().accept()
        question = Question("third_party", "某某建设集团", "某路1号", "13900000000", "施工合同", "涉及报价")
        applied.come_to(date(2026, 3, 10)).consult(question)
        page = look(client, applied, moment)
        asked = ["2026年3月10日", "征求第三方意见", "征求意见所需时间不计算在答复期限内（条例第三十二条）"]
        assert course(page)[-1] == asked
        assert "自2026年3月10日的次日起停止计算" in words(page)
        for private in ("某某建设集团", "某路1号", "13900000000", "承办人", "登记员", "公开机构负责人："):
            assert private not in page.text, private

    def test_a_letter_by_post_is_named_with_its_number_and_not_offered(
        self, client: Browser, new_life: NewLife, moment: time_machine.Traveller
    ) -> None:
        life = new_life()
        life.register(walked_in(PERSON, "征地材料"), life.at_the_counter()).assign()
        life.ask_correction("写明批次", "写明批准文号")
        page = look(client, life, moment)
        assert "发出（邮寄，邮件号XA" in words(page)
        assert "补正告知书" in words(page)
        cards = parsed(page).xpath("//ul[@class='cards']/li")
        offered = [card.findtext("h3") for card in cards if card.xpath(".//form")]
        assert offered == ["收件回执"]
        assert f"/track/{life.reference}/correction" in parsed(page).xpath("//main//form/@action")


class TestLetters:
    def test_the_first_fetching_is_the_delivery(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().assign()
        applied.ask_correction("写明合同名称", "写明标段")
        page = look(client, applied.come_to(date(2026, 3, 4)), moment)
        assert "有1份文书待您领取" in words(page)
        assert "提交补正" not in parsed(page).xpath("//main//button/text()")
        cards = parsed(page).xpath("//ul[@class='cards']/li")
        notice = next(card for card in cards if "补正告知书" in card.text_content())
        got = client.submit(page, notice.xpath(".//form/@action")[0])
        file = client.get(got.location)
        assert file.headers["Content-Disposition"].startswith("attachment")
        assert (file.mimetype, file.data) == ("application/pdf", SCAN.content), "what was stamped is what is fetched"
        again = client.get(f"/track/{applied.reference}")
        with reading() as session:
            letter = session.scalars(select(Letter).where(Letter.kind == "correction_notice")).one()
            record = "\n".join(
                one.text for one in read_docx(io.BytesIO(store(session).get(letter.file_sha))).paragraphs
            )
        assert "写明合同名称" in record
        scan = f"盖章扫描件（pdf，{size_zh(len(file.data))}）校验值（SHA-256）：{hashlib.sha256(file.data).hexdigest()}"
        assert scan in words(again)
        assert f"校验值（SHA-256）：{letter.file_sha}" in words(again)
        got_it = ["2026年3月4日", "您收到补正告知书", "补正期限自收到之日的次日起算（条例第三十条）"]
        assert course(again)[-1] == got_it
        assert "请在2026年3月25日前提交补正（把申请写明确）" in words(again)
        moment.shift(timedelta(minutes=10))
        assert client.get(got.location).data == file.data
        with reading() as session:
            entries = session.scalars(select(AccessEntry)).all()
        assert [(one.actor, one.deed) for one in entries] == [("applicant", "letter.fetched")] * 2

    def test_a_file_that_is_not_fetched_yet_or_not_theirs_is_not_given(
        self, client: Browser, applied: Life, new_life: NewLife, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().render()
        other = new_life().apply_online(request(PERSON, "别人的申请")).confirm().render()
        page = look(client, applied, moment)
        action = next(one for one in parsed(page).xpath("//main//form/@action") if "/letter/" in one)
        assert client.get(action).status_code == 404
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == other.reference)).one()
            foreign = case.letters[0].uid
        assert client.forge(f"/track/{applied.reference}/letter/{foreign}").status_code == 404
        assert client.forge(f"/track/{other.reference}/letter/{foreign}").status_code == 404

    def test_a_notice_fetched_after_the_correction_came_by_post_changes_no_term(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().assign()
        applied.ask_correction("写明合同名称", "写明标段")
        applied.come_to(date(2026, 3, 5)).receive_correction("写明了的合同")
        page = look(client, applied.come_to(date(2026, 3, 9)), moment)
        cards = parsed(page).xpath("//ul[@class='cards']/li")
        notice = next(card for card in cards if "补正告知书" in card.text_content())
        got = client.submit(page, notice.xpath(".//form/@action")[0])
        assert client.get(got.location).status_code == 200
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == applied.reference)).one()
            assert (case.clock_from, case.due_on) == (date(2026, 3, 5), date(2026, 4, 2))

    def test_the_reply_fetched_online_is_delivered_that_day(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        applied.confirm().assign().accept().search("施工合同", "没有")
        applied.decide(1, "not_existing", {}).draft_reply().submit_reply().pass_review().sign_reply().send_reply()
        page = look(client, applied.come_to(date(2026, 3, 6)), moment)
        cards = parsed(page).xpath("//ul[@class='cards']/li")
        reply = next(card for card in cards if "政府信息不存在告知书" in card.text_content())
        client.submit(page, reply.xpath(".//form/@action")[0])
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == applied.reference)).one()
            assert (case.replied_on, case.delivered_on) == (date(2026, 3, 2), date(2026, 3, 6))
        assert course(client.get(f"/track/{applied.reference}"))[-1][:2] == ["2026年3月6日", "答复送达"]


class TestCorrecting:
    @pytest.fixture
    def asked(self, new_life: NewLife) -> Life:
        """A request whose applicant was asked by post to correct it."""
        life = new_life()
        life.register(walked_in(PERSON, "征地材料"), life.at_the_counter()).assign()
        return life.ask_correction("写明批次", "写明批准文号")

    def test_words_and_file_go_to_the_office_once(
        self, client: Browser, asked: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, asked, moment)
        action = f"/track/{asked.reference}/correction"
        assert client.submit(page, action, text="2025年第3批次征地补偿方案").status_code == 303
        after = client.get(f"/track/{asked.reference}")
        assert "您已于2026年3月2日提交补正，正等待受理机关确认收到" in words(after)
        assert action not in parsed(after).xpath("//main//form/@action")
        again = client.forge(action, text="再来一次")
        assert again.status_code == 422
        assert "补正材料已提交，正等待行政机关确认" in words(again)

    @pytest.mark.parametrize(
        ("text", "file", "sentence"),
        [
            ("", None, "请填写补正后的申请内容，或上传补正材料"),
            ("标有绝密★", None, "本系统是非涉密系统"),
            ("长" * 5001, None, "最多5000个字，现有5001个字"),
            ("写好的补正", (b"MZ\0\0", "a.png"), "不是可接收的类型"),
        ],
    )
    def test_a_bad_correction_keeps_its_words(
        self, client: Browser, asked: Life, moment: time_machine.Traveller, text: str, file: Any, sentence: str
    ) -> None:
        page = look(client, asked, moment)
        sent = {"text": text} | ({"file": (io.BytesIO(file[0]), file[1])} if file else {})
        answer = client.submit(page, f"/track/{asked.reference}/correction", **sent)
        assert answer.status_code == 422
        assert sentence in words(answer)
        assert parsed(answer).get_element_by_id("text").text.strip() == text

    def test_what_was_written_survives_the_closing_of_the_page(
        self, client: Browser, asked: Life, moment: time_machine.Traveller
    ) -> None:
        page = look(client, asked, moment)
        moment.shift(timedelta(minutes=45))
        action = f"/track/{asked.reference}/correction"
        late = client.submit(page, action, text="写了很久的补正")
        assert late.status_code == 409
        assert "写了很久的补正" in parsed(late).xpath("//input[@name='text']/@value")
        client.submit("/track", "/track", number=asked.reference, code=code_of(asked))
        assert client.submit(late, action).status_code == 303
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == asked.reference)).one()
            assert case.correction_waiting is not None
            assert case.correction_waiting.text == "写了很久的补正"

    def test_nobody_corrects_what_nobody_asked_to_be_corrected(
        self, client: Browser, applied: Life, moment: time_machine.Traveller
    ) -> None:
        look(client, applied, moment)
        answer = client.forge(f"/track/{applied.reference}/correction", text="主动补充")
        assert answer.status_code == 409
        assert "不能「提交补正」" in words(answer)
