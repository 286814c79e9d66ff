"""The mail room: what the post gives back is entered by the row, all or nothing, through the same doors as a single letter."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import func, select

from gkapply.casework import mail_room, parcels
from gkapply.casework.application import Application
from gkapply.casework.delivery_ledger import standings
from gkapply.casework.delivery_records import DeliveryAttempt, DeliveryResult
from gkapply.casework.entries import Document
from gkapply.casework.mail_room import Entry
from gkapply.casework.post_file import read_post_file
from gkapply.casework.records import Case
from gkapply.casework.services import store
from gkapply.database import reading, transaction
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.demo.life import Life
from gkapply.law.delivery_ways import Outcome
from gkapply.law.refusal import Refusal
from tests.casework.conftest import Office
from workflows.duties import Duty

SIGNED = date(2026, 3, 16)
HEADS = "参考号,邮件号,交寄日期,妥投日期,签收人,退回日期,原因\n"
ROOMY = replace(PERSON, joint="申请人丙，110101200901010016，13900000000")


@pytest.fixture
def database_kind() -> str:
    """The doors are tried on both databases elsewhere; here it is rows and files."""
    return "sqlite"


@pytest.fixture
def lives(new_life: Callable[..., Life]) -> list[Life]:
    """Three signed replies: two to one person, one to that person and another."""
    return [signed(new_life(), applicant) for applicant in (PERSON, PERSON, ROOMY)]


def signed(life: Life, applicant: Application) -> Life:
    life.register(walked_in(applicant, "2024年统计公报"), life.at_the_counter()).assign().accept()
    life.come_to(SIGNED).decide(1, "disclosed_public", {"where_to_find": "县政府网站"}).draft_reply()
    return life.submit_reply().pass_review().sign_reply()


def packed(office: Office) -> list[parcels.Parcel]:
    with reading() as session:
        return parcels.waiting(session, office.staff[Duty.REGISTRAR])


def entries(text: str) -> list[Entry]:
    read = read_post_file((HEADS + text).encode("gb18030"), "回传.csv")
    assert read.problems == []
    return list(read.entries)


def problems(office: Office, life: Life, text: str) -> list[tuple[int, str]]:
    with reading() as session:
        planned = mail_room.plan(session, entries(text), office.staff[Duty.REGISTRAR], life.now)
    return [(one.entry.line, one.problem) for one in planned if one.problem]


def carried_out(office: Office, life: Life, text: str) -> int:
    with transaction() as session:
        return mail_room.carry_out(session, entries(text), office.staff[Duty.REGISTRAR], life.now)


def rows() -> tuple[int, int, int]:
    with reading() as session:
        tables = (DeliveryAttempt, DeliveryResult, Document)
        return tuple(session.scalar(select(func.count()).select_from(one)) for one in tables)  # type: ignore[return-value]


def test_letters_to_the_same_name_and_address_go_together_unless_parted(office: Office, lives: list[Life]) -> None:
    first, other = packed(office)
    assert [one.reference for one in first.letters] == [f"{life.reference}/2/1" for life in lives]
    assert first.row() == (
        "申请人甲",
        PERSON.phone,
        PERSON.address,
        PERSON.postcode,
        f"政府信息公开答复书 {'、'.join(one.number for one in first.letters)}",
        "；".join(one.reference for one in first.letters),
    )
    assert (other.name, other.address) == ("申请人丙", "")
    chosen = {one.reference for one in first.letters[:2]}
    together = parcels.chosen([first, other], chosen, [])
    assert [len(one.letters) for one in together] == [2]
    apart = parcels.chosen([first, other], chosen, [first.reference])
    assert [len(one.letters) for one in apart] == [1, 1]


def test_the_carrier_is_told_no_more_than_it_needs(office: Office, lives: list[Life]) -> None:
    told = "".join("".join(one.row()) for one in packed(office))
    assert PERSON.id_number not in told
    assert "统计公报" not in told


def test_the_day_of_posting_is_the_day_of_the_reply(office: Office, lives: list[Life]) -> None:
    """以交邮之日为期限计算时点（国办公开办函〔2016〕235号）；一个邮件号，两份文书。"""
    life = lives[0].come_to(date(2026, 3, 20))
    both = "；".join(f"{one.reference}/2/1" for one in lives[:2])
    file = f"{both},1234567890123,2026/3/17,2026年3月19日,本人,,\n"
    assert carried_out(office, life, file) == 1
    before = rows()
    with reading() as session:
        cases = session.scalars(select(Case).order_by(Case.id)).all()
        assert [(one.replied_on, one.delivered_on) for one in cases[:2]] == [(date(2026, 3, 17), date(2026, 3, 19))] * 2
        attempt = cases[0].letters[-1].attempts[-1]
        assert (attempt.tracking, attempt.carrier, attempt.outcome) == ("1234567890123", "邮政EMS", Outcome.DELIVERED)
        assert attempt.result is not None
        assert attempt.result.signed_by == "本人"
        assert attempt.result.proof is not None
        proof = store(session).get(attempt.result.proof.sha256).decode()
        assert "第2行" in proof
        assert "邮件号：1234567890123" in proof
    assert carried_out(office, life, file) == 0, "the same file twice"
    assert rows() == before


def test_numbers_first_and_deliveries_later(office: Office, lives: list[Life]) -> None:
    """The second file may name the post's number alone; of two recipients one signs, one's letter comes back."""
    life = lives[2]
    reference = life.reference
    carried_out(
        office,
        life.come_to(date(2026, 3, 17)),
        f"{reference}/2/1,XA00000001,2026-03-17,,,,\n{reference}/2/2,XA00000002,2026-03-17,,,,\n",
    )
    life.come_to(date(2026, 3, 20))
    carried_out(office, life, ",XA00000001,,2026-03-19,收发室,,\n,XA00000002,,,,2026-03-20,查无此人\n")
    with reading() as session:
        case = session.scalars(select(Case).where(Case.reference == reference)).one()
        assert [one.words for one in standings(case.letters[-1])] == ["已送达", "退回"]
        assert (case.replied_on, case.delivered_on) == (date(2026, 3, 17), None)
        assert case.letters[-1].attempts[-1].results[-1].reason == "查无此人"


BAD = [
    ("{0}/2/1,,2026-03-17,,,,", "没有邮件号"),
    ("{0}/2/1,XA00000021,2026-03-13,,,,", "早于签发日期2026-03-16"),
    ("{0}/2/1,XA00000022,2026-04-17,,,,", "不能晚于今天"),
    ("{0}/2/1,XA00000023,,2026-03-18,,,", "还没有登记交寄"),
    ("{0}/1/1,XA00000024,2026-03-17,,,,", "没有参考号"),
    ("{0}/9/1,XA00000025,2026-03-17,,,,", "没有参考号"),
    ("XYZ-2026-0001/2/1,XA00000026,2026-03-17,,,,", "没有参考号"),
    (",XA99999999,,2026-03-18,,,", "没有登记过邮件号"),
    ("{0}/2/1,XA00000027,2026-03-17,2026-03-18,,2026-03-19,", "既有妥投日期，又有退回日期"),
    ("{0}/2/1,XA00000028,2026-03-17,2026-03-16,,,", "须在交寄日期至今天之间"),
    ("{1}/2/1,XA00000001,2026-03-18,,,,", "已登记为2026-03-17交寄"),
    (",XA00000001,,2026-03-18,,,", "已登记为2026-03-19已送达"),
    ("{1}/2/1,XA00000007,2026-03-20,,,,", "已经送达"),
]


def test_every_bad_row_is_named_and_then_nothing_is_entered(office: Office, lives: list[Life]) -> None:
    life = lives[1].come_to(date(2026, 3, 20))
    carried_out(office, life, f"{life.reference}/2/1,XA00000001,2026-03-17,2026-03-19,,,\n")
    good = f"{lives[0].reference}/2/1,XA00000008,2026-03-17,,,,\n"
    bad = "".join(f"{row.format(lives[0].reference, life.reference)}\n" for row, _ in BAD)
    found = problems(office, life, good + bad)
    assert [line for line, _ in found] == list(range(3, 3 + len(BAD)))
    assert [reason for (_, said), (_, reason) in zip(found, BAD, strict=True) if reason not in said] == []
    before = rows()
    with pytest.raises(Refusal, match=r"第3行：.*第4行："):
        carried_out(office, life, good + bad)
    assert rows() == before


def test_a_row_that_stands_twice_is_refused(office: Office, lives: list[Life]) -> None:
    row = f"{lives[0].reference}/2/1,XA00000001,2026-03-16,,,,\n"
    ((line, said),) = problems(office, lives[0], row + row)
    assert line == 3
    assert "与第2行的参考号和邮件号重复" in said


def test_another_organ_cannot_be_reached_by_its_reference(office: Office, lives: list[Life]) -> None:
    registrar = office.staff[Duty.REGISTRAR]
    stranger = replace(registrar, organ_id=(registrar.organ_id or 0) + 1)
    with reading() as session:
        (planned,) = mail_room.plan(
            session, entries(f"{lives[0].reference}/2/1,XA00000001,2026-03-16,,,,\n"), stranger, lives[0].now
        )
    assert "没有参考号" in planned.problem


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"PK\x03\x04rest", "xlsx"),
        ("邮件,日期\n1,2\n".encode(), "缺少列：参考号、邮件号"),
        (b"", "空"),
        (b"\xff\xfe\x00\x81", "编码"),
    ],
)
def test_what_is_no_such_file_is_refused(content: bytes, reason: str) -> None:
    with pytest.raises(Refusal, match=reason):
        read_post_file(content, "回传.csv")


def test_days_are_read_strictly() -> None:
    text = (
        HEADS
        + "A/2/1,XA00000001,2026-3-7,,,,\nA/2/1,XA00000001,3月7日,,,,\nA/2/1,1.23E+12,,,,,\nA/2/1,XA00000001,2026-02-30,,,,\n"
    )
    read = read_post_file(text.encode("utf-8-sig"), "回传.csv")
    assert [one.posted_on for one in read.entries] == [date(2026, 3, 7)]
    assert [line for line, _ in read.problems] == [3, 4, 5]
