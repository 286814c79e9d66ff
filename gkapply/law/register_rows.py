"""A row of a register (台账): its values read and judged together; what cannot be so is told by column, what is merely odd is a warning.

The register is history. Late, on a rest day, without proof are warnings (提示), never a refusal.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, fields
from datetime import date
from enum import StrEnum
from typing import Any

from gkapply.law import register_words as words
from gkapply.law.bad_cells import Problem
from gkapply.law.refusal import Refusal
from gkapply.law.register_exported import HIDDEN
from gkapply.law.register_heads import COLUMNS, FACT_COLUMNS, NUMBER
from gkapply.law.secrecy import refuse_secret_marks

LONGEST: Mapping[str, int] = {
    NUMBER: 60,
    "name": 200,
    "id_number": 40,
    "phone": 40,
    "address": 300,
    "description": 5000,
    "letter_number": 100,
    "unit": 100,
    "remark": 2000,
}
"""Characters that a text of the register may hold."""
HEADS: Mapping[str, str] = {one.code: one.head for one in (*COLUMNS, *FACT_COLUMNS)}
HIDEABLE = ("id_number", "phone", "address")
SHOWN = 60
"""Characters of a wrong value that are repeated."""
WITHOUT_LETTER = ("3.6.1", "3.6.2")
"""Results that end a request without a reply: their 答复日期 is the day on which the closing was confirmed."""
_SCIENTIFIC = re.compile(r"\d(?:\.\d+)?[eE]\+?\d+")
_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


class Odd(StrEnum):
    """What is told of a sound row all the same; the value is its code."""

    label: str

    def __new__(cls, code: str, label: str = "") -> "Odd":
        """A member is its code."""
        odd = str.__new__(cls, code)
        odd._value_ = code
        odd.label = label
        return odd

    LATE = "late", "答复晚于收到申请后20个工作日，没有期限事实可以说明；不作逾期判断（期限未核）"
    OVERDUE = "overdue", "按事实计算，答复已逾期"
    REST_DAY = "rest_day", "答复日期是休息日"
    NO_PROOF = "no_proof", "已答复，没有送达日期"
    LATE_NOTICE = "late_notice", "补正告知晚于第7个工作日，不停止也不重新起算期限（条例第三十条）"
    LATE_EXTENSION = "late_extension", "延期晚于期限届满告知申请人，不延长期限（条例第三十三条第二款）"
    UNCHECKED = "unchecked", "尚未办结，没有期限事实：期限未核，待补登"
    RENUMBERED = "renumbered", "登记编号过长或者含有斜杠等符号，本系统另行编号，原编号照录"


@dataclass(frozen=True, slots=True)
class RegisterRow:
    """A sound row. Codes and days where the law has them, else the text as it stands; empty or None where nothing is said."""

    line: int
    number: str
    received_on: date
    channel: str
    kind: str
    name: str
    description: str
    id_number: str = ""
    phone: str = ""
    address: str = ""
    result: str = ""
    replied_on: date | None = None
    delivery: str = ""
    delivered_on: date | None = None
    letter_number: str = ""
    unit: str = ""
    remark: str = ""
    hidden: tuple[str, ...] = ()
    """Codes of columns whose value was hidden when the register was exported: nothing is said of it."""

    @property
    def is_open(self) -> bool:
        """Whether nothing has come of it yet."""
        return not self.result

    @property
    def answered_on(self) -> date | None:
        """The day of the reply; None where the request is open, or was ended without one."""
        if self.result in WITHOUT_LETTER:
            return None
        return self.replied_on

    def said(self) -> dict[str, str]:
        """What the row says, by column, as it is kept and compared: the line is no part of it."""
        return {name: _kept(getattr(self, name)) for name in _SAID}


_SAID = tuple(item.name for item in fields(RegisterRow) if item.name not in ("line", "hidden"))


def number_key(number: str) -> str:
    """By what two numbers are the same: width, blanks and letters' case do not matter."""
    return words.tidy(number).upper()


def read_row(sheet: str, line: int, cells: Mapping[str, str], today: date, found: list[Problem]) -> RegisterRow | None:
    """The row of these cells (code → text); what is wrong is added to ``found``, and then there is none."""
    before = len(found)
    wrong = _Wrong(sheet, line, cells, found)
    values: dict[str, Any] = {}
    hidden: list[str] = []
    for column in COLUMNS:
        text = cells.get(column.code, "")
        if column.needed and not text.strip():
            wrong.tell(column.code, "不能为空")
        elif column.code in HIDEABLE and HIDDEN in text:
            hidden.append(column.code)
        elif text:
            values[column.code] = wrong.read(column.code, _READERS[column.code], text, today)
    values.setdefault("result", "")
    if len(found) == before:
        for code, reason in _together(values):
            wrong.tell(code, reason)
    if len(found) > before:
        return None
    given = {name: value for name, value in values.items() if value not in ("", None)}
    return RegisterRow(line, **given, hidden=tuple(hidden))


class _Wrong:
    """Collects what is wrong with one row."""

    def __init__(self, sheet: str, line: int, cells: Mapping[str, str], found: list[Problem]):
        self._sheet, self._line, self._cells, self._found = sheet, line, cells, found

    def tell(self, code: str, reason: str) -> None:
        """One more problem."""
        value = self._cells.get(code, "").strip()[:SHOWN]
        self._found.append(Problem(self._sheet, self._line, HEADS[code], value, reason))

    def read(self, code: str, reader: Callable[[str, date], Any], text: str, today: date) -> Any:
        """The value of a cell; None when it cannot be read, which is told."""
        try:
            words.refuse_formula(text)
            return reader(text, today)
        except Refusal as refusal:
            self.tell(code, refusal.reason)
            return None


def _together(values: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """What does not fit together in a row whose cells are sound by themselves."""
    received, replied, delivered = (values.get(name) for name in ("received_on", "replied_on", "delivered_on"))
    if values["result"] and replied is None:
        yield "replied_on", "有处理结果的，须有答复日期（没有答复书的，为确认办结之日）"
    if not values["result"]:
        for code, day in (("replied_on", replied), ("delivered_on", delivered)):
            if day is not None:
                yield code, "没有处理结果，不应有这个日期"
        return
    if received and replied and replied < received:
        yield "replied_on", f"早于收到日期（{received}）"
    if replied and delivered and delivered < replied:
        yield "delivered_on", f"早于答复日期（{replied}）"


def text_of(code: str) -> Callable[[str, date], str]:
    """Reads a text of that column. The reader raises Refusal for one that is too long."""
    longest = LONGEST[code]

    def read(text: str, today: date) -> str:
        plain = _CONTROLS.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()
        if len(plain) > longest:
            raise Refusal(f"超过{longest}个字")
        refuse_secret_marks(plain)
        return plain

    return read


def _read_number(text: str, today: date) -> str:
    number = text_of(NUMBER)(text, today)
    if _SCIENTIFIC.fullmatch(number):
        raise Refusal("已被表格软件改成科学计数，请按原编号以文本格式重填")
    return re.sub(r"\s+", " ", unicodedata.normalize("NFC", number))


def _read_identity(text: str, today: date) -> str:
    number = text_of("id_number")(text, today)
    if _SCIENTIFIC.fullmatch(number):
        raise Refusal("已被表格软件改成科学计数，号码已不完整，请按原号码以文本格式重填")
    return number


def _kept(value: object) -> str:
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


_READERS: Mapping[str, Callable[[str, date], Any]] = {
    **{code: text_of(code) for code in LONGEST},
    NUMBER: _read_number,
    "received_on": words.read_day,
    "channel": lambda text, today: words.read_channel(text),
    "kind": lambda text, today: words.read_kind(text),
    "id_number": _read_identity,
    "result": lambda text, today: words.read_result(text),
    "replied_on": words.read_day,
    "delivery": lambda text, today: words.read_delivery(text),
    "delivered_on": words.read_day,
}
