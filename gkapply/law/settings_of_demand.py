"""Settings of the analysis of demand (需求分析): from how many applicants and requests on a theme is told, and called rising."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number

BASIS = "条例第四十四条"


@dataclass(frozen=True)
class DemandSettings:
    """Bounds of the analysis."""

    demand_applicants: int = field(
        default=3,
        metadata=number(
            "需求分析：主题和词语至少有多少名申请人提到才列出",
            2,
            50,
            "《个人信息保护法》第五十一条",
            "为防止由少见的词语推断出个人；对外的统计另按少于5件不单列",
        ),
    )
    demand_least: int = field(
        default=5,
        metadata=number("需求分析：一个季度至少多少件才称为新出现或者上升的主题", 2, 500, BASIS),
    )
    demand_times: int = field(
        default=2,
        metadata=number("需求分析：占比达到此前四个季度的多少倍称为上升", 2, 20, BASIS),
    )
