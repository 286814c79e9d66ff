"""What the charts of the analysis draw: names and values alone, for ``demand.js``; the tables beside them say the same."""

from collections.abc import Mapping, Sequence
from typing import Any

from gkapply.casework.demand import DRAWN, Analysis

MOST_BARS = 15
NOWHERE = "未归入领域"

Chart = Mapping[str, Any]


def charts(found: Analysis) -> Mapping[str, Chart]:
    """Name of a chart → what it draws; a chart of nothing is left out."""
    areas = [(area or NOWHERE, one) for area, one in found.areas][:MOST_BARS]
    themes = found.themes[:MOST_BARS]
    heads = month_heads(found.months)
    drawn = {
        "areas": _bars(
            [name for name, _ in areas],
            {"按期": [one.requests - one.late for _, one in areas], "逾期": [one.late for _, one in areas]},
        ),
        "months": _lines(
            heads,
            {
                area: [found.by_month.get(area, {}).get(month, 0) for month in found.months]
                for area, _ in found.areas[:DRAWN]
                if area
            },
        ),
        "themes": _bars([one.name for one in themes], {"件数": [one.requests for one in themes]}),
        "theme_months": _lines(
            heads,
            {one.name: [one.months.get(month, 0) for month in found.months] for one in themes[:DRAWN]},
        ),
    }
    return {name: one for name, one in drawn.items() if one["series"] and one["names"]}


def month_heads(months: Sequence[str]) -> list[str]:
    """Months as heads of columns: the first of them and every January with the year."""
    heads = []
    for place, (year, month) in enumerate(one.split("-") for one in months):
        heads.append(f"{year[2:]}年{int(month)}月" if place == 0 or month == "01" else f"{int(month)}月")
    return heads


def _bars(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    return {"kind": "bar", "names": list(names), "series": _series(series)}


def _lines(names: Sequence[str], series: Mapping[str, Sequence[int]]) -> Chart:
    return {"kind": "line", "names": list(names), "series": _series(series)}


def _series(series: Mapping[str, Sequence[int]]) -> list[dict[str, Any]]:
    return [{"name": name, "values": list(values)} for name, values in series.items() if any(values)]
