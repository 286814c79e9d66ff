"""The remedies by (grounds of the items, delivery, day of signing, signing name), every paragraph written out."""

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pytest

from gkapply.law.answered import answered_item
from gkapply.law.remedies import COMPLAINT, AnsweredItem, decision_paragraphs, paragraphs
from gkapply.law.replies import ReplyKind
from gkapply.law.settings import OfficeSettings

K = ReplyKind
Item = tuple[ReplyKind, tuple[ReplyKind, ...]]


@dataclass(frozen=True)
class Name:
    """A signing name with what hangs on it."""

    review_authority: str
    court: str
    online_review: str


COUNTY = Name("安平市人民政府", "安平市中级人民法院", "安平市行政复议网上平台")
OFFICE = Name("安岳县人民政府", "安岳县人民法院", "“掌上复议”小程序")
LAST_OLD, FIRST_NEW, NOW = date(2023, 12, 31), date(2024, 1, 1), date(2026, 7, 1)

GIVEN: Item = (K.DISCLOSED, ())
MISSING: Item = (K.NOT_EXISTING, ())
PROCESS: Item = (K.REFUSED_PROCESS, ())
SECRET: Item = (K.REFUSED_STATE_SECRET, ())
MASKED: Item = (K.PARTIAL, (K.REFUSED_THIRD_PARTY,))
PARTY_ONLY: Item = (K.PARTIAL, (K.NOT_GOVERNMENT_INFORMATION,))
SPECIAL: Item = (K.SPECIAL_RULE, ())
ENQUIRY: Item = (K.ENQUIRY, ())

OFFICE_A = "如对本答复不服，可以自收到本答复之日起60日内向安岳县人民政府申请行政复议，或者自收到本答复之日起6个月内向安岳县人民法院提起行政诉讼。"
COUNTY_A = (
    "如对本答复不服，可以自收到本答复之日起60日内向安平市人民政府申请行政复议，或者自收到本答复之日起6个月内向安平市中级人民法院"
    "提起行政诉讼。"
)
OFFICE_B = (
    "如对本不予公开决定不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本决定之日起60日内先向安岳县人民政府"
    "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
COUNTY_B = (
    "如对本不予公开决定不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本决定之日起60日内先向安平市人民政府"
    "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安平市中级人民法院提起行政诉讼。"
)
OFFICE_C_PART = (
    "如对其中不予公开的部分不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起60日内先向安岳县人民政府"
    "申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
OFFICE_C_SECOND = (
    "如对其中不予公开的部分（第二项）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起60日内先向"
    "安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
OFFICE_C_FIRST = (
    "如对其中不予公开的部分（第一项）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到本答复之日起60日内先向"
    "安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
OFFICE_C_BOTH = (
    "如对其中不予公开的部分（第一项中不予公开的内容、第二项）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到"
    "本答复之日起60日内先向安岳县人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安岳县人民法院提起行政诉讼。"
)
COUNTY_C_BOTH = (
    "如对其中不予公开的部分（第一项中不予公开的内容、第二项）不服，依照《中华人民共和国行政复议法》第二十三条第一款第四项的规定，应当自收到"
    "本答复之日起60日内先向安平市人民政府申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起15日内向安平市中级人民法院"
    "提起行政诉讼。"
)
OFFICE_REST = (
    "如对本答复的其他内容不服，可以自收到本答复之日起60日内向安岳县人民政府申请行政复议，或者自收到本答复之日起6个月内向安岳县人民法院"
    "提起行政诉讼。"
)
COUNTY_REST = (
    "如对本答复的其他内容不服，可以自收到本答复之日起60日内向安平市人民政府申请行政复议，或者自收到本答复之日起6个月内向安平市中级人民法院"
    "提起行政诉讼。"
)
OFFICE_D = "行政复议申请也可以通过“掌上复议”小程序在线提交。"
COUNTY_D = "行政复议申请也可以通过安平市行政复议网上平台在线提交。"

TABLE: list[tuple[tuple[Item, ...], bool, date, Name, tuple[str, ...]]] = [
    # Nothing under 14–16: as the applicant chooses.
    ((GIVEN,), False, NOW, OFFICE, (OFFICE_A,)),
    ((GIVEN,), False, NOW, COUNTY, (COUNTY_A,)),
    ((GIVEN,), True, NOW, OFFICE, (OFFICE_A, OFFICE_D)),
    ((MISSING, GIVEN), True, NOW, COUNTY, (COUNTY_A, COUNTY_D)),
    ((PARTY_ONLY,), False, NOW, OFFICE, (OFFICE_A,)),
    ((SPECIAL,), False, NOW, OFFICE, (OFFICE_A,)),
    # All under 14–16: review first, since 2024.
    ((PROCESS,), False, NOW, OFFICE, (OFFICE_B,)),
    ((PROCESS,), False, NOW, COUNTY, (COUNTY_B,)),
    ((SECRET, PROCESS), True, NOW, OFFICE, (OFFICE_B, OFFICE_D)),
    ((PROCESS,), False, FIRST_NEW, OFFICE, (OFFICE_B,)),
    ((PROCESS,), False, LAST_OLD, OFFICE, (OFFICE_A,)),
    ((SECRET, PROCESS), True, LAST_OLD, COUNTY, (COUNTY_A,)),
    # Both kinds: each its own, the items named.
    ((MASKED,), False, NOW, OFFICE, (OFFICE_C_PART, OFFICE_REST)),
    ((MASKED,), True, FIRST_NEW, OFFICE, (OFFICE_C_PART, OFFICE_REST, OFFICE_D)),
    ((MASKED,), True, LAST_OLD, OFFICE, (OFFICE_A,)),
    ((GIVEN, SECRET), False, NOW, OFFICE, (OFFICE_C_SECOND, OFFICE_REST)),
    ((PROCESS, MISSING), False, NOW, OFFICE, (OFFICE_C_FIRST, OFFICE_REST)),
    ((MASKED, PROCESS, MISSING), False, NOW, OFFICE, (OFFICE_C_BOTH, OFFICE_REST)),
    ((MASKED, PROCESS, MISSING), True, NOW, COUNTY, (COUNTY_C_BOTH, COUNTY_REST, COUNTY_D)),
    ((MASKED, PROCESS, MISSING), False, LAST_OLD, COUNTY, (COUNTY_A,)),
    # An enquiry has no remedy, and takes none away from the others.
    ((ENQUIRY,), True, NOW, OFFICE, ()),
    ((ENQUIRY, SECRET), False, NOW, OFFICE, (OFFICE_B,)),
]


def items_of(answers: tuple[Item, ...], settings: OfficeSettings) -> list[AnsweredItem]:
    return [answered_item(place, kind, parts, settings) for place, (kind, parts) in enumerate(answers, start=1)]


@pytest.mark.parametrize(("answers", "online", "on", "name", "expected"), TABLE)
def test_the_table(answers: tuple[Item, ...], online: bool, on: date, name: Name, expected: tuple[str, ...]) -> None:
    told = paragraphs(
        items_of(answers, OfficeSettings()),
        review_authority=name.review_authority,
        court=name.court,
        on=on,
        delivered_online=online,
        online_review=name.online_review,
    )
    assert told == expected


@pytest.mark.parametrize(
    ("setting", "answers", "expected"),
    [
        ("partial_review_first", (MASKED,), (OFFICE_A,)),
        ("partial_review_first", (MASKED, PROCESS), (OFFICE_C_SECOND, OFFICE_REST)),
        (
            "special_rule_review_first",
            (SPECIAL,),
            (OFFICE_B.replace("本不予公开决定", "本答复").replace("本决定", "本答复"),),
        ),
        ("enquiry_remedies", (ENQUIRY,), (OFFICE_A,)),
    ],
)
def test_what_is_not_verified_has_a_switch(setting: str, answers: tuple[Item, ...], expected: tuple[str, ...]) -> None:
    usual = OfficeSettings()
    changed: dict[str, Any] = {setting: not getattr(usual, setting)}
    switched = replace(usual, **changed)
    told = paragraphs(items_of(answers, switched), review_authority=OFFICE.review_authority, court=OFFICE.court, on=NOW)
    assert told == expected


def test_complaints_are_told_of_where_the_office_has_chosen_so() -> None:
    told = paragraphs(
        items_of((GIVEN,), OfficeSettings()),
        review_authority=OFFICE.review_authority,
        court=OFFICE.court,
        on=NOW,
        complaint=True,
    )
    assert told == (OFFICE_A, COMPLAINT)
    assert "第五十一条" in COMPLAINT


def test_no_online_channel_was_owed_before_the_revised_law() -> None:
    items = items_of((GIVEN,), OfficeSettings())
    places: dict[str, Any] = {"review_authority": OFFICE.review_authority, "court": OFFICE.court}
    assert paragraphs(items, **places, on=LAST_OLD, delivered_online=True, online_review=None) == (OFFICE_A,)
    assert len(decision_paragraphs(**places, on=LAST_OLD, delivered_online=True)) == 1
