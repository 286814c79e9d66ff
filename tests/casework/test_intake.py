"""Taking requests in, on both databases: one request per token, the day of receipt by channel, nothing half-done."""

import io
import json
import zipfile
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Barrier
from typing import TypeVar

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from gkapply.casework import access, assignment, intake, ledger, new_case, query_code, voiding
from gkapply.casework.access import Actor
from gkapply.casework.application import Application
from gkapply.casework.application_check import BadForm
from gkapply.casework.documents import Upload
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import Organ, User
from gkapply.casework.people_data import contact_of
from gkapply.casework.receipt import Confirmation, Receipt
from gkapply.casework.records import Case
from gkapply.casework.schema import metadata
from gkapply.casework.uploads import Uploads, keep_files
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, WrongState
from tests.casework.conftest import Office
from workflows.application import CaseState
from workflows.duties import Duty

Seen = TypeVar("Seen")
NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 2, 27)
CITIZEN = Application(
    kind="natural_person",
    name="𠮷田·买买提",
    id_number="11010119900101004X",
    phone="13800000000",
    address="四川省资阳市安岳县",
    description="2025年龙台镇征地补偿安置方案",
    carrier="paper",
    way="post",
)
PNG = Upload("身份证.png", b"\x89PNG\r\n\x1a\n" + b"0" * 64)
SLIP = Upload("签收单.jpg", b"\xff\xd8\xff" + b"1" * 64)


def exe(name: str) -> Upload:
    """A program under another name."""
    return Upload(name, b"MZ\x90\x00" + b"\x00" * 200)


OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def docx(body: str) -> Upload:
    """A Word document with that body."""
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("word/document.xml", f"<w:document><w:body>{body}</w:body></w:document>")
    return Upload("材料.docx", file.getvalue())


def counts() -> Mapping[str, int]:
    """How many rows stand in each table."""
    with reading() as session:
        return {
            table.name: session.scalar(select(func.count()).select_from(table)) or 0 for table in metadata.sorted_tables
        }


def desk(session: Session, office: Office) -> Organ:
    """The organ that takes the requests in."""
    return session.get_one(Organ, office.organ_id)


def apply_online(office: Office, token: str = "t-1", application: Application = CITIZEN, **uploads: Upload) -> str:
    """The reference of a request that came through the web in a unit of its own."""
    files = {role: (upload,) for role, upload in uploads.items()}
    with transaction() as session:
        return intake.submit(session, desk(session, office), application, files, token, NOW).reference


def enter(office: Office, receipt: Receipt, application: Application = CITIZEN, files: Uploads | None = None) -> str:
    """The reference of a request that the registrar entered."""
    with transaction() as session:
        organ = desk(session, office)
        actor = office.staff[Duty.REGISTRAR]
        return intake.register(session, organ, application, files or {}, receipt, actor, NOW).reference


def look(office: Office, reference: str, see: Callable[[Session, Case], Seen]) -> Seen:
    """What ``see`` finds in the case."""
    with reading() as session:
        return see(session, access.open_case(session, reference, office.staff[Duty.REGISTRAR]))


def do(office: Office, duty: Duty, reference: str, deed: Callable[[Session, Case, Actor], object]) -> None:
    """A deed on the case by the holder of ``duty``, in a unit of its own."""
    actor = office.staff[duty]
    with transaction() as session:
        deed(session, access.open_case(session, reference, actor, for_step=True), actor)


class TestOnline:
    def test_a_submission_is_a_numbered_request_that_waits_to_be_confirmed(self, office: Office) -> None:
        reference = apply_online(office, identity=PNG)

        def see(session: Session, case: Case) -> None:
            assert (case.reference, case.state, case.channel) == ("AYX-2026-0001", CaseState.RECEIVED, "online")
            assert (case.received_on, case.due_on, case.submitted_at) == (None, None, NOW)
            assert [item.quote for item in case.items] == [CITIZEN.description]
            assert [(paper.role, paper.name) for paper in case.documents] == [("identity", "身份证.png")]
            assert case.applicant.name == "𠮷田·买买提"
            assert contact_of(session, case.applicant)["id_number"] == "11010119900101004X"
            assert len(query_code.query_code(session, case)) == 10

        look(office, reference, see)

    def test_the_journal_names_the_deed_and_no_person(self, office: Office) -> None:
        apply_online(office, identity=PNG)
        with reading() as session:
            entries = session.scalars(select(JournalEntry).order_by(JournalEntry.id)).all()
        text = "".join(entry.body for entry in entries)
        assert [entry.deed for entry in entries[-2:]] == ["application.submit", "document.add"]
        for personal in ("𠮷田", "11010119900101004X", "13800000000", "龙台镇"):
            assert personal not in text

    def test_the_same_token_is_the_same_request(self, office: Office) -> None:
        first = apply_online(office)
        before = counts()
        other_words = replace(CITIZEN, description="别的内容")
        assert apply_online(office, application=other_words) == first
        assert counts() == before

    def test_tokens_sent_at_the_same_moment_are_one_request_and_lose_no_number(self, office: Office) -> None:
        threads = 6
        start = Barrier(threads)

        def send(_: int) -> str:
            start.wait()
            return apply_online(office)

        with ThreadPoolExecutor(threads) as pool:
            references = set(pool.map(send, range(threads)))
        assert references == {"AYX-2026-0001"}
        assert counts()["applicant"] == 1
        assert apply_online(office, token="t-2") == "AYX-2026-0002"

    def test_snapshots_of_one_person_are_linked_and_of_another_not(self, office: Office) -> None:
        one = apply_online(office)
        again = enter(
            office, Receipt("counter", MONDAY), replace(CITIZEN, name="田吉", id_number="110101 19900101 004x")
        )
        other = apply_online(office, "t-2", replace(CITIZEN, id_number="110101199001011237"))
        nameless = enter(office, Receipt("counter", MONDAY), replace(CITIZEN, id_number=""))
        people = [
            look(office, reference, lambda session, case: case.applicant.person_id)
            for reference in (one, again, other, nameless)
        ]
        assert people[0] == people[1] is not None
        assert people[2] not in (None, people[0])
        assert people[3] is None

    @pytest.mark.parametrize(
        ("change", "field", "words"),
        [
            ({"id_number": "110101199001011234"}, "id_number", "身份证号码的校验位不符"),
            ({"description": "  "}, "description", "请写明所申请的政府信息"),
            ({"description": "标有机密★的文件"}, "description", "本系统是非涉密系统，不得上传、录入涉密信息"),
        ],
    )
    def test_bad_words_leave_nothing(self, office: Office, change: dict[str, str], field: str, words: str) -> None:
        before = counts()
        with pytest.raises(BadForm) as caught:
            apply_online(office, application=replace(CITIZEN, **change))  # type: ignore[arg-type]
        assert words in str(caught.value.errors[field])
        assert counts() == before
        assert apply_online(office).endswith("-0001")

    @pytest.mark.parametrize(
        ("upload", "words"),
        [
            (Upload("大.png", b"\x89PNG\r\n\x1a\n" + b"0" * (20 * 1024 * 1024)), "文件「大.png」超过20MB"),
            (exe("照片.jpg"), "文件「照片.jpg」的内容不是可接收的类型"),
            (exe("申请.exe"), "可接收：pdf"),
            (Upload("空.pdf", b""), "文件「空.pdf」是空的"),
            (Upload("机密★10年.png", PNG.content), "本系统是非涉密系统"),
            (Upload("线索.txt", "内容标有 秘密★".encode()), "请改用纸质方式"),
            (docx("<w:t>机</w:t></w:r><w:r><w:t>密★</w:t>"), "带有国家秘密标志“机密★”"),
            (
                Upload("坏.docx", docx("<w:t>正文</w:t>" * 9).content.replace("正文".encode(), b"??????")),
                "已损坏，无法打开",
            ),
            (docx("<w:t>绝密&#9733;长期</w:t>"), "带有国家秘密标志“绝密★”"),
            (Upload("旧.doc", OLE + b"x" + "秘密★".encode("utf-16-le")), "带有国家秘密标志“秘密★”"),
        ],
    )
    def test_a_bad_file_leaves_nothing(self, office: Office, upload: Upload, words: str) -> None:
        before = counts()
        with pytest.raises(BadForm) as caught:
            apply_online(office, other=upload)
        assert words in str(caught.value.errors["other"])
        assert counts() == before
        with reading() as session, pytest.raises(BadForm):
            keep_files(session, {"other": [upload]})
        assert list(office.store.all()) == []

    def test_a_document_without_marks_comes_in(self, office: Office) -> None:
        reference = apply_online(office, other=docx("<w:t>机密一词本身不是标志</w:t>"))
        assert look(office, reference, lambda session, case: case.documents[0].name) == "材料.docx"

    def test_at_most_five_files(self, office: Office) -> None:
        with transaction() as session, pytest.raises(BadForm) as caught:
            intake.submit(session, desk(session, office), CITIZEN, {"other": [PNG] * 6}, "t", NOW)
        assert "附件最多5个，现有6个" in str(caught.value.errors["other"])

    def test_files_are_in_the_store_before_the_unit_begins(self, office: Office) -> None:
        with reading() as session:
            keep_files(session, {"other": [PNG]})
        reference = apply_online(office, other=PNG)
        sha = look(office, reference, lambda session, case: case.documents[0].sha256)
        assert office.store.get(sha) == PNG.content

    def test_an_organ_that_takes_no_requests_is_told_apart(self, office: Office) -> None:
        with transaction() as session:
            party = session.scalars(select(Organ).where(Organ.code == "AYX-XCB")).one()
            with pytest.raises(Refusal, match="中共安岳县委宣传部不在本平台接收申请"):
                intake.submit(session, party, CITIZEN, {}, "t", NOW)


def test_the_content_hash_speaks_of_the_request_and_not_of_the_person(office: Office) -> None:
    with reading() as session:
        organ = desk(session, office)
    own = new_case.content_hash(organ, CITIZEN, {"identity": [PNG]})
    assert new_case.content_hash(organ, replace(CITIZEN, name="他人", phone="1"), {"identity": [PNG]}) == own
    assert new_case.content_hash(organ, replace(CITIZEN, description="其他"), {"identity": [PNG]}) != own
    assert new_case.content_hash(organ, CITIZEN, {}) != own


class TestByOtherChannels:
    @pytest.mark.parametrize(
        "receipt",
        [
            Receipt("counter", MONDAY),
            Receipt("signed_post", MONDAY, tracking="1234567890123"),
            Receipt("oral", MONDAY, difficulty="视力障碍，不能书写", confirmed_how="recording"),
        ],
    )
    def test_these_are_received_on_their_day_and_get_the_receipt_letter(self, office: Office, receipt: Receipt) -> None:
        reference = enter(office, receipt, files={"application": [SLIP]})

        def see(session: Session, case: Case) -> None:
            assert (case.state, case.received_on, case.due_on) == (CaseState.REGISTERED, MONDAY, date(2026, 3, 30))
            assert (case.late_reason, case.submitted_at) == ("", None)
            assert [(fact.kind, fact.on_) for fact in case.facts] == [(ledger.RECEIVED, MONDAY)]
            assert [(letter.kind, letter.state.value) for letter in case.letters] == [("receipt", "sent")]
            assert [paper.role for paper in case.documents] == ["application"]

        look(office, reference, see)

    @pytest.mark.parametrize("channel", ["ordinary_post", "fax", "email"])
    def test_these_wait_until_both_sides_confirm(self, office: Office, channel: str) -> None:
        reference = enter(office, Receipt(channel, FRIDAY))

        def waiting(session: Session, case: Case) -> None:
            assert (case.state, case.received_on, case.due_on) == (CaseState.RECEIVED, None, None)
            assert intake.arrived_on(case) == FRIDAY
            assert case.letters == []

        def confirmed(session: Session, case: Case) -> None:
            assert (case.state, case.received_on, case.due_on) == (CaseState.REGISTERED, MONDAY, date(2026, 3, 30))
            assert [note.content for note in case.notes] == ['{"how":"电话","text":"内容无误","who":"申请人本人"}']
            assert [letter.kind for letter in case.letters] == ["receipt"]

        look(office, reference, waiting)
        confirmation = Confirmation(MONDAY, "phone", "申请人本人", "内容无误")
        do(office, Duty.REGISTRAR, reference, lambda s, case, actor: intake.confirm(s, case, confirmation, actor, NOW))
        look(office, reference, confirmed)

    @pytest.mark.parametrize(
        ("receipt", "field", "words"),
        [
            (Receipt("counter", MONDAY + timedelta(1)), "received_on", "收到日期 2026-03-03 晚于今天 2026-03-02"),
            (Receipt("counter", date(2019, 5, 14)), "received_on", "早于现行条例施行之日 2019-05-15"),
            (Receipt("fax", date(2019, 5, 14)), "received_on", "不能在本系统登记"),
            (Receipt("email", MONDAY + timedelta(1)), "received_on", "晚于今天"),
            (Receipt("counter", FRIDAY), "late_reason", "应当说明补登理由"),
            (Receipt("counter", FRIDAY), "proof", "应当附收到日期的凭证"),
            (Receipt("counter", FRIDAY, late_reason="元旦值班代收"), "proof", "请上传签收单、信封或者邮件记录"),
            (Receipt("counter", FRIDAY, proof=SLIP), "late_reason", "应当说明补登理由"),
            (Receipt("counter", FRIDAY, late_reason="代收", proof=exe("签收单.png")), "proof", "不是可接收的类型"),
            (Receipt("signed_post", MONDAY), "tracking", "请登记邮件号码"),
            (Receipt("oral", MONDAY), "difficulty", "采用书面形式确有困难"),
            (Receipt("oral", MONDAY), "confirmed_how", "如何确认代为填写的内容"),
            (Receipt("online", MONDAY), "channel", "请选择来件渠道"),
            (Receipt("pigeon", MONDAY), "channel", "请选择来件渠道"),
        ],
    )
    def test_a_bad_receipt_leaves_nothing(self, office: Office, receipt: Receipt, field: str, words: str) -> None:
        before = counts()
        with pytest.raises(BadForm) as caught:
            enter(office, receipt)
        assert words in str(caught.value.errors[field])
        assert counts() == before

    def test_a_late_registration_keeps_its_day_and_is_marked(self, office: Office) -> None:
        received = date(2025, 12, 30)
        reference = enter(office, Receipt("counter", received, late_reason="门卫代收未及时转交", proof=SLIP))

        def see(session: Session, case: Case) -> None:
            assert case.number == "2026-0001"
            assert (case.received_on, case.late_reason) == (received, "门卫代收未及时转交")
            (fact,) = case.facts
            assert fact.detail == '{"channel":"counter","late":true}'
            assert case.documents[0].role == "proof"
            assert fact.document_id == case.documents[0].id
            assert json.loads(case.letters[0].final)["fields"]["materials"] == ["政府信息公开申请表"]

        look(office, reference, see)

    def test_form_files_and_receipt_are_judged_together(self, office: Office) -> None:
        with pytest.raises(BadForm) as caught:
            enter(office, Receipt("counter", FRIDAY), replace(CITIZEN, description=""), {"identity": [exe("a.pdf")]})
        assert set(caught.value.errors) == {"description", "identity", "late_reason", "proof"}

    def test_only_the_organs_own_registrar_may_enter_requests(self, office: Office) -> None:
        before = counts()
        for actor in (office.staff[Duty.OFFICER], replace(office.staff[Duty.REGISTRAR], organ_id=office.organ_id + 1)):
            with transaction() as session:
                organ = desk(session, office)
                with pytest.raises(NotPermitted):
                    intake.register(session, organ, CITIZEN, {}, Receipt("counter", MONDAY), actor, NOW)
        assert counts() == before


class TestConfirming:
    @pytest.mark.parametrize(
        ("confirmation", "field", "words"),
        [
            (Confirmation(MONDAY + timedelta(1), "phone", "本人"), "received_on", "晚于今天"),
            (Confirmation(FRIDAY, "phone", "本人"), "received_on", "确认日期不能早于来件日期 2026-03-02"),
            (Confirmation(MONDAY, "pigeon", "本人"), "how", "以何种方式与申请人确认"),
            (Confirmation(MONDAY, "phone", " "), "who", "请填写与谁确认"),
        ],
    )
    def test_a_bad_confirmation_leaves_nothing(
        self, office: Office, confirmation: Confirmation, field: str, words: str
    ) -> None:
        reference = apply_online(office)
        before = counts()
        with pytest.raises(BadForm) as caught:
            do(
                office,
                Duty.REGISTRAR,
                reference,
                lambda s, case, actor: intake.confirm(s, case, confirmation, actor, NOW),
            )
        assert words in str(caught.value.errors[field])
        assert counts() == before

    def test_a_past_confirmation_is_a_late_entry(self, office: Office) -> None:
        reference = enter(office, Receipt("fax", FRIDAY))
        bare = Confirmation(FRIDAY, "phone", "本人")
        with pytest.raises(BadForm) as caught:
            do(office, Duty.REGISTRAR, reference, lambda s, case, actor: intake.confirm(s, case, bare, actor, NOW))
        assert set(caught.value.errors) == {"late_reason", "proof"}
        proved = replace(bare, late_reason="当日值班员电话确认", proof=SLIP)
        do(office, Duty.REGISTRAR, reference, lambda s, case, actor: intake.confirm(s, case, proved, actor, NOW))
        assert look(office, reference, lambda session, case: case.received_on) == FRIDAY
        # 02-28 is a make-up working day: the first of the twenty.
        assert look(office, reference, lambda session, case: case.due_on) == date(2026, 3, 26)

    def test_what_was_confirmed_is_not_confirmed_again(self, office: Office) -> None:
        reference = enter(office, Receipt("counter", MONDAY))
        again = Confirmation(MONDAY, "phone", "本人")
        with pytest.raises(WrongState):
            do(office, Duty.REGISTRAR, reference, lambda s, case, actor: intake.confirm(s, case, again, actor, NOW))


class TestVoiding:
    def propose(self, office: Office, reference: str, reason: str = "同一人误重复提交") -> None:
        do(office, Duty.REGISTRAR, reference, lambda s, case, actor: voiding.propose_void(s, case, reason, actor, NOW))

    def test_the_head_approves_and_the_number_stays(self, office: Office) -> None:
        reference = apply_online(office)
        self.propose(office, reference)
        do(office, Duty.HEAD, reference, lambda s, case, actor: voiding.approve_void(s, case, actor, NOW))

        def see(session: Session, case: Case) -> None:
            assert (case.state, case.ended_on, case.report_row) == (CaseState.VOIDED, MONDAY, None)
            assert [fact.kind for fact in case.facts] == [ledger.VOIDED]

        look(office, reference, see)
        assert apply_online(office, "t-2") == "AYX-2026-0002"

    def test_nothing_is_ended_without_proposal_reason_or_second_person(self, office: Office) -> None:
        reference = apply_online(office)
        with pytest.raises(Refusal, match="没有待批准的未成立提请"):
            do(office, Duty.HEAD, reference, lambda s, case, actor: voiding.approve_void(s, case, actor, NOW))
        with pytest.raises(Refusal, match="须说明理由"):
            self.propose(office, reference, " ")
        self.propose(office, reference)
        with pytest.raises(Refusal, match="正等待公开机构负责人决定"):
            self.propose(office, reference)
        both = replace(office.staff[Duty.REGISTRAR], duties=frozenset({Duty.REGISTRAR, Duty.HEAD}))
        with transaction() as session:
            case = access.open_case(session, reference, both, for_step=True)
            with pytest.raises(Refusal, match="不得自己批准"):
                voiding.approve_void(session, case, both, NOW)

    def test_a_refused_proposal_may_be_made_again(self, office: Office) -> None:
        reference = apply_online(office)
        self.propose(office, reference)
        do(office, Duty.HEAD, reference, lambda s, case, actor: voiding.reject_void(s, case, "内容不同", actor, NOW))
        assert look(office, reference, lambda session, case: case.void_reason) == ""
        self.propose(office, reference)
        notes = look(office, reference, lambda session, case: [note.kind for note in case.notes])
        assert notes == ["void_proposed", "void_rejected", "void_proposed"]


class TestAssigning:
    def test_the_officer_gets_the_case_and_the_name_it_is_answered_in(self, office: Office) -> None:
        reference = enter(office, Receipt("counter", MONDAY))

        def deed(session: Session, case: Case, actor: Actor) -> None:
            officer = session.get_one(User, office.staff[Duty.OFFICER].user_id)
            assert assignment.officers_of(session, office.organ_id, MONDAY) == [officer]
            government = case.organ.signing_names[1]
            assignment.assign(session, case, officer, actor, NOW, signing_name=government)

        do(office, Duty.REGISTRAR, reference, deed)

        def see(session: Session, case: Case) -> None:
            assert (case.state, case.officer_id) == (CaseState.REVIEWING, office.staff[Duty.OFFICER].user_id)
            assert case.signing_name is not None
            assert case.signing_name.full_name == "安岳县人民政府"

        look(office, reference, see)

    def test_nobody_without_the_duty_gets_a_case(self, office: Office) -> None:
        reference = enter(office, Receipt("counter", MONDAY))

        def deed(session: Session, case: Case, actor: Actor) -> None:
            reviewer = session.get_one(User, office.staff[Duty.REVIEWER].user_id)
            assignment.assign(session, case, reviewer, actor, NOW)

        with pytest.raises(Refusal, match="审核人不是本机关的承办人"):
            do(office, Duty.REGISTRAR, reference, deed)

    def test_a_case_is_not_reassigned_to_the_same_officer(self, office: Office) -> None:
        reference = enter(office, Receipt("counter", MONDAY))

        def give(deed: Callable[..., None]) -> Callable[[Session, Case, Actor], None]:
            def to_officer(session: Session, case: Case, actor: Actor) -> None:
                deed(session, case, session.get_one(User, office.staff[Duty.OFFICER].user_id), actor, NOW)

            return to_officer

        do(office, Duty.REGISTRAR, reference, give(assignment.assign))
        with pytest.raises(Refusal, match="已由承办人承办"):
            do(office, Duty.HEAD, reference, give(assignment.reassign))


def test_a_new_code_closes_the_old_one(office: Office) -> None:
    reference = apply_online(office)
    old = look(office, reference, query_code.query_code)
    with pytest.raises(Refusal, match="如何核验了申请人身份"):
        do(office, Duty.REGISTRAR, reference, lambda s, case, actor: query_code.reissue_code(s, case, "", actor, NOW))
    do(
        office,
        Duty.REGISTRAR,
        reference,
        lambda s, c, actor: query_code.reissue_code(s, c, "核对身份证原件", actor, NOW),
    )
    new = look(office, reference, query_code.query_code)
    assert new != old
    assert look(office, reference, lambda session, case: query_code.opens(session, case, new))
    assert not look(office, reference, lambda session, case: query_code.opens(session, case, old))
    with reading() as session:
        assert not query_code.opens(session, None, new)


def test_a_foreign_organs_number_opens_nothing(office: Office) -> None:
    reference = apply_online(office)
    stranger = replace(office.staff[Duty.REGISTRAR], organ_id=office.organ_id + 1)
    with reading() as session, pytest.raises(NotFound, match="没有这件申请，或者您无权查看"):
        access.open_case(session, reference, stranger)
