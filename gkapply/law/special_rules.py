"""Laws and regulations that rule themselves how certain information is got (条例第三十六条第七项).

A letter that sends an applicant there names the law and its article: these are chosen, not typed. What is not in the list is
typed with law and article; a departmental rule (规章) is no such law.
"""

from gkapply.law.evidence import Choice

OTHER_LAW = "other"

SPECIAL_RULES: tuple[Choice, ...] = (
    Choice(
        "immovable_property",
        "不动产登记资料：《不动产登记暂行条例》第二十七条",
        "《不动产登记暂行条例》第二十七条",
    ),
    Choice(OTHER_LAW, "其他法律、行政法规（在下一栏写明名称和条款）", needs="special_law_named"),
)
