"""Two open requests of the demonstration that came with the county's old register (原台账): one with its facts, one whose term is unchecked."""

import io
from datetime import date, datetime, timedelta

from gkapply.casework import register_checking, register_import
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS
from gkapply.law.workdays import Calendar
from gkapply.register_tables import digest_of
from gkapply.sheets import write_csv

FILE = "依申请公开登记台账（演示）.csv"
RECEIVED, ASKED = 8, 6
"""Working days before today on which the requests came, and on which a third party was asked."""


def bring_the_old_register(registrar: Actor, now: datetime, calendar: Calendar) -> None:
    """Check a register of two rows and take it."""
    assert registrar.organ_id is not None
    received, asked = (_before(day_of(now), days, calendar) for days in (RECEIVED, ASKED))
    year = received.year
    numbers = [f"演示〔{year}〕旧{place}号" for place in (1, 2)]
    rows = [
        _row(numbers[0], received, "演示申请人庚", "某街道2019年老旧小区改造工程的中标合同"),
        _row(numbers[1], received, "演示申请人辛", "某镇2020年垃圾收集点选址方案"),
    ]
    facts = [
        {"登记编号": numbers[0], "事实": "征求第三方", "日期": asked, "送达日期": asked, "对方": "某建筑公司（演示）"}
    ]
    register = _csv([one.head for one in COLUMNS], rows)
    sheet = _csv([one.head for one in FACT_COLUMNS], facts)
    with transaction() as session:
        organ = session.get_one(Organ, registrar.organ_id)
        digest = digest_of(register, sheet)
        run = register_checking.new_run(session, organ, FILE, digest, registrar.signature, now, changing=False).id
    found = register_checking.check(registrar.organ_id, register, now, run_id=run, facts=sheet)
    assert found.sound, found.problems
    with transaction() as session:
        register_import.begin(session, run, now)
    register_import.carry_on(run, now)


def _row(number: str, received: date, name: str, wanted: str) -> dict[str, object]:
    return {
        "登记编号": number,
        "收到日期": received,
        "受理渠道": "邮寄",
        "申请人类型": "自然人",
        "申请人": name,
        "申请内容": wanted,
        "承办机构": "政务公开股",
        "备注": "启用本系统之前登记",
    }


def _csv(heads: list[str], rows: list[dict[str, object]]) -> io.BytesIO:
    return io.BytesIO(write_csv(heads, [[row.get(head) for head in heads] for row in rows]))


def _before(today: date, days: int, calendar: Calendar) -> date:
    """The day so many working days before today."""
    day = today
    while days:
        day -= timedelta(days=1)
        days -= calendar.is_workday(day)
    return day
