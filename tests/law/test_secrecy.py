"""Secrecy marks are found however they were typed; words alone are none."""

import pytest

from gkapply.law.refusal import Refusal
from gkapply.law.secrecy import cautions, refuse_secret_marks, secret_mark


@pytest.mark.parametrize(
    ("text", "mark"),
    [
        ("绝密★", "绝密★"),
        ("机密★10年", "机密★"),
        ("附件：秘密★长期.pdf", "秘密★"),
        ("机 密 ★", "机密★"),
        ("机　密　★", "机密★"),
        ("秘\u200b密\ufeff★", "秘密★"),
        ("机\n密\n★", "机密★"),
        ("機密★", "机密★"),
        ("祕密☆", "秘密★"),
        ("绝密⭐", "绝密★"),
    ],
)
def test_a_mark_is_found(text: str, mark: str) -> None:
    assert secret_mark(text) == mark
    with pytest.raises(Refusal, match=f"国家秘密标志“{mark}”") as refused:
        refuse_secret_marks(text, field="file")
    assert refused.value.field == "file"
    assert "纸质" in str(refused.value)


@pytest.mark.parametrize(
    "text", ["", "请公开是否属于国家秘密的认定依据", "秘密", "★重点★", "商业秘密", "机密级文件目录", "密★"]
)
def test_words_alone_are_no_mark(text: str) -> None:
    assert secret_mark(text) is None
    refuse_secret_marks(text)


def test_words_that_call_for_a_second_look() -> None:
    assert cautions("本件为工作秘密，内部资料") == ("工作秘密", "内部资料")
    assert cautions("内部审计报告") == ()
