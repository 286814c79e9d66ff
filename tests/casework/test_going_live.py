"""An office begins on 1 July with half a year of requests, forty of them open: every due day right, no number doubled, the report whole.

The due days of the forty are counted by a counter that walks day by day and shares nothing with the clocks (``tests.law.day_counter``);
six of them were worked out by hand as well.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import select

from gkapply import database
from gkapply.casework import assignment
from gkapply.casework.people import User
from gkapply.casework.records import Case
from gkapply.casework.report import annual
from gkapply.casework.verification import verify
from gkapply.clock import OFFICE_ZONE
from gkapply.demo.applicants import PERSON, walked_in
from gkapply.law.facts import Fact, FactKind
from gkapply.law.settings import ClockSettings
from tests.casework.conftest import Office, life_in
from tests.casework.registers import CLOSED, OPEN, as_workbook, take
from tests.law.day_counter import DayCounter, nth_workday
from workflows.case_states import CaseState
from workflows.duties import Duty

K = FactKind
FIRST_OF_JULY = date(2026, 7, 1)
MORNING = datetime(2026, 7, 1, 9, tzinfo=OFFICE_ZONE)
Told = tuple[str, dict[str, Any]]
"""事实 and the other columns of a row of facts."""

BY_HAND: dict[str, tuple[str, list[Told], str | None, CaseState]] = {
    "手1": ("2026-06-15", [], None, CaseState.REGISTERED),
    "手2": (
        "2026-06-01",
        [
            ("征求第三方", {"日期": "2026-06-08", "送达日期": "2026-06-09", "对方": "某公司"}),
            ("第三方答复", {"日期": "2026-06-15", "对方": "某公司", "说明": "不同意公开"}),
        ],
        "2026-07-07",  # 20 working days end on 30 June (19 June is a holiday); five do not count
        CaseState.HANDLING,
    ),
    "手3": (
        "2026-06-01",
        [("延期", {"日期": "2026-06-24", "送达日期": "2026-06-25", "工作日数": 15})],
        "2026-07-21",
        CaseState.HANDLING,
    ),
    "手4": ("2026-06-08", [("补正告知", {"日期": "2026-06-10", "送达日期": "2026-06-12"})], None, CaseState.CORRECTING),
    "手5": (
        "2026-06-08",
        [("补正告知", {"日期": "2026-06-10"}), ("收到补正", {"日期": "2026-06-22"})],
        "2026-07-20",
        CaseState.REGISTERED,
    ),
    "手6": ("2026-06-10", [("收费通知", {"日期": "2026-06-17", "送达日期": "2026-06-18"})], None, CaseState.PAYING),
}
"""Receipt, facts, last day for the reply, state: worked out with a calendar of 2026 at hand (端午 19 June, no make-up day in June and July)."""


def forty() -> Iterator[tuple[str, date, list[tuple[Fact, Told]]]]:
    """Number, day of receipt, and facts of thirty-four open requests, each as the law and as the sheet has it."""
    for number in range(34):
        received = date(2026, 5, 18) + timedelta(days=number)
        day = [nth_workday(received, count) for count in range(1, 8)]
        yield f"2026-{301 + number:04d}", received, _ways(day)[number % 8]


def _ways(day: list[date]) -> list[list[tuple[Fact, Told]]]:
    asked_third = _asked("征求第三方", K.THIRD_PARTY_ASKED, day[1], day[2], "甲公司")
    asked_organ = _asked("征求其他机关", K.ORGAN_ASKED, day[0], day[1], "乙局", within=5)
    co_producer = _asked("征求其他机关", K.ORGAN_ASKED, day[0], day[0], "丙局", co_producer=True)
    answered = Fact(K.ORGAN_ANSWERED, day[4], party="乙局"), ("其他机关答复", {"日期": day[4], "对方": "乙局"})
    longer = Fact(K.EXTENSION, day[5], working_days=10, told_on=day[6])
    extended = longer, ("延期", {"日期": day[5], "送达日期": day[6], "工作日数": 10})
    correction = (
        Fact(K.CORRECTION_ASKED, day[2], received_on=day[3]),
        ("补正告知", {"日期": day[2], "送达日期": day[3]}),
    )
    corrected = Fact(K.CORRECTION_RECEIVED, day[5]), ("收到补正", {"日期": day[5]})
    fee = Fact(K.FEE_NOTICED, day[3]), ("收费通知", {"日期": day[3]})
    paid = Fact(K.FEE_PAID, day[6]), ("缴费", {"日期": day[6]})
    back = Fact(K.THIRD_PARTY_ASKED, day[1], party="丁", returned_on=day[4])
    returned = back, ("征求第三方", {"日期": day[1], "对方": "丁", "退回日期": day[4]})
    return [
        [asked_third],
        [asked_organ, answered],
        [co_producer, asked_third],
        [extended],
        [correction, corrected],
        [fee, paid],
        [returned, extended],
        [correction],
    ]


def _asked(
    word: str, kind: FactKind, on: date, got: date, party: str, *, within: int | None = None, co_producer: bool = False
) -> tuple[Fact, Told]:
    fact = Fact(kind, on, party=party, received_on=got, answer_within=within, co_producer=co_producer)
    row = {"日期": on, "送达日期": got, "对方": party, "工作日数": within, "共同制作": "是" if co_producer else None}
    return fact, (word, row)


def history() -> list[dict[str, Any]]:
    """Half a year of rows that have ended: 200, of which twenty came last year."""
    rows = []
    for number in range(200):
        received = date(2025, 12, 12) + timedelta(days=number)
        replied = received + timedelta(days=14)
        if replied > FIRST_OF_JULY:
            break
        kind = ("自然人", "企业", "律师事务所")[number % 3]
        result = ("3.1", "3.4.1", "（二）部分公开", "申请人撤回")[number % 4]
        days = {"收到日期": received, "答复日期": replied, "送达日期": replied}
        rows.append({**CLOSED, **days, "登记编号": f"2026-{number + 1:04d}", "申请人类型": kind, "处理结果": result})
    return rows


def file() -> Any:
    opened = [{**OPEN, "登记编号": number, "收到日期": received} for number, received, _ in forty()]
    opened += [{**OPEN, "登记编号": number, "收到日期": received} for number, (received, *_) in BY_HAND.items()]
    facts = [{"登记编号": number, "事实": word, **more} for number, _, given in forty() for _, (word, more) in given]
    facts += [
        {"登记编号": number, "事实": word, **more} for number, (_, told, *_) in BY_HAND.items() for word, more in told
    ]
    return as_workbook([*history(), *opened], facts, above=[["某县2026年上半年依申请公开台账"]])


def test_an_office_goes_live_on_the_first_of_july(office: Office, tmp_path: Any) -> None:
    ended = history()
    found = take(office, file(), now=MORNING)
    assert [str(one) for one in found.problems] == []
    assert (found.fresh, found.open_rows, found.odd["unchecked"]) == (len(ended) + 40, 40, 1)
    with database.reading() as session:
        cases = {case.number: case for case in session.scalars(select(Case))}
        assert len(cases) == len(ended) + 40
        for number, received, given in forty():
            counted = DayCounter(received, [fact for fact, _ in given], ClockSettings()).run()
            assert counted.refused is None
            assert (number, cases[number].due_on) == (number, counted.due)
            assert not cases[number].term_unchecked
        for number, (_, _, due, state) in BY_HAND.items():
            said = cases[number].due_on and str(cases[number].due_on)
            assert (number, said, cases[number].state) == (number, due, state)
        organ = next(iter(cases.values())).organ
        assert verify(session, tmp_path) is None
        tables = {year: annual(session, organ, year) for year in (2025, 2026)}
    for year, table in tables.items():
        assert [one for one in table["checks"] if not one["ok"]] == [], year
    rows = {row["code"]: row["values"][-1] for row in tables[2026]["table3"]["rows"]}
    assert rows["2"] == sum(one["收到日期"].year == 2025 and one["答复日期"].year == 2026 for one in ended)
    assert rows["1"] == 40 + sum(one["收到日期"].year == 2026 for one in ended)
    assert rows["4"] == 40
    assert rows["3.7"] == sum(one["答复日期"].year == 2026 for one in ended)


def test_the_desk_goes_on_with_what_came(office: Office) -> None:
    take(office, file(), now=MORNING)
    life = life_in(office, FIRST_OF_JULY)
    life.register(walked_in(PERSON, "新来的申请"), life.at_the_counter())
    assert life.reference.endswith("-2026-0335"), "the number after the highest that came"
    with database.reading() as session:
        waiting = select(Case.reference).where(Case.number.in_(["2026-0305", "手5"]))
        references = session.scalars(waiting.order_by(Case.number)).all()
    for reference in references:
        life.reference = reference
        life.assign().accept().search("“征地”", "没有制作或者获取该信息的记录").decide(1, "not_existing", {})
        life.draft_reply().submit_reply().pass_review().sign_reply().send_reply()
    with database.reading() as session:
        replied = session.scalars(select(Case).where(Case.reference.in_(references))).all()
        assert {case.state for case in replied} == {CaseState.REPLIED}
        assert {case.report_row for case in replied} == {"3.4.1"}


def test_a_third_partys_answer_is_taken_at_the_desk(office: Office) -> None:
    received, told, _, _ = BY_HAND["手2"]
    row = {**OPEN, "登记编号": "手2", "收到日期": received}
    take(
        office, as_workbook([row], [{"登记编号": "手2", "事实": word, **more} for word, more in told[:1]]), now=MORNING
    )
    life = life_in(office, FIRST_OF_JULY)
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
        life.reference = case.reference
        assert [str(one.opinion_due_on) for one in case.consultations] == ["2026-07-01"]
    officer = office.staff[Duty.OFFICER].user_id
    life.do(Duty.HEAD, lambda s, case, actor, now: assignment.reassign(s, case, s.get_one(User, officer), actor, now))
    life.party_answers("agree", "同意公开")
    with database.reading() as session:
        case = session.scalars(select(Case)).one()
        assert str(case.due_on) == "2026-07-22"
        assert case.consultations[0].name == "某公司"


@pytest.mark.parametrize(
    ("facts", "said"),
    [
        ([("补正告知", "2026-06-02"), ("补正告知", "2026-06-03")], "补正应当一次性告知"),
        ([("收到补正", "2026-06-03")], "之前没有「补正告知」"),
        ([("撤回", "2026-06-03"), ("缴费", "2026-06-04")], "已于 2026-06-03 撤回"),
        ([("补正告知", "2026-05-20")], "早于收到申请之日"),
    ],
)
@pytest.mark.parametrize("database_kind", ["sqlite"], indirect=True)
def test_facts_that_the_law_does_not_know_are_refused_with_the_file(
    office: Office, facts: list[tuple[str, str]], said: str
) -> None:
    row = {**OPEN, "收到日期": "2026-06-01"}
    found = take(
        office, as_workbook([row], [{"登记编号": "2026-0007", "事实": word, "日期": on} for word, on in facts])
    )
    assert [(one.sheet, one.line) for one in found.problems] == [("事实", 2)]
    assert said in found.problems[0].reason
