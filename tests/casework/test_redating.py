"""Re-dating: what the preview shows is what is done; a killed run goes on; each handler is told once."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select, text, update

from gkapply.adapters.mail import OutTray
from gkapply.casework import calendar_import, calendars, errands, organs, outbox, redating
from gkapply.casework.accounts import operator
from gkapply.casework.calendar_file import read_file
from gkapply.casework.calendar_records import Redating, RedatingMove
from gkapply.casework.consultation import Question
from gkapply.casework.dating import cached_dates, reckoning
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import Equipment
from gkapply.casework.journal import JournalEntry
from gkapply.casework.notification import Notification
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Consultation
from gkapply.casework.records import Case
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from workflows.duties import Duty

NOW = datetime(2026, 12, 28, 2, tzinfo=UTC)
NOTICE = (
    "日期,类型,名称\n2027-01-01,放假,元旦\n2027-01-04,放假,元旦\n2027-01-05,放假,元旦\n2027-01-09,上班,元旦\n".encode()
)
THREE_THREE = "日期,类型,名称,地区\n2026-12-29,放假,示例节,GX\n".encode()
Registered = Callable[..., Life]


@pytest.fixture
def registered(new_life: Callable[..., Life]) -> Registered:
    """A request that came over the counter on a day, with the officer."""

    def begin(day: date) -> Life:
        life = new_life(day)
        return life.register(walked_in(PERSON, "财政决算"), life.at_the_counter()).assign().accept()

    return begin


@pytest.fixture
def desk(registered: Registered) -> list[str]:
    """References of: a case that ends before the new year, two beyond it, one with a question, one extended, one not assigned."""
    early = registered(date(2026, 11, 2))
    plain, twin = registered(date(2026, 12, 14)), registered(date(2026, 12, 14))
    asking = registered(date(2026, 12, 15))
    asking.consult(Question("third_party", "某公司", "某路1号", "", "合同金额", "涉及商业秘密"))
    asking.party_got_it()
    extended = registered(date(2026, 12, 1)).extend(10, "需要查找档案")
    return [one.reference for one in (early, plain, twin, asking, extended)]


def begin(content: bytes = NOTICE) -> int:
    """Import, and return the run."""
    with transaction() as session:
        done = calendar_import.import_holidays(session, read_file(content), operator(), NOW)
        assert done.run is not None
        return done.run.id


def finish(run_id: int) -> Redating:
    while redating.carry_on(run_id, NOW, units=1):
        pass
    with reading() as session:
        return session.get_one(Redating, run_id)


def due_days() -> dict[str, tuple[date | None, int, bool]]:
    with reading() as session:
        rows = session.execute(select(Case.reference, Case.due_on, Case.version, Case.due_provisional))
        return {reference: (due_on, version, guess) for reference, due_on, version, guess in rows}


def listed(run_id: int) -> dict[str, tuple[date | None, date | None]]:
    with reading() as session:
        query = select(Case.reference, RedatingMove.old_due, RedatingMove.new_due).join(
            RedatingMove, RedatingMove.case_id == Case.id
        )
        return {row[0]: (row[1], row[2]) for row in session.execute(query.where(RedatingMove.redating_id == run_id))}


def entries() -> list[dict[str, object]]:
    with reading() as session:
        query = select(JournalEntry.body).where(JournalEntry.deed == redating.REDATED).order_by(JournalEntry.id)
        return [json.loads(body) for body in session.scalars(query)]


def test_the_preview_is_what_is_done(office: Office, desk: list[str], tmp_path: Path) -> None:
    before = due_days()
    with reading() as session:
        shown = calendar_import.preview(session, read_file(NOTICE))
    assert due_days() == before
    run = finish(begin())
    moved = {one.reference: (one.old_due, one.new_due) for one in shown.cases}
    assert listed(run.id) == moved
    assert set(moved) == set(desk[1:])
    assert (run.looked_at, run.moved, run.refused) == (shown.looked_at, shown.moved, shown.refused) == (5, 4, 0)
    after = due_days()
    for reference in desk:
        expected = moved[reference][1] if reference in moved else before[reference][0]
        assert after[reference][0] == expected
        assert after[reference][1] - before[reference][1] == (reference in moved)
    assert before[desk[1]][2], "beyond the published calendar"
    assert not any(guess for _, _, guess in after.values())
    with reading() as session:
        for case in session.scalars(select(Case)):
            assert all(getattr(case, name) == value for name, value in cached_dates(reckoning(case)).items())
        assert verify(session, tmp_path / "anchors") is None


def test_the_received_day_and_the_notice_alone_give_the_new_day(office: Office, registered: Registered) -> None:
    """Received on 14 December: 15-18, 21-25, 28-31 are 13 days; then 6-8 and the make-up Saturday, 11-13 make 20."""
    reference = registered(date(2026, 12, 14)).reference
    assert due_days()[reference][0] == date(2027, 1, 11)
    finish(begin())
    assert due_days()[reference][0] == date(2027, 1, 13)


def test_the_last_day_for_an_opinion_moves_too(office: Office, desk: list[str]) -> None:
    finish(begin())
    with reading() as session:
        question = session.scalars(select(Consultation)).one()
        assert question.received_on is not None
        assert question.opinion_due_on == question.case.calendar().add(question.received_on, 15)
    assert entries()[0]["questions"] == 1


def test_one_entry_for_each_organ_and_run_vouches_for_the_list(office: Office, desk: list[str], tmp_path: Path) -> None:
    run = finish(begin())
    (entry,) = entries()
    assert (entry["organ"], entry["moved"], entry["case"]) == (office.organ_id, 4, None)
    with reading() as session:
        assert redating.moves_digest(session, run.id, office.organ_id) == (4, entry["digest"])
        assert verify(session, tmp_path / "anchors") is None
    with pytest.raises(Exception, match="append-only"), transaction() as session:
        session.execute(update(RedatingMove).values(new_due=date(2027, 2, 1)))


def test_a_changed_list_of_moves_is_found(office: Office, desk: list[str], tmp_path: Path) -> None:
    finish(begin())
    with transaction() as session:
        place = "" if session.get_bind().dialect.name == "sqlite" else " ON redating_move"
        session.execute(text(f"DROP TRIGGER redating_move_no_update{place}"))
        session.execute(update(RedatingMove).where(RedatingMove.id == 1).values(old_due=date(2027, 2, 1)))
    with reading() as session:
        finding = verify(session, tmp_path / "anchors")
        assert finding is not None
        assert "重算期限的清单与记录不符" in finding.sentence


def test_each_handler_is_told_once(office: Office, desk: list[str]) -> None:
    run = begin()
    finish(run)
    redating.carry_on(run, NOW)
    with transaction() as session:
        redating.tell_handlers(session, session.get_one(Redating, run), NOW)
    with reading() as session:
        (told,) = session.scalars(select(Notification).where(Notification.kind == "redated"))
        assert told.user_id == office.staff[Duty.OFFICER].user_id
        assert json.loads(told.codes) == {"moved": 4}


def test_a_killed_run_goes_on_where_it_was(office: Office, desk: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(redating, "BATCH", 2)
    before, run = due_days(), begin()
    assert redating.carry_on(run, NOW, units=1)

    class Killed(BaseException):
        pass

    def die(*_: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(redating, "_finish_organ", die)
        patch.setattr(redating, "BATCH", 100)
        with pytest.raises(Killed):
            redating.carry_on(run, NOW)
    assert len(listed(run)) == 1, "what the killed unit had done is gone, what was done before stays"
    done = finish(run)
    assert (done.looked_at, done.moved, len(listed(run))) == (5, 4, 4)
    assert {after[1] - before[key][1] for key, after in due_days().items()} == {0, 1}
    assert len(entries()) == 1


def test_the_errand_carries_the_run_to_its_end(
    office: Office, desk: list[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(redating, "BATCH", 1)
    monkeypatch.setattr(redating, "UNITS", 1)
    run, tools = begin(), Equipment(tmp_path / "anchors", OutTray(tmp_path / "mail"))
    begun = 0
    while waiting := _waiting(outbox.REDATE_CASES):
        for errand in waiting:
            errands.redate_cases(json.loads(errand.arguments), NOW, tools)
            outbox.finish(errand.id, NOW)
            begun += 1
    assert begun == 6, "a case each, and one that finds no more"
    assert len(listed(run)) == 4


def _waiting(task: str) -> list[Errand]:
    with reading() as session:
        return list(session.scalars(select(Errand).where(Errand.task == task, Errand.done_at.is_(None))))


def test_a_regional_notice_moves_the_cases_of_its_organs_alone(office: Office, desk: list[str]) -> None:
    assert listed(finish(begin(THREE_THREE)).id) == {}
    with transaction() as session:
        organ = organs.find_organ(session, "AYX", for_change=True)
        changed = replace(organs.details_of(session, organ), calendar="GX")
        organs.change_organ(session, organ, changed, operator(), NOW)
    with reading() as session:
        run = session.scalars(select(Redating).order_by(Redating.id.desc())).first()
        assert run is not None
        assert (run.cause, run.organ_id) == (redating.REGION, office.organ_id)
    assert set(listed(finish(run.id).id)) == set(desk[1:])


def test_what_was_in_time_when_it_was_entered_stays_in_time(office: Office, new_life: Callable[..., Life]) -> None:
    """Asked on the last day for it; an edition of the running year then makes that day the eighth. The case goes on."""
    life = new_life(date(2026, 12, 14)).register(
        walked_in(PERSON, "决算"), new_life(date(2026, 12, 14)).at_the_counter()
    )
    life.assign().come_to(date(2026, 12, 23))
    life.ask_correction("请写明年份", "例如2025年")
    year = json.loads(json.dumps({"years": {"2026": _without_rest_day(date(2026, 12, 20))}}))
    run = finish(begin(json.dumps(year).encode()))
    assert (run.moved, run.refused) == (0, 0)
    life.come_to(date(2026, 12, 28)).receive_correction("公开2025年决算")
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == life.reference)).one()
        assert case.clock_from == date(2026, 12, 28), "the correction was asked for in time, so it restarts the clock"


def _without_rest_day(day: date) -> dict[str, object]:
    """2026 with one more make-up day."""
    with reading() as session:
        found = calendars.notices(session, "CN")["CN", 2026].payload()
    return {**found, "makeup_workdays": [*found["makeup_workdays"], day.isoformat()]}


def test_the_daily_check_puts_a_wrong_day_right(office: Office, desk: list[str], tmp_path: Path) -> None:
    right = due_days()
    with transaction() as session:
        wrong = update(Case).where(Case.reference == desk[0]).values(due_on=date(2027, 5, 1))
        session.execute(wrong.execution_options(synchronize_session=False))
    post_due(NOW)
    (errand,) = _waiting(outbox.CHECK_DUE_DATES)
    for _ in range(2):
        errands.check_due_dates({}, NOW, Equipment(tmp_path / "anchors", OutTray(tmp_path / "mail")))
    outbox.finish(errand.id, NOW)
    post_due(NOW)
    assert _waiting(outbox.CHECK_DUE_DATES) == [], "once a day"
    with reading() as session:
        (run,) = session.scalars(select(Redating))
    assert finish(run.id).moved == 1
    assert {key: row[0] for key, row in due_days().items()} == {key: row[0] for key, row in right.items()}
    (entry,) = entries()
    assert (entry["cause"], entry["actor"]) == ("check", "system")
