"""Small figures stay hidden: none is told, and none comes back by reckoning with those that are."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from gkapply.casework.small_cells import hidden

LEAST = 5


def test_a_small_figure_takes_the_smallest_other_with_it() -> None:
    values = {"disclosed": 40, "refused": 2, "unable": 9, "finished": 51}
    assert hidden(values, [["disclosed", "refused", "unable", "finished"]], LEAST) == {"refused", "unable"}


def test_a_total_goes_only_when_nothing_else_can() -> None:
    values = {"disclosed": 0, "refused": 3, "finished": 3}
    assert hidden(values, [["disclosed", "refused", "finished"]], LEAST) == {"refused", "finished"}


def test_nothing_is_hidden_without_need() -> None:
    values = {"disclosed": 40, "refused": 0, "finished": 40}
    assert hidden(values, [["disclosed", "refused", "finished"]], LEAST) == set()


def test_hiding_in_one_organ_reaches_the_organ_that_would_give_it_away() -> None:
    organs = {("a", "refused"): 2, ("b", "refused"): 30, ("c", "refused"): 7, ("all", "refused"): 39}
    assert hidden(organs, [list(organs)], LEAST) == {("a", "refused"), ("c", "refused")}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.lists(st.integers(0, 12), min_size=3, max_size=3), min_size=2, max_size=3))
def test_no_line_has_a_single_hidden_figure(rows: list[list[int]]) -> None:
    values = {(r, c): value for r, row in enumerate(rows) for c, value in enumerate(row)}
    height, width = len(rows), 3
    for r in range(height):
        values[r, width] = sum(values[r, c] for c in range(width))
    for c in range(width + 1):
        values[height, c] = sum(values[r, c] for r in range(height))
    lines = [[(r, c) for c in range(width + 1)] for r in range(height + 1)]
    lines += [[(r, c) for r in range(height + 1)] for c in range(width + 1)]
    veiled = hidden(values, lines, LEAST)
    assert {key for key, value in values.items() if 0 < value < LEAST} <= veiled
    for line in lines:
        lone = veiled.intersection(line)
        # Alone it may stand only where every other figure is 0 - then the total is the same figure, and small itself.
        assert len(lone) != 1
    assert all(values[key] for key in veiled), "a nought tells of nobody"
    assert not veiled or any(0 < values[key] < LEAST for key in product(range(height + 1), range(width + 1)))
