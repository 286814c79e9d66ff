"""Identity numbers, organisation codes, telephone numbers, mail addresses: right ones pass, one wrong sign does not."""

from collections.abc import Callable
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gkapply.law.identifiers import credit_code, email, identity_number, mobile, phone
from gkapply.law.refusal import Refusal

TODAY = date(2026, 3, 2)
# The example of GB 32100-2015 and two published codes of companies.
CREDIT_CODES = ["91350100M000100Y43", "91110000600037341L", "91440300708461136T"]


def identity(text: str) -> str:
    return identity_number(text, TODAY)


def with_check(head: str) -> str:
    """The identity number with this head; the check digit by the recursive form of ISO 7064, without weights."""
    remainder = 0
    for digit in head:
        remainder = (remainder + int(digit)) * 2 % 11
    return head + "0123456789X"[(12 - remainder) % 11]


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("11010519491231002X", "11010519491231002X"),
        ("11010519491231002x", "11010519491231002X"),
        (" 110105 19491231 002X ", "11010519491231002X"),
        ("１１０１０５１９４９１２３１００２Ｘ", "11010519491231002X"),
    ],
)
def test_an_identity_number_is_read_as_people_write_it(typed: str, written: str) -> None:
    assert identity(typed) == written


@given(
    region=st.sampled_from(["110105", "810000", "820000", "830000", "999999", "512022"]),
    birth=st.dates(date(1900, 1, 1), TODAY),
    serial=st.integers(0, 999),
)
def test_every_region_passes_with_the_right_check_digit(region: str, birth: date, serial: int) -> None:
    number = with_check(f"{region}{birth:%Y%m%d}{serial:03}")
    assert identity(number) == number


@given(place=st.integers(0, 17), step=st.integers(1, 9))
def test_one_wrong_digit_is_always_found(place: int, step: int) -> None:
    number = with_check("51202219800101001")
    assert number.isdigit()
    wrong = number[:place] + str((int(number[place]) + step) % 10) + number[place + 1 :]
    with pytest.raises(Refusal):
        identity(wrong)


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "应为18位"),
        ("110105491231002", "应为18位"),
        ("11010519491231002Y", "应为18位"),
        ("X1010519491231002X", "应为18位"),
        ("110105194912310021", "校验位不符"),
        (with_check("11010519490231002"), "19490231 不存在"),
        (with_check("11010500000000002"), "00000000 不存在"),
        (with_check("11010518991231002"), "不合常理"),
        (with_check("11010520260303002"), "20260303 不合常理"),
    ],
)
def test_a_wrong_identity_number_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        identity(typed)
    assert refused.value.field == "identity_number"
    assert refused.value.do


def test_a_child_born_today_has_a_number() -> None:
    assert identity(with_check("11010520260302002"))


@pytest.mark.parametrize("code", CREDIT_CODES)
def test_a_credit_code_passes(code: str) -> None:
    assert credit_code(code) == code
    assert credit_code(code.lower()) == code
    assert credit_code(f"{code[:8]} {code[8:17]}-{code[17:]}") == code


@pytest.mark.parametrize("place", range(18))
@pytest.mark.parametrize("code", CREDIT_CODES)
def test_one_wrong_sign_in_a_credit_code_is_found(code: str, place: int) -> None:
    for sign in "0123456789ABCDEFGHJKLMNPQRTUWXY":
        if sign == code[place]:
            continue
        with pytest.raises(Refusal):
            credit_code(code[:place] + sign + code[place + 1 :])


@pytest.mark.parametrize(
    ("typed", "sentence"),
    [
        ("", "应为18位"),
        ("91350100M000100Y4", "应为18位"),
        ("91350100M000I00Y43", "不用I、O、Z、S、V"),
        ("9135A100M000100Y43", "第3至8位为数字"),
        ("000000000000000000", "应为18位"),
        ("91350100M000100Y44", "校验位不符"),
    ],
)
def test_a_wrong_credit_code_is_refused(typed: str, sentence: str) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        credit_code(typed)
    assert refused.value.field == "credit_code"


@pytest.mark.parametrize(
    "typed",
    [
        "13800138000", "138 0013 8000", "138-0013-8000", "028-24521234", "(028)24521234", "（028）24521234", "+86 13800138000",
        "028-24521234转8001", "028-24521234 ext. 12", "０２８—２４５２１２３４", "+852 2123 4567", "24521234#3",
    ],
)  # fmt: skip
def test_a_telephone_number_is_read_leniently(typed: str) -> None:
    assert phone(typed)


@pytest.mark.parametrize(
    "typed", ["", "12345", "电话", "1380013800013800138000", "138001380a0", "13800138000\n1", "++13800138000"]
)
def test_what_is_no_telephone_number(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        phone(typed, field="agent_phone")
    assert refused.value.field == "agent_phone"


@pytest.mark.parametrize(
    ("typed", "written"),
    [
        ("li.ming@example.cn", "li.ming@example.cn"),
        (" li_ming+gk@mail.example.com.cn ", "li_ming+gk@mail.example.com.cn"),
        ("liming＠example．cn", "liming@example.cn"),
        ("李明@例子.中国", "李明@例子.中国"),
    ],
)
def test_a_mail_address(typed: str, written: str) -> None:
    assert email(typed) == written


@pytest.mark.parametrize(
    "typed",
    [
        "", "liming", "liming@", "@example.cn", "liming@example", "li ming@example.cn", "a@b@example.cn", "a@example..cn", "a..b@example.cn",
        "a@example.cn\nBcc: b@example.cn", "a,b@example.cn", "a@192.168.1.1", "x" * 250 + "@example.cn",
    ],
)  # fmt: skip
def test_what_is_no_mail_address(typed: str) -> None:
    with pytest.raises(Refusal, match="电子邮箱"):
        email(typed)


@pytest.mark.parametrize("typed", ["13800000000", "+86 138-0000-0000", "0086 138 0000 0000", "１３８００００００００"])
def test_a_mobile_number_has_one_form(typed: str) -> None:
    assert mobile(typed) == "13800000000"


@pytest.mark.parametrize("typed", ["", "028-12345678", "12800000000", "1380000000", "138000000001", "13800000000转1"])
def test_what_takes_no_text_message(typed: str) -> None:
    with pytest.raises(Refusal) as refused:
        mobile(typed)
    assert refused.value.field == "phone"


@pytest.mark.parametrize("check", [credit_code, phone, email])
def test_a_long_input_is_answered_at_once(check: Callable[[str], str]) -> None:
    for hostile in ("1" * 100_000, "a." * 50_000, "a@" + "a." * 50_000, "(" * 50_000):
        with pytest.raises(Refusal):
            check(hostile)
