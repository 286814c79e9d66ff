"""The answer of ``gkapply deadline``: FACTS.json in, the clocks of that one case out."""

import json
from typing import Any

from gkapply.law.clocks import reckon
from gkapply.law.facts import read_facts
from gkapply.law.json_values import read_object
from gkapply.law.refusal import Refusal
from gkapply.law.settings import ClockSettings
from gkapply.law.workdays import calendar


def read_json(text: str) -> dict[str, Any]:
    """The JSON object that a file holds.

    Raises Refusal with line and column for what is no JSON, and for a key written twice, whose first value JSON would
    silently drop.
    """
    try:
        return read_object(json.loads(text, object_pairs_hook=_unique_keys), "文件内容")
    except json.JSONDecodeError as error:
        raise Refusal(f"文件不是合法的 JSON：第{error.lineno}行第{error.colno}列附近有误", do="请改正后重试") from error
    except RecursionError as error:
        raise Refusal("文件的 JSON 嵌套过深", do="请改正后重试") from error


def answer(payload: object, settings: ClockSettings | None = None) -> dict[str, Any]:
    """The clocks of the case whose facts ``payload`` states, in the shape that ``gkapply deadline --json`` prints.

    Raises Refusal for a malformed or unlawful fact.
    """
    case = read_facts(payload)
    return reckon(case.received_on, case.facts, calendar(case.calendar), settings or ClockSettings()).as_json()


def _unique_keys(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    values = dict(pairs)
    if len(values) < len(pairs):
        names = [name for name, _ in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise Refusal(f"同一对象中的字段「{twice}」写了两次", do="请只保留一个", field=twice)
    return values
