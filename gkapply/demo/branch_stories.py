"""Stories of requests that leave the straight way: divided, answered on the spot, answered with others."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from uuid import uuid4

from gkapply.casework import delivery
from gkapply.casework.documents import Upload
from gkapply.demo.applicants import COMPANY, LAWYERS, PERSON, walked_in
from gkapply.demo.life import Life

Story = Iterator[int]


def divided(life: Life) -> Story:
    """一件申请拆分为两件，等待送签告知书."""
    yield 4
    life.register(walked_in(LAWYERS, "县城公交线路调整的听证材料；2024年小学招生片区划分的文件"), life.at_the_counter())
    life.assign()
    yield 2
    life.divide("县城公交线路调整的听证材料", "2024年小学招生片区划分的文件", words="两部分由不同单位保存，互不相关")


def answered_together(life: Life) -> Story:
    """同一申请人的两件申请，一并答复，均已归档."""
    yield 43
    other = replace(life, uid=uuid4().hex)
    for one, asked in ((life, "本县2023年预算执行情况的报告"), (other, "本县2024年预算执行情况的报告")):
        other.now = life.now
        one.register(walked_in(COMPANY, asked), one.at_the_counter()).assign().accept()
        one.decide(1, "disclosed_public", {"where_to_find": "安岳县人民政府门户网站“政府信息公开”专栏“财政预决算”栏目"})
    yield 33
    life.draft_combined(other.reference).submit_reply().pass_review().sign_reply().send_reply(delivery.POST).delivered()
    other.now = life.now
    life.archive()
    other.archive()


def answered_on_the_spot(life: Life) -> Story:
    """窗口当场答复：已主动公开，申请人签名."""
    yield 11
    life.register(walked_in(PERSON, "本县2025年重点民生实事清单"), life.at_the_counter())
    life.answer_on_the_spot(
        "disclosed_public",
        {"where_to_find": "安岳县人民政府门户网站“政府信息公开”专栏“民生实事”栏目"},
        Upload("当场答复记录.txt", "申请人已阅知并签名（演示）".encode()),
    )
    yield 9
    life.archive()


BRANCH_STORIES: list[Callable[[Life], Story]] = [divided, answered_together, answered_on_the_spot]
"""One for each way beside the straight one that leaves a state or a letter of its own."""
