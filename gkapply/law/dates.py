"""Reading a date as the contract writes it: 2026-03-02 and nothing else.

``date.fromisoformat`` alone also takes 20260302 and 2026-W10-1; a form or a file that says so is a mistake to be shown.
"""

import re
from datetime import date

from gkapply.law.refusal import Refusal

_SHAPE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")


def read_date(value: object, field: str) -> date:
    """The date that ``value`` writes as YYYY-MM-DD. Raises Refusal naming ``field`` for anything else."""
    if isinstance(value, str) and _SHAPE.fullmatch(value):
        try:
            return date.fromisoformat(value)
        except ValueError:
            raise Refusal(f"「{field}」的日期 {value} 不存在", do="请核对年月日", field=field) from None
    raise Refusal(f"「{field}」应为日期，收到的是 {value!r}", do="日期写作 2026-03-02 的形式", field=field)
