"""Reminding of the annual report's term: by kind of organ and settings, once on each level, never after it was delivered."""

from datetime import UTC, date, datetime

import pytest
from sqlalchemy import select

from gkapply.casework import annual_report_terms as terms
from gkapply.casework import annual_reports, delivered_reports
from gkapply.casework.annual_report_taken import only_carried_out
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE
from tests.casework.conftest import Office
from workflows.duties import Duty

pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


def told_on(*days: date) -> list[tuple[int, str, int]]:
    """Reader, kind and level of everything told by the looks on these days."""
    for day in days:
        with transaction() as session:
            if terms.is_due(session, day):
                terms.remind(session, datetime(day.year, day.month, day.day, 2, tzinfo=UTC))
    with reading() as session:
        query = select(Notification.user_id, Notification.kind, Notification.level).order_by(Notification.id)
        rows = session.execute(query.where(Notification.kind.startswith("report_")))
        return [(row.user_id, row.kind, row.level) for row in rows]


def test_each_level_is_told_once_and_a_government_has_until_march(office: Office) -> None:
    people = [office.staff[duty].user_id for duty in (Duty.STATISTICIAN, Duty.HEAD)]
    assert told_on(date(2026, 3, 10)) == []
    first = told_on(date(2026, 3, 11), date(2026, 3, 12), date(2026, 3, 25))
    assert first == [(user, "report_due", terms.SOON) for user in people]
    later = told_on(date(2026, 3, 26), date(2026, 3, 31), date(2026, 4, 1), date(2026, 5, 1))
    assert later[2:] == [
        (user, kind, level) for kind, level in (("report_due", 2), ("report_overdue", 3)) for user in people
    ]
    assert told_on(date(2027, 3, 30))[6:] == [(user, "report_due", terms.LAST) for user in people]


def test_what_was_delivered_is_not_reminded_of(office: Office) -> None:
    with transaction() as session:
        organ = session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()
        clerk, now = office.staff[Duty.STATISTICIAN], datetime(2026, 3, 2, tzinfo=UTC)
        annual_reports.take_published(session, organ, 2025, {**only_carried_out([0] * 6)}, clerk, now)
        (line,) = delivered_reports.of_year(session, [organ], 2025, date(2026, 4, 1))
    assert line.annual.standing is delivered_reports.Standing.ELSEWHERE
    assert not line.is_behind
    assert told_on(date(2026, 3, 31)) == []


def test_the_days_are_settings(office: Office) -> None:
    with reading() as session:
        organ = session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()
        organ.settings = '{"report_march_day": 20}'
        assert terms.due_on(organ, 2025) == date(2026, 3, 20)
        for kind in ("department", "township"):
            organ.kind = kind
            assert terms.due_on(organ, 2025) == date(2026, 1, 31)
        organ.settings = '{"report_january_day": 15}'
        assert terms.due_on(organ, 2025) == date(2026, 1, 15)
