"""Stories of requests that leave the straight way: divided, answered on the spot, answered with others."""

from collections.abc import Callable, Iterator

from gkapply.demo.applicants import LAWYERS, walked_in
from gkapply.demo.life import Life

Story = Iterator[int]


def divided(life: Life) -> Story:
    """一件申请拆分为两件，等待送签告知书."""
    yield 4
    life.register(walked_in(LAWYERS, "县城公交线路调整的听证材料；2024年小学招生片区划分的文件"), life.at_the_counter())
    life.assign()
    yield 2
    life.divide("县城公交线路调整的听证材料", "2024年小学招生片区划分的文件", words="两部分由不同单位保存，互不相关")


BRANCH_STORIES: list[Callable[[Life], Story]] = [divided]
"""One for each way beside the straight one that leaves a state or a letter of its own."""
