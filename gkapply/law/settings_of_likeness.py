"""Settings of how like requests are looked for, and when many requests of one applicant are shown."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch


@dataclass(frozen=True)
class LikenessSettings:
    """Numbers of requests of one applicant from which the office is told; a program never finds that it is too many."""

    many_in_month: int = field(
        default=10,
        metadata=number(
            "同一申请人一个月内申请达到多少件即提示",
            2,
            500,
            "条例第三十五条",
            "条例没有规定件数，是否超过合理范围由人判断",
        ),
    )
    many_in_year: int = field(
        default=30,
        metadata=number("同一申请人十二个月内申请达到多少件即提示", 2, 5000, "条例第三十五条", "同上"),
    )
    likeness_in_tree: bool = field(
        default=False,
        metadata=switch("查找相似申请时，一并查找经办人有权查看的下级机关的申请", "", "不改变任何人能够查看的案件范围"),
    )
