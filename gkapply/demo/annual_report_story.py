"""The annual reports of the demonstration: last year's frozen and delivered, this year's in draft."""

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import annual_report_deeds as deeds
from gkapply.casework import annual_reports
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.demo.county import COUNTY_CODE
from gkapply.law import annual_table2
from gkapply.law.annual_sentences import offered
from workflows.duties import Duty

Staff = Mapping[Duty, Actor]
TABLE2 = {
    "regulations": [0, 0, 0],
    "normative": [6, 2, 41],
    "licences": 1286,
    "penalties": 93,
    "coercion": 4,
    "fees": "35.6",
}
PROBLEMS = (
    "存在的主要问题：部分公开内容更新不够及时，个别答复说理不够充分。改进情况：建立按季核对制度，组织两次业务培训。"
)
WHERE = "县人民政府网站政府信息公开年度报告专栏（演示）"


def report(staff: Staff, now: datetime) -> None:
    """Last year's report from its text to its publication, and this year's with its first sentences."""
    moment, year = _moments(now), day_of(now).year
    clerk, head = staff[Duty.STATISTICIAN], staff[Duty.HEAD]
    _write(
        year - 1,
        clerk,
        next(moment),
        taken=("received", "applicants", "done", "results", "disputes", "supervision", "fees"),
    )
    with transaction() as session:
        deeds.freeze(session, _county(session), year - 1, head, next(moment), version=None)
    with transaction() as session:
        today = day_of(now)
        deeds.deliver(
            session, _county(session), year - 1, deeds.PUBLISHED, today, WHERE, clerk, next(moment), version=None
        )
    _write(year, clerk, next(moment), taken=("received", "done"))


def _write(year: int, clerk: Actor, now: datetime, *, taken: tuple[str, ...]) -> None:
    """Text made of offered sentences. In the first year nobody was held responsible; table 二 is typed whole in it alone."""
    with transaction() as session:
        county = _county(session)
        table = TABLE2 if "fees" in taken else annual_table2.empty()
        deeds.write(session, county, year, {}, table, clerk, now)
        found = annual_reports.computed(session, county, year)
        parts = {"5": PROBLEMS} if "fees" in taken else {}
        for one in offered(found.report, found.last, found.besides):
            if one.code in taken:
                parts[one.part] = parts.get(one.part, "") + one.text.replace("……", "没有发生需要报告的情形")
        deeds.write(session, county, year, parts, None, clerk, now)


def _county(session: Session) -> Organ:
    return session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()


def _moments(now: datetime) -> Iterator[datetime]:
    while True:
        now += timedelta(minutes=1)
        yield now
