"""One request from the citizen's form to the archive and the annual report, every step through its page."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from io import BytesIO
from typing import Any

import pytest
import time_machine
from flask import Flask
from sqlalchemy import select

from gkapply import jobs
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.query_code import query_code
from gkapply.casework.records import Case
from gkapply.clock import OFFICE_ZONE
from gkapply.config import Settings
from gkapply.database import reading
from gkapply.letters.text import paragraphs
from tests.casework.conftest import Office
from tests.web.browser import Browser, parsed, words
from workflows.application import CaseState
from workflows.duties import Duty

SLIP = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF"


@dataclass
class Walk:
    """The staff and the applicant before their browsers, at the moment to which the test has come."""

    login: Callable[[Duty], Browser]
    citizen: Browser
    moment: time_machine.Traveller
    settings: Settings
    reference: str = ""

    def on(self, day: date) -> None:
        """The day comes: 9 o'clock in the office."""
        self.moment.move_to(datetime.combine(day, time(9), OFFICE_ZONE))

    def case(self) -> Case:
        """The case as it stands, with its letters and questions."""
        with reading() as session:
            case = session.scalars(select(Case).where(Case.reference == self.reference)).one()
            _ = case.letters, case.consultations, case.documents, case.items
            return case

    def letter(self, kind: str) -> Letter:
        """The newest letter of a kind."""
        return [one for one in self.case().letters if one.kind == kind][-1]

    def question(self) -> Consultation:
        """The newest question."""
        return self.case().consultations[-1]

    def take(self, duty: Duty, trigger: str, **typed: Any) -> None:
        """A step of the case."""
        self._take(duty, f"/desk/cases/{self.reference}/steps/{trigger}", typed)

    def take_letter(self, duty: Duty, kind: str, trigger: str, **typed: Any) -> None:
        """A step of the newest letter of a kind; the errands that it ordered are done."""
        self._take(duty, f"/desk/letters/{self.letter(kind).uid}/steps/{trigger}", typed)

    def take_question(self, duty: Duty, trigger: str, **typed: Any) -> None:
        """A step of the newest question."""
        self._take(duty, f"/desk/consultations/{self.question().uid}/steps/{trigger}", typed)

    def decide(self, item: int, outcome: str, **typed: Any) -> None:
        """An item's outcome: the first page chooses, the second asks for the evidence."""
        path = f"/desk/cases/{self.reference}/steps/decide_item"
        self._take(Duty.OFFICER, path, typed, f"?item={item}&outcome={outcome}")

    def _take(self, duty: Duty, path: str, typed: dict[str, Any], chosen: str = "") -> None:
        browser = self.login(duty)
        answer = browser.submit(path + chosen, path, **typed)
        assert answer.status_code == 303, words(answer)
        assert answer.location == f"/desk/cases/{self.reference}"
        assert browser.get(answer.location).status_code == 200
        jobs.run_due(jobs.make_celery(self.settings))

    def issue(self, kind: str, signer: Duty, trigger: str, **sent: Any) -> None:
        """A notice from its draft to the post."""
        self.take_letter(Duty.OFFICER, kind, "submit_signature")
        self.take_letter(signer, kind, trigger)
        self.stamp(kind)
        self.take_letter(Duty.REGISTRAR, kind, "send", **sent)

    def stamp(self, kind: str) -> None:
        """The registrar has the newest letter of a kind stamped, and enters it with the scan."""
        self.take_letter(Duty.REGISTRAR, kind, "seal", stamped_by="印章保管人", scan=(BytesIO(SLIP), "盖章扫描件.pdf"))

    def apply(self) -> None:
        """The citizen applies."""
        answer = self.citizen.submit(
            "/apply/whole",
            "/apply",
            organ="AYX",
            kind="enterprise",
            name="某某贸易有限公司",
            id_type="credit_code",
            id_number="91510000MA0000000C",
            contact_name="李四",
            phone="13800000000",
            description="龙台镇道路改造工程的批复、施工合同和监理日志",
            carrier="electronic",
            way="online",
        )
        assert answer.status_code == 303, words(answer)
        with reading() as session:
            self.reference = session.scalars(select(Case.reference)).one()

    def follow(self) -> Browser:
        """The citizen's browser, let in by number and code."""
        with reading() as session:
            code = query_code(session, self.case())
        answer = self.citizen.submit("/track", "/track", number=self.reference, code=code)
        assert answer.status_code == 303
        return self.citizen

    def fetch(self, kind: str) -> None:
        """The citizen fetches the newest letter of a kind."""
        path = f"/track/{self.reference}"
        assert self.follow().submit(path, f"{path}/letter/{self.letter(kind).uid}").status_code == 303


@pytest.fixture
def walk(
    app: Flask,
    login: Callable[[Duty], Browser],
    client: Browser,
    moment: time_machine.Traveller,
    settings: Settings,
    office: Office,
) -> Walk:
    """The beginning of the path."""
    return Walk(login, client, moment, settings)


def test_from_the_form_to_the_archive(walk: Walk) -> None:
    walk.on(date(2026, 3, 2))
    walk.apply()
    walk.take(Duty.REGISTRAR, "confirm", who="李四")
    assert walk.case().due_on == date(2026, 3, 30)
    walk.take(Duty.REGISTRAR, "assign")

    walk.on(date(2026, 3, 11))  # the seventh working day: the last for asking
    walk.take(Duty.OFFICER, "propose_correction", points="请写明工程的年度\n请写明标段", guidance="写明年度便于检索")
    walk.issue("correction_notice", Duty.HEAD, "sign_notice")
    assert (walk.case().state, walk.case().due_on) == (CaseState.CORRECTING, None)
    walk.fetch("correction_notice")
    correction = f"/track/{walk.reference}/correction"
    handed_in = walk.follow().submit(f"/track/{walk.reference}", correction, text="2024年龙台镇道路改造工程一标段")
    assert handed_in.status_code == 303
    walk.on(date(2026, 3, 20))
    walk.take(Duty.REGISTRAR, "receive_correction")
    assert walk.case().due_on == date(2026, 4, 20)

    walk.take(Duty.OFFICER, "accept")
    walk.take(Duty.OFFICER, "itemise", quotes="工程的批复\n施工合同\n监理日志")
    walk.take(Duty.OFFICER, "record_note", text="已电话告知申请人正在检索")
    walk.take(
        Duty.OFFICER,
        "record_search",
        units="办公室、档案室",
        systems="公文处理系统",
        archive_room="已检索",
        period="2024年至今",
        words="“龙台镇”“道路改造”",
        result="有批复和合同，没有监理日志",
    )
    _ask_the_third_party(walk)
    _extend(walk)
    _decide_and_approve(walk)
    _send_and_close(walk)


def _ask_the_third_party(walk: Walk) -> None:
    walk.on(date(2026, 3, 24))
    walk.take(
        Duty.OFFICER,
        "propose_opinion",
        name="某建设工程有限公司",
        address="某县某路1号",
        information="施工合同",
        reason="合同载有报价明细，公开可能涉及商业秘密",
    )
    walk.issue("inquiry_notice", Duty.REVIEWER, "sign_notice")
    proof = (BytesIO(SLIP), "收寄凭证.pdf")
    walk.issue("third_party_inquiry", Duty.REVIEWER, "sign_notice", tracking="XA51", proof=proof)
    assert (walk.case().due_on, walk.case().stopped_since) == (None, date(2026, 3, 24))
    walk.on(date(2026, 3, 26))
    walk.take_question(Duty.REGISTRAR, "note_receipt", proof=(BytesIO(SLIP), "签收单.pdf"))
    walk.on(date(2026, 4, 2))
    walk.take_question(
        Duty.OFFICER,
        "answer",
        opinion="disagree",
        text="报价明细属于商业秘密",
        file=(BytesIO(SLIP), "意见.pdf"),
    )
    walk.take_question(Duty.OFFICER, "weigh", result="reasonable", text="报价明细是商业秘密，理由成立")
    # 25 March to 2 April do not count: seven working days, and 6 April is a holiday.
    assert walk.case().due_on == date(2026, 4, 29)


def _extend(walk: Walk) -> None:
    walk.take(Duty.OFFICER, "propose_extension", working_days="10", reason="需要逐页隐去报价明细")
    walk.issue("extension_notice", Duty.HEAD, "sign_extension")
    # 30 April, 6 to 9 and 11 to 15 May: Saturday the 9th is a working day.
    assert walk.case().due_on == date(2026, 5, 15)


def _decide_and_approve(walk: Walk) -> None:
    walk.on(date(2026, 5, 12))
    walk.decide(1, "disclosed", enclosures="工程批复（电子文档，3页）", release_review="经审查可以公开")
    parts = {
        "withheld_parts-0-ground": "refused_third_party",
        "withheld_parts-0-what": "报价明细",
        "withheld_parts-0-reason": "属于商业秘密，第三方不同意公开且理由成立",
    }
    walk.decide(
        2,
        "partial",
        enclosures="施工合同（隐去报价明细，18页）",
        release_review="经审查，隐去后可以公开",
        more=None,
        **parts,
    )
    walk.decide(3, "not_existing")
    walk.take(Duty.OFFICER, "draft_reply")
    walk.take_letter(Duty.OFFICER, "reply_partial", "submit_review")
    walk.take_letter(Duty.REVIEWER, "reply_partial", "return_review", comment="第二项的理由请写得更具体")
    assert walk.case().state is CaseState.HANDLING
    parts["withheld_parts-0-reason"] = "属于商业秘密，公开会使其在今后投标中处于不利地位"
    walk.decide(2, "partial", more=None, **parts)
    walk.take_letter(Duty.OFFICER, "reply_partial", "submit_review")
    review = f"/desk/letters/{walk.letter('reply_partial').uid}/steps/pass_review"
    changed = parsed(walk.login(Duty.REVIEWER).get(review)).xpath("//ins")
    assert any("投标" in one.text_content() for one in changed)
    walk.take_letter(Duty.REVIEWER, "reply_partial", "pass_review", comment="同意")
    walk.take(Duty.REVIEWER, "review_secrecy", unmarked="y", result="open", basis="经逐件核对，可以公开")
    walk.take_letter(Duty.SIGNER, "reply_partial", "sign_reply")
    assert walk.case().state is CaseState.DELIVERING


def _send_and_close(walk: Walk) -> None:
    reply = walk.letter("reply_partial")
    fetched = walk.login(Duty.REGISTRAR).get(f"/desk/letters/{reply.uid}/file")
    text = "\n".join(paragraphs(fetched.data))
    assert "投标" in text
    assert reply.number is not None
    assert reply.number in text
    assert "《中华人民共和国行政复议法》第二十三条第一款第四项" in text  # the part that is refused: review first
    walk.on(date(2026, 5, 15))  # the last day
    walk.stamp("reply_partial")
    walk.take_letter(Duty.REGISTRAR, "reply_partial", "send")
    assert (walk.case().state, walk.case().replied_on) == (CaseState.REPLIED, date(2026, 5, 15))
    assert "已在期限内答复" in words(walk.login(Duty.OFFICER).get(f"/desk/cases/{walk.reference}"))
    walk.on(date(2026, 5, 18))
    walk.fetch("reply_partial")
    assert walk.case().delivered_on == date(2026, 5, 18)
    walk.take(Duty.ARCHIVIST, "archive", retention="30年")
    case = walk.case()
    assert (case.state, case.retention, case.archived_on) == (CaseState.ARCHIVED, "30年", date(2026, 5, 18))
    assert [one.media_type.rsplit(".", 1)[-1] for one in case.documents if one.role == "archive_index"] == [
        "application/json",
        "document",
    ]
    page = words(walk.login(Duty.ARCHIVIST).get(f"/desk/cases/{walk.reference}"))
    assert "案卷已经归档，没有后续步骤" in page
    row = parsed(walk.login(Duty.STATISTICIAN).get("/report?year=2026")).xpath(
        "//a[contains(@href, 'row=3.2') and contains(@href, 'column=enterprise')]"
    )
    assert [one.text_content() for one in row] == ["1"]
