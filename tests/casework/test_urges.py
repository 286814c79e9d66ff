"""督办: asked with a term, answered by the head of the urged organ, accepted or asked again; nothing of it is ever changed."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply.casework import tasks, urge_lines, urge_sheet, urges
from gkapply.casework.access import Actor
from gkapply.casework.documents import Upload
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.records import Case
from gkapply.casework.urge_records import Urge, UrgeState
from gkapply.casework.urges import Subject
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale
from gkapply.letters.text import paragraphs
from tests.casework.conftest import MONDAY, Office, life_in, walked_once
from tests.services import Services
from workflows.duties import Duty

NOW = datetime(2026, 3, 4, 1, tzinfo=UTC)
DUE = date(2026, 3, 11)


def begin(office: Office) -> None:
    """One request at the county's desk, a department with a head of its own, a city with a supervisor above."""
    life = life_in(office, MONDAY)
    life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign()
    with transaction() as session:
        city = Organ(code="SC-ZY", name="某市人民政府", kind="government")
        session.add(city)
        session.flush()
        county = session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()
        county.parent_id = city.id
        user = User(login="watcher", name="某监督员", password_hash="x", created_at=NOW)
        user.holdings = [DutyHolding(organ_id=city.id, duty=Duty.SUPERVISOR.value, valid_from=MONDAY)]
        session.add(user)


@pytest.fixture
def office(database_kind: str, run_services: Services, compiled_once: None, tmp_path: Path) -> Iterator[Office]:
    with walked_once(run_services, database_kind, begin, tmp_path) as place:
        yield place


@pytest.fixture
def city(office: Office) -> Actor:
    """The supervisor of the city above."""
    with reading() as session:
        user = session.scalars(select(User).where(User.login == "watcher")).one()
        assert user.holdings[0].organ_id is not None
        return Actor("user", user.holdings[0].organ_id, frozenset({Duty.SUPERVISOR}), user_id=user.id, name=user.name)


@pytest.fixture
def ask(city: Actor) -> Callable[[], str]:
    """Urges the one case; gives the urge's uid."""

    def urge() -> str:
        with transaction() as session:
            case = session.scalars(select(Case)).one()
            return urges.urge(session, Subject(case.organ, case), "请说明进展", DUE, city, NOW).uid

    return urge


def told(kind: str) -> set[int]:
    with reading() as session:
        return set(session.scalars(select(Notification.user_id).where(Notification.kind == kind)))


def test_an_urge_is_answered_not_accepted_and_asked_again(office: Office, city: Actor, ask: Callable[[], str]) -> None:
    head, uid = office.staff[Duty.HEAD], ask()
    assert told("urged") == {head.user_id, office.staff[Duty.OFFICER].user_id}
    with reading() as session:
        one = urges.open_as_organ(session, uid, head)
        assert (one.number, one.state(DUE), one.state(DUE + timedelta(1))) == (
            "督办〔2026〕1号",
            UrgeState.WAITING,
            UrgeState.OVERDUE,
        )
        task = next(one for one in tasks.TASKS if one.code == "urged")
        assert session.scalars(select(Case).where(task.condition(head))).all()
    paper = Upload("说明.txt", "情况说明".encode())
    with transaction() as session:
        urges.answer(session, urges.open_as_organ(session, uid, head, for_step=True), "正在办理", paper, head, NOW)
    assert told("urge_answered") == {city.user_id}
    with pytest.raises(Stale), transaction() as session:
        urges.answer(session, urges.open_as_organ(session, uid, head), "再答", None, head, NOW)
    with transaction() as session:
        one = urges.open_as_supervisor(session, uid, city, for_step=True)
        again = urges.urge_again(session, one, "未说明原因", DUE, city, NOW).uid
    with transaction() as session:
        late = NOW + timedelta(days=20)
        urges.answer(session, urges.open_as_organ(session, again, head), "原因如下", None, head, late)
        urges.accept(session, urges.open_as_supervisor(session, again, city), "同意", city, late)
    with reading() as session:
        last = urges.open_as_supervisor(session, again, city)
        assert (last.number, last.state(DUE), last.answered_late) == ("督办〔2026〕2号", UrgeState.ACCEPTED, True)
        assert [one.uid for one in urge_lines.chain(session, last)] == [uid, again]
        assert [line.state for line in urge_lines.of_supervisor(session, city, DUE).shown] == [
            UrgeState.ACCEPTED,
            UrgeState.URGED_AGAIN,
        ]
        printed = "\n".join(paragraphs(urge_sheet.urge_sheet(session, last, DUE)))
    assert all(words in printed for words in ("督办〔2026〕2号", "督办〔2026〕1号", "原因如下", "同意"))


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_who_may_urge_answer_and_accept(office: Office, city: Actor, ask: Callable[[], str]) -> None:
    uid, staff = ask(), office.staff
    with transaction() as session:
        county = session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()
        with pytest.raises(NotPermitted):
            urges.urge(session, Subject(county), "r", DUE, staff[Duty.HEAD], NOW)
        with pytest.raises(NotFound):
            urges.open_as_supervisor(session, uid, staff[Duty.HEAD])
        department = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
        with pytest.raises(NotFound):
            urges.open_as_organ(session, uid, Actor("user", department, frozenset({Duty.HEAD}), user_id=1))
        one = urges.open_as_organ(session, uid, staff[Duty.OFFICER])
        with pytest.raises(NotPermitted):
            urges.answer(session, one, "t", None, staff[Duty.OFFICER], NOW)
        with pytest.raises(Refusal, match="还没有回复"):
            urges.accept(session, one, "", city, NOW)
        with pytest.raises(NotPermitted):
            urges.accept(session, one, "", staff[Duty.SUPERVISOR], NOW)
        with pytest.raises(Refusal, match="未办结"):
            urges.urge(session, Subject(one.organ, one.case), "r", DUE, city, NOW)
        with pytest.raises(Refusal, match="今天之后"):
            urges.urge(session, Subject(county), "r", NOW.date(), city, NOW)
        with pytest.raises(NotFound):
            urges.subject_of(session, city, code="NOWHERE")


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_silence_is_told_once(office: Office, city: Actor, ask: Callable[[], str]) -> None:
    ask()
    over = NOW + timedelta(days=10)
    with transaction() as session:
        assert not urge_lines.is_due(session, DUE)
        assert urge_lines.is_due(session, over.date())
        urge_lines.remind(session, over)
    assert told("urge_overdue") == {city.user_id, office.staff[Duty.HEAD].user_id}
    with reading() as session:
        assert not urge_lines.is_due(session, over.date())
        assert session.scalars(select(Urge)).one().case_id is not None
