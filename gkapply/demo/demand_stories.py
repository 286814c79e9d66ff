"""A year of requests from before the demonstration, taken over from a register (台账), so that the analysis of demand has something to tell.

They have ended and lie in the archive; their numbers are those of the old register. Who applied is nobody.
"""

import csv
import hashlib
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from io import BytesIO, StringIO

from gkapply.casework import case_indexing, demand_reading, likeness_index, register_checking, register_import
from gkapply.casework.people import Organ
from gkapply.clock import day_of
from gkapply.database import transaction
from gkapply.law.register_heads import COLUMNS
from gkapply.law.workdays import Calendar

FILE = "2019年以来登记台账.csv"
REQUESTS = 180
APPLICANTS = 37
FIRST_DAY, LAST_DAY = 400, 10
"""Days before today between which they were received."""
PLACES = ("岳阳镇", "龙台镇", "石羊镇", "周礼镇", "县城")
ASKED: tuple[tuple[str, int, int], ...] = (
    ("申请公开{place}高速公路建设项目的征地批文、一书四方案和征地补偿安置方案", 4, 0),
    ("请公开{place}征地补偿款、青苗费的发放明细和被征地农民社会保障情况", 4, 0),
    ("我家的老房子要拆迁，请公开{place}棚户区改造的房屋征收决定和分户补偿结果", 3, 0),
    ("请公开{place}2024年低保户名单和低保评议记录", 3, 0),
    ("申请公开{place}小学的招生范围和学区划分依据", 2, 0),
    ("请公开{place}学校课后服务费、伙食费的收支情况", 2, 0),
    ("申请公开{place}污水处理厂的环评批复和近三年水质监测数据", 2, 0),
    ("请公开{place}化工厂的排污许可证和环保处罚决定书", 1, 0),
    ("请公开{place}公路改建工程的立项批复、施工合同和竣工验收材料", 2, 0),
    ("申请公开{place}道路亮化项目的招标文件、评标报告和中标通知书", 2, 0),
    ("请公开{place}2024年部门决算和三公经费明细", 2, 0),
    ("请公开{place}高龄津贴的发放标准和养老机构名单", 1, 0),
    ("申请公开{place}公租房轮候名单和分配结果", 2, 0),
    ("请公开{place}耕地地力保护补贴的面积和金额", 2, 0),
    ("我要查询{place}违章建筑拆除的处理决定", 1, 0),
    ("请公开{place}自来水水质检测结果和水价调整的文件", 1, 0),
    ("请公开{place}燃气事故的调查报告和处理结果", 1, 0),
    ("请公开{place}村卫生室的村医补助发放情况", 1, 0),
    ("请公开{place}充电桩建设的审批材料和收费标准", 0, 12),
    ("请公开{place}老旧小区加装电梯的补贴标准和申请条件", 1, 2),
)
"""What is asked for: how often in general, and how much oftener of late."""
RESULTS = ("3.1", "3.1", "3.1", "3.2", "3.4.1", "3.1", "3.3.4", "3.6.3", "3.1")
CHANNELS = ("网上", "网上", "当面", "邮寄", "网上", "电子邮件")
KINDS = ("自然人", "自然人", "自然人", "商业企业", "自然人", "法律服务机构")


def take_last_year_over(organ_id: int, actor: str, now: datetime, calendar: Calendar, requests: int = REQUESTS) -> None:
    """Take a register with so many requests over, as the organ's head would."""
    content = _register(day_of(now), calendar, requests).encode()
    with transaction() as session:
        organ, digest = session.get_one(Organ, organ_id), hashlib.sha256(content).hexdigest()
        run = register_checking.new_run(session, organ, FILE, digest, actor, now, changing=False)
    found = register_checking.check(organ_id, BytesIO(content), now, run_id=run.id)
    assert found.sound, "the rows below are a register"
    with transaction() as session:
        register_import.begin(session, run.id, now)
    while register_import.carry_on(run.id, now):
        pass
    # What errands do of it by and by, so that it is found and counted from the beginning.
    case_indexing.put_older_in(now)
    likeness_index.fill(now)
    demand_reading.read_on(now)


def _register(today: date, calendar: Calendar, requests: int) -> str:
    text = StringIO(newline="")
    table = csv.DictWriter(text, [one.head for one in COLUMNS], restval="")
    table.writeheader()
    for number, (received, asked) in enumerate(_requests(today, requests), start=1):
        replied = min(calendar.add(received, 3 + number % 15), today - timedelta(days=1))
        table.writerow(
            {
                "登记编号": f"旧-{number:03}",
                "收到日期": received.isoformat(),
                "受理渠道": CHANNELS[number % len(CHANNELS)],
                "申请人类型": KINDS[number % len(KINDS)],
                "申请人": f"申请人{number * 11 % APPLICANTS + 1}号",
                "申请内容": asked,
                "处理结果": RESULTS[number % len(RESULTS)],
                "答复日期": replied.isoformat(),
                "送达方式": "网上",
                "送达日期": replied.isoformat(),
            }
        )
    return text.getvalue()


def _requests(today: date, requests: int) -> Iterator[tuple[date, str]]:
    """The days from long ago on, each with what is asked for, in turns by how often it is."""
    usual = [asked for asked, often, _ in ASKED for _ in range(often)]
    late = usual[::2] + [asked for asked, _, oftener in ASKED for _ in range(oftener)]
    for number in range(requests):
        day = today - timedelta(days=FIRST_DAY - number * (FIRST_DAY - LAST_DAY) // requests)
        among = late if number > requests * 5 // 6 else usual
        yield day, among[number * 7 % len(among)].format(place=PLACES[number % len(PLACES)])
