"""Settings of supervision: how far a late request climbs, the term of an urge, what an assessment weighs."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number, switch

BASIS = "条例第四十六条、第四十七条"
_HINT = "本机关作为主管部门考核下级时的分值；没有数据的项目不计入，其余项目折算为百分制"


@dataclass(frozen=True)
class SupervisionSettings:
    """How lateness climbs, the term of an urge, and the weights with which the organ assesses those below it."""

    escalate_further_after: int = field(
        default=5,
        metadata=number(
            "上报主管部门后仍未答复的，每隔多少工作日再上报上一级主管部门",
            1,
            40,
            "条例第四十七条",
            "依次上报至设有监督员的各级主管部门，每级一次",
        ),
    )
    urge_answer: int = field(
        default=5,
        metadata=number("督办的回复期限（工作日）", 1, 30, "条例第四十七条", "发出督办时可以另定；条例没有规定期限"),
    )
    assess_timeliness: int = field(default=40, metadata=number("考核分值：按期答复", 0, 100, BASIS, _HINT))
    assess_letters: int = field(default=10, metadata=number("考核分值：文书质量", 0, 100, BASIS))
    assess_proof: int = field(default=15, metadata=number("考核分值：送达证明", 0, 100, BASIS))
    assess_catalogue: int = field(default=10, metadata=number("考核分值：公开目录维护", 0, 100, BASIS))
    assess_disputes: int = field(default=20, metadata=number("考核分值：复议诉讼结果", 0, 100, BASIS))
    assess_satisfaction: int = field(default=5, metadata=number("考核分值：满意度", 0, 100, BASIS))
    assess_ranked: bool = field(
        default=False, metadata=switch("考核通报排列名次", BASIS, "不排名次的，按机关代码的顺序列出")
    )
