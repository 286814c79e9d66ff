"""The day of receipt by channel (条例第三十一条), on both databases: hall, courier, other unit, referred, telephone, online basis."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import in_tray, intake, ledger, office_settings, reaching, receipt_points, voiding
from gkapply.casework.access import Actor, open_case
from gkapply.casework.application_check import BadForm
from gkapply.casework.casefile import casefile, find
from gkapply.casework.internal_term import internal_due_on
from gkapply.casework.milestones import milestones
from gkapply.casework.people import Organ
from gkapply.casework.reaching import Attempt
from gkapply.casework.receipt import Confirmation, Receipt
from gkapply.casework.receipt_points import PointDetails, ReceiptPoint
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotFound, NotPermitted, Refusal
from tests.casework.conftest import Office
from tests.casework.test_intake import CITIZEN, SLIP, apply_online, counts, do, enter, look
from workflows.application import CaseState
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 2, 30, tzinfo=UTC)
MONDAY = date(2026, 3, 2)
FRIDAY = date(2026, 2, 27)
SATURDAY = date(2026, 3, 7)
TUESDAY_NOON = NOW + timedelta(days=1)
ADMINISTRATOR = Actor("user", None, frozenset({Duty.SYSADMIN}), user_id=1)
HALL = PointDetails(
    "安岳县政务服务中心综合窗口", "安岳县政府信息公开指南（2026年版）", "AYX", ("AYX", "AYX-JYTY"), "安岳县岳阳镇"
)


def set_choice(office: Office, **chosen: object) -> None:
    """Change settings of the office."""
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        office_settings.change_settings(session, organ, chosen, ADMINISTRATOR, NOW)


def confirm(office: Office, reference: str, confirmation: Confirmation, now: datetime = NOW) -> None:
    """The registrar confirms."""
    do(office, Duty.REGISTRAR, reference, lambda s, case, actor: intake.confirm(s, case, confirmation, actor, now))


def note(attempt: Attempt, session: Session, case: Case, actor: Actor) -> None:
    """The registrar keeps a try to reach the applicant."""
    reaching.record_attempt(session, case, attempt, actor, NOW)


class TestSignedFor:
    @pytest.mark.parametrize(("channel", "how"), [("signed_post", "邮寄"), ("courier", "快递")])
    def test_the_gatekeepers_signature_counts_and_not_the_day_of_opening(
        self, office: Office, channel: str, how: str
    ) -> None:
        receipt = Receipt(
            channel, FRIDAY, tracking="1234567890123", signed_by="收发室", late_reason="收发室周一转交", proof=SLIP
        )
        reference = enter(office, receipt)

        def see(session: object, case: Case) -> None:
            assert (case.state, case.received_on, case.late_reason) == (CaseState.REGISTERED, FRIDAY, "收发室周一转交")
            assert json.loads(case.notes[0].content) == {"tracking": "1234567890123", "signed_by": "收发室"}
            assert how in milestones(case)[0].why

        look(office, reference, see)

    def test_a_courier_needs_its_number_too(self, office: Office) -> None:
        with pytest.raises(BadForm) as caught:
            enter(office, Receipt("courier", MONDAY))
        assert set(caught.value.errors) == {"tracking"}


class TestOrdinaryLetter:
    def test_tries_to_reach_the_applicant_are_logged_and_the_day_of_restored_contact_counts(
        self, office: Office
    ) -> None:
        reference = enter(office, Receipt("ordinary_post", MONDAY))
        tries = (
            Attempt(MONDAY, "9:05", "phone", "尾号0000", "unanswered"),
            Attempt(MONDAY, "16:40", "phone", "尾号0000", "unreachable", "提示空号"),
        )
        for one in tries:
            do(office, Duty.REGISTRAR, reference, partial(note, one))
        with reading() as session:
            (line,) = in_tray.in_tray(session, office.staff[Duty.REGISTRAR], MONDAY)
        assert (line.attempts, line.last_attempt, line.lost) == (2, "号码无法接通，或者不是申请人", True)
        assert line.confirm.due_on == MONDAY
        # Nothing runs while contact is lost; it begins on the day on which the applicant calls back.
        assert look(office, reference, lambda s, case: (case.received_on, case.due_on)) == (None, None)
        confirm(office, reference, Confirmation(MONDAY + timedelta(1), "phone", "申请人来电"), TUESDAY_NOON)
        assert look(office, reference, lambda s, case: case.received_on) == MONDAY + timedelta(1)

    @pytest.mark.parametrize(
        ("attempt", "fields"),
        [
            (Attempt(MONDAY + timedelta(1), "9:05", "phone", "本人", "unanswered"), {"on"}),
            (Attempt(MONDAY, "25:00", "pigeon", "", "confirmed"), {"at", "how", "result", "who"}),
            (Attempt(MONDAY, "09:05", "phone", "机密★", "unanswered"), {"who"}),
        ],
    )
    def test_a_bad_log_entry_leaves_nothing(self, office: Office, attempt: Attempt, fields: set[str]) -> None:
        reference = enter(office, Receipt("ordinary_post", MONDAY))
        before = counts()
        with pytest.raises(BadForm) as caught:
            do(office, Duty.REGISTRAR, reference, partial(note, attempt))
        assert set(caught.value.errors) == fields
        assert counts() == before

    def test_without_telephone_nobody_need_be_named(self, office: Office) -> None:
        reference = enter(office, Receipt("ordinary_post", MONDAY), replace(CITIZEN, phone=""))
        one = Attempt(MONDAY, "09:05", "phone", "", "no_contact")
        do(office, Duty.REGISTRAR, reference, partial(note, one))
        with reading() as session:
            assert in_tray.in_tray(session, office.staff[Duty.REGISTRAR], MONDAY)[0].lost


class TestOtherUnit:
    def test_the_way_inside_the_organ_is_logged_and_the_confirmation_counts(self, office: Office) -> None:
        receipt = Receipt("other_unit", MONDAY, unit="县政府督查室", reached_on=FRIDAY)
        reference = enter(office, receipt)
        with reading() as session:
            (line,) = in_tray.in_tray(session, office.staff[Duty.REGISTRAR], MONDAY)
        assert line.confirm.due_on == MONDAY
        confirm(office, reference, Confirmation(MONDAY, "phone", "本人"))

        def see(session: object, case: Case) -> None:
            assert (case.received_on, intake.arrived_on(case)) == (MONDAY, MONDAY)
            kept = {"unit": "县政府督查室", "reached_on": "2026-02-27", "passed_on": "2026-03-02"}
            assert json.loads(case.notes[0].content) == kept

        look(office, reference, see)

    @pytest.mark.parametrize(
        ("receipt", "fields"),
        [
            (Receipt("other_unit", MONDAY), {"unit", "reached_on"}),
            (Receipt("other_unit", FRIDAY, unit="督查室", reached_on=MONDAY), {"reached_on"}),
        ],
    )
    def test_unit_and_day_are_asked_for(self, office: Office, receipt: Receipt, fields: set[str]) -> None:
        with pytest.raises(BadForm) as caught:
            enter(office, receipt)
        assert set(caught.value.errors) == fields


class TestReferred:
    TICKET = Receipt("referred", MONDAY, source="hotline", ticket="20260302-0815")

    def test_source_and_ticket_are_asked_for(self, office: Office) -> None:
        with pytest.raises(BadForm) as caught:
            enter(office, Receipt("referred", MONDAY))
        assert set(caught.value.errors) == {"source", "ticket"}

    def test_a_complete_one_is_taken_with_a_reason(self, office: Office) -> None:
        reference = enter(office, self.TICKET)
        with pytest.raises(BadForm) as caught:
            confirm(office, reference, Confirmation(MONDAY, "phone", "本人"))
        assert set(caught.value.errors) == {"accept_reason"}
        confirm(office, reference, Confirmation(MONDAY, "phone", "本人", accept_reason="身份和内容齐全，尊重其选择"))

        def see(session: object, case: Case) -> None:
            assert (case.state, case.received_on) == (CaseState.REGISTERED, MONDAY)
            assert json.loads(case.notes[0].content) == {"ticket": "20260302-0815", "source": "12345政务服务热线"}
            assert json.loads(case.notes[1].content)["why"] == "身份和内容齐全，尊重其选择"

        look(office, reference, see)

    def test_an_incomplete_one_is_not_taken_but_guided_and_the_head_decides(self, office: Office) -> None:
        reference = enter(office, self.TICKET, replace(CITIZEN, id_number=""))
        with pytest.raises(BadForm, match="内容不全，不能直接受理：请填写证件号码"):
            confirm(office, reference, Confirmation(MONDAY, "phone", "本人", accept_reason="可以"))
        do(
            office,
            Duty.REGISTRAR,
            reference,
            lambda s, c, a: reaching.advise(s, c, "phone", "来电人", "可以当面、邮寄或者在网上提出", a, NOW),
        )
        assert look(office, reference, lambda s, case: (case.state, bool(case.void_reason))) == (
            CaseState.RECEIVED,
            True,
        )
        do(office, Duty.HEAD, reference, lambda s, c, a: voiding.approve_void(s, c, a, NOW))
        assert look(office, reference, lambda s, case: (case.state, case.report_row)) == (CaseState.VOIDED, None)

    @pytest.mark.parametrize("channel", ["ordinary_post", "fax", "email"])
    def test_nothing_that_came_by_a_published_channel_is_turned_away(self, office: Office, channel: str) -> None:
        reference = enter(office, Receipt(channel, MONDAY))
        with pytest.raises(Refusal, match="不得拒收"):
            do(
                office,
                Duty.REGISTRAR,
                reference,
                lambda s, c, a: reaching.advise(s, c, "phone", "本人", "请当面提交", a, NOW),
            )


class TestTelephone:
    CALL = Receipt("telephone", MONDAY, difficulty="视力障碍", confirmed_how="recording")

    def test_it_is_taken_only_where_the_office_says_so(self, office: Office) -> None:
        with pytest.raises(BadForm, match="不接受以电话口头提出的申请"):
            enter(office, self.CALL)
        set_choice(office, telephone_requests=True)
        reference = enter(office, self.CALL)
        assert look(office, reference, lambda s, case: (case.state, case.received_on)) == (
            CaseState.REGISTERED,
            MONDAY,
        )

    def test_it_is_read_back_and_recorded(self, office: Office) -> None:
        set_choice(office, telephone_requests=True)
        with pytest.raises(BadForm) as caught:
            enter(office, replace(self.CALL, confirmed_how="signature"))
        assert set(caught.value.errors) == {"confirmed_how"}


class TestHall:
    @pytest.fixture
    def point(self, office: Office) -> int:
        """A counter of the hall, run by the county's office, serving it and the education bureau."""
        with transaction() as session:
            return receipt_points.add_point(session, HALL, ADMINISTRATOR, NOW).id

    def hand_in(self, office: Office, point: int | None, code: str, **changes: object) -> str:
        """A request handed in at the hall to the organ with that code."""
        receipt = replace(Receipt("hall", MONDAY), **changes)  # type: ignore[arg-type]
        with transaction() as session:
            organ = session.scalars(select(Organ).where(Organ.code == code)).one()
            found = session.get_one(ReceiptPoint, point) if point else None
            actor = office.staff[Duty.REGISTRAR]
            return intake.register(session, organ, CITIZEN, {}, receipt, actor, NOW, point=found).reference

    @pytest.mark.parametrize("code", ["AYX", "AYX-JYTY"])
    def test_handed_in_there_is_handed_in_to_each_organ_served_that_day(
        self, office: Office, point: int, code: str
    ) -> None:
        reference = self.hand_in(office, point, code)
        with reading() as session:
            case = intake.entered_by(session, reference, office.staff[Duty.REGISTRAR])
            assert (case.organ.code, case.state, case.received_on) == (code, CaseState.REGISTERED, MONDAY)
            assert case.due_on == date(2026, 3, 30)
            assert json.loads(case.notes[0].content) == {"point": HALL.name}
            assert [letter.kind for letter in case.letters] == ["receipt"]

    def test_whoever_took_it_in_sees_its_slip_and_not_the_file_of_the_other_organ(
        self, office: Office, point: int
    ) -> None:
        reference = self.hand_in(office, point, "AYX-JYTY")
        actor = office.staff[Duty.REGISTRAR]
        with reading() as session:
            with pytest.raises(NotFound):
                open_case(session, reference, actor)
            with pytest.raises(NotFound):
                intake.entered_by(session, reference, replace(actor, user_id=999))

    def test_an_organ_not_served_gets_nothing_by_it(self, office: Office, point: int) -> None:
        before = counts()
        with pytest.raises(Refusal, match="不算向该机关提交"):
            self.hand_in(office, point, "AYX-WJJ")
        assert counts() == before

    def test_only_the_organ_that_runs_the_point_registers_there(self, office: Office, point: int) -> None:
        with pytest.raises(Refusal, match="请选择收件窗口"):
            self.hand_in(office, None, "AYX")
        with transaction() as session:
            other = session.scalars(select(Organ).where(Organ.code == "AYX-WJJ")).one()
            found = session.get_one(ReceiptPoint, point)
            actor = replace(office.staff[Duty.REGISTRAR], organ_id=other.id)
            with pytest.raises(NotPermitted, match="不由本机关管理"):
                intake.register(session, found.organs[0], CITIZEN, {}, Receipt("hall", MONDAY), actor, NOW, point=found)

    def test_a_point_that_is_over_takes_nothing(self, office: Office, point: int) -> None:
        with transaction() as session:
            found = session.get_one(ReceiptPoint, point)
            over = replace(HALL, valid_to=date(2026, 3, 1))
            receipt_points.change_point(session, found, over, ADMINISTRATOR, NOW)
        with pytest.raises(Refusal, match="不在有效期内"):
            self.hand_in(office, point, "AYX")
        with reading() as session:
            assert receipt_points.points_of(session, office.organ_id, MONDAY) == []

    @pytest.mark.parametrize(
        ("change", "field"),
        [({"announced_in": " "}, "announced_in"), ({"organs": ()}, "organs"), ({"name": ""}, "name")],
    )
    def test_a_point_must_be_announced_and_serve_somebody(
        self, office: Office, change: dict[str, object], field: str
    ) -> None:
        with transaction() as session, pytest.raises(Refusal) as caught:
            receipt_points.add_point(session, replace(HALL, **change), ADMINISTRATOR, NOW)  # type: ignore[arg-type]
        assert caught.value.field == field
        with transaction() as session, pytest.raises(NotPermitted):
            receipt_points.add_point(session, HALL, office.staff[Duty.HEAD], NOW)


class TestOnlineBasis:
    def test_by_default_the_confirmation_counts_and_an_internal_clock_runs_from_the_sending(
        self, office: Office
    ) -> None:
        reference = apply_online(office)
        assert look(office, reference, lambda s, case: internal_due_on(case)) == date(2026, 3, 30)
        wednesday = NOW + timedelta(days=2)
        confirm(office, reference, Confirmation(wednesday.date(), "phone", "本人"), wednesday)
        dates = look(office, reference, lambda s, case: (case.due_on, internal_due_on(case)))
        assert dates == (date(2026, 4, 1), date(2026, 3, 30))
        with reading() as session:
            file = casefile(session, find(session, reference, office.staff[Duty.REGISTRAR]), wednesday.date())
        assert ("内部期限：自来件之日起算的答复之日（不是法定期限）", "2026年3月30日") in file.dates

    def test_the_cautious_office_takes_the_day_of_sending_on_a_rest_day_too(self, office: Office) -> None:
        set_choice(office, online_receipt_basis="submission")
        saturday = datetime(2026, 3, 7, 12, tzinfo=UTC)
        with transaction() as session:
            organ = session.get_one(Organ, office.organ_id)
            reference = intake.submit(session, organ, CITIZEN, {}, "saturday", saturday).reference

        def see(session: object, case: Case) -> None:
            assert (case.state, case.received_on, case.due_on) == (CaseState.REGISTERED, SATURDAY, date(2026, 4, 3))
            assert [letter.kind for letter in case.letters] == ["receipt"]
            (fact,) = case.facts
            assert (fact.kind, json.loads(fact.detail)["basis"]) == (ledger.RECEIVED, "submission")
            assert internal_due_on(case) is None
            assert [one.why for one in milestones(case)] == ["", "受理机关对网上提交的申请以提交之日为收到申请之日"]

        look(office, reference, see)
