"""Requests in every state, walked there through the doors, dated relative to today.

A story is a generator: it yields how many working days before today it goes on, and does its deeds when that day has come.
All stories run together in the order of days, so that numbers and journal are in the order of time.
"""

import heapq
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from gkapply.casework import delivery
from gkapply.casework.consultation import Question
from gkapply.casework.reply import record_note
from gkapply.clock import OFFICE_ZONE
from gkapply.demo.applicants import COMPANY, LAWYERS, PERSON, request, walked_in
from gkapply.demo.branch_stories import BRANCH_STORIES
from gkapply.demo.counter_stories import COUNTER_STORIES
from gkapply.demo.deliberation_stories import DELIBERATION_STORIES
from gkapply.demo.dispute_story import disputed
from gkapply.demo.ending_stories import ENDINGS
from gkapply.demo.leaders import instructed, signed_on_paper
from gkapply.demo.life import Life
from gkapply.demo.mail_stories import MAIL_STORIES
from gkapply.demo.reading_stories import READING_STORIES
from gkapply.demo.record_stories import RECORD_STORIES
from gkapply.demo.referral_stories import REFERRAL_STORIES
from gkapply.demo.walk import Story
from gkapply.law.workdays import Calendar
from workflows.duties import Duty

LONGEST_STORY = 65
"""Working days; every story begins later than that."""


def tell(stories: list[Callable[[Life], Story]], new_life: Callable[[], Life], today: date, calendar: Calendar) -> None:
    """Run the stories together up to ``today``; each begins with a new life."""
    waiting: list[tuple[date, int, Story, Life]] = []
    for order, story in enumerate(stories):
        life = new_life()
        _wait(waiting, order, story(life), life, today, calendar)
    while waiting:
        day, order, telling, life = heapq.heappop(waiting)
        life.come_to(day)
        _wait(waiting, order, telling, life, today, calendar)


def _wait(
    waiting: list[tuple[date, int, Story, Life]],
    order: int,
    telling: Story,
    life: Life,
    today: date,
    calendar: Calendar,
) -> None:
    """Let the story go on to its next pause, and put it where its next day is."""
    days = next(telling, None)
    if days is not None:
        heapq.heappush(waiting, (working_day_before(today, days, calendar), order, telling, life))


def working_day_before(today: date, days: int, calendar: Calendar) -> date:
    """The day ``days`` working days before ``today`` (``today`` itself for 0)."""
    day = today
    while days:
        day -= timedelta(1)
        days -= calendar.is_workday(day)
    return day


def waits_for_confirmation(life: Life) -> Story:
    """网上申请，待确认."""
    yield 1
    life.apply_online(request(PERSON, "县政府2024年政府工作报告任务分工的文件"))


def just_registered(life: Life) -> Story:
    """窗口登记，待分办."""
    yield 1
    life.register(walked_in(PERSON, "2023年以来本县农村公路养护资金的安排文件"), life.at_the_counter())


def being_examined(life: Life) -> Story:
    """审核中."""
    yield 3
    life.register(walked_in(COMPANY, "安岳县城市更新项目的批复"), life.at_the_counter()).assign()


def waits_for_correction(life: Life) -> Story:
    """待补正."""
    yield 9
    life.apply_online(request(PERSON, "征地的全部材料")).confirm().assign()
    yield 5
    life.ask_correction(
        "请写明所需材料对应的征地批次、批准文号或者所在村组\n请写明所需材料的名称",
        "写明征地批次或者所在村组，可以帮助本机关准确检索；不清楚文号的，可以写明大致时间和用途",
    )


def clock_stands_still(life: Life) -> Story:
    """办理中，正在征求第三方意见."""
    yield 12
    life.register(walked_in(LAWYERS, "岳阳镇污水处理厂提标改造工程的施工合同"), life.at_the_counter()).assign()
    yield 10
    life.accept()
    yield 6
    life.consult(
        Question("third_party", "演示工程有限公司", "四川省资阳市安岳县", "", "污水处理厂提标改造工程施工合同",
                 "合同载有报价明细，公开可能涉及商业秘密")
    )  # fmt: skip
    yield 4
    life.party_got_it()


def nearly_due(life: Life) -> Story:
    """办理中，临近期限."""
    yield 18
    life.register(walked_in(PERSON, "本县2024年困难群众救助补助资金分配表"), life.at_the_counter()).assign()
    yield 16
    life.accept()
    life.do(
        Duty.OFFICER,
        lambda s, case, actor, now: record_note(s, case, "已致电民政局核对口径", "phone", life.today, actor, now),
    )


def overdue(life: Life) -> Story:
    """办理中，已经逾期：系统要让人看见."""
    yield 23
    life.register(walked_in(COMPANY, "本县2022年招商引资协议目录"), life.at_the_counter()).assign()
    yield 21
    life.accept()


def extended(life: Life) -> Story:
    """办理中，已延期."""
    yield 22
    life.apply_online(request(LAWYERS, "2019年以来县政府作出的行政复议决定书目录")).confirm().assign()
    yield 20
    life.accept()
    yield 4
    life.extend(10, "所申请信息时间跨度长，涉及多个科室保存的纸质档案，需要逐件核对")


def in_review(life: Life) -> Story:
    """答复书待审核."""
    yield 14
    _decided_not_existing(life)
    yield 2
    life.draft_reply().submit_reply()


def returned_once(life: Life) -> Story:
    """答复书被退回，重新起草."""
    yield 15
    _decided_not_existing(life)
    yield 3
    life.draft_reply().submit_reply()
    yield 2
    life.return_reply("检索范围未写明档案室，请补充后再送审")


def waits_for_signature(life: Life) -> Story:
    """答复书待签发；有领导批示."""
    yield 13
    _decided_public(life)
    instructed(life, "答复前与自然资源和规划局核对公开情况", 30)
    yield 2
    life.draft_reply().submit_reply()
    yield 1
    life.pass_review()


def waits_for_post(life: Life) -> Story:
    """已签发，待送达."""
    yield 16
    _decided_public(life)
    yield 3
    life.draft_reply().submit_reply()
    yield 2
    life.pass_review().sign_reply()


def on_the_way(life: Life) -> Story:
    """已交邮，尚无送达凭证."""
    yield 19
    _decided_not_existing(life)
    yield 5
    life.draft_reply().submit_reply().pass_review()
    yield 4
    signed_on_paper(life)
    life.send_reply(delivery.POST)


def whole_life(life: Life) -> Story:
    """从申请到归档：补正、征求第三方意见、部分公开；归档后有投诉和行政复议."""
    yield 60
    wanted = request(COMPANY, "龙台镇场镇道路改造工程的批复、施工合同和监理日志")
    suggestion = "群众普遍关心镇村道路改造，建议将批复文件主动公开"
    life.apply_online(replace(wanted, suggests_disclosure=suggestion)).confirm().assign()
    yield 57
    life.ask_correction("请写明工程的年度或者批次", "写明年度可以帮助本机关准确检索")
    yield 52
    life.receive_correction("2024年龙台镇场镇道路改造工程的批复、施工合同和监理日志")
    yield 51
    life.accept().itemise("2024年龙台镇场镇道路改造工程的批复", "该工程的施工合同", "该工程的监理日志")
    life.search("“龙台镇”“道路改造”“监理”", "查到批复和施工合同；没有监理日志的制作或者获取记录")
    yield 50
    life.consult(
        Question("third_party", "演示建设工程有限公司", "四川省资阳市安岳县", "", "道路改造工程施工合同",
                 "合同载有报价明细和银行账号，公开可能涉及商业秘密")
    )  # fmt: skip
    yield 48
    life.party_got_it()
    yield 42
    life.party_answers("disagree", "报价明细属于商业秘密，不同意公开")
    yield 38
    life.decide(1, "disclosed", {"enclosures": "道路改造工程批复（电子文档，3页）", "release_review": "经审查可以公开"})
    life.decide(
        2,
        "partial",
        {
            "withheld_parts": [
                {
                    "as": "refused_third_party",
                    "what": "合同中的报价明细和银行账号",
                    "reason": "属于商业秘密，第三方不同意公开且理由成立",
                }
            ],
            "enclosures": "施工合同（隐去报价明细和银行账号，电子文档，18页）",
            "release_review": "经审查，隐去上述内容后可以公开",
        },
    )
    life.decide(3, "not_existing", {})
    life.draft_reply().submit_reply()
    yield 37
    life.return_reply("请写明隐去内容的名称")
    life.submit_reply().pass_review()
    yield 36
    life.sign_reply().send_reply()
    yield 33
    life.delivered()
    yield 30
    life.archive()
    yield from disputed(life)


def mistaken(life: Life) -> Story:
    """误投，认定未成立."""
    yield 8
    life.apply_online(request(PERSON, "测试测试"))
    yield 7
    life.propose_void("内容为“测试测试”，经电话核实系误提交，申请人要求作废")
    yield 6
    life.approve_void()


def _decided_not_existing(life: Life) -> None:
    life.register(walked_in(PERSON, "2018年石羊镇某路段安装路灯的立项文件"), life.at_the_counter()).assign().accept()
    life.search("“石羊镇”“路灯”“立项”", "没有制作或者获取该信息的记录")
    life.decide(1, "not_existing", {})


def _decided_public(life: Life) -> None:
    life.register(walked_in(COMPANY, "本县2024年国民经济和社会发展统计公报"), life.at_the_counter()).assign().accept()
    life.decide(1, "disclosed_public", {"where_to_find": "安岳县人民政府门户网站“政府信息公开”专栏“统计信息”栏目"})


STORIES: list[Callable[[Life], Story]] = [
    whole_life,
    overdue,
    extended,
    on_the_way,
    nearly_due,
    waits_for_post,
    returned_once,
    in_review,
    waits_for_signature,
    clock_stands_still,
    waits_for_correction,
    *BRANCH_STORIES,
    *DELIBERATION_STORIES,
    *RECORD_STORIES,
    *READING_STORIES,
    mistaken,
    being_examined,
    just_registered,
    waits_for_confirmation,
    *ENDINGS,
    *COUNTER_STORIES,
    *REFERRAL_STORIES,
    *MAIL_STORIES,
]
"""Every state of a request, an overdue one and one that stands still among them."""


def beginning_of(today: date, calendar: Calendar) -> datetime:
    """The moment before the first story begins."""
    first = working_day_before(today, LONGEST_STORY, calendar)
    return datetime.combine(first, time(8), OFFICE_ZONE)
