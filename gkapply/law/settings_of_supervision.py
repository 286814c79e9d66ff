"""Settings of supervision: how far a late request climbs, and by when an urge is to be answered."""

from dataclasses import dataclass, field

from gkapply.law.setting_fields import number


@dataclass(frozen=True)
class SupervisionSettings:
    """How lateness climbs, and the term of an urge."""

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
