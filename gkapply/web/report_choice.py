"""Which organ and year a page of the annual report is asked for."""

from collections.abc import Sequence
from typing import Any

from flask import request

from gkapply import clock
from gkapply.casework.people import Organ
from gkapply.law.refusal import NotFound, Refusal
from gkapply.law.report_spans import Span


def year_asked() -> int:
    """The year asked for, else the present one. Raises Refusal for what is no year, or one that no report can be of."""
    typed = request.args.get("year", "")
    if not typed:
        return clock.today().year
    if not typed.isdecimal() or len(typed) > len("9999"):
        raise Refusal("年度须为四位数字", do="例如 2026", field="year")
    year = int(typed)
    Span.of_year(year)
    return year


def refuse_impossible_year(_endpoint: str | None, values: dict[str, Any] | None) -> None:
    """Raises NotFound for an address whose ``year`` no report can be of: there is no such page, for whoever asks."""
    if values is not None and "year" in values:
        try:
            Span.of_year(values["year"])
        except Refusal as refusal:
            raise NotFound(refusal.reason, refusal.article) from None


def organ_asked(organs: Sequence[Organ]) -> Organ:
    """The organ asked for among those that the viewer may see, else the viewer's own. Raises NotFound."""
    code = request.args.get("organ", "")
    if not code:
        return organs[0]
    for organ in organs:
        if organ.code == code:
            return organ
    raise NotFound("没有这个机关，或者您无权查看它的报告")
