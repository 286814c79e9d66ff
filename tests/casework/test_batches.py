"""Sheets of requests: every bad cell at once, one confirmation for all, the same requests however often confirmed."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from io import BytesIO

import pytest
from openpyxl import load_workbook
from sqlalchemy import select

from gkapply.casework import batch_check, batches, citizen_codes, citizens
from gkapply.casework.application import Application
from gkapply.casework.attempts import Blocked
from gkapply.casework.batch_sheet import COLUMNS, BadSheet, blank_workbook, read_sheet
from gkapply.casework.citizen_address import Address
from gkapply.casework.citizen_profile import keep_profile
from gkapply.casework.citizen_records import CitizenBatch, Purpose
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.casework.services import ring
from gkapply.database import reading, transaction
from gkapply.demo.applicants import COMPANY
from gkapply.law.refusal import NotFound, Refusal
from gkapply.sheets import write_csv
from tests.casework.conftest import Office
from tests.services import DATABASE_KINDS

NOW = datetime(2026, 3, 2, 1, tzinfo=UTC)
COUNTY, HERE = "安岳县人民政府", "192.0.2.1"


@pytest.fixture
def database_kind(request: pytest.FixtureRequest) -> str:
    """SQLite, unless a test asks for both: only the locks differ."""
    kind: str = getattr(request, "param", "sqlite")
    if kind == "postgresql":
        request.getfixturevalue("postgresql_server")
    return kind


@pytest.fixture
def citizen(office: Office) -> int:
    """An account whose profile names a company."""
    with transaction() as session:
        uid = citizen_codes.send(session, Purpose.REGISTER, Address("email", "c@example.invalid"), HERE, NOW)
        code = ring(session).one_time_code(uid)
    found = citizens.register(uid, code, "Zhinan-2026-abc", NOW)
    with transaction() as session:
        keep_profile(session, found, COMPANY, NOW.date(), NOW)
    return found


def sheet_of(*rows: Sequence[str]) -> bytes:
    return write_csv(tuple(COLUMNS), rows)


def wish(number: int, organ: str = COUNTY) -> tuple[str, ...]:
    return (organ, "", "", f"第{number}号路灯工程的施工合同", "", "", "", "")


def upload(citizen: int, content: bytes, most: int = 40) -> str:
    """Read, understand and keep a sheet."""
    rows = read_sheet(content, most)
    with transaction() as session:
        return batches.prepare(session, citizen, batch_check.understood(session, citizen, rows, NOW.date()), NOW)


def references() -> list[str]:
    with reading() as session:
        return list(session.scalars(select(Case.reference).order_by(Case.id)))


def test_every_bad_cell_is_named_at_once(citizen: int) -> None:
    content = sheet_of(
        wish(1),
        ("没有的机关", "", "", "某文件", "竹简", "传真", "也许", ""),
        (COUNTY, "", "", "", "", "", "", ""),
        wish(1),
        (COUNTY, "", "", "绝密★某文件", "纸质", "传真", "", ""),
    )
    with pytest.raises(BadSheet) as bad:
        upload(citizen, content)
    assert [(one.line, one.column, one.value) for one in bad.value.cells] == [
        (3, "载体形式", "竹简"),
        (3, "同意其他形式", "也许"),
        (3, "受理机关", "没有的机关"),
        (3, "获取方式", "传真"),
        (4, "内容描述", ""),
        (5, "内容描述", "第1号路灯工程的施工合同"),
        (6, "内容描述", "绝密★某文件"),
        (6, "获取方式", "传真"),
    ]
    assert "与第2行的申请相同" in next(one for one in bad.value.cells if one.line == 5).reason
    assert "表中有4行需要更正" in str(bad.value)
    assert references() == []


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "文件是空的"),
        (sheet_of(), "没有填写任何一件"),
        (sheet_of(*map(wish, range(41))), "最多40件，这张表有41件"),
        ("受理机关,内容,描述\n".encode(), "不认识的列：内容、描述"),
        ("受理机关,信息名称\n".encode(), "缺少内容描述"),
        ("受理机关,内容描述,内容描述\n".encode(), "有重复的列"),
        (b"\xff\xfe\x00", "编码"),
    ],
)
def test_what_is_no_filled_in_sheet_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(Refusal, match=said):
        read_sheet(content, 40)


def test_a_filled_in_workbook_says_the_same_as_a_csv() -> None:
    book = load_workbook(BytesIO(blank_workbook([COUNTY], 40)))
    rows = [(COUNTY, "", "2025001", "第1号路灯工程的施工合同", "光盘", "邮寄", "是", ""), wish(2)]
    for line, row in enumerate(rows, start=2):
        for column, value in enumerate(row, start=1):
            book.active.cell(line, column).value = value or None
    filled = BytesIO()
    book.save(filled)
    assert read_sheet(filled.getvalue(), 40) == read_sheet(sheet_of(*rows), 40)
    book.active["D3"] = "=1+1"
    filled = BytesIO()
    book.save(filled)
    assert [(one.line, one.column, one.reason) for one in read_sheet(filled.getvalue(), 40).bad] == [
        (3, "内容描述", "单元格里是公式，请改成文字")
    ]


def test_the_profile_must_say_who_applies(citizen: int) -> None:
    with transaction() as session:
        keep_profile(session, citizen, Application(kind="natural_person"), NOW.date(), NOW)
    with pytest.raises(Refusal, match=r"常用资料还不完整：.*姓名.*证件号码"):
        upload(citizen, sheet_of(wish(1)))


@pytest.mark.parametrize("database_kind", DATABASE_KINDS, indirect=True)
def test_forty_confirmed_by_many_at_once_are_forty_requests(citizen: int) -> None:
    uid = upload(citizen, sheet_of(*map(wish, range(1, 41))))
    assert references() == []
    with ThreadPoolExecutor(3) as pool:
        done = [pool.submit(batches.confirm, citizen, uid, HERE, 2, NOW) for _ in range(3)]
        assert [one.result() for one in done] == [None] * 3
    batches.carry_on(uid, NOW)
    batches.confirm(citizen, uid, HERE, 2, NOW + timedelta(hours=2))
    assert references() == [f"AYX-2026-{number:04}" for number in range(1, 41)]
    with reading() as session:
        shown = batches.sheet(session, citizen, uid, with_codes=True)
        assert session.scalars(select(CitizenBatch.sealed)).one() == b"", "what stands in the requests is kept once"
        assert len({one.code for one in shown.entries}) == 40
        assert [one.line for one in shown.entries] == list(range(2, 42))
        case = session.scalars(select(Case)).first()
        assert case is not None
        assert (case.applicant.name, case.submitted_at) == (COMPANY.name, NOW)
        assert [one.code for one in batches.sheet(session, citizen, uid).entries] == [""] * 40


def test_what_a_standstill_leaves_over_is_entered_by_the_errand(citizen: int, monkeypatch: pytest.MonkeyPatch) -> None:
    uid = upload(citizen, sheet_of(*map(wish, range(1, 26))))
    enter, groups = batches._enter_group, []

    def stop_after_the_second(session: object, batch: CitizenBatch) -> None:
        groups.append(batch.entered)
        if len(groups) == 3:
            raise OSError("power cut")
        enter(session, batch)  # type: ignore[arg-type]

    monkeypatch.setattr(batches, "_enter_group", stop_after_the_second)
    with pytest.raises(OSError, match="power cut"):
        batches.confirm(citizen, uid, HERE, 2, NOW)
    with reading() as session:
        assert batches.sheet(session, citizen, uid).entered == 20
    with pytest.raises(Refusal, match="还没有全部入库"):
        citizens.close(citizen, "Zhinan-2026-abc", HERE, NOW)
    batches.carry_on(uid, NOW + timedelta(days=3))
    assert len(references()) == len(set(references())) == 25


def test_an_organ_that_closed_meanwhile_refuses_the_whole_sheet(citizen: int) -> None:
    uid = upload(citizen, sheet_of(wish(1)))
    with transaction() as session:
        session.scalars(select(Organ).where(Organ.name == COUNTY)).one().accepts_applications = False
    with pytest.raises(BadSheet):
        batches.confirm(citizen, uid, HERE, 2, NOW)
    assert references() == []


def test_sheets_are_bounded_by_the_hour_and_belong_to_their_account(citizen: int) -> None:
    for number in (1, 2):
        batches.confirm(citizen, upload(citizen, sheet_of(wish(number))), HERE, 2, NOW)
    third = upload(citizen, sheet_of(wish(3)))
    with pytest.raises(Blocked, match="每小时最多批量提交2张表"):
        batches.confirm(citizen, third, HERE, 2, NOW)
    with pytest.raises(NotFound):
        batches.confirm(citizen + 1, third, HERE, 2, NOW)
    batches.confirm(citizen, third, HERE, 2, NOW + timedelta(minutes=61))
    assert len(references()) == 3
