"""What the check of a read report comes to, in words and as json."""

from collections.abc import Iterator
from typing import Any

from gkapply.annual_form.judging import Judgement
from gkapply.annual_form.published import Place, Published
from gkapply.law.annual_checks import Weight

WEIGHTS = {Weight.ERROR: "不符", Weight.WARNING: "请核对"}
_TABLES = frozenset({"表三", "表四"})


def whole(published: Published, judgement: Judgement) -> bool:
    """Whether the report obeys every rule that must hold, and every figure of tables 三 and 四 was found or could be reckoned."""
    return judgement.ok and not any(one.table in _TABLES and one.column != "总计" for one in published.missing)


def lines(published: Published, judgement: Judgement) -> Iterator[str]:
    """The findings in words, the gravest first."""
    report = published.report
    named = f"{report['organ'] or '机关名称未读出'}，{report['year'] or '年度未读出'}，{report['format']}"
    yield f"{named}：" + ("各项勾稽关系相符" if judgement.ok else "勾稽关系不符")
    for one in judgement.suspects:
        yield f"疑似有误　{one.place.words}：报告为{one.value}，改为{one.fits}则有关各项相符"
    for broken in judgement.broken:
        yield f"{WEIGHTS[broken.check.weight]}　{broken.check.name}：{broken.check.detail}"
        yield f"　　涉及：{'；'.join(place.words for place in broken.places)}"
    yield from (f"未读出　{place.words}" for place in published.missing)
    yield from (f"说明　{note}" for note in published.notes)


def as_json(published: Published, judgement: Judgement) -> dict[str, Any]:
    """The findings as another program reads them, with the report as it was read."""
    return {
        "ok": whole(published, judgement),
        "suspects": [{**_place(one.place), "value": one.value, "fits": one.fits} for one in judgement.suspects],
        "broken": [
            {
                "rule": broken.check.name,
                "detail": broken.check.detail,
                "weight": broken.check.weight.value,
                "do": broken.check.do,
                "cells": [_place(place) for place in broken.places],
            }
            for broken in judgement.broken
        ],
        "missing": [_place(place) for place in published.missing],
        "notes": list(published.notes),
        "report": published.report,
    }


def _place(place: Place) -> dict[str, str]:
    return {"table": place.table, "row": place.row, "column": place.column}
