"""How dates, moments and due days are worded on pages."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import Flask

from gkapply import clock
from gkapply.law.workdays import Calendar
from workflows.step import Stage

NEAR_WORKING_DAYS = 5
"""A term that ends within so many working days is 临近."""


@dataclass(frozen=True, slots=True)
class Lamp:
    """The state of a term: its colour for the eye and its word for everybody."""

    level: str
    """overdue, near, normal or none: the class in the style sheet."""
    word: str


def lamp(due_on: date | None, today: date, calendar: Calendar) -> Lamp:
    """红 逾期 · 黄 临近 (within NEAR_WORKING_DAYS) · 绿 正常; without a due day 期限中止."""
    if due_on is None:
        return Lamp("none", "期限中止")
    if today > due_on:
        return Lamp("overdue", "逾期")
    return Lamp("near", "临近") if calendar.add(today, NEAR_WORKING_DAYS) >= due_on else Lamp("normal", "正常")


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


def links(stage: Stage | None, *, done: bool = False) -> Sequence[tuple[str, str]]:
    """The seven links with the class of each: done, now or later. ``done``: the whole line lies behind."""
    order = list(Stage)
    here = len(order) if done or stage is None else order.index(stage)
    return [
        (one.value, "done" if place < here else "now" if place == here else "later") for place, one in enumerate(order)
    ]


def set_up(app: Flask) -> None:
    """Give the templates these words."""
    app.jinja_env.filters.update(date_zh=date_zh, moment_zh=moment_zh)
    app.jinja_env.globals.update(seven_links=links, lamp=lamp)
    app.jinja_env.trim_blocks = True
    app.jinja_env.lstrip_blocks = True
