"""更正申请 (条例第四十一条) on both databases: its own kind, numbers, internal term and outcomes; outside table 三."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from gkapply.casework import office_settings, record_correction
from gkapply.casework.access import Actor, open_case
from gkapply.casework.application_check import BadForm
from gkapply.casework.dating import reckoning
from gkapply.casework.flow import APPLICATIONS
from gkapply.casework.gaps import gaps_of
from gkapply.casework.numbering import request_number
from gkapply.casework.people import Organ
from gkapply.casework.receipt import Receipt
from gkapply.casework.record_correction import RecordWish
from gkapply.casework.records import Case
from gkapply.casework.redating_stretch import Reckoner, stretch
from gkapply.casework.report import annual
from gkapply.casework.watched import due_cases
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.demo.record_stories import WISH
from gkapply.law.case_kinds import CaseKind
from gkapply.law.course import INTERNAL_TERM
from gkapply.law.refusal import Refusal, WrongState
from tests.casework.conftest import MONDAY, Office
from tests.casework.test_intake import CITIZEN, PNG, counts
from workflows.application import CaseState
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
ADMINISTRATOR = Actor("user", None, frozenset({Duty.SYSADMIN}), user_id=1)


def submit(office: Office, wish: RecordWish = WISH, token: str = "r-1", **uploads: object) -> str:
    """The reference of a request to correct records from the web."""
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        return record_correction.submit(wish, session, organ, CITIZEN, uploads, token, NOW).reference  # type: ignore[arg-type]


def see(office: Office, reference: str) -> Case:
    """The case as the registrar sees it."""
    with reading() as session:
        return open_case(session, reference, office.staff[Duty.REGISTRAR])


def set_term(office: Office, days: int) -> None:
    """Choose the internal term."""
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        office_settings.change_settings(session, organ, {"record_correction_term": days}, ADMINISTRATOR, NOW)


class TestComingIn:
    def test_it_has_a_kind_and_a_series_of_numbers_of_its_own(self, office: Office) -> None:
        assert submit(office) == "AYX-2026-G0001"
        assert submit(office) == "AYX-2026-G0001", "the same token is the same request"
        assert submit(office, token="r-2") == "AYX-2026-G0002", "the number of the double went back"
        with transaction() as session:
            assert request_number(session, office.organ_id, 2026) == "2026-0001"
        case = see(office, "AYX-2026-G0001")
        assert (case.kind, case.state) == (CaseKind.RECORD_CORRECTION, CaseState.RECEIVED)
        assert case.description.splitlines() == [
            "记录不准确的政府信息：2025年度耕地地力保护补贴发放公示表（石羊镇）",
            "现在的记录：补贴面积2.8亩",
            "应当更正为：补贴面积3.8亩",
            "证据：土地承包经营权证载明3.8亩，可以到场出示原件",
        ]

    @pytest.mark.parametrize(
        ("change", "fields"),
        [
            ({"record": " "}, {"record"}),
            ({"wrong": "", "right": ""}, {"wrong", "right"}),
            ({"evidence_text": " "}, {"evidence_text"}),
            ({"right": "机密★"}, {"right"}),
            ({"record": "长" * 201}, {"record"}),
        ],
    )
    def test_record_wrong_right_and_proof_are_asked_for(
        self, office: Office, change: dict[str, str], fields: set[str]
    ) -> None:
        before = counts()
        with pytest.raises(BadForm) as caught:
            submit(office, replace(WISH, **change))
        assert set(caught.value.errors) == fields
        assert counts() == before

    def test_a_file_is_proof_enough(self, office: Office) -> None:
        reference = submit(office, replace(WISH, evidence_text=""), evidence=(PNG,))
        with reading() as session:
            case = open_case(session, reference, office.staff[Duty.REGISTRAR])
            assert [paper.role for paper in case.documents] == ["evidence"]

    def test_the_counter_takes_a_letter_without_proof_and_may_ask_for_it(self, office: Office) -> None:
        wish = replace(WISH, evidence_text="")
        with transaction() as session:
            organ = session.get_one(Organ, office.organ_id)
            receipt, actor = Receipt("counter", MONDAY), office.staff[Duty.REGISTRAR]
            case = record_correction.register(wish, session, organ, CITIZEN, {}, receipt, actor, NOW)
            told = json.loads(case.letters[0].final)["fields"]
            assert gaps_of(session, case, MONDAY) == ["请提供证明记录不准确的证据"]
        assert (case.number, case.received_on) == ("2026-G0001", MONDAY)
        assert (told["request_kind"], told["materials"]) == ("政府信息更正申请", ["政府信息更正申请表"])
        assert record_correction.gaps(wish, {}) == ["请提供证明记录不准确的证据"]


class TestTerm:
    def test_it_runs_by_the_internal_term_and_says_so(self, office: Office, new_life: Callable[..., Life]) -> None:
        set_term(office, 10)
        life = new_life().apply_for_correction(PERSON, WISH).confirm()
        request_life = new_life().apply_online(request(PERSON, "某文件")).confirm()
        with reading() as session:
            case = open_case(session, life.reference, office.staff[Duty.REGISTRAR])
            clock = reckoning(case).running[0]
            assert (case.due_on, clock.due_on, clock.article) == (date(2026, 3, 16), date(2026, 3, 16), INTERNAL_TERM)
            other = open_case(session, request_life.reference, office.staff[Duty.REGISTRAR])
            assert other.due_on == date(2026, 3, 30)

    def test_a_changed_term_and_a_new_calendar_date_it_anew(
        self, office: Office, new_life: Callable[..., Life]
    ) -> None:
        life = new_life().apply_for_correction(PERSON, WISH).confirm()
        assert see(office, life.reference).due_on == date(2026, 3, 30)
        set_term(office, 5)
        assert see(office, life.reference).due_on == date(2026, 3, 9)
        with reading() as session:
            organ = session.get_one(Organ, office.organ_id)
            case = open_case(session, life.reference, office.staff[Duty.REGISTRAR])
            reckoner = Reckoner(case.calendar(), organ.office_settings())
            (derived,) = stretch(session, organ.id, reckoner, after=0, limit=9)
        assert (derived.moved, derived.new_due) == (False, date(2026, 3, 9))


class TestHandling:
    def handled(self, new_life: Callable[..., Life]) -> Life:
        """One that is being handled."""
        return new_life().apply_for_correction(PERSON, WISH).confirm().assign().accept()

    @pytest.mark.parametrize(
        "trigger",
        [
            "propose_opinion",
            "propose_extension",
            "propose_explanation",
            "propose_delay",
            "propose_fee",
            "divide",
            "transfer_courtesy",
            "answer_on_the_spot",
            "draft_combined",
        ],
    )
    def test_what_only_requests_know_is_no_step_of_it(
        self, office: Office, new_life: Callable[..., Life], trigger: str
    ) -> None:
        life = self.handled(new_life)
        with reading() as session:
            actor = office.staff[Duty.OFFICER]
            case = open_case(session, life.reference, actor)
            (option,) = [one for one in APPLICATIONS.available(case, actor, life.now) if one.step.trigger == trigger]
        assert isinstance(option.refusal, WrongState)
        assert "只适用于政府信息公开申请" in str(option.refusal)

    def test_no_outcome_of_a_request_fits_it_and_none_of_its_own_fits_a_request(
        self, new_life: Callable[..., Life]
    ) -> None:
        life = self.handled(new_life)
        with pytest.raises(Refusal, match="不是政府信息更正申请的答复类型"):
            life.decide(1, "not_existing", {})
        other = new_life().apply_online(request(PERSON, "某文件")).confirm().assign().accept()
        with pytest.raises(Refusal, match="不是政府信息公开申请的答复类型"):
            other.decide(1, "record_corrected", {"record_check": "属实", "corrected_content": "已更正"})

    def test_missing_proof_may_be_asked_for_once(self, new_life: Callable[..., Life]) -> None:
        life = new_life().apply_for_correction(PERSON, WISH).confirm().assign()
        life.ask_correction("请提供土地承包经营权证复印件", "可以拍照后在网上提交")
        life.come_to(date(2026, 3, 9)).receive_correction("证件复印件")
        with pytest.raises(Refusal, match="一次"):
            life.ask_correction("再补一份", "再补")

    @pytest.mark.parametrize(
        ("outcome", "evidence", "letter"),
        [
            (
                "record_corrected",
                {"record_check": "属实", "corrected_content": "由2.8亩更正为3.8亩"},
                "record_corrected",
            ),
            ("record_not_corrected", {"record_check": "与登记簿一致", "reason": "没有不准确"}, "record_not_corrected"),
            (
                "record_forwarded",
                {"reason": "补贴由农业农村局核定", "forwarded_to": "县农业农村局", "forwarded_how": "referred"},
                "record_forwarded",
            ),
        ],
    )
    def test_each_outcome_reaches_the_archive_and_counts_nowhere(
        self, office: Office, new_life: Callable[..., Life], outcome: str, evidence: dict[str, str], letter: str
    ) -> None:
        life = self.handled(new_life)
        life.decide(1, outcome, evidence).draft_reply().submit_reply().pass_review().sign_reply()
        life.come_to(date(2026, 3, 5)).send_reply().come_to(date(2026, 3, 9)).delivered()
        with reading() as session:
            case = open_case(session, life.reference, office.staff[Duty.REGISTRAR])
            reply = case.letters[-1]
            remedies = json.loads(reply.final)["fields"]["remedies"]
            assert (reply.kind, case.report_row) == (letter, None)
            assert any("行政复议" in one and "行政诉讼" in one for one in remedies)
            report = annual(session, session.get_one(Organ, office.organ_id), 2026)
        assert not any(any(row["values"]) for row in report["table3"]["rows"])
        life.archive()
        assert see(office, life.reference).state is CaseState.ARCHIVED


def test_the_sweep_reads_the_internal_term_too(office: Office, new_life: Callable[..., Life]) -> None:
    set_term(office, 10)
    life = new_life().apply_for_correction(PERSON, WISH).confirm()
    with transaction() as session:
        (watched,) = due_cases(session, life.today, None)
    assert watched.running_clocks()[0].due_on == date(2026, 3, 16)
