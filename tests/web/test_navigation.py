"""What an official finds in the head of a page: groups, the places within the open one, nothing that another page has not."""

import pytest

from gkapply.web.navigation import BY_DUTY, HOME, Place, groups, places
from workflows.duties import OFFICIAL_DUTIES, Duty

MOST_IN_A_LINE = 9
"""Entries that stand in one line of 1366 pixels in large type."""


def test_every_place_stands_in_one_group_under_one_name() -> None:
    named = [place for _, lines in BY_DUTY for _, place in lines]
    assert len({place.href for place in named}) == len({place.label for place in named}) == len(named)


@pytest.mark.parametrize("duty", OFFICIAL_DUTIES)
def test_groups_hold_what_the_duties_lead_to_and_no_more(duty: Duty) -> None:
    held = groups(frozenset({duty}), "/desk")
    assert [place for group in held for place in group.places] + [HOME] == list(places(frozenset({duty})))
    assert all(group.places for group in held)


def test_no_line_grows_out_of_sight_even_for_somebody_with_every_duty() -> None:
    held = groups(frozenset(OFFICIAL_DUTIES), "/desk")
    assert max(len(held), *(len(group.places) for group in held)) <= MOST_IN_A_LINE


@pytest.mark.parametrize(
    ("path", "group", "place"),
    [
        ("/desk", "工作台", "/desk"),
        ("/desk/cases/AYX-2026-0003/steps/assign", "工作台", "/desk"),
        ("/desk/numbers", "送达", "/desk/numbers"),
        ("/report/satisfaction", "统计", "/report/satisfaction"),
        ("/account", None, None),
        ("/desktop", None, None),
    ],
)
def test_a_page_opens_the_group_of_the_nearest_place_above_it(path: str, group: str | None, place: str | None) -> None:
    opened = [(one.name, one.here.href) for one in groups(frozenset(OFFICIAL_DUTIES), path) if one.here]
    assert opened == ([] if group is None else [(group, place)])


def test_a_group_of_one_place_goes_by_its_name() -> None:
    only = next(group for group in groups(frozenset({Duty.TEMPLATE_KEEPER}), "/") if group.name == "管理")
    assert only.door == Place("文书模板", "/templates")
