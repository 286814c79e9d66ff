"""What is late climbs from one supervising organ to the next, each of them told once."""

from datetime import date, datetime, timedelta

import pytest
from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import supervision_list, sweep
from gkapply.casework.notification import Notification
from gkapply.casework.people import DutyHolding, Organ, User
from gkapply.casework.supervision_figures import FIGURES
from gkapply.casework.supervision_period import Scope, quarter_of
from gkapply.casework.supervisors import supervisors_above
from gkapply.clock import OFFICE_ZONE, day_of
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE, DEPARTMENTS
from tests.casework.conftest import BEFORE, Office, life_in
from workflows.duties import Duty

TREE = ("CN", "SC", "SC-ZY")
"""A level without 监督员, a province and a city with one each."""


def grow(session: Session) -> dict[str, int]:
    """The levels above the county; gives the user of each that has a 监督员."""
    parent: int | None = None
    users: dict[str, int] = {}
    for code in TREE:
        organ = Organ(code=code, name=f"{code}级人民政府", kind="government", parent_id=parent)
        session.add(organ)
        session.flush()
        parent = organ.id
        if code == "SC":
            continue
        user = User(login=code, name=code, password_hash="x", created_at=BEFORE)
        user.holdings = [
            DutyHolding(organ_id=organ.id, duty=Duty.SUPERVISOR.value, valid_from=day_of(BEFORE)),
        ]
        session.add(user)
        session.flush()
        users[code] = user.id
    session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one().parent_id = parent
    return users


def test_levels_without_supervisors_are_passed_by(office: Office) -> None:
    with transaction() as session:
        users, own = grow(session), office.staff[Duty.SUPERVISOR].user_id
        department = session.scalars(select(Organ.id).where(Organ.code == DEPARTMENTS[0].code)).one()
        top = session.scalars(select(Organ.id).where(Organ.code == "CN")).one()
        found = supervisors_above(session, [department, office.organ_id, top], day_of(BEFORE))
    assert found == {
        department: [(own,), (users["SC-ZY"],), (users["CN"],)],
        office.organ_id: [(users["SC-ZY"],), (users["CN"],)],
        top: [(users["CN"],)],
    }


@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_each_supervising_organ_is_told_once(office: Office) -> None:
    life = life_in(office)
    life.register(walked_in(PERSON, "2018年路灯安装的立项文件"), life.at_the_counter()).assign().accept()
    with transaction() as session:
        users = grow(session)
    day = date(2026, 3, 30)
    while day < date(2026, 5, 1):
        sweep.sweep(datetime(day.year, day.month, day.day, 9, tzinfo=OFFICE_ZONE))
        day += timedelta(days=1)
    with reading() as session:
        told = select(Notification.user_id, Notification.level, Notification.told_at).where(
            Notification.kind == "overdue", Notification.level >= 2
        )
        assert [(user, level, day_of(at)) for user, level, at in session.execute(told)] == [
            (users["SC-ZY"], 2, date(2026, 4, 3)),
            (users["CN"], 3, date(2026, 4, 13)),
        ]
        organ = session.get_one(Organ, office.organ_id)
        late = supervision_list.cases_of(session, FIGURES["late"], Scope([organ], quarter_of(day), day))
    assert [line.reported for line in late.lines] == [2]
