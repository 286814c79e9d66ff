"""Table 四 in grids: fifteen figures by path and result, in one row, in three, or in a table for each path."""

from collections.abc import Iterator, Sequence

from gkapply.annual_form.figures import Value
from gkapply.annual_form.layout import Key
from gkapply.annual_form.published import Grid
from gkapply.annual_form.spelling import count, is_blank, squeezed
from gkapply.law.annual_rows import TOTAL_LABEL
from gkapply.law.dispute_blocks import DisputePath, DisputeResult

_RESULTS = {**{result.label: place for place, result in enumerate(DisputeResult)}, TOTAL_LABEL: 4, "合计": 4}
_PATHS = (
    ("未经复议", DisputePath.SUIT_DIRECT),
    ("复议后", DisputePath.SUIT_AFTER_REVIEW),
    ("行政复议", DisputePath.REVIEW),
)
"""Words by which a head names a path; the first that is met counts."""
_ALL = [(str(path), place) for path in DisputePath for place in range(5)]
_MOST_HEADS = 4


def find(grids: Sequence[Grid]) -> dict[Key, Value]:
    """The figures of table 四 that the grids hold, the first of each place.

    None for what is no number, and for a sum that was left empty beside figures; any other empty cell is nought.
    """
    texts: dict[Key, str] = {}
    for grid in grids:
        for key, text in _cells(grid):
            texts.setdefault(key, text)
    found: dict[Key, Value] = {key: count(text) for key, text in texts.items()}
    for path in map(str, DisputePath):
        if is_blank(texts.get((path, 4), "0")) and any(found.get((path, place)) for place in range(4)):
            found[path, 4] = None
    return found


def _cells(grid: Grid) -> Iterator[tuple[Key, str]]:
    """Place and words of each figure."""
    begin = next((number for number, row in enumerate(grid) if _results(row)), None)
    if begin is None:
        return
    end = begin
    while end + 1 < len(grid) and _results(grid[end + 1]):
        end += 1
    heads = grid[max(0, begin - _MOST_HEADS) : end + 1]
    columns = _columns(heads)
    for row in grid[end + 1 :]:
        beside = _path([text for text in row if count(text) is None])
        if beside is None and all(path is None for path, _ in columns.values()):
            if sum(count(text) is not None for text in row) == len(row) == len(_ALL):
                yield from zip(_ALL, row, strict=True)
                return
            continue
        keys = {column: (beside or path, place) for column, (path, place) in columns.items() if column < len(row)}
        if any(count(row[column]) is None for column in keys) and not beside and _is_words(row):
            return
        yield from (((str(path), place), row[column]) for column, (path, place) in keys.items() if path is not None)
        if beside is None:
            return


def _results(row: Sequence[str]) -> bool:
    """Whether the row holds heads of results."""
    return sum(squeezed(text) in _RESULTS for text in row) >= 3


def _columns(heads: Grid) -> dict[int, tuple[DisputePath | None, int]]:
    """By column the path and the result that its heads name."""
    found: dict[int, tuple[DisputePath | None, int]] = {}
    for column in range(max(map(len, heads))):
        over = [row[column] for row in heads if column < len(row)]
        results = [_RESULTS[squeezed(text)] for text in over if squeezed(text) in _RESULTS]
        if results:
            found[column] = (_path(over), results[-1])
    if len(found) == len(_ALL) and len(set(found.values())) < len(_ALL):
        # Heads that lost their spans say nothing of the path; all fifteen stand in the order of the form.
        return {column: (DisputePath(path), place) for column, (path, place) in zip(sorted(found), _ALL, strict=True)}
    return found


def _path(words: Sequence[str]) -> DisputePath | None:
    named = "".join(map(squeezed, words))
    return next((path for said, path in _PATHS if said in named), None)


def _is_words(row: Sequence[str]) -> bool:
    return all(count(text) is None for text in row if not is_blank(text))
