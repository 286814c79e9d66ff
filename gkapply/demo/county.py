"""The county of the demonstration: organs and areas of disclosure as a real county published them.

Source: 安岳县人民政府办公室《安岳县深化政务公开促进基层政府治理能力提升工作实施方案》(2023年5月29日), 附件1《政务公开事项标准
目录编制责任单位》: 30 areas and the departments responsible. Contacts are not from it and are left general.
"""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from gkapply.casework.accounts import operator
from gkapply.casework.organ_guides import OrganGuide
from gkapply.casework.people import Organ, SigningName
from gkapply.casework.receipt_points import PointDetails, add_point
from gkapply.clock import day_of

COUNTY_CODE = "AYX"
GOVERNMENT = "安岳县人民政府"
OFFICE = "安岳县人民政府办公室"
CITY_GOVERNMENT = "资阳市人民政府"
INTERMEDIATE_COURT = "资阳市中级人民法院"
COUNTY_COURT = "安岳县人民法院"
ONLINE_REVIEW = "全国行政复议服务平台（网上申请）"


@dataclass(frozen=True, slots=True)
class Department:
    """A department with the areas it answers for, and who reviews its acts when that is not the county government."""

    code: str
    name: str
    areas: tuple[str, ...]
    kind: str = "department"
    review_authority: str = GOVERNMENT
    accepts_applications: bool = True


DEPARTMENTS = (
    Department("AYX-ZRZY", "安岳县自然资源和规划局", ("自然资源",)),
    Department("AYX-WGLJ", "安岳县文化广播电视和旅游局", ("旅游", "公共文化服务", "广播电视和网络视听")),
    # 县委宣传部是党的机关，不受理政府信息公开申请，只列出其负责的领域。
    Department("AYX-XCB", "中共安岳县委宣传部", ("新闻出版版权",), "authorised", GOVERNMENT, False),
    Department("AYX-TJJ", "安岳县统计局", ("统计",)),
    Department("AYX-JTYS", "安岳县交通运输局", ("交通运输",)),
    Department("AYX-FGJ", "安岳县发展和改革局", ("重大建设项目",)),
    Department("AYX-ZWFW", "安岳县政府政务服务和公共资源交易服务中心", ("公共资源交易",), "authorised"),
    Department("AYX-CZJ", "安岳县财政局", ("财政预决算",)),
    Department("AYX-SWJ", "国家税务总局安岳县税务局", ("税收管理",), "agency", "国家税务总局资阳市税务局"),
    Department("AYX-FGS", "安岳县房管局", ("保障性住房",)),
    Department("AYX-ZJJ", "安岳县住房和城乡建设局", ("农村危房改造",)),
    Department("AYX-FWZS", "安岳县房屋征收局", ("国有土地上房屋征收与补偿",)),
    Department("AYX-ZHZF", "安岳县综合行政执法局", ("市政服务", "城市综合执法")),
    Department("AYX-STHJ", "资阳市安岳生态环境局", ("生态环境",), "agency", CITY_GOVERNMENT),
    Department("AYX-XCZX", "安岳县乡村振兴局", ("巩固脱贫成果",)),
    Department("AYX-SCJG", "安岳县市场监督管理局", ("食品药品监管",)),
    Department("AYX-YJGL", "安岳县应急管理局", ("安全生产", "救灾")),
    Department("AYX-SFJ", "安岳县司法局", ("公共法律服务",)),
    Department("AYX-JYJ", "安岳县就业局", ("就业",)),
    Department("AYX-SBJ", "安岳县社保局", ("社会保险",)),
    Department("AYX-MZJ", "安岳县民政局", ("社会救助", "养老服务")),
    Department("AYX-GAJ", "安岳县公安局", ("户籍管理",)),
    Department("AYX-NYNC", "安岳县农业农村局", ("涉农补贴",)),
    Department("AYX-JYTY", "安岳县教育和体育局", ("义务教育",)),
    Department("AYX-WJJ", "安岳县卫生健康局", ("卫生健康",)),
)


def found_county(session: Session, now: datetime) -> Organ:
    """Enter the county's desk with its two signing names, and the departments below it; returns the desk's organ."""
    desk = Organ(
        code=COUNTY_CODE,
        name=GOVERNMENT,
        kind="government",
        contact_unit="安岳县人民政府办公室（政府信息公开工作机构）",
        contact_phone="以本机关政府信息公开指南公布的电话为准",
        contact_address="四川省资阳市安岳县",
    )
    desk.signing_names = [
        SigningName(
            full_name=OFFICE,
            code_word="安府办公开",
            review_authority=GOVERNMENT,
            court=COUNTY_COURT,
            online_review=ONLINE_REVIEW,
            is_default=True,
        ),
        SigningName(
            full_name=GOVERNMENT,
            code_word="安府公开",
            review_authority=CITY_GOVERNMENT,
            court=INTERMEDIATE_COURT,
            online_review=ONLINE_REVIEW,
        ),
    ]
    session.add(desk)
    session.flush()
    session.add(
        OrganGuide(
            organ_id=desk.id,
            hours="工作日9:00—12:00、13:30—17:30（演示）",
            scope="主动公开的信息在本平台的公开目录和本机关网站“政府信息公开”专栏公布；没有公开的，可以依申请获取。",
            kept_on=day_of(now),
        )
    )
    for row in DEPARTMENTS:
        session.add(_department(row, desk))
    session.flush()
    return desk


def mark_as_practice(session: Session) -> None:
    """Have every letter say in its head and its number that it was written for practice: none may be taken for a real one."""
    for name in session.scalars(select(SigningName)):
        name.full_name += "（练习）"
        name.code_word += "练习"


def open_hall(session: Session, now: datetime) -> None:
    """Enter a counter of the service hall where requests to several of the county's organs are handed in."""
    hall = PointDetails(
        name="安岳县政务服务大厅政府信息公开窗口（演示）",
        announced_in="安岳县人民政府政府信息公开指南（演示）",
        runner=COUNTY_CODE,
        organs=(COUNTY_CODE, "AYX-JYTY", "AYX-WJJ"),
        address="四川省资阳市安岳县",
    )
    add_point(session, hall, operator(), now)


def _department(row: Department, desk: Organ) -> Organ:
    organ = Organ(
        code=row.code,
        name=row.name,
        kind=row.kind,
        parent_id=desk.id,
        areas="\n".join(row.areas),
        accepts_applications=row.accepts_applications,
        contact_unit=f"{row.name}办公室",
        contact_address="四川省资阳市安岳县",
    )
    if row.accepts_applications:
        organ.signing_names = [
            SigningName(
                full_name=row.name,
                code_word=_code_word(row.name),
                review_authority=row.review_authority,
                court=COUNTY_COURT,
                online_review=ONLINE_REVIEW,
                is_default=True,
            )
        ]
    return organ


def _code_word(name: str) -> str:
    """A 机关代字 for the demonstration: the first characters of the short name and 公开."""
    short = name.removeprefix("国家税务总局").removeprefix("资阳市").removeprefix("安岳县").removeprefix("安岳")
    return f"安{short[:2]}公开"
