"""Whether two requests ask for the same: 360 labelled pairs, and what is read out of a text."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import pytest

from gkapply.casework.likeness_compare import Verdict, compare
from gkapply.casework.likeness_marks import Kind, marks_of
from gkapply.casework.likeness_sketch import GRAMS, sketch
from gkapply.casework.likeness_words import asked, plain, wording_hash

PAIRS = Path(__file__).with_name("likeness_pairs.csv")
LEAST_RECALL, LEAST_PRECISION = 0.9, 0.8
NEAR = "near"


@dataclass(frozen=True, slots=True)
class Pair:
    """Two requests and what a person says of them: near, other_place_or_year or different."""

    label: str
    half: str
    one: str
    other: str


@cache
def pairs() -> Sequence[Pair]:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        return [Pair(row["label"], row["half"], row["one"], row["other"]) for row in csv.DictReader(file)]


@pytest.mark.parametrize("half", ["building", "held out", ""])
def test_near_pairs_are_found_and_few_others_with_them(half: str) -> None:
    """The held-out half was written by the same hand before anything was tuned, and its pairs were not read while tuning."""
    chosen = [one for one in pairs() if half in one.half]
    taken = [one.label == NEAR for one in chosen if compare(one.one, one.other).near]
    near = sum(one.label == NEAR for one in chosen)
    recall, precision = sum(taken) / near, sum(taken) / len(taken)
    assert recall >= LEAST_RECALL, f"recall {recall:.3f}"
    assert precision >= LEAST_PRECISION, f"precision {precision:.3f}"


def test_the_labelled_pairs_are_many_and_of_every_area() -> None:
    with PAIRS.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) >= 300
    assert len({row["area"] for row in rows}) == 30
    assert not {row["area"] for row in rows if row["half"] == "building"} & {
        row["area"] for row in rows if row["half"] == "held out"
    }


@pytest.mark.parametrize(
    ("one", "other", "kind"),
    [
        ("申请公开柏树镇青龙村征地批文", "申请公开柏树镇红星村征地批文", Kind.PLACE),
        ("2021年三公经费决算", "2022年三公经费决算", Kind.PERIOD),
        ("2018年至2020年决算", "2021年决算", Kind.PERIOD),
        ("安府发〔2021〕36号文件", "安府发〔2021〕63号文件", Kind.DOCUMENT),
        ("第二批公租房名单", "第三批公租房名单", Kind.NUMBER),
        ("5月18日事故的调查报告", "9月3日事故的调查报告", Kind.DAY),
        ("户口迁入的条件", "户口迁出的条件", Kind.PROJECT),
    ],
)
def test_what_must_agree_keeps_two_requests_apart(one: str, other: str, kind: Kind) -> None:
    compared = compare(one, other)
    assert kind in {difference.kind for difference in compared.differing}
    assert not compared.near


def test_the_reason_says_what_is_the_same_and_what_differs() -> None:
    compared = compare("申请公开柏树镇青龙村2021年征地批文", "申请公开柏树镇青龙村2018年征地批文")
    assert compared.verdict is Verdict.OTHER
    assert "青龙村" in compared.reason
    assert "年份或者期间不同：本件“2021年”，该件“2018年”" in compared.reason


def test_forms_width_and_marks_do_not_make_another_request() -> None:
    form = "政府信息公开申请书\n一、申请事项：申请公开２０２１年县水利局（三公经费）决算。\n申请日期：2026年3月2日"
    assert wording_hash(form) == wording_hash("请公开2021年县水利局三公经费决算")
    assert compare(form, "2021年，县水利局三公经费决算").verdict is Verdict.SAME_WORDS


def test_numbers_and_places_are_read_from_the_text_alone() -> None:
    found = marks_of(asked(plain("请公开二〇二一年石羊镇和平社区阳光花园小区三栋第一季度的台账")))
    assert found.named[Kind.PERIOD] == {"2021年"}
    assert found.named[Kind.NUMBER] == {"3栋", "1季度"}
    assert {name for names in found.places.values() for name in names} == {"石羊镇", "和平社区", "阳光花园小区"}


def test_a_sketch_is_short_and_the_same_for_the_same_words() -> None:
    text = "申请公开柏树镇青龙村2021年征收集体土地的征地批文、征地补偿安置方案以及补偿费用支付凭证。"
    assert sketch(text) == sketch(text.replace("，", ",").replace("。", " "))
    assert len(sketch(text * 3)) <= GRAMS
    assert sketch("") == []
    assert len(sketch("批文")) == 1
    assert len(set(sketch(text)) & set(sketch(text.replace("支付凭证", "付款单据")))) >= GRAMS // 2


def test_a_text_of_one_sign_is_compared_like_any() -> None:
    """No number is that long; and none is read anew from each of its signs."""
    assert compare("一" * 4999 + "年", "二" * 4999 + "年").verdict is Verdict.DIFFERENT
    assert compare("第" + "1" * 5000, "2" * 5000 + "期").differing
    assert marks_of("村" * 5000 + "，幸福村的路").places
    assert marks_of("第123456组").named[Kind.NUMBER] == {"123456组"}
