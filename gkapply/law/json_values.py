"""Reading the values of a JSON file strictly: a reader takes the value and its place in the file, or refuses by name.

``date.fromisoformat`` alone also takes 20260302 and 2026-W10-1, and ``True`` is an ``int`` to Python; a file that says
so is a mistake to be shown, not to be guessed at.
"""

import json
import re
from collections.abc import Set
from datetime import date
from typing import Any

from gkapply.law.refusal import Refusal

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_SHOWN = 60


def shown(value: object) -> str:
    """The value as the file writes it, cut to what fits in a sentence."""
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= _SHOWN else text[:_SHOWN] + "…"


def read_date(value: object, field: str) -> date:
    """The date that ``value`` writes as YYYY-MM-DD. Raises Refusal naming ``field`` for anything else."""
    if isinstance(value, str) and _DATE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Refusal(f"「{field}」的日期 {value} 不存在", do="请核对年月日", field=field) from None
    raise Refusal(f"「{field}」应为日期，收到的是 {shown(value)}", do="日期写作 2026-03-02 的形式", field=field)


def read_text(value: object, field: str) -> str:
    """A text that is not blank. Raises Refusal naming ``field``."""
    if not isinstance(value, str) or not value.strip():
        raise Refusal(f"「{field}」应为非空的文字，收到的是 {shown(value)}", field=field)
    return value


def read_count(value: object, field: str) -> int:
    """A whole number. Raises Refusal naming ``field``."""
    if not isinstance(value, int) or isinstance(value, bool):
        raise Refusal(f"「{field}」应为整数，收到的是 {shown(value)}", field=field)
    return value


def read_flag(value: object, field: str) -> bool:
    """True or false. Raises Refusal naming ``field``."""
    if not isinstance(value, bool):
        raise Refusal(f"「{field}」应为 true 或 false，收到的是 {shown(value)}", field=field)
    return value


def read_list(value: object, field: str) -> list[Any]:
    """A list. Raises Refusal naming ``field``."""
    if not isinstance(value, list):
        raise Refusal(f"「{field}」应为列表，收到的是 {shown(value)}", field=field)
    return value


def read_object(value: object, place: str) -> dict[str, Any]:
    """A JSON object. Raises Refusal naming the place."""
    if not isinstance(value, dict):
        raise Refusal(f"{place}应为 JSON 对象，收到的是 {shown(value)}")
    return value


def no_other_fields(values: dict[str, Any], allowed: Set[str], place: str, prefix: str = "") -> None:
    """Raises Refusal naming the first field that is not ``allowed``: a misspelt field is never ignored."""
    for name in values:
        if name not in allowed:
            raise Refusal(
                f"{place}中有不认识的字段「{name}」", do=f"可用：{'、'.join(sorted(allowed))}", field=prefix + name
            )
