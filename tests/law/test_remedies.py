"""The remedies paragraphs, word for word, over combinations of grounds."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from gkapply.law.answered import answered_item
from gkapply.law.numerals import chinese_number
from gkapply.law.refusal import Refusal
from gkapply.law.remedies import FEE_REMEDY, AnsweredItem, Variant, decision_paragraphs, paragraphs, variant
from gkapply.law.replies import ReplyKind
from gkapply.law.settings import OfficeSettings

SIGNED = date(2026, 4, 15)
A = "如对本答复不服，可以自收到本答复之日起60日内向市政府申请行政复议，或者自收到本答复之日起6个月内向县法院提起行政诉讼。"
B = (
    "如对本不予公开决定不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本决定之日起60日内先向"
    "市政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向县法院提起行政诉讼。"
)
C_REFUSED = (
    "如对其中不予公开的部分{named}不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起"
    "60日内先向市政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向县法院提起行政诉讼。"
)
C_REST = (
    "如对本答复的其他内容不服，可以自收到本答复之日起60日内向市政府申请行政复议，或者自收到本答复之日起6个月内向县法院"
    "提起行政诉讼。"
)
D = "行政复议申请也可以通过“掌上复议”小程序在线提交。"


def told(*grounds: set[str | None], **more: Any) -> tuple[str, ...]:
    items = [AnsweredItem(number, frozenset(found)) for number, found in enumerate(grounds, start=1)]
    return paragraphs(items, **{"review_authority": "市政府", "court": "县法院", "on": SIGNED, **more})


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ([], Variant.A),
        ([None], Variant.A),
        ([None, None], Variant.A),
        (["14"], Variant.B),
        (["15"], Variant.B),
        (["16"], Variant.B),
        (["14", "16"], Variant.B),
        ([None, "14"], Variant.C),
        (["16", None, "15"], Variant.C),
    ],
)
def test_the_variant_follows_the_grounds(grounds: list[str | None], expected: Variant) -> None:
    assert variant(grounds, SIGNED) is expected


@pytest.mark.parametrize(
    ("grounds", "expected"),
    [
        ([{None}], (A,)),
        ([{None}, {None}], (A,)),
        ([{"14"}], (B,)),
        ([{"15"}, {"16"}], (B,)),
        ([{None, "15"}], (C_REFUSED.format(named=""), C_REST)),
        ([{None}, {"16"}], (C_REFUSED.format(named="（第二项）"), C_REST)),
        ([{None, "15"}, {None}, {"14"}], (C_REFUSED.format(named="（第一项中不予公开的内容、第三项）"), C_REST)),
    ],
)
def test_the_paragraphs(grounds: list[set[str | None]], expected: tuple[str, ...]) -> None:
    assert told(*grounds) == expected
    assert told(*grounds, delivered_online=True, online_review="“掌上复议”小程序") == (*expected, D)
    assert told(*grounds, online_review="“掌上复议”小程序") == expected


def test_a_third_party_is_told_of_both_ways() -> None:
    assert decision_paragraphs(review_authority="市政府", court="县法院", on=SIGNED) == (A.replace("本答复", "本决定"),)


def test_a_notice_is_told_in_its_own_words() -> None:
    told_of = decision_paragraphs(
        review_authority="市政府", court="县法院", on=SIGNED, against="本机关不再处理该申请", letter="本告知书"
    )
    assert told_of == (
        "如对本机关不再处理该申请不服，可以自收到本告知书之日起60日内向市政府申请行政复议，或者自收到本告知书之日起6个月内"
        "向县法院提起行政诉讼。",
    )


def test_a_fee_has_no_remedy_of_its_own() -> None:
    assert FEE_REMEDY.startswith(
        "对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者提起行政诉讼；缴费期满后，"
    )


def test_nothing_is_told_of_an_item_without_remedy() -> None:
    enquiry = AnsweredItem(1, frozenset({None}), without_remedy=True)
    refused = AnsweredItem(2, frozenset({"15"}))
    given = AnsweredItem(3, frozenset({None}))
    places: dict[str, Any] = {"review_authority": "市政府", "court": "县法院", "on": SIGNED}
    assert paragraphs([enquiry], **places) == ()
    assert paragraphs([enquiry, refused], **places) == (B,)
    assert paragraphs([enquiry, refused, given], **places) == (C_REFUSED.format(named="（第二项）"), C_REST)


def test_an_item_of_one_of_several_requests_is_named_with_its_request() -> None:
    items = [
        AnsweredItem(1, frozenset({"14"}), name="甲号申请第一项"),
        AnsweredItem(1, frozenset({None}), name="乙号申请"),
    ]
    told_of = paragraphs(items, review_authority="市政府", court="县法院", on=SIGNED)
    assert told_of == (C_REFUSED.format(named="（甲号申请第一项）"), C_REST)


SETTINGS = OfficeSettings()


@pytest.mark.parametrize(
    ("kind", "content", "settings", "ground", "silent"),
    [
        (ReplyKind.SPECIAL_RULE, "", SETTINGS, None, False),
        (ReplyKind.SPECIAL_RULE, "", replace(SETTINGS, special_rule_review_first=True), "36", False),
        (ReplyKind.ENQUIRY, "", SETTINGS, None, True),
        (ReplyKind.ENQUIRY, "", replace(SETTINGS, enquiry_remedies=True), None, False),
        (ReplyKind.NOT_GOVERNMENT_INFORMATION, "village", SETTINGS, None, False),
        (ReplyKind.NOT_GOVERNMENT_INFORMATION, "public_body", SETTINGS, None, True),
        (
            ReplyKind.NOT_GOVERNMENT_INFORMATION,
            "public_body",
            replace(SETTINGS, public_body_remedies=True),
            None,
            False,
        ),
        (ReplyKind.REFUSED_PROCESS, "", SETTINGS, "16", False),
    ],
)
def test_settings_say_what_the_law_leaves_open(
    kind: ReplyKind, content: str, settings: OfficeSettings, ground: str | None, silent: bool
) -> None:
    item = answered_item(1, kind, [], settings, content_kind=content)
    assert (item.grounds, item.without_remedy) == (frozenset({ground}), silent)


@pytest.mark.parametrize("kind", [kind for kind in ReplyKind if kind.ground is None and kind is not ReplyKind.PARTIAL])
def test_what_is_no_refusal_leaves_both_ways_open(kind: ReplyKind) -> None:
    item = replace(answered_item(1, kind, [], SETTINGS), without_remedy=False)
    assert paragraphs([item], review_authority="市政府", court="县法院", on=SIGNED) == (A,)


def test_an_online_letter_needs_the_online_channel() -> None:
    for missing in (None, "", " "):
        with pytest.raises(Refusal, match="互联网渠道") as refused:
            told({None}, delivered_online=True, online_review=missing)
        assert refused.value.article == "《行政复议法》第二十二条第二款"


@pytest.mark.parametrize(("missing", "name"), [("review_authority", "行政复议机关"), ("court", "管辖法院")])
def test_a_signing_name_without_authority_or_court_is_refused(missing: str, name: str) -> None:
    with pytest.raises(Refusal, match=f"没有设置{name}") as refused:
        told({None}, **{missing: " "})
    assert refused.value.field == missing


@pytest.mark.parametrize(
    ("number", "written"),
    [
        (1, "一"), (10, "十"), (11, "十一"), (20, "二十"), (23, "二十三"), (100, "一百"), (101, "一百零一"),
        (110, "一百一十"), (210, "二百一十"), (1001, "一千零一"), (1010, "一千零一十"), (9999, "九千九百九十九"),
    ],
)  # fmt: skip
def test_chinese_numerals(number: int, written: str) -> None:
    assert chinese_number(number) == written


@pytest.mark.parametrize("number", [0, -1, 10000])
def test_no_numeral_outside_of_the_range(number: int) -> None:
    with pytest.raises(ValueError, match="no numeral"):
        chinese_number(number)
