"""Hints help to say clearly what is wanted; a clear description calls for none."""

import pytest

from gkapply.casework.steering import STEERS, hints


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("2024年龙台镇场镇道路改造工程的批复", []),
        ("安府发〔2024〕3号文件", []),
        ("征地拆迁的所有材料", ["too_much"]),
        ("与该项目相关的文件", ["too_much"]),
        ("征地批复、补偿方案等材料", ["too_much"]),
        ("我的低保为什么停了", ["question"]),
        ("房子被占怎么办？", ["question"]),
        ("1. 征地批复\n2. 补偿方案", ["several"]),
        ("（一）批复\n（二）合同", ["several"]),
        ("请公开所有文件，为什么不公开？", ["too_much", "question"]),
    ],
)
def test_words_call_for_their_hints(text: str, codes: list[str]) -> None:
    told = {one.code: one.hint for one in STEERS}
    assert hints(text) == [told[code] for code in codes]


def test_the_script_reads_the_patterns_as_python_does() -> None:
    """No look-behind, no named group, no inline flag: what both read alike."""
    assert not [one.code for one in STEERS if any(sign in one.pattern for sign in ("(?<", "(?P", "(?i", "\\A", "\\Z"))]
