"""Requests that leave the straight path: explained, delayed, charged, given up, withdrawn, without an applicant."""

from collections.abc import Callable
from datetime import timedelta

from gkapply.casework import delivery
from gkapply.demo.applicants import COMPANY, LAWYERS, PERSON, request, walked_in
from gkapply.demo.life import Life
from gkapply.demo.walk import Story
from gkapply.letters.notation import chinese_date

MANY = "申请的数量、频次明显超过合理范围：申请人近12个月已提出多件内容相近的申请"


def waits_for_explanation(life: Life) -> Story:
    """待说明理由."""
    yield 10
    life.apply_online(request(PERSON, "本县各乡镇2015年以来全部会议签到表")).confirm().assign()
    yield 8
    life.accept()
    yield 6
    life.ask_explanation("46件，其中一日11件", _twelve_months(life))


def delayed(life: Life) -> Story:
    """理由合理，延迟答复."""
    yield 20
    life.register(walked_in(LAWYERS, "2016年以来全部行政处罚决定书"), life.at_the_counter()).assign()
    yield 19
    life.accept().ask_explanation("52件", _twelve_months(life), way=delivery.HAND)
    yield 15
    life.explain("用于地方立法课题研究").judge("reasonable", "提供了课题立项书，用途真实，数量与课题相称")
    yield 8
    life.delay(life.today + timedelta(60), "共52件，涉及1200余份决定书，须逐件审查并隐去个人信息", way=delivery.HAND)


def waits_for_payment(life: Life) -> Story:
    """待缴费."""
    yield 14
    life.register(walked_in(COMPANY, "2020年以来全部政府采购合同"), life.at_the_counter()).assign().accept()
    yield 7
    life.charge("page", 130, MANY, "持本通知书到县政务服务中心非税收入窗口缴纳", way=delivery.HAND)


def lapsed(life: Life) -> Story:
    """逾期不补正，经负责人认定视为放弃."""
    yield 35
    life.register(walked_in(PERSON, "土地方面的全部材料"), life.at_the_counter()).assign()
    yield 33
    life.ask_correction("请写明所需材料的名称或者文号", "写明年度、乡镇可以帮助本机关准确检索", way=delivery.HAND)
    yield 10
    life.time_passes()
    yield 9
    life.confirm_lapse("当日上午致电申请人，申请人表示不再补正", "申请人没有提出正当理由，收发室和窗口均未收到补正")


def withdrawn(life: Life) -> Story:
    """办理中由申请人撤回."""
    yield 11
    life.apply_online(request(PERSON, "本县2025年乡村公益性岗位安排表")).confirm().assign()
    yield 9
    life.accept()
    yield 7
    life.withdraw()


def without_applicant(life: Life) -> Story:
    """申请单位注销，终止办理."""
    yield 24
    life.register(walked_in(COMPANY, "本县2023年中小企业贷款贴息名单"), life.at_the_counter()).assign()
    yield 5
    life.end_without_applicant("dissolved", "经查企业信用信息公示系统，申请单位已注销，没有权利义务承受人要求继续申请")


def _twelve_months(life: Life) -> str:
    return f"{chinese_date(life.today - timedelta(364))}至{chinese_date(life.today)}"


ENDINGS: list[Callable[[Life], Story]] = [
    waits_for_explanation,
    delayed,
    waits_for_payment,
    lapsed,
    withdrawn,
    without_applicant,
]
"""Part of ``gkapply.demo.stories``."""
