"""The annual report as a document: written, frozen as a version that stays, delivered, drawn up anew, taken from elsewhere."""

from datetime import UTC, date, datetime
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from gkapply.casework import annual_report_cases, annual_report_changes, annual_reports
from gkapply.casework import annual_report_deeds as deeds
from gkapply.casework.annual_report_computing import CheckLine, check_lines, compute
from gkapply.casework.annual_report_content import content_of, hash_of, row_of
from gkapply.casework.annual_report_taken import only_carried_out
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY, PERSON, walked_in
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.law import annual_table2
from gkapply.law.annual_sentences import offered
from gkapply.law.refusal import NotFound, NotPermitted, Refusal, Stale, WrongState
from tests.casework.conftest import Office
from workflows.annual_report import AnnualReportState
from workflows.duties import Duty

YEAR = 2025
NOW = datetime(2026, 1, 12, 2, tzinfo=UTC)
TABLE2 = {
    "regulations": [0, 0, 0],
    "normative": [3, 1, 22],
    "licences": 1200,
    "penalties": 86,
    "coercion": 4,
    "fees": "12.34",
}
TEXTS = {"5": "工作考核、社会评议、责任追究都没有需要说明的情况。", "6": "没有收取信息处理费。"}
pytestmark = pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)


@pytest.fixture
def desk(office: Office) -> Office:
    """Three requests came in December: two are still open when the year ends, none was there before."""
    for day, who in ((2, PERSON), (9, PERSON), (16, COMPANY)):
        life = Life(COUNTY_CODE, office.staff, datetime(YEAR, 12, 1, 1, tzinfo=UTC)).come_to(date(YEAR, 12, day))
        life.register(walked_in(who, f"某工程第{day}号批复"), life.at_the_counter())
    with transaction() as session:
        first = session.scalars(select(Case).order_by(Case.id)).first()
        assert first is not None
        first.ended_on, first.report_row = date(YEAR, 12, 30), "3.1"
    return office


def organ(session: Session) -> Organ:
    return session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()


def whole(year: int = YEAR, edition: int | None = None) -> dict[str, Any]:
    with reading() as session:
        return annual_reports.whole(session, organ(session), year, edition=edition)


def freeze(desk: Office, year: int = YEAR) -> None:
    with transaction() as session:
        deeds.freeze(session, organ(session), year, desk.staff[Duty.HEAD], NOW, version=None)


def write(desk: Office, text: str, year: int = YEAR, version: int | None = None) -> None:
    with transaction() as session:
        clerk = desk.staff[Duty.STATISTICIAN]
        deeds.write(session, organ(session), year, {"1": text, **TEXTS}, TABLE2, clerk, NOW, version=version)


def test_while_it_is_written_the_report_says_what_the_register_says(desk: Office) -> None:
    with reading() as session:
        figures = annual(session, organ(session), YEAR)
    assert whole()["parts"] == {"1": "", "5": "", "6": ""}
    assert whole()["table2"] == annual_table2.empty()
    write(desk, "　总体情况。\r\n第二段")
    said = whole()
    assert {name: said[name] for name in ("organ", "year", "format", "table3", "table4")} == {
        name: figures[name] for name in ("organ", "year", "format", "table3", "table4")
    }
    assert (said["parts"]["1"], said["table2"]) == ("总体情况。\n第二段", TABLE2)
    assert row_of(said, "4") == [1, 1, 0, 0, 0, 0, 2]
    with reading() as session:
        cases = annual_report_cases.counted(session, organ(session).id, YEAR)
    counted: dict[str, int] = {}
    for one in cases.values():
        for row, _ in one.cells:
            counted[row] = counted.get(row, 0) + 1
    assert counted == {"1": 3, "3.1": 1, "4": 2}


def test_a_frozen_version_stays_and_the_next_says_why(desk: Office) -> None:
    write(desk, "第一版")
    with pytest.raises(NotPermitted), transaction() as session:
        deeds.freeze(session, organ(session), YEAR, desk.staff[Duty.STATISTICIAN], NOW, version=None)
    freeze(desk)
    first = whole()
    with transaction() as session:
        session.execute(update(Case).values(ended_on=date(YEAR, 12, 31), report_row="3.3.1"))
    assert whole() == first
    with transaction() as session:
        kept, head = annual_reports.find(session, desk.organ_id, YEAR), desk.staff[Duty.HEAD]
        assert kept is not None
        assert kept.editions[0].hash == hash_of(kept.editions[0].content)
        assert annual_report_cases.read(kept.editions[0].cases).keys() == {1, 2, 3}
        with pytest.raises(WrongState):
            deeds.write(session, organ(session), YEAR, {"1": "改"}, None, head, NOW, version=None)
        with pytest.raises(Refusal, match="请写明报送的方式"):
            deeds.deliver(session, organ(session), YEAR, deeds.SUBMITTED, NOW.date(), " ", head, NOW, version=None)
        with pytest.raises(Refusal, match="请写明原因"):
            deeds.reopen(session, organ(session), YEAR, "", head, NOW, version=None)
    with transaction() as session:
        deeds.deliver(session, organ(session), YEAR, deeds.SUBMITTED, NOW.date(), "公文交换", head, NOW, version=None)
        assert annual_reports.standings(session, [desk.organ_id, 2], YEAR) == {
            desk.organ_id: annual_reports.Standing(AnnualReportState.DELIVERED, 1, NOW.date())
        }
    with transaction() as session:
        deeds.reopen(session, organ(session), YEAR, "三件申请补录了办理结果", head, NOW, version=None)
    assert row_of(whole(), "4") == [0] * 7
    freeze(desk)
    assert (whole(edition=1), row_of(whole(edition=2), "3.3.1")) == (first, [2, 1, 0, 0, 0, 0, 3])
    with pytest.raises(NotFound):
        whole(edition=3)


def test_what_cannot_be_frozen(desk: Office) -> None:
    with pytest.raises(Refusal, match="2026年尚未结束"):
        freeze(desk, 2026)
    write(desk, "一")
    with pytest.raises(Stale):
        write(desk, "二", version=1)
    clerk = desk.staff[Duty.STATISTICIAN]
    with transaction() as session:
        other = session.scalars(select(Organ).where(Organ.code != COUNTY_CODE)).first()
        assert other is not None
        with pytest.raises(NotPermitted):
            deeds.write(session, other, YEAR, {"1": "一"}, None, clerk, NOW, version=None)
        with pytest.raises(Refusal, match="国家秘密标志"):
            deeds.write(session, organ(session), YEAR, {"1": "机密★"}, None, clerk, NOW, version=None)


def test_a_published_carry_over_that_differs_is_explained_before_the_head_freezes(desk: Office) -> None:
    clerk = desk.staff[Duty.STATISTICIAN]
    with transaction() as session:
        taken = {"year": YEAR - 1, **only_carried_out([2, 0, 0, 0, 0, 0]), "table2": TABLE2}
        annual_reports.take_published(session, organ(session), YEAR - 1, taken, clerk, NOW, source="门户网站")
        with pytest.raises(Refusal, match="是2023年度的"):
            annual_reports.take_published(session, organ(session), YEAR, {**taken, "year": 2023}, clerk, NOW)
    assert row_of(whole(YEAR - 1), "4") == [2, 0, 0, 0, 0, 0, 2]
    write(desk, "一")
    failing = failing_lines(desk)
    assert [one.name for one in failing] == [
        "上年结转等于上一年度报告的结转下年度",
        "现行有效件数等于上年现行有效加制发减废止",
    ]
    carried, table2 = failing
    assert [one.in_figures for one in failing] == [False, False]
    assert [one.words for one in carried.differences] == ["自然人：上一年度公布结转2件，登记的上年结转0件"]
    with pytest.raises(Refusal, match="有2项核对不符"):
        freeze(desk)
    explain(desk, table2.key)
    with pytest.raises(Refusal, match="有1项核对不符，也没有说明原因：上年结转"):
        freeze(desk)
    explain(desk, carried.differences[0].key)
    with pytest.raises(Stale):
        explain(desk, "column:natural_person:7:0")
    freeze(desk)
    with reading() as session:
        kept = annual_reports.find(session, desk.organ_id, YEAR)
        assert kept is not None
        explained = content_of(kept.editions[0])["explained"]
    assert [one["check"] for one in explained] == [one.name for one in failing]
    assert explained[0]["cases"][0]["reason"] == WHY


WHY = "上年两件在年底前已经办结，上年报告未及时更正"


def explain(desk: Office, code: str, year: int = YEAR) -> None:
    with transaction() as session:
        deeds.explain(session, organ(session), year, code, WHY, desk.staff[Duty.STATISTICIAN], NOW, version=None)


def failing_lines(desk: Office, year: int = YEAR) -> list[CheckLine]:
    with reading() as session:
        kept, before = (annual_reports.find(session, desk.organ_id, one) for one in (year, year - 1))
        report = compute(session, organ(session), year, kept, before).report
        return [one for one in check_lines(session, report, kept, before) if not one.ok]


def test_a_case_corrected_after_the_report_is_listed_stated_and_explained(desk: Office) -> None:
    write(desk, "一")
    freeze(desk)
    with transaction() as session:
        session.execute(update(Case).where(Case.id == 2).values(ended_on=date(YEAR, 12, 31), report_row="3.3.1"))
        session.execute(update(Case).where(Case.id == 3).values(ended_on=date(2026, 1, 8), report_row="3.1"))
    with reading() as session:
        kept = annual_reports.find(session, desk.organ_id, YEAR)
        late = annual_report_changes.in_words(session, annual_report_changes.late(session, kept))
        said = annual_reports.computed(session, organ(session), YEAR + 1)
        offers = {one.code: one.text for one in offered(said.report, said.last, said.besides)}
    assert [(one.was.split("；")[1], one.now.split("；")[1]) for one in late] == [
        ("四、结转下年度继续办理", "（三）不予公开1.属于国家秘密")
    ]
    assert (
        "有1件申请的登记内容作了更正，涉及“（三）不予公开1.属于国家秘密”增加1件、“四、结转下年度继续办理”减少1件"
        in offers["late"]
    )
    assert offers["carried"].startswith("本年度上年结转1件，上一年度报告公布的结转下年度继续办理为2件，原因是……")
    differ = failing_lines(desk, YEAR + 1)[0].differences
    assert [(one.reference, one.words) for one in differ] == [
        (late[0].reference, "上一年度公布时已结转（自然人），现不计入上年结转，现登记为2025年12月31日办结")
    ]
    explain(desk, differ[0].key, YEAR + 1)
    assert failing_lines(desk, YEAR + 1)[0].settled


def test_a_case_that_breaks_the_figures_is_named_on_their_page(desk: Office) -> None:
    with transaction() as session:
        session.execute(update(Case).where(Case.id == 2).values(report_row="3.1"))
    assert any(one.in_figures and not one.settled for one in failing_lines(desk))
