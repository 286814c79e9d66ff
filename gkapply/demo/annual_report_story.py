"""The annual report of the demonstration: last year's requests taken over from a register, its report frozen and delivered, this
year's in draft.
"""

import io
from collections.abc import Iterator, Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework import annual_report_deeds as deeds
from gkapply.casework import annual_reports, case_indexing, register_checking, register_import
from gkapply.casework.access import Actor
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.demo.county import COUNTY_CODE
from gkapply.law import annual_table2
from gkapply.law.annual_sentences import offered
from gkapply.register_tables import digest_of
from gkapply.sheets import write_csv
from workflows.duties import Duty

Staff = Mapping[Duty, Actor]
HEADS = ("登记编号", "收到日期", "受理渠道", "申请人类型", "申请人", "申请内容", "处理结果", "答复日期", "备注")
ROWS = (
    (1, 8, "网上", "自然人", "县城东片区改造项目的立项批复", "3.1", 12),
    (1, 22, "邮寄", "自然人", "本村集体土地征收的批准文件和补偿方案", "3.2", 19),
    (2, 10, "当面", "自然人", "2010年前后的乡镇企业改制台账", "3.4.1", 15),
    (2, 26, "网上", "商业企业", "道路维修工程的中标通知书", "3.1", 9),
    (3, 5, "网上", "自然人", "邻居的不动产登记信息", "3.3.8", 6),
    (3, 19, "邮寄", "法律服务机构", "某项目听证会的内部讨论记录", "3.3.6", 18),
    (4, 9, "网上", "自然人", "要求查处违章建筑", "3.5.1", 5),
    (5, 14, "当面", "自然人", "要求提供县政府公报合订本", "3.5.3", 3),
    (5, 28, "网上", "其他", "2024年财政专项资金的分配结果", "3.1", 11),
)
"""Month and day of receipt, channel, kind of applicant, what was asked, the row of table 三, days until the reply."""
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


def take_last_year_over(staff: Staff, today: date, now: datetime) -> None:
    """The register of last year as the office had kept it, taken over on the day on which it went live."""
    year = today.year - 1
    rows = [_row(number, year, *row) for number, row in enumerate(ROWS, start=1)]
    file = io.BytesIO(write_csv(HEADS, rows))
    with transaction() as session:
        actor = staff[Duty.STATISTICIAN].signature
        run = register_checking.new_run(
            session, _county(session), "台账.csv", digest_of(file, None), actor, now, changing=False
        ).id
    found = register_checking.check(staff[Duty.STATISTICIAN].organ_id or 0, file, now, run_id=run)
    assert found.sound, found
    with transaction() as session:
        register_import.begin(session, run, now)
    while register_import.carry_on(run, now):
        continue
    case_indexing.put_older_in(now)


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


def _row(
    number: int, year: int, month: int, day: int, channel: str, kind: str, asked: str, result: str, took: int
) -> tuple[str, ...]:
    received = date(year, month, day)
    replied = received + timedelta(days=took)
    name = f"申请人{number}"
    return (f"{year}-{number:04}", str(received), channel, kind, name, asked, result, str(replied), "演示数据")


def _county(session: Session) -> Organ:
    return session.scalars(select(Organ).where(Organ.code == COUNTY_CODE)).one()


def _moments(now: datetime) -> Iterator[datetime]:
    while True:
        now += timedelta(minutes=1)
        yield now
