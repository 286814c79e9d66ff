"""The days that an address names."""

from datetime import date

from flask import request

from gkapply.law.refusal import Refusal


def day_asked(name: str, otherwise: date) -> date:
    """The day under ``name`` in the address, ``otherwise`` where there is none. Raises Refusal for what is no day."""
    typed = request.args.get(name, "")
    if not typed:
        return otherwise
    try:
        return date.fromisoformat(typed)
    except ValueError:
        raise Refusal("日期无法识别", do="请写作2026-03-02的形式", field=name) from None
