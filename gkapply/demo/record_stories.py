"""Stories of requests to correct records (更正申请, 条例第四十一条)."""

from collections.abc import Callable, Iterator

from gkapply.casework.record_correction import RecordWish
from gkapply.demo.applicants import PERSON
from gkapply.demo.life import Life

Story = Iterator[int]
WISH = RecordWish(
    record="2025年度耕地地力保护补贴发放公示表（石羊镇）",
    wrong="补贴面积2.8亩",
    right="补贴面积3.8亩",
    evidence_text="土地承包经营权证载明3.8亩，可以到场出示原件",
)


def being_checked(life: Life) -> Story:
    """更正申请，正在核实."""
    yield 6
    life.apply_for_correction(PERSON, WISH).confirm().assign()
    yield 4
    life.accept()


def corrected(life: Life) -> Story:
    """更正申请，已更正并告知."""
    yield 17
    life.apply_for_correction(PERSON, WISH).confirm().assign()
    yield 15
    life.accept()
    yield 11
    checked = "核对土地承包经营权登记簿和补贴申报表，申报表录入有误"
    life.decide(1, "record_corrected", {"record_check": checked, "corrected_content": "补贴面积由2.8亩更正为3.8亩"})
    life.draft_reply().submit_reply().pass_review()
    yield 10
    life.sign_reply().send_reply()
    yield 7
    life.delivered()
    yield 3
    life.archive()


RECORD_STORIES: list[Callable[[Life], Story]] = [corrected, being_checked]
"""One that is answered and one that is not yet."""
