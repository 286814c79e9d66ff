"""A request like one that was answered before, about to be answered otherwise (相似申请)."""

from gkapply.demo.applicants import LAWYERS, walked_in
from gkapply.demo.life import Life
from gkapply.demo.walk import Story

AGAIN = "请提供我县2024年农村危房改造的补助标准，以及资金安排情况。"
"""What an earlier story (``reading_stories.houses``) asked for, in other words."""


def asked_before(life: Life) -> Story:
    """与已经答复的申请内容相近，认定不同，尚未写明理由."""
    yield 2
    life.register(walked_in(LAWYERS, AGAIN), life.at_the_counter())
    yield 1
    life.assign().accept()
    life.decide(1, "disclosed_public", {"where_to_find": "县人民政府门户网站“农村危房改造”专栏"})
