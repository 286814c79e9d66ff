"""What helps an applicant to say clearly what they want: hints about words that name too much, or ask instead of request.

A hint is never a refusal: unclear content is corrected in the procedure (条例第三十条), and everybody may send what they wrote.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Steer:
    """Words that call for a hint. ``pattern`` is read alike by Python and by the browser's script."""

    code: str
    pattern: str
    hint: str


QUESTION = "question"
STEERS: Sequence[Steer] = (
    Steer(
        "too_much",
        "所有|一切|全部|全套|任何|相关|有关|各类|等等|等(?:材料|资料|文件|信息|内容)",
        "写了“所有”“相关”“等材料”一类的词，范围可能太大，不容易查到。请尽量写明时间、地点、项目名称或者文号，例如：2024年龙台镇道路改造工程的批复",
    ),
    Steer(
        QUESTION,
        "为什么|为何|为啥|怎么办|怎么回事|是不是|能不能|可不可以|合不合法|是否(?:合法|违法|合理)|[?？]",
        "这里申请的是已有的文件、数据等信息。想知道“为什么”“怎么办”的，是咨询，请到「咨询」页提出；要文件的，请写明是哪一份",
    ),
    Steer(
        "several",
        "(?:^|\\n)\\s*(?:[2２][、.．)）]|[二两][、.．]|[(（][2２二][)）])",
        "写了几件事的，请用“再加一项”分开填写；建议一份申请只写一件事，答复更快",
    ),
)


def hints(text: str) -> list[str]:
    """Every hint that the words call for, in their order; none for a clear description."""
    return [one.hint for one in STEERS if re.search(one.pattern, text)]
