"""Correction (条例第三十条): once, received by the rule of its channel, late with a reason, still unclear afterwards."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import correction, delivery
from gkapply.casework.casefile import casefile
from gkapply.casework.correction import Arrival, CorrectionNotice, dates_of_a_late_notice
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, request
from gkapply.demo.life import Life
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

NewLife = Callable[..., Life]
UNCLEAR = {"unclear_points": "仍未写明是哪一批次征地"}


def case_of(session: Session, life: Life) -> Case:
    return session.scalars(select(Case).where(Case.reference == life.reference)).one()


def receive(life: Life, arrival: Arrival) -> None:
    life.do(
        Duty.REGISTRAR,
        lambda s, c, a, now: correction.receive(s, c, life.today, "2024年的文件", None, a, now, arrival=arrival),
    )


@pytest.fixture
def assigned(new_life: NewLife) -> Life:
    return new_life().apply_online(request(PERSON, "全部材料")).confirm().assign()


@pytest.fixture
def correcting(assigned: Life) -> Life:
    """Asked by hand on 4 March 2026; the applicant's term ends on the 25th."""
    return assigned.come_to(date(2026, 3, 4)).ask_correction("请写明名称", "写明年度", way=delivery.HAND)


@pytest.mark.parametrize("channel", ["ordinary_post", "fax", "email", "online"])
def test_a_channel_whose_day_both_sides_confirm_needs_the_confirmation(correcting: Life, channel: str) -> None:
    correcting.come_to(date(2026, 3, 20))
    with pytest.raises(Refusal, match="以双方确认之日为收到之日") as refused:
        receive(correcting, Arrival(channel))
    assert refused.value.field == "confirmed"
    receive(correcting, Arrival(channel, "phone"))
    with reading() as session:
        assert case_of(session, correcting).due_on == date(2026, 4, 20)


@pytest.mark.parametrize("channel", ["counter", "signed_post"])
def test_other_channels_fix_the_day_themselves(correcting: Life, channel: str) -> None:
    receive(correcting.come_to(date(2026, 3, 20)), Arrival(channel))
    with reading() as session:
        assert case_of(session, correcting).clock_from == date(2026, 3, 20)


def test_an_unknown_channel_is_refused(correcting: Life) -> None:
    with pytest.raises(Refusal, match="渠道"):
        receive(correcting, Arrival("pigeon"))


def test_a_late_one_is_taken_with_its_reason(correcting: Life) -> None:
    correcting.come_to(date(2026, 3, 26))
    with pytest.raises(Refusal, match="逾期补正须写明接受的理由"):
        receive(correcting, Arrival("counter"))
    receive(correcting, Arrival("counter", late_reason="申请人住院，有出院证明"))
    with reading() as session:
        case = case_of(session, correcting)
        assert [note.kind for note in case.notes if note.kind == "late_accepted"] == ["late_accepted"]
        assert case.clock_from == date(2026, 3, 26)


def test_a_second_correction_is_refused_naming_the_outcome(correcting: Life) -> None:
    receive(correcting.come_to(date(2026, 3, 6)), Arrival("counter"))
    with pytest.raises(Refusal, match="补正后申请内容仍不明确的，据此答复"):
        correcting.ask_correction("请再写明", "再写明")


class TestStillUnclear:
    def test_only_after_a_correction_was_asked_and_received(self, assigned: Life) -> None:
        with pytest.raises(Refusal) as refused:
            assigned.accept().decide(1, "still_unclear", UNCLEAR)
        assert refused.value.field == "correction_record"

    def test_it_counts_in_its_row(self, correcting: Life) -> None:
        receive(correcting.come_to(date(2026, 3, 6)), Arrival("counter"))
        correcting.accept().decide(1, "still_unclear", UNCLEAR).draft_reply().submit_reply().pass_review()
        correcting.sign_reply().send_reply()
        with reading() as session:
            assert case_of(session, correcting).report_row == "3.4.3"


class TestLateNotice:
    """Asked on the eighth working day with the head's consent; the Regulation does not say whether the clock restarts."""

    def ask_late(self, life: Life) -> None:
        notice = CorrectionNotice("请写明名称", "写明年度", 15, override=True)
        life.come_to(date(2026, 3, 12)).do(Duty.OFFICER, lambda s, c, a, n: correction.propose(s, c, notice, a, n))
        life.issue(LetterKind.CORRECTION_NOTICE, delivery.HAND)
        receive(life.come_to(date(2026, 3, 20)), Arrival("counter"))

    @pytest.mark.parametrize(("restarts", "due"), [(False, date(2026, 3, 30)), (True, date(2026, 4, 20))])
    def test_the_setting_decides_and_both_days_are_shown(self, assigned: Life, restarts: bool, due: date) -> None:
        if restarts:
            with transaction() as session:
                session.execute(update(Organ).values(settings='{"late_correction_restarts":true}'))
        self.ask_late(assigned)
        with reading() as session:
            case = case_of(session, assigned)
            assert case.due_on == due
            assert dates_of_a_late_notice(case) == (date(2026, 3, 30), date(2026, 4, 20))
            shown = dict(casefile(session, case, assigned.today).dates)
        assert shown["逾期补正告知：不重新起算时的答复期限"] == "2026年3月30日"
        assert shown["逾期补正告知：重新起算时的答复期限"] == "2026年4月20日"

    def test_a_notice_in_time_has_one_day(self, correcting: Life) -> None:
        with reading() as session:
            assert dates_of_a_late_notice(case_of(session, correcting)) is None
