"""Importing holidays: what a file may say, what is shown before, what is done, and who sees it."""

import json
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import calendar_import, calendars, organs
from gkapply.casework.accounts import operator
from gkapply.casework.calendar_file import HolidayFile, read_file
from gkapply.casework.calendar_records import CalendarEdition, Redating
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import Organ
from gkapply.casework.services import services
from gkapply.casework.verification import verify
from gkapply.database import reading, transaction
from gkapply.law.refusal import NotPermitted, Refusal, Stale
from gkapply.law.workdays import Calendar, shipped_notices
from tests.casework.conftest import Office
from workflows.duties import Duty

NOW = datetime(2026, 12, 15, 2, tzinfo=UTC)
HEAD = "日期,类型,名称"
NEW_YEAR = f"{HEAD}\n2027-01-01,放假,元旦\n2027/1/2,放假,元旦\n2027年1月3日,放假,元旦\n2026-12-27,上班,元旦\n"
THREE_THREE = f"{HEAD},地区\n2026-04-20,放假,三月三,GX\n2026-04-21,放假,三月三,GX\n"


def importing(text: str, region: str | None = None) -> calendar_import.Imported:
    """Import a csv file as the operator."""
    with transaction() as session:
        return calendar_import.import_holidays(session, read_file(text.encode(), region), operator(), NOW)


def counted_by(code: str) -> Calendar:
    """The calendar of an organ, as a unit that reads the organ finds it."""
    with reading() as session:
        return calendars.calendar_of(organs.find_organ(session, code))


def days(file: HolidayFile) -> dict[int, tuple[list[str], list[str]]]:
    return {one.year: (one.payload()["off_days"], one.payload()["makeup_workdays"]) for one in file.notices}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_csv_is_read_in_each_encoding(encoding: str) -> None:
    found = read_file(NEW_YEAR.encode(encoding))
    assert days(found) == {2027: (["2027-01-01", "2027-01-02", "2027-01-03"], ["2026-12-27"])}
    assert (found.region, found.notices[0].off[date(2027, 1, 3).toordinal()]) == ("CN", "元旦")


def test_a_csv_file_of_several_years_is_told_apart_by_its_holidays() -> None:
    lines = [HEAD]
    for notice in shipped_notices():
        lines += [f"{date.fromordinal(day)},放假,{name}" for day, name in notice.off.items()]
        for day in notice.makeup:
            near = min(notice.off, key=lambda one: abs(one - day))
            lines.append(f"{date.fromordinal(day)},上班,{notice.off[near]}")
    found = read_file("\n".join(lines).encode())
    assert [(one.year, one.off, one.makeup) for one in found.notices] == [
        (one.year, one.off, one.makeup) for one in shipped_notices()
    ]


def test_json_is_read_in_the_shape_of_the_shipped_calendar() -> None:
    notice = shipped_notices()[-1]
    content = json.dumps({"years": {str(notice.year): notice.payload()}}, ensure_ascii=False).encode()
    assert read_file(content).notices == (notice,)


@pytest.mark.parametrize(
    ("text", "sentence"),
    [
        ("", "文件是空的"),
        ("日期,类型\n2027-01-01,放假\n", "第1行缺少列：名称"),
        (f"{HEAD}\n2027-01-01,放假,元旦\n2027-13-01,放假,元旦\n", "第3行「日期」列「2027-13-01」不正确"),
        (f"{HEAD}\n2027-02-30,放假,春节\n", "第2行「日期」列「2027-02-30」不正确.*这一天不存在"),
        (f"{HEAD}\n20270101,放假,元旦\n", "第2行「日期」列「20270101」不正确"),
        (f"{HEAD}\n2027-01-01,休息,元旦\n", "第2行「类型」列「休息」不正确"),
        (f"{HEAD}\n2027-01-01,放假,\n", "第2行「名称」列是空的"),
        (f"{HEAD}\n2027-01-01,放假,元旦\n2027-01-01,上班,元旦\n", "第3行「日期」列.*与第2行重复"),
        (f"{HEAD}\n2027-01-01,放假,元旦\n2027-02-20,上班,春节\n", "第3行「名称」列「春节」不正确"),
        (f"{HEAD}\n2027-01-01,放假,元旦\n2027-01-04,上班,元旦\n", "2027-01-04 不是周六或者周日"),
        (f"{HEAD},地区\n2027-01-01,放假,元旦,\n2027-01-02,放假,元旦,GX\n", "第3行「地区」列与前面的行不同"),
        (f"{HEAD}\n", "没有任何年份的放假安排"),
        ('{"years": {"2027": {"off_days": ["2027-02-30"]}}}', "makeup_workdays 应为列表"),
        ('{"years": {"2027": {"off_days"', "第1行第"),
        ('{"years": {"2027": {"holidays": [], "off_days": ["2027-1-1"], "makeup_workdays": []}}}', "2027.off_days"),
    ],
)
def test_a_wrong_file_is_refused_by_line_and_column(text: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence):
        read_file(text.encode())


def test_bytes_of_no_encoding_are_refused() -> None:
    with pytest.raises(Refusal, match="GB18030"):
        read_file(b"\xff\xff\xff\x00\x81")


def test_a_file_for_another_region_is_refused() -> None:
    with pytest.raises(Refusal, match="文件写明地区为「GX」，与指定的「NX」不同"):
        read_file(THREE_THREE.encode(), "NX")
    assert read_file(NEW_YEAR.encode(), "GX").region == "GX"


def test_an_imported_year_ends_the_guess(office: Office) -> None:
    assert counted_by("AYX").is_provisional(date(2027, 1, 4))
    done = importing(NEW_YEAR)
    assert [(one.year, one.version) for one in done.editions] == [(2027, 1)]
    calendar = counted_by("AYX")
    assert not calendar.is_provisional(date(2027, 1, 4))
    assert calendar.why_off(date(2027, 1, 1)) == "元旦"
    assert calendar.is_workday(date(2026, 12, 27))
    with reading() as session:
        (entry,) = session.scalars(select(JournalEntry).where(JournalEntry.deed == "calendar.import"))
        assert (entry.organ_id, json.loads(entry.body)["sha256"]) == (0, done.editions[0].sha256)


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    importing(NEW_YEAR)
    again = importing(NEW_YEAR)
    assert again.editions == ()
    assert again.run is None
    with reading() as session:
        assert len(session.scalars(select(CalendarEdition)).all()) == 1
        assert len(session.scalars(select(Redating)).all()) == 1


def test_a_later_edition_of_a_year_supersedes_the_earlier_one(office: Office) -> None:
    importing(NEW_YEAR)
    done = importing(f"{HEAD}\n2027-01-01,放假,元旦\n")
    assert [one.version for one in done.editions] == [2]
    assert counted_by("AYX").is_workday(date(2026, 12, 27)) is False


def test_a_year_too_far_is_refused_and_nothing_is_written(office: Office) -> None:
    with pytest.raises(Refusal, match="缺少 2027 年的安排"):
        importing(f"{HEAD}\n2028-01-01,放假,元旦\n")
    with reading() as session:
        assert session.scalars(select(CalendarEdition)).all() == []


def test_a_plan_counts_but_stays_provisional(office: Office) -> None:
    entry = {**read_file(NEW_YEAR.encode()).notices[0].payload(), "provisional": True}
    importing(json.dumps({"years": {"2027": entry}}))
    calendar = counted_by("AYX")
    assert calendar.why_off(date(2027, 1, 1)) == "元旦"
    assert calendar.is_provisional(date(2027, 1, 4))


def test_an_edition_cannot_be_changed(office: Office) -> None:
    importing(NEW_YEAR)
    with pytest.raises(Exception, match="append-only"), transaction() as session:
        session.scalars(select(CalendarEdition)).one().payload = "{}"


def test_only_the_system_administrator_imports(office: Office) -> None:
    with pytest.raises(NotPermitted), transaction() as session:
        calendar_import.import_holidays(session, read_file(NEW_YEAR.encode()), office.staff[Duty.HEAD], NOW)


def test_an_import_between_preview_and_confirmation_is_noticed(office: Office) -> None:
    file = read_file(f"{HEAD}\n2027-01-01,放假,元旦\n".encode())
    with reading() as session:
        basis = calendar_import.preview(session, file).basis
    importing(NEW_YEAR)
    with pytest.raises(Stale, match="请重新预览"), transaction() as session:
        calendar_import.import_holidays(session, file, operator(), NOW, basis=basis)


def test_a_regions_own_days_hold_for_its_organs_alone(office: Office) -> None:
    importing(THREE_THREE)
    with transaction() as session:
        organ = organs.find_organ(session, "AYX-MZJ")
        organ.calendar, organ.calendar_edition = "GX", calendars.newest_edition(session, "GX")
    day = date(2026, 4, 20)
    assert counted_by("AYX-MZJ").why_off(day) == "三月三"
    assert counted_by("AYX").is_workday(day)
    importing(NEW_YEAR)
    assert counted_by("AYX-MZJ").why_off(day) == "三月三"
    assert counted_by("AYX-MZJ").why_off(date(2027, 1, 1)) == "元旦", "a region rests on the whole country's calendar"


def test_an_organ_takes_only_a_region_that_is_known(office: Office) -> None:
    with pytest.raises(Refusal, match="没有代码为「GX」的工作日日历"), transaction() as session:
        organs.add_organ(session, "X", organs.OrganDetails(name="某某县", calendar="GX"), operator(), NOW)
    importing(THREE_THREE)
    with transaction() as session:
        organ = organs.add_organ(session, "X", organs.OrganDetails(name="某某县", calendar="GX"), operator(), NOW)
        assert organ.calendar_edition == calendars.newest_edition(session, "GX") > 0


def test_another_process_sees_the_import_with_the_next_organ_that_it_reads(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The shelf of built calendars is a process's own; what it keeps never has to be thrown away."""
    carried = services(office.ring, office.store)
    database.connect(office.url, carried)
    counted_by("AYX")
    elsewhere = services(office.ring, office.store)
    database.connect(office.url, elsewhere)
    importing(NEW_YEAR)
    database.connect(office.url, carried)
    assert counted_by("AYX").why_off(date(2027, 1, 1)) == "元旦"
    assert len(carried[calendars.SHELF]) == 1  # type: ignore[arg-type]


def test_the_journal_vouches_after_an_import(office: Office, tmp_path: Path) -> None:
    importing(NEW_YEAR)
    with reading() as session:
        assert verify(session, tmp_path / "anchors") is None
        assert session.scalars(select(Organ.calendar_edition).distinct()).all() == [1]
