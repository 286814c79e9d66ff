"""Settings of the periodic reappraisal (定期评估审查, 条例第十八条): how often, when it is called to mind, what counts as old."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number

BASIS = "条例第十八条"


@dataclass(frozen=True)
class ReappraisalSettings:
    """The 条例 sets no period: 江西 looks every year, 桂林 every two years."""

    reappraisal_every: int = field(
        default=1,
        metadata=number(
            "对不予公开的政府信息定期评估审查的间隔（年）",
            1,
            3,
            BASIS,
            "条例没有规定间隔，各地为每年或者每两年；也是公文登记后首次评估审查的间隔",
        ),
    )
    reappraisal_month: int = field(
        default=10,
        metadata=number("当年从几月起提醒开展评估审查", 1, 12, BASIS, "到期没有开展的，提醒公开机构负责人和承办人"),
    )
    reappraisal_often: int = field(
        default=3,
        metadata=number(
            "同一信息有几名申请人获得过即列入评估审查",
            2,
            50,
            "条例第四十四条",
            "依申请公开较为集中的信息，可以转为主动公开",
        ),
    )
    reappraisal_outdated: int = field(
        default=5,
        metadata=number("主动公开的信息满几年即列入清理", 1, 30, BASIS, "是否失效由人判断；有效期届满的随时列入"),
    )
