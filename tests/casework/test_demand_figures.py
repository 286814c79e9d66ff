"""Public figures of demand: small ones are hidden, and those from which they could be reckoned."""

from itertools import product

from gkapply.casework.demand_figures import OTHER, areas_shown, themes_shown
from gkapply.casework.public_figures import EVERYBODY, LEAST


def told(figures: dict[int, dict[str, dict[str, int]]], organ: int) -> dict[str, int | None]:
    return {one.name: one.value for one in areas_shown(figures, organ)}


def test_a_small_area_is_hidden_with_another_because_the_total_is_known() -> None:
    shown = told({1: {"areas": {"就业": 3, "统计": 20, "养老服务": 8}, "themes": {}}}, 1)
    assert shown == {"就业": None, "统计": 20, "养老服务": None}


def test_what_one_organ_hides_the_sum_of_all_does_not_tell() -> None:
    figures = {
        1: {"areas": {"就业": 3, "统计": 20, "养老服务": 9}, "themes": {"低保": 2, "征地": 9}},
        2: {"areas": {"就业": 30, "统计": 25, "养老服务": 40}, "themes": {"低保": 20, "征地": 9}},
    }
    names = ("就业", "统计", "养老服务")
    hidden = {(organ, area) for organ, area in product((1, 2, EVERYBODY), names) if told(figures, organ)[area] is None}
    assert (1, "就业") in hidden
    for area in names:
        assert len([one for one in hidden if one[1] == area]) != 1, area
    for organ in (1, 2, EVERYBODY):
        assert len([one for one in hidden if one[0] == organ]) != 1, organ
    themes = {organ: {one.name: one.value for one in themes_shown(figures, organ)} for organ in (1, 2, EVERYBODY)}
    assert "低保" not in themes[1]
    assert not ("低保" in themes[2] and "低保" in themes[EVERYBODY])
    assert themes[EVERYBODY]["征地"] == 18


def test_nothing_is_hidden_where_nothing_is_small() -> None:
    shown = areas_shown({1: {"areas": {"": LEAST, "统计": 20}, "themes": {}}}, 1)
    assert [(one.name, one.value) for one in shown] == [("统计", 20), (OTHER, LEAST)]
