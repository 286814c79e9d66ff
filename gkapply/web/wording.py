"""How dates, moments and the seven links are worded on pages."""

from collections.abc import Sequence
from datetime import date, datetime

from flask import Flask

from gkapply import clock
from gkapply.web.telephones import dialled
from workflows.step import Stage


def date_zh(day: date | datetime | None) -> str:
    """2026年3月2日 (a moment: its day in the office's time zone); empty for None."""
    if day is None:
        return ""
    if isinstance(day, datetime):
        day = clock.day_of(day)
    return f"{day.year}年{day.month}月{day.day}日"


def moment_zh(instant: datetime | None) -> str:
    """2026年3月2日 09:05 in the office's time zone; empty for None."""
    if instant is None:
        return ""
    local = instant.astimezone(clock.OFFICE_ZONE)
    return f"{date_zh(local.date())} {local:%H:%M}"


def size_zh(count: int) -> str:
    """A size of a file as people read it: 820 KB, 3.4 MB."""
    if count < 1024 * 1024:
        return f"{max(1, round(count / 1024))} KB"
    return f"{count / 1024 / 1024:.1f} MB"


def links(stage: Stage | None, *, done: bool = False) -> Sequence[tuple[str, str]]:
    """The seven links with the class of each: done, now or later. ``done``: the whole line lies behind."""
    order = list(Stage)
    here = len(order) if done or stage is None else order.index(stage)
    return [
        (one.value, "done" if place < here else "now" if place == here else "later") for place, one in enumerate(order)
    ]


def set_up(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(date_zh=date_zh, moment_zh=moment_zh, size_zh=size_zh, dialled=dialled)
    app.jinja_env.globals.update(seven_links=links)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
