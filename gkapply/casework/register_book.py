"""The register (登记台账): every request of an organ in a year, open and ended, the newest first, page by page by key."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Row, Select, and_, bindparam, tuple_
from sqlalchemy.orm import Session

from gkapply.casework import docket_filters
from gkapply.casework.access import Actor, visible_cases
from gkapply.casework.clock_states import Horizon
from gkapply.casework.docket_filters import BY_NAME, Chosen, Filter, Scope
from gkapply.casework.prepared import KEPT, anybody_with, ask, named
from gkapply.casework.records import Case
from gkapply.casework.register_columns import CONTACT, RegisterColumn
from gkapply.casework.register_entries import Entry, entries, opened
from gkapply.clock import OFFICE_ZONE
from gkapply.database import Instant
from gkapply.law.refusal import Refusal
from workflows.duties import Duty

PAGE = 50
EARLIEST_YEAR = 2008
"""The first year of the Regulation; nothing is older."""
AT_ONCE = 500
"""Entries that an export holds at a time."""


def _course(value: str, scope: Scope) -> ColumnElement[bool]:
    if value == "open":
        return Case.ended_on.is_(None)
    archived = Case.archived_on.is_not(None)
    return archived if value == "archived" else and_(Case.ended_on.is_not(None), ~archived)


COURSE = Filter("course", "办理情况", {"open": "在办", "ended": "已办结", "archived": "已归档"}, _course)
FILTERS: tuple[Filter, ...] = (
    COURSE,
    *(
        BY_NAME[name]
        for name in ("channel", "applicant", "outcome", "late", "officer", "area", "unit", "words")
        if name in BY_NAME
    ),
)
"""The filters of the register, each in the head of a column."""


@dataclass(frozen=True, slots=True)
class Place:
    """A place in the register: the moment of entry, within it the key."""

    at: datetime
    id: int

    def __str__(self) -> str:
        return f"{self.at.astimezone(UTC):%Y%m%dT%H%M%S%f}~{self.id}"

    @classmethod
    def read(cls, text: str, name: str) -> "Place":
        """The place as an address carries it. Raises Refusal for anything that no page wrote."""
        at, _, key = text.partition("~")
        try:
            return cls(datetime.strptime(at, "%Y%m%dT%H%M%S%f").replace(tzinfo=UTC), int(key[:18]))
        except ValueError:
            raise Refusal("翻页的位置无法识别", do="请回到第一页", field=name) from None


@dataclass(frozen=True, slots=True)
class Sheet:
    """What of the register is asked for: a year, filters by name, columns."""

    year: int
    columns: Sequence[RegisterColumn]
    chosen: Chosen = field(default_factory=dict)

    @property
    def needs(self) -> frozenset[str]:
        """What has to be read beside the requests themselves."""
        return frozenset(column.need for column in self.columns) - {"", CONTACT}

    @property
    def shows_contact(self) -> bool:
        """Whether a column opens sealed data."""
        return any(column.need == CONTACT for column in self.columns)


@dataclass(frozen=True, slots=True)
class Page:
    """One page; ``more`` and ``back``: after and before which place the neighbouring pages lie, None at an end."""

    entries: Sequence[Entry]
    more: Place | None
    back: Place | None


def read_filters(address: Mapping[str, str]) -> dict[str, str]:
    """The filters of the register that an address holds. Raises Refusal for a value that no page offers."""
    return docket_filters.read(address, FILTERS)


def page(
    session: Session,
    actor: Actor,
    days: Horizon,
    sheet: Sheet,
    *,
    after: Place | None = None,
    before: Place | None = None,
    size: int = PAGE,
) -> Page:
    """A page of the requests that ``actor`` sees, the newest first. ``after`` begins behind a place, ``before`` ends in front of one."""
    year = _year(sheet.year)
    place = _within(before or after, year)
    values = {
        **named(actor),
        **year,
        "at": place and place.at,
        "key": place and place.id,
        "size": size + 1,
    }
    statement = _statements(sheet, actor, days)[0 if place is None else 2 if before else 1]
    rows = list(ask(session, statement, values))
    beyond, rows = len(rows) > size, rows[:size]
    if before:
        rows.reverse()
    found = opened(session, rows, sheet.needs, contact=sheet.shows_contact)
    first, last = (_place(rows[0]), _place(rows[-1])) if rows else (None, None)
    if before:
        return Page(found, last, first if beyond else None)
    return Page(found, last if beyond else None, first if after else None)


def all_entries(session: Session, actor: Actor, days: Horizon, sheet: Sheet) -> Iterator[Entry]:
    """Every request asked for, the newest first, some hundred at a time."""
    after: Place | None = None
    while True:
        found = page(session, actor, days, sheet, after=after, size=AT_ONCE)
        yield from found.entries
        if found.more is None:
            return
        after = found.more


def _statements(sheet: Sheet, actor: Actor, days: Horizon) -> Sequence[Select[*tuple[Any, ...]]]:
    build = _built.__wrapped__ if "words" in sheet.chosen else _built
    return build(actor.duties, days, tuple(sorted(sheet.chosen.items())))


@lru_cache(maxsize=KEPT)
def _built(
    duties: frozenset[Duty], days: Horizon, chosen: tuple[tuple[str, str], ...]
) -> Sequence[Select[*tuple[Any, ...]]]:
    """From the newest, from a place downwards, from a place upwards."""
    actor = anybody_with(duties)
    narrowed = docket_filters.condition(dict(chosen), Scope(actor, days), FILTERS)
    since, until = bindparam("since", type_=Instant), bindparam("until", type_=Instant)
    query = entries().where(visible_cases(actor), narrowed)
    from_the_first, to_the_last = Case.entered_at >= since, Case.entered_at < until
    here = tuple_(Case.entered_at, Case.id)
    place = tuple_(bindparam("at", type_=Instant), bindparam("key", type_=BigInteger))
    down, up = (Case.entered_at.desc(), Case.id.desc()), (Case.entered_at, Case.id)
    size = bindparam("size", type_=BigInteger)
    return (
        query.where(from_the_first, to_the_last).order_by(*down).limit(size),
        # The place bounds one side: with the year's bound beside it SQLite would walk the index from there.
        query.where(from_the_first, here < place).order_by(*down).limit(size),
        query.where(to_the_last, here > place).order_by(*up).limit(size),
    )


def _year(year: int) -> dict[str, datetime]:
    begin, end = (datetime(one, 1, 1, tzinfo=OFFICE_ZONE) for one in (year, year + 1))
    return {"since": begin, "until": end}


def _within(place: Place | None, year: Mapping[str, datetime]) -> Place | None:
    """The place, or the end of the year beyond which it lies: an address may be put together from two."""
    if place is None or year["since"] <= place.at < year["until"]:
        return place
    return Place(max(min(place.at, year["until"]), year["since"]), 0)


def require_year(text: str, today: date) -> int:
    """The year that an address names, by default the present one. Raises Refusal."""
    if not text:
        return today.year
    if not (text.isascii() and text.isdecimal() and len(text) == 4 and EARLIEST_YEAR <= int(text) <= today.year):
        raise Refusal("没有这一年的登记台账", do="请从列表中选择年度", field="year")
    return int(text)


def _place(row: Row[Any]) -> Place:
    return Place(row.entered_at, row.id)
