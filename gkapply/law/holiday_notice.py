"""One year's holidays (放假安排) as a notice fixes them: days off by name, and the make-up days (调休上班日).

The year of a notice is that of its holidays; a few of its days may lie in the December before or the January after.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import partial
from itertools import groupby
from typing import Any

from gkapply.law.json_values import read_date, read_flag, read_text
from gkapply.law.refusal import Refusal

SATURDAY = 5
"""First rest day of the week, as ``date.weekday`` numbers them."""
STATUTORY_HOLIDAYS = ("元旦", "春节", "清明节", "劳动节", "端午节", "中秋节", "国庆节")
"""《全国年节及纪念日放假办法》第二条: what a national notice speaks of."""
_LONGEST_HOLIDAY = 31
_MARGIN = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class HolidayNotice:
    """The days off and make-up days of one year, by ordinal (``date.toordinal``), with where they were published.

    ``published`` is False for a plan that no notice has confirmed yet: its days count, its dates stay 暂定.
    """

    year: int
    off: Mapping[int, str] = field(repr=False)
    makeup: frozenset[int] = field(repr=False)
    notice: str = ""
    """文号 or name of the notice."""
    title: str = ""
    address: str = ""
    published: bool = True

    def __post_init__(self) -> None:
        both = self.off.keys() & self.makeup
        if both:
            raise Refusal(f"日历中 {date.fromordinal(min(both))} 既是放假日又是调休上班日", field="years")
        first, last = date(self.year, 1, 1) - _MARGIN, date(self.year, 12, 31) + _MARGIN
        for ordinal in (*self.off, *self.makeup):
            if not first <= date.fromordinal(ordinal) <= last:
                raise Refusal(
                    f"{date.fromordinal(ordinal)} 不属于 {self.year} 年的安排", do="请核对年份", field="years"
                )

    @property
    def missing(self) -> list[str]:
        """Statutory holidays of which the notice says nothing."""
        told = "、".join(set(self.off.values()))
        return [name for name in STATUTORY_HOLIDAYS if name not in told]

    def payload(self) -> dict[str, Any]:
        """The year's entry in the shape of ``calendar_cn.json``; ``read_notice`` gives the same notice back."""
        entry: dict[str, Any] = {
            "notice": self.notice,
            "holidays": [
                {"name": name, "off_from": first.isoformat(), "off_to": last.isoformat()}
                for name, first, last in holidays(self.off)
            ],
            "off_days": [date.fromordinal(day).isoformat() for day in sorted(self.off)],
            "makeup_workdays": [date.fromordinal(day).isoformat() for day in sorted(self.makeup)],
        }
        texts = {name: getattr(self, name) for name in ("title", "address") if getattr(self, name)}
        return entry | texts | ({} if self.published else {"provisional": True})


def holidays(off: Mapping[int, str]) -> Iterator[tuple[str, date, date]]:
    """Name, first and last day of each holiday among the days off: days in a row that bear one name."""
    numbered = enumerate(sorted(off.items()))
    for _, group in groupby(numbered, key=lambda one: (one[1][0] - one[0], one[1][1])):
        days = [day for _, (day, _) in group]
        yield off[days[0]], date.fromordinal(days[0]), date.fromordinal(days[-1])


def read_notices(payload: Mapping[str, Any]) -> tuple[HolidayNotice, ...]:
    """The notices of a payload of the shape of ``calendar_cn.json``, in order; a year without ``off_days`` has none yet.

    Raises Refusal naming the year and the place for what is malformed.
    """
    entries = payload.get("years")
    if not isinstance(entries, Mapping):
        raise Refusal("日历缺少各年安排", field="years")
    notices = []
    for year, entry in entries.items():
        if not (isinstance(year, str) and re.fullmatch(r"(19|20)[0-9]{2}", year) and isinstance(entry, Mapping)):
            raise Refusal(f"日历的年份 {year!r} 应为四位年号及其安排", field="years")
        if "off_days" in entry:
            notices.append(read_notice(int(year), entry))
    return tuple(sorted(notices, key=lambda one: one.year))


def read_notice(year: int, entry: Mapping[str, Any]) -> HolidayNotice:
    """The notice that one year's entry describes. Raises Refusal naming the year and the place."""
    texts = {name: entry.get(name) or "" for name in ("notice", "title", "address")}
    for name, value in texts.items():
        if value:
            read_text(value, f"{year}.{name}")
    makeup = frozenset(_days(year, entry, "makeup_workdays"))
    for number, holiday in enumerate(_holidays(year, entry), start=1):
        if not makeup.issuperset(_days(year, holiday, "makeup_workdays", ())):
            raise Refusal(f"{year} 年日历第{number}个节日的调休上班日不在 makeup_workdays 中", field="makeup_workdays")
    provisional = read_flag(entry.get("provisional", False), f"{year}.provisional")
    return HolidayNotice(year, _holiday_names(year, entry), makeup, **texts, published=not provisional)


def _holiday_names(year: int, entry: Mapping[str, Any]) -> dict[int, str]:
    """The holiday's name by ordinal of the day off. Days off and named holidays must cover each other exactly."""
    names: dict[int, str] = {}
    for holiday in _holidays(year, entry):
        first = read_date(holiday.get("off_from"), f"{year}.holidays.off_from")
        last = read_date(holiday.get("off_to"), f"{year}.holidays.off_to")
        if not 0 <= (last - first).days < _LONGEST_HOLIDAY:
            raise Refusal(f"{year} 年日历的放假区间 {first} 至 {last} 不合常理", field="holidays")
        name = holiday.get("name")
        if not isinstance(name, str) or not name.strip():
            raise Refusal(f"{year} 年日历中 {first} 起的节日缺少 name（名称）", field="holidays")
        names.update(dict.fromkeys(range(first.toordinal(), last.toordinal() + 1), name))
    unmatched = names.keys() ^ set(_days(year, entry, "off_days"))
    if unmatched:
        raise Refusal(f"{year} 年日历的放假日与放假区间不一致：{date.fromordinal(min(unmatched))}", field="off_days")
    return names


def _holidays(year: int, entry: Mapping[str, Any]) -> list[Mapping[str, Any]]:
    found = _entries(year, entry, "holidays")
    if not all(isinstance(holiday, Mapping) for holiday in found):
        raise Refusal(f"{year} 年日历的 holidays 应为对象的列表", field="holidays")
    return found


def _days(year: int, entry: Mapping[str, Any], name: str, default: Any = None) -> list[int]:
    read = partial(read_date, field=f"{year}.{name}")
    return [read(value).toordinal() for value in _entries(year, entry, name, default)]


def _entries(year: int, entry: Mapping[str, Any], name: str, default: Any = None) -> list[Any]:
    value = entry.get(name, default)
    if not isinstance(value, list | tuple):
        raise Refusal(f"{year} 年日历的 {name} 应为列表", field=name)
    return list(value)
