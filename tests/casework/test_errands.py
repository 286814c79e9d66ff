"""What errands do, and what is due by the facts alone."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email import message_from_bytes
from email.policy import default
from pathlib import Path

import pytest
from sqlalchemy import select, text

from gkapply.adapters.mail import Mail, OutTray
from gkapply.casework import access_log, errands, notices, outbox
from gkapply.casework.access_log import AccessEntry
from gkapply.casework.consultation import Question
from gkapply.casework.due_errands import post_due
from gkapply.casework.errands import Equipment
from gkapply.casework.journal import JournalEntry
from gkapply.casework.message_kinds import Kind
from gkapply.casework.outbox import Errand
from gkapply.casework.papers import Consultation, Letter
from gkapply.casework.records import Case
from gkapply.casework.storekeeping import YOUNG
from gkapply.clock import day_of
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from tests.casework.conftest import Office
from tests.casework.postman import Postman
from workflows.consultation import ConsultationState
from workflows.duties import Duty

NOW = datetime(2026, 3, 2, 2, tzinfo=UTC)
DAY = timedelta(days=1)
HANDLING = Callable[..., Life]


@pytest.fixture
def postman() -> Postman:
    return Postman()


@pytest.fixture
def tools(tmp_path: Path, postman: Postman) -> Equipment:
    return Equipment(tmp_path / "anchors", postman)


def waiting(task: str) -> list[str]:
    with reading() as session:
        query = select(Errand.key).where(Errand.task == task, Errand.done_at.is_(None)).order_by(Errand.id)
        return list(session.scalars(query))


def do(task: str, now: datetime, tools: Equipment) -> None:
    """Do every waiting errand of that kind."""
    for handed in outbox.hand_out(now, limit=100):
        claim = outbox.take_up(handed.id, handed.lease_until, now)
        assert claim is not None
        if claim.task == task:
            errands.HANDLERS[task](claim.arguments, now, tools)
        outbox.finish(claim.id, now)


def being_handled(new_life: Callable[..., Life]) -> Life:
    life = new_life()
    return life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign().accept()


@pytest.fixture
def asked(new_life: Callable[..., Life]) -> Life:
    """A request whose third party got the question on 2 March and has until 23 March."""
    question = Question("third_party", "某某建设有限公司", "安岳县岳阳镇", "", "施工合同", "涉及商业秘密")
    return being_handled(new_life).consult(question).party_got_it()


def state_of_question() -> ConsultationState:
    with reading() as session:
        return session.scalars(select(Consultation.state)).one()


# silence


def test_silence_is_entered_when_the_term_is_over_and_not_before(asked: Life, tools: Equipment) -> None:
    last_day = datetime(2026, 3, 23, 15, 59, tzinfo=UTC)
    post_due(last_day)
    assert waiting(outbox.LET_TIME_PASS) == []
    post_due(last_day + timedelta(minutes=1))
    post_due(last_day + timedelta(minutes=2))
    assert len(waiting(outbox.LET_TIME_PASS)) == 1
    do(outbox.LET_TIME_PASS, last_day + timedelta(minutes=3), tools)
    assert state_of_question() is ConsultationState.SILENT
    post_due(last_day + DAY)
    assert waiting(outbox.LET_TIME_PASS) == []


def test_a_month_without_the_scheduler_loses_and_doubles_nothing(asked: Life, tools: Equipment) -> None:
    late = datetime(2026, 4, 30, 2, tzinfo=UTC)
    for minute in range(3):
        post_due(late + timedelta(minutes=minute))
    assert len(waiting(outbox.LET_TIME_PASS)) == 1
    for _ in range(2):
        errands.let_time_pass({}, late, tools)
    with reading() as session:
        query = select(JournalEntry.deed).where(JournalEntry.deed == "consultation.fall_silent")
        assert len(session.scalars(query).all()) == 1


def test_an_answer_that_came_meanwhile_stands(asked: Life, tools: Equipment) -> None:
    over = datetime(2026, 3, 24, 2, tzinfo=UTC)
    post_due(over)
    asked.come_to(day_of(over)).party_answers("agree", "同意公开")
    do(outbox.LET_TIME_PASS, over + timedelta(hours=1), tools)
    assert state_of_question() is ConsultationState.ANSWERED


def test_one_question_that_cannot_be_moved_does_not_hold_the_others(
    asked: Life, new_life: Callable[..., Life], tools: Equipment
) -> None:
    question = Question("third_party", "某某监理有限公司", "安岳县岳阳镇", "", "监理日志", "涉及商业秘密")
    being_handled(new_life).consult(question).party_got_it()
    with transaction() as session:
        first = session.scalars(select(Case.id).order_by(Case.id)).first()
        session.execute(text("UPDATE case_file SET state = 'archived' WHERE id = :id"), {"id": first})
    errands.let_time_pass({}, datetime(2026, 3, 24, 2, tzinfo=UTC), tools)
    with reading() as session:
        states = session.scalars(select(Consultation.state).order_by(Consultation.id)).all()
    assert states == [ConsultationState.ASKED, ConsultationState.SILENT]


# the access log


def look(life: Life, now: datetime) -> None:
    with transaction() as session:
        access_log.note_access(session, life.staff[Duty.OFFICER], "identity.shown", now)


def seals() -> int:
    with reading() as session:
        return len(session.scalars(select(JournalEntry.id).where(JournalEntry.deed == access_log.SEAL)).all())


def test_the_access_log_is_sealed_an_hour_after_its_first_unsealed_row(
    office: Office, new_life: Callable[..., Life], tools: Equipment
) -> None:
    life = new_life()
    post_due(NOW)
    assert waiting(outbox.SEAL_ACCESS_LOG) == []
    for minute in (0, 10, 55):
        look(life, NOW + timedelta(minutes=minute))
    post_due(NOW + timedelta(minutes=59))
    assert waiting(outbox.SEAL_ACCESS_LOG) == []
    hour = NOW + timedelta(hours=1)
    post_due(hour)
    post_due(hour)
    assert len(waiting(outbox.SEAL_ACCESS_LOG)) == 1
    do(outbox.SEAL_ACCESS_LOG, hour, tools)
    with reading() as session:
        assert access_log.sealed_through(session) == 2, "the row of five minutes ago is not settled yet"
        assert access_log.oldest_unsealed(session) == NOW + timedelta(minutes=55)
    later = NOW + timedelta(minutes=116)
    post_due(later)
    do(outbox.SEAL_ACCESS_LOG, later, tools)
    with reading() as session:
        assert access_log.oldest_unsealed(session) is None
        assert access_log.sealed_through(session) == len(session.scalars(select(AccessEntry.id)).all())
    assert seals() == 2
    errands.seal_access_log({}, later + DAY, tools)
    assert seals() == 2, "nothing new, nothing sealed"


# anchors and files


def test_anchors_are_taken_once_a_day(office: Office, new_life: Callable[..., Life], tools: Equipment) -> None:
    post_due(NOW)
    assert waiting(outbox.ANCHOR_JOURNAL) == [], "there is no chain yet"
    being_handled(new_life)
    for moment in (NOW, NOW + timedelta(hours=3)):
        post_due(moment)
    assert len(waiting(outbox.ANCHOR_JOURNAL)) == 1
    do(outbox.ANCHOR_JOURNAL, NOW, tools)
    (file,) = tools.anchors.iterdir()
    before = file.read_text()
    post_due(NOW + DAY)
    do(outbox.ANCHOR_JOURNAL, NOW + DAY, tools)
    assert file.read_text() == before, "no chain has moved"
    being_handled(new_life)
    post_due(NOW + 2 * DAY)
    do(outbox.ANCHOR_JOURNAL, NOW + 2 * DAY, tools)
    assert file.read_text().startswith(before)
    assert file.read_text() != before


def test_files_that_nothing_names_are_swept_after_a_day(
    office: Office, new_life: Callable[..., Life], tools: Equipment
) -> None:
    life = being_handled(new_life)
    life.render()
    named = {path.name for path in office.store.all()}
    orphan = office.store.put("一个回滚的单元写的".encode())
    begun = datetime.fromtimestamp(office.store.path(orphan).stat().st_mtime, UTC)
    for moment, left in ((begun + YOUNG - timedelta(minutes=1), {*named, orphan}), (begun + YOUNG, named)):
        errands.sweep_files({}, moment + timedelta(seconds=1), tools)
        assert {path.name for path in office.store.all()} == left
    assert named, "a template and a receipt at least"


def test_a_file_put_again_during_the_sweep_stays(office: Office) -> None:
    digest = office.store.put(b"twice")
    now = datetime.fromtimestamp(office.store.path(digest).stat().st_mtime, UTC)
    assert not office.store.sweep(digest, YOUNG, now + timedelta(hours=1))
    assert office.store.get(digest) == b"twice"
    assert office.store.sweep(digest, YOUNG, now + 2 * DAY)
    assert not office.store.has(digest)
    assert office.store.put(b"twice") == digest
    assert office.store.get(digest) == b"twice"


def test_a_sweep_looks_again_only_at_what_the_last_one_left_young(
    office: Office, new_life: Callable[..., Life], tools: Equipment
) -> None:
    digest = office.store.put("先前的孤儿".encode())
    begun = datetime.fromtimestamp(office.store.path(digest).stat().st_mtime, UTC)
    post_due(begun + timedelta(hours=1))
    do(outbox.SWEEP_FILES, begun + timedelta(hours=1), tools)
    assert office.store.has(digest)
    post_due(begun + 2 * DAY)
    do(outbox.SWEEP_FILES, begun + 2 * DAY, tools)
    assert not office.store.has(digest)


# letters and mail


def test_a_letter_is_rendered_once_however_often_its_errand_runs(
    office: Office, new_life: Callable[..., Life], tools: Equipment
) -> None:
    being_handled(new_life)
    with reading() as session:
        uid = session.scalars(select(Letter.uid)).one()
    for _ in range(3):
        errands.render_letter({"letter": uid}, NOW, tools)
    with reading() as session:
        (sha,) = session.scalars(select(Letter.file_sha))
        entries = session.scalars(select(JournalEntry.id).where(JournalEntry.deed == "letter.rendered")).all()
    assert office.store.get(sha).startswith(b"PK")
    assert len(entries) == 1


def test_an_applicant_is_told_by_mail_without_a_word_of_the_case(
    office: Office, new_life: Callable[..., Life], tools: Equipment, postman: Postman
) -> None:
    life = being_handled(new_life)
    with transaction() as session:
        case = session.scalars(select(Case)).one()
        for _ in range(2):
            notices.tell(session, case, Kind.RECEIVED, case.uid, NOW)
    with reading() as session:
        posted = session.scalars(select(Errand.arguments).where(Errand.task == outbox.SEND_MESSAGE)).all()
        assert posted
        assert "applicant@" not in "".join(posted)
    do(outbox.SEND_MESSAGE, NOW, tools)
    ((mail, _),) = ((mail, key) for mail, key in postman.sent if "已提交" in mail.subject)
    assert mail.to == PERSON.email
    assert life.reference in mail.text
    for word in ("路灯", PERSON.name, PERSON.id_number):
        assert word not in mail.text + mail.subject
    assert mail.to not in repr(mail)


def test_the_out_tray_keeps_one_file_for_one_message(tmp_path: Path) -> None:
    tray = OutTray(tmp_path / "mail")
    for key in ("a", "a", "b"):
        tray.send(Mail("li@example.invalid", "您的申请已收到", "请凭登记编号查询。\n"), key, NOW)
    files = sorted((tmp_path / "mail").iterdir())
    assert [path.suffix for path in files] == [".eml", ".eml"]
    assert {path.stat().st_mode & 0o777 for path in files} == {0o600}
    message = message_from_bytes(files[0].read_bytes(), policy=default)
    assert (message["To"], message["Subject"]) == ("li@example.invalid", "您的申请已收到")
    assert message.get_content() == "请凭登记编号查询。\r\n"
