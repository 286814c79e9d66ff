"""Importing reviews and suits: one row an instance, all or nothing, every bad cell named, the same file twice changes nothing."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import func, select

from gkapply.casework import dispute_import, report
from gkapply.casework.dispute_file import HEADS, BadDisputes, read_disputes
from gkapply.casework.disputed import Dispute, DisputeDecision
from gkapply.casework.journal import JournalEntry
from gkapply.casework.people import Organ
from gkapply.casework.records import Case
from gkapply.database import reading, transaction
from gkapply.demo.county import COUNTY_CODE
from gkapply.demo.life import Life
from gkapply.law.refusal import Refusal
from gkapply.sheets import write_csv
from gkapply.workbooks import write_workbook
from tests.casework.conftest import Office
from tests.casework.test_dispute import answered
from workflows.dispute import DisputeState

NewLife = Callable[..., Life]
TODAY = date(2027, 4, 5)
FIRST = {
    "类型": "未经复议直接起诉",
    "提出日期": "2026-10-12",
    "结果": "纠正",
    "办结日期": "2027年3月1日",
    "案号": "（2026）川2021行初7号",
    "复议机关或法院": "安岳县人民法院",
    "审级": "一审",
}
SECOND = {
    **FIRST,
    "提出日期": "2027/3/10",
    "结果": "结果维持",
    "办结日期": "2027-04-01",
    "审级": "二审",
    "案号": "川20行终9号",
}
REVIEW = {"类型": "行政复议", "提出日期": "2027-03-01", "收到日期": "2027-03-05"}


def table(*rows: dict[str, str], heads: tuple[str, ...] = HEADS) -> bytes:
    return write_csv(heads, [[row.get(head, "") for head in heads] for row in rows])


def take(office: Office, life: Life, content: bytes) -> dispute_import.Tally:
    with transaction() as session:
        organ = session.get_one(Organ, office.organ_id)
        return dispute_import.carry_out(session, organ, content, dispute_import.operator_in(organ), life.now)


def test_each_instance_is_entered_and_the_same_file_twice_changes_nothing(office: Office, new_life: NewLife) -> None:
    life, other = answered(new_life), answered(new_life)
    with reading() as session:
        numbers = session.scalars(select(Case.number).order_by(Case.id)).all()
    life.come_to(TODAY)
    rows = [
        {**FIRST, "登记编号": numbers[0]},
        {**SECOND, "登记编号": numbers[0]},
        {**REVIEW, "登记编号": f"{COUNTY_CODE}-{numbers[1]}"},
    ]
    assert take(office, life, table(rows[0])) == dispute_import.Tally(1, 0, 0)
    assert take(office, life, table(*rows)) == dispute_import.Tally(1, 1, 0)
    assert other.uid
    with reading() as session:
        before = session.scalar(select(func.count()).select_from(JournalEntry))
    assert take(
        office, life, write_workbook("争议", HEADS, [[r.get(h, "") for h in HEADS] for r in rows], [10] * 11)
    ) == (dispute_import.Tally(0, 0, 2))
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(JournalEntry)) == before
        suit, review = session.scalars(select(Dispute).order_by(Dispute.id)).all()
        assert (suit.state, suit.instance, suit.appealed_by) == (DisputeState.CLOSED, 2, "organ")
        assert [(one.instance, one.result) for one in suit.decisions] == [(1, "corrected"), (2, "upheld")]
        assert "川20行终9号" in suit.decisions[1].summary
        assert (review.state, review.copy_received_on) == (DisputeState.ANSWERING, date(2027, 3, 5))
        organ = session.get_one(Organ, office.organ_id)
        assert report.annual(session, organ, 2026)["table4"]["suit_direct"] == [0, 0, 0, 1, 1]
        tables = report.annual(session, organ, 2027)["table4"]
        assert (tables["suit_direct"], tables["review"]) == ([1, 0, 0, 0, 1], [0, 0, 0, 1, 1])
    old = {**FIRST, "登记编号": numbers[1], "提出日期": "2026-08-20", "办结日期": "2026-09-20"}
    assert take(office, life, table(old)) == dispute_import.Tally(1, 0, 0)
    with reading() as session:
        assert session.scalars(select(Dispute).order_by(Dispute.id.desc()).limit(1)).one().state is DisputeState.CLOSED
    with pytest.raises(BadDisputes, match="1处"):
        take(office, life, table(old, {**SECOND, "登记编号": numbers[1]}))
    with pytest.raises(BadDisputes) as refused:
        take(office, life, table(rows[0], {**rows[1], "结果": "结果纠正"}, {**rows[2], "提出日期": "2027-03-02"}))
    assert [one.column for one in refused.value.problems] == ["结果"]
    assert "系统中登记的是结果维持" in str(refused.value.problems[0])
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(Dispute)) == 3


def test_every_bad_row_is_named_and_nothing_is_entered(office: Office, new_life: NewLife) -> None:
    life = answered(new_life).come_to(TODAY)
    with reading() as session:
        number = session.scalars(select(Case.number)).one()
    sound = {**FIRST, "登记编号": number}
    bad = [
        ({**FIRST, "登记编号": "2026-9999"}, "登记编号"),
        ({**sound}, "登记编号"),
        ({**sound, "提出日期": "2026-01-01", "办结日期": "2026-02-01"}, "提出日期"),
        ({**SECOND, "登记编号": number, "类型": "复议后起诉"}, "审级"),
    ]
    with pytest.raises(BadDisputes) as refused:
        take(office, life, table(sound, *(row for row, _ in bad)))
    assert [(one.line, one.column) for one in refused.value.problems] == [
        (line, column) for line, (_, column) in enumerate(bad, start=3)
    ]
    with reading() as session:
        assert session.scalar(select(func.count()).select_from(DisputeDecision)) == 0


@pytest.mark.parametrize(
    ("change", "column"),
    [
        ({"登记编号": ""}, "登记编号"),
        ({"登记编号": "1" * 101}, "登记编号"),
        ({"类型": "行政诉讼"}, "类型"),
        ({"类型": "行政复议", "审级": "二审"}, "审级"),
        ({"提出日期": "1301-01-01"}, "提出日期"),
        ({"提出日期": "2026-02-30"}, "提出日期"),
        ({"结果": "胜诉"}, "结果"),
        ({"结果": ""}, "结果"),
        ({"办结日期": ""}, "办结日期"),
        ({"办结日期": "2026-10-11"}, "办结日期"),
        ({"办结日期": "2027-04-06"}, "办结日期"),
        ({"收到日期": "2027-02-28"}, "收到日期"),
        ({"审级": "再审"}, "审级"),
        ({"上诉人": "本机关"}, "上诉人"),
        ({"责令重新答复": "是", "结果": "维持"}, "责令重新答复"),
    ],
)
def test_a_cell_that_cannot_be_so_is_named(change: dict[str, str], column: str) -> None:
    with pytest.raises(BadDisputes) as refused:
        read_disputes(table({**FIRST, "登记编号": "2026-0001", **change}), TODAY)
    assert [(one.line, one.column) for one in refused.value.problems] == [(2, column)]


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\x00\x01",
        table(),
        table({"登记编号": "1"}, heads=("登记编号", "类型", "提出日期")),
        write_csv((*HEADS, "类型"), []),
    ],
)
def test_what_is_no_register_is_refused(content: bytes) -> None:
    with pytest.raises(Refusal):
        read_disputes(content, TODAY)
