"""Sheets of a period, their delivery upward, and who is reminded."""

from collections.abc import Callable
from datetime import UTC, date, datetime

import pytest
from sqlalchemy import func, select

from gkapply.casework import delivered_reports, period_sheet_deliveries, period_sheets, report
from gkapply.casework.access import Actor
from gkapply.casework.delivered_reports import Standing
from gkapply.casework.journal import canonical
from gkapply.casework.notification import Notification
from gkapply.casework.people import Organ
from gkapply.casework.period_sheet_deliveries import last_quarter
from gkapply.casework.public_figures import OUTCOMES
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law import annual_rows
from gkapply.law.refusal import NotPermitted, Refusal
from gkapply.law.report_spans import Span
from tests.casework.conftest import Office
from tests.casework.full_desk import full_desk
from workflows.duties import Duty

__all__ = ["full_desk"]
NewLife = Callable[..., Life]
SPAN = Span.between(date(2026, 2, 10), date(2026, 5, 20))
FIRST_QUARTER = (2026, 1)


def test_the_sheet_of_any_days_agrees_with_the_report_and_the_cases(full_desk: Office) -> None:
    with reading() as session:
        organs = list(session.scalars(select(Organ).order_by(Organ.id)))
        lines = period_sheets.lines(session, organs, SPAN)
        total = period_sheets.together("合计", lines)
        whole = report.reported(session, organs, SPAN, name="合计")
        answered = session.scalars(
            select(Case).where(Case.ended_on >= SPAN.first, Case.ended_on < SPAN.next_first)
        ).all()
        replied = [one for one in answered if one.kind == "application" and one.replied_on]
        took = sorted(
            one.calendar().count(one.received_on, one.replied_on)
            for one in replied
            if one.received_on and one.replied_on
        )
    by_code = {row["code"]: row["values"][-1] for row in whole["table3"]["rows"]}
    assert {code: total.number(code) for code in period_sheets.MEASURES} == {
        code: by_code[code] for code in period_sheets.MEASURES
    }
    assert total.number(annual_rows.TOTAL) > 3
    assert total.balanced
    assert sum(total.outcome(code) for code in OUTCOMES) == total.number(annual_rows.TOTAL)
    assert total.reviews + total.suits == sum(values[-1] for values in whole["table4"].values())
    assert total.answered == len(replied) > 0
    assert total.late == len([one for one in replied if one.due_on and one.replied_on and one.replied_on > one.due_on])
    middle = len(took) // 2
    assert total.median == (took[middle] if len(took) % 2 else (took[middle - 1] + took[middle]) / 2)
    assert len(period_sheets.row(total)) == len(period_sheets.HEADS)


def ask_for_sheets(organ_id: int) -> Organ:
    """Have an organ above the office that wants sheets each quarter."""
    with transaction() as session:
        above = Organ(code="SHI", name="资阳市人民政府", kind="government")
        above.settings = canonical({"quarterly_sheets": True, "quarterly_sheet_days": 5})
        session.add(above)
        session.flush()
        session.get_one(Organ, organ_id).parent_id = above.id
    return above


def test_a_quarter_is_delivered_corrected_and_nobody_is_reminded_in_vain(office: Office, new_life: NewLife) -> None:
    ask_for_sheets(office.organ_id)
    life = new_life(date(2026, 3, 30))
    life.register(walked_in(PERSON, "某路的规划"), life.at_the_counter())
    actor = office.staff[Duty.STATISTICIAN]

    def deliver(now: datetime, note: str = "", by: Actor = actor) -> int:
        with transaction() as session:
            return period_sheet_deliveries.deliver(session, FIRST_QUARTER, note, by, now).edition

    def reminded(now: datetime) -> list[str]:
        with transaction() as session:
            period_sheet_deliveries.tell_due(session, now)
        with reading() as session:
            query = select(Notification.kind).where(Notification.kind.startswith("period_sheet")).distinct()
            return sorted(session.scalars(query))

    def standing(today: date) -> Standing:
        with reading() as session:
            (line,) = delivered_reports.of_year(session, [session.get_one(Organ, office.organ_id)], 2026, today)
            return line.quarters[0].standing

    def at(month: int, day: int) -> datetime:
        return datetime(2026, month, day, 2, tzinfo=UTC)

    with pytest.raises(Refusal, match="还没有结束"):
        deliver(at(3, 31))
    with pytest.raises(NotPermitted):
        deliver(at(4, 1), by=office.staff[Duty.OFFICER])
    assert reminded(at(4, 1)) == []
    assert reminded(at(4, 2)) == ["period_sheet_due"]
    assert reminded(at(4, 6)) == ["period_sheet_due", "period_sheet_overdue"]
    assert [standing(date(2026, 4, day)) for day in (5, 6)] == [Standing.WAITING, Standing.OVERDUE]
    assert deliver(at(4, 7)) == 1
    assert standing(date(2026, 4, 8)) is Standing.LATE
    with pytest.raises(Refusal, match="没有变化"):
        deliver(at(4, 8))
    second = new_life(date(2026, 3, 30))
    second.register(walked_in(PERSON, "另一条路的规划"), second.at_the_counter())
    assert deliver(at(4, 8), "补登一件") == 2
    with reading() as session:
        told = session.scalar(
            select(func.count()).select_from(Notification).where(Notification.kind.startswith("period"))
        )
        sheet = period_sheet_deliveries.delivered(session, [office.organ_id], 2026)[office.organ_id, 1]
        assert (sheet.edition, sheet.note) == (2, "补登一件")
    assert reminded(at(4, 9))
    with reading() as session:
        again = session.scalar(
            select(func.count()).select_from(Notification).where(Notification.kind.startswith("period"))
        )
        assert again == told


@pytest.mark.parametrize(
    ("today", "quarter"),
    [((2026, 1, 1), (2025, 4)), ((2026, 3, 31), (2025, 4)), ((2026, 4, 1), (2026, 1)), ((2026, 12, 31), (2026, 3))],
)
def test_the_last_quarter_is_the_one_that_is_over(today: tuple[int, int, int], quarter: tuple[int, int]) -> None:
    assert last_quarter(date(*today)) == quarter
