"""The information processing fee: published figures and sums worked out by hand, written as literals."""

from collections.abc import Callable
from datetime import date

import pytest

from gkapply.law import fees
from gkapply.law.fees import Band, Fee, FeeMode, Tariff, fee_of_items, fee_of_kth, fee_of_pages
from gkapply.law.refusal import Refusal

ON = date(2026, 3, 31)


@pytest.mark.parametrize(
    ("count", "yuan"),
    [(1, 0), (10, 0), (11, 100), (12, 200), (30, 2000), (31, 2200), (35, 3000), (40, 4000), (41, 4300), (47, 6100),
     (50, 7000), (60, 11000), (100, 37000), (101, 37900)],
)  # fmt: skip
def test_the_fee_of_a_months_requests(count: int, yuan: int) -> None:
    assert fee_of_items(count, ON).yuan == yuan


@pytest.mark.parametrize(
    ("k", "yuan"),
    [(1, 0), (10, 0), (11, 100), (12, 100), (30, 100), (31, 200), (40, 200), (41, 300), (50, 300), (51, 400), (60, 400),
     (61, 500), (130, 1100), (131, 1200)],
)  # fmt: skip
def test_the_fee_of_one_request_of_the_month(k: int, yuan: int) -> None:
    assert fee_of_kth(k, ON).yuan == yuan


@pytest.mark.parametrize(
    ("pages", "yuan"),
    [(1, 0), (30, 0), (31, 10), (68, 380), (90, 600), (100, 700), (101, 720), (130, 1300), (200, 2700), (201, 2740),
     (256, 4940)],
)  # fmt: skip
def test_the_fee_of_pages(pages: int, yuan: int) -> None:
    assert fee_of_pages(pages, ON).yuan == yuan


def test_the_requests_of_a_month_bear_together_what_each_bears() -> None:
    total = 0
    for k in range(1, 400):
        total += fee_of_kth(k, ON).yuan
        assert fee_of_items(k, ON).yuan == total


def test_the_working_is_shown() -> None:
    assert fee_of_items(35, ON) == Fee(
        3000,
        (
            "第1—10件：不收费",
            "第11—30件：20件×100元/件＝2000元",
            "第31—35件：5件×200元/件＝1000元",
            "合计：3000元",
        ),
    )
    assert fee_of_pages(256, ON).working == (
        "第1—30页：不收费",
        "第31—100页：70页×10元/页＝700元",
        "第101—200页：100页×20元/页＝2000元",
        "第201—256页：56页×40元/页＝2240元",
        "合计：4940元",
    )
    assert fee_of_items(11, ON).working[1] == "第11件：1件×100元/件＝100元"
    assert fee_of_kth(31, ON).working == ("当月第31件，适用第31—40件的标准：200元",)
    assert fee_of_kth(3, ON).working == ("当月第3件，适用第1—10件的标准：不收费",)


@pytest.mark.parametrize(
    ("fee", "number", "field", "sentence"),
    [
        (fee_of_items, 0, "count", "申请件数至少为1"),
        (fee_of_items, -3, "count", "收到的是 -3"),
        (fee_of_items, 10_000, "count", "申请件数 10000 超出 9999"),
        (fee_of_kth, 0, "count", "申请件数至少为1"),
        (fee_of_kth, 10_000, "count", "超出 9999"),
        (fee_of_pages, 0, "pages", "页数至少为1"),
        (fee_of_pages, -1, "pages", "收到的是 -1"),
        (fee_of_pages, 1_000_000, "pages", "页数 1000000 超出 999999"),
    ],
)
def test_a_number_that_cannot_be_is_refused(
    fee: Callable[[int, date], Fee], number: int, field: str, sentence: str
) -> None:
    with pytest.raises(Refusal, match=sentence) as refused:
        fee(number, ON)
    assert (refused.value.article, refused.value.field) == ("国办函〔2020〕109号", field)


def test_no_fee_before_the_rules() -> None:
    assert fee_of_pages(31, date(2021, 1, 1)).yuan == 10
    with pytest.raises(Refusal, match="自 2021-01-01 起施行"):
        fee_of_pages(31, date(2020, 12, 31))


def test_a_new_tariff_holds_from_its_day_on(monkeypatch: pytest.MonkeyPatch) -> None:
    new = Tariff(FeeMode.PAGE, date(2030, 7, 1), (Band(1, 0), Band(51, 5, every=50, more=5), Band(151, 100)))
    monkeypatch.setattr(fees, "TARIFFS", (new, *fees.TARIFFS))
    assert fee_of_pages(60, date(2030, 6, 30)).yuan == 300
    assert [fee_of_pages(pages, date(2030, 7, 1)).yuan for pages in (50, 60, 100, 110, 150, 151)] == [
        0,
        50,
        250,
        350,
        750,
        850,
    ]
