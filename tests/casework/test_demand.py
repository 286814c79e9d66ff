"""The analysis of demand over a year of requests: read in the background, counted by area and theme, told without persons."""

from datetime import UTC, date, datetime

from sqlalchemy import func, select, update
from sqlalchemy.orm import Session

from gkapply.casework import demand, demand_cases, demand_matters, demand_reading
from gkapply.casework.demand import Analysis
from gkapply.casework.demand_cases import Wanted
from gkapply.casework.demand_records import DemandTerm, TermKind
from gkapply.casework.demanded import read_again
from gkapply.casework.people import Organ
from gkapply.casework.records import Applicant, Case
from gkapply.casework.supervision_period import Period, Scope
from gkapply.database import reading, transaction
from gkapply.demo.demand_stories import take_last_year_over
from gkapply.law.demand_words import term_of
from gkapply.law.workdays import national_calendar
from tests.casework.conftest import Office
from workflows.duties import Duty

NOW = datetime(2026, 7, 1, 1, tzinfo=UTC)


def scope_of(session: Session, office: Office, first: date = date(2025, 6, 1)) -> Scope:
    organ = session.get_one(Organ, office.organ_id)
    return Scope([organ], Period(first, date(2026, 5, 31)), NOW.date())


def analysed(office: Office) -> Analysis:
    with reading() as session:
        scope = scope_of(session, office)
        return demand.analyse(session, scope, scope.organs[0].office_settings())


def terms_kept() -> int:
    with reading() as session:
        return session.scalar(select(func.count()).select_from(DemandTerm)) or 0


def test_a_year_of_requests(office: Office) -> None:
    take_last_year_over(office.organ_id, "user:1", NOW, national_calendar(), 90)
    with transaction() as session:
        # A rare word of one applicant, and a word that three use but one of them bears as a name.
        session.execute(update(Applicant).where(Applicant.case_id == 31).values(name="鲍鱼"))
        told = "请公开鲍鱼和珊瑚礁的账目"
        session.execute(
            update(Case).where(Case.id.in_((31, 38, 45, 52))).values(description=told, demand_day=-Case.demand_day)
        )
        session.execute(
            update(Case).where(Case.id == 60).values(description="请公开独角鲸的账目", demand_day=-Case.demand_day)
        )
    assert demand_reading.read_on(NOW) == 5
    assert demand_reading.read_on(NOW) == 0, "what was read is not read again"
    found, rows = analysed(office), terms_kept()
    assert found.whole.requests == sum(one.requests for _, one in found.areas) > 75
    assert found.whole.outcomes.total() == found.whole.kinds.total() == found.whole.requests
    assert found.areas[0][0] == "自然资源"
    themes = {one.name: one for one in found.themes}
    assert themes["征地补偿"].area == "自然资源"
    assert themes["征地补偿"].requests == sum(themes["征地补偿"].months.values())
    assert themes["征地补偿"].requests == themes["征地补偿"].course.outcomes.total()
    told_words = {one.name for one in found.words}
    assert "珊瑚礁" in told_words
    assert not {"鲍鱼", "独角鲸"} & told_words
    assert min(one.applicants for one in found.themes) >= 3
    assert min(one.applicants for one in (*found.words, *found.unmet)) >= 3
    _read_anew(office, rows)
    _behind_the_figures(office, found)


def _read_anew(office: Office, rows: int) -> None:
    """A request whose words have changed is read once more, in place of what stood there."""
    with transaction() as session:
        case = session.scalars(select(Case).where(Case.id == 1)).one()
        case.description = "请公开低保名单"
        read_again(case)
    assert demand_reading.read_on(NOW) == 1
    with transaction() as session:
        kept = select(DemandTerm.term).where(DemandTerm.case_id == 1, DemandTerm.kind == int(TermKind.THEME))
        assert list(session.scalars(kept)) == [term_of("最低生活保障")]
        assert session.scalars(select(Case.area_suggested).where(Case.id == 1)).one() == "社会救助"
    assert rows - 14 <= terms_kept() <= rows


def _behind_the_figures(office: Office, found: Analysis) -> None:
    officer, archivist = office.staff[Duty.OFFICER], office.staff[Duty.SYSADMIN]
    theme = next(one for one in found.themes if one.name == "低保" or one.area == "社会救助")
    with reading() as session:
        scope = scope_of(session, office)
        wanted = Wanted(kind="theme", term=theme.term)
        behind = demand_cases.cases_of(session, scope, wanted, officer)
        assert len(behind) == theme.requests
        assert demand_cases.cases_of(session, scope, wanted, archivist) == []
        area, tally = found.areas[1]
        assert len(demand_cases.cases_of(session, scope, Wanted(area=area), officer)) == tally.requests
        assert demand_cases.unconfirmed(session, scope, area, officer, limit=1)[0].area_suggested == area
        matters = demand_matters.several(session, scope, officer)
        assert matters
        assert min(one.applicants for one in matters) > 1
        assert demand_matters.several(session, scope, archivist) == []
