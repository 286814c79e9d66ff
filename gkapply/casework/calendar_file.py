"""Reading a file of holidays: json in the shape of the shipped calendar, or csv with a line for each day.

Whatever is wrong is named by line and column (json: by year and place); nothing is guessed.
"""

import csv
import io
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from gkapply.casework.calendars import NATIONAL_NAME
from gkapply.law.deadline_json import read_json
from gkapply.law.holiday_notice import SATURDAY, HolidayNotice, holidays, read_notices
from gkapply.law.json_values import read_text
from gkapply.law.refusal import Refusal
from gkapply.law.workdays import NATIONAL
from gkapply.sheets import decoded

LARGEST = 1 << 20
"""Bytes of the largest file that is read; a year takes two thousand."""
LONGEST = {"notice": 200, "title": 200, "address": 300}
COLUMNS = ("日期", "类型", "名称")
REGION_COLUMN = "地区"
OFF, MAKEUP = "放假", "上班"
_DATE = re.compile(r"(\d{4})(?:-(\d{1,2})-(\d{1,2})|/(\d{1,2})/(\d{1,2})|年(\d{1,2})月(\d{1,2})日)")
_REGION = re.compile(r"[\w-]{2,20}")


@dataclass(frozen=True, slots=True)
class HolidayFile:
    """What a file says: for which region, and its years."""

    region: str
    region_name: str
    notices: tuple[HolidayNotice, ...]

    def payload(self) -> dict[str, Any]:
        """The same as a json file: ``read_file`` gives it back."""
        years = {str(one.year): one.payload() for one in self.notices}
        return {"code": self.region, "name": self.region_name, "years": years}

    def with_source(self, *, notice: str = "", title: str = "", address: str = "") -> "HolidayFile":
        """The same, with where the days were published filled in for the years that do not say it themselves."""
        years = (
            replace(
                one,
                notice=one.notice or notice.strip(),
                title=one.title or title.strip(),
                address=one.address or address.strip(),
            )
            for one in self.notices
        )
        return replace(self, notices=tuple(_checked(one) for one in years))


def read_file(content: bytes, region: str | None = None) -> HolidayFile:
    """The holidays in the bytes of a file, for ``region`` or the region that the file names, else the whole country.

    csv: 日期, 类型（放假 or 上班）, 名称 and, if wanted, 地区; UTF-8 with or without BOM, or GB18030. Raises Refusal.
    """
    if len(content) > LARGEST:
        raise Refusal("文件超过1 MB，不像是放假安排", do="请核对文件", field="file")
    text = decoded(content)
    if not text.strip():
        raise Refusal("文件是空的", field="file")
    found = _from_json(text, region) if text.lstrip().startswith("{") else _from_csv(text, region)
    if not found.notices:
        raise Refusal("文件中没有任何年份的放假安排", do="各年至少要有放假日", field="file")
    return replace(found, notices=tuple(_checked(one) for one in found.notices))


def _checked(notice: HolidayNotice) -> HolidayNotice:
    for name, longest in LONGEST.items():
        if len(getattr(notice, name)) > longest:
            raise Refusal(f"{notice.year} 年的 {name} 超过{longest}个字", do="请缩短", field=name)
    for day in sorted(notice.makeup):
        if date.fromordinal(day).weekday() < SATURDAY:
            raise Refusal(f"{date.fromordinal(day)} 不是周六或者周日，不会是调休上班日", do="请核对日期", field="file")
    return notice


def _region(told: str, asked: str | None) -> str:
    """The region's code, from the file and from who imports it; both must agree."""
    told, asked = ("" if one in (None, NATIONAL_NAME) else one.strip() for one in (told, asked))
    if told and asked and told != asked:
        raise Refusal(f"文件写明地区为「{told}」，与指定的「{asked}」不同", do="请核对文件或者地区", field="region")
    code = told or asked or NATIONAL
    if not _REGION.fullmatch(code):
        raise Refusal("地区代码须为2至20个汉字、字母、数字、- 或者 _", do="例如 GX", field="region")
    return code


def _from_json(text: str, asked: str | None) -> HolidayFile:
    payload = read_json(text)
    told, name = payload.get("code") or "", payload.get("name") or ""
    for value, field in ((told, "code"), (name, "name")):
        if value:
            read_text(value, field)
    region = _region(told, asked)
    return HolidayFile(region, _name(region, name), read_notices(payload))


def _name(region: str, name: str) -> str:
    return NATIONAL_NAME if region == NATIONAL else (name.strip() or region)[:60]


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of the csv file."""

    number: int
    on: date
    makeup: bool
    name: str


def _from_csv(text: str, asked: str | None) -> HolidayFile:
    rows = list(csv.reader(io.StringIO(text, newline="")))
    head = [cell.strip() for cell in rows[0]]
    missing = [name for name in COLUMNS if name not in head]
    if missing:
        raise Refusal(
            f"第1行缺少列：{'、'.join(missing)}",
            do=f"第一行应为 {','.join(COLUMNS)}，可再加 {REGION_COLUMN}；或者导入 json 文件",
            field="file",
        )
    lines: list[_Line] = []
    told: dict[str, int] = {}
    for number, cells in enumerate(rows[1:], start=2):
        if any(cell.strip() for cell in cells):
            row = {name: cell.strip() for name, cell in zip(head, cells, strict=False)}
            lines.append(_line(number, row))
            told.setdefault(row.get(REGION_COLUMN, ""), number)
    if len(told) > 1:
        raise Refusal(
            f"第{max(told.values())}行「{REGION_COLUMN}」列与前面的行不同",
            do="一个文件只能是一个地区的安排，请分开导入",
            field="file",
        )
    _no_day_twice(lines)
    region = _region(next(iter(told), ""), asked)
    return HolidayFile(region, _name(region, ""), tuple(_by_year(lines)))


def _line(number: int, row: Mapping[str, str]) -> _Line:
    kind, name = row.get("类型", ""), row.get("名称", "")
    if kind not in (OFF, MAKEUP):
        raise _wrong(number, "类型", kind, f"只能是「{OFF}」或者「{MAKEUP}」")
    if not name:
        raise _wrong(number, "名称", name, "请填写节日名称")
    return _Line(number, _date(number, row.get("日期", "")), kind == MAKEUP, name)


def _date(number: int, text: str) -> date:
    match = _DATE.fullmatch(text)
    if match is None:
        raise _wrong(number, "日期", text, "日期写作 2027-01-01、2027/1/1 或者 2027年1月1日")
    year, month, day = (int(part) for part in match.groups() if part is not None)
    try:
        return date(year, month, day)
    except ValueError:
        raise _wrong(number, "日期", text, "这一天不存在，请核对") from None


def _wrong(number: int, column: str, value: str, do: str) -> Refusal:
    what = f"「{value[:40]}」不正确" if value else "是空的"
    return Refusal(f"第{number}行「{column}」列{what}", do=do, field="file")


def _no_day_twice(lines: Sequence[_Line]) -> None:
    seen: dict[date, int] = {}
    for line in lines:
        if line.on in seen:
            raise _wrong(line.number, "日期", line.on.isoformat(), f"与第{seen[line.on]}行重复，请只保留一行")
        seen[line.on] = line.number


def _by_year(lines: Sequence[_Line]) -> Iterator[HolidayNotice]:
    """The days by the year of their holiday: days off in one stretch belong to the year in which it ends, a make-up day to
    the nearest holiday of its name."""
    off = {line.on.toordinal(): line.name for line in lines if not line.makeup}
    stretches = list(holidays(off))
    by_year: dict[int, tuple[dict[int, str], set[int]]] = {}
    for _, first, last in stretches:
        days, _ = by_year.setdefault(last.year, ({}, set()))
        days.update({day: off[day] for day in range(first.toordinal(), last.toordinal() + 1)})
    for line in lines:
        if line.makeup:
            near = [(abs((line.on - first).days), last.year) for name, first, last in stretches if name == line.name]
            if not near:
                raise _wrong(line.number, "名称", line.name, "没有同名的放假日，看不出是为哪个节日调休")
            by_year[min(near)[1]][1].add(line.on.toordinal())
    for year, (days, makeup) in sorted(by_year.items()):
        yield HolidayNotice(year, days, frozenset(makeup))
