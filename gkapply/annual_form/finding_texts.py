"""The title of a report and the parts of it that are written in words."""

import re
from collections.abc import Sequence

from gkapply.annual_form.layout import NOTES, TEXTS
from gkapply.annual_form.spelling import squeezed

_HEADINGS = (
    ("1", re.compile(r"一?总体(?:工作)?情况|一?概述")),
    ("2", re.compile(r"二?主动公开政府信息(?:的)?情况")),
    ("3", re.compile(r"三?收到和处理政府信息公开申请(?:的)?情况")),
    ("4", re.compile(r"四?(?:因)?政府信息公开(?:工作)?(?:被申请)?行政复议(?:和)?(?:提起)?行政诉讼(?:的)?情况")),
    ("5", re.compile(r"五?(?:政府信息公开工作)?存在的?(?:主要)?问题(?:及|和|与)改进(?:情况|措施)?")),
    ("6", re.compile(r"六?其他需要报告的?(?:事项|情况)")),
)
_LONGEST_HEADING = 45
_TITLE = re.compile(r"(?P<before>[^\d]{0,40})(?P<year>20\d\d)年?度?(?P<between>\D{0,40}?)政府信息公开(?:工作)?年度报告")
_WHOLE_TITLE = re.compile(_TITLE.pattern + r"(?:[（(].{0,16}[）)])?")
_CHINESE_YEAR = re.compile(r"二[〇○零0O]([〇○零一二三四五六七八九]{2})(?=年)")
_DIGITS = {digit: str(value) for value, digit in enumerate("〇一二三四五六七八九")} | {"○": "0", "零": "0"}
_TITLE_LINES = 30
_DATED = re.compile(r"[（(]?\s*20\d\d年\s*\d{1,2}月\s*\d{1,2}日\s*[）)]?")
_BLANKS = re.compile(r"\s+")


def title(lines: Sequence[str]) -> tuple[str, int] | None:
    """Organ and year as the title names them; the organ is empty where it names none. None without a title."""
    near = [_plain(line) for line in lines[:_TITLE_LINES]]
    for place, line in enumerate(near):
        match = _TITLE.search(line) if len(line) <= 120 else None
        if match is None:
            continue
        organ = match["between"] or match["before"]
        if not organ and place and len(near[place - 1]) <= 40:
            organ = near[place - 1]
        return organ.strip("《》_-—|：: "), int(match["year"])
    return None


def texts(lines: Sequence[str], organ: str) -> dict[str, str]:
    """The parts in words: what stands between their headings, without notes, titles, date and name."""
    found: dict[str, list[str]] = {}
    part = ""
    for line in lines:
        heading = _heading(line)
        if heading is not None:
            part = heading
            found.setdefault(part, [])
        elif part in TEXTS and not line.startswith(NOTES) and not _WHOLE_TITLE.fullmatch(_plain(line)):
            found[part].append(line)
    if found:
        _drop_end(found[list(found)[-1]], organ)
    return {part: "\n".join(found[part]) for part in TEXTS if part in found}


def _heading(line: str) -> str | None:
    if len(line) > _LONGEST_HEADING:
        return None
    plain = squeezed(line)
    return next((part for part, words in _HEADINGS if words.fullmatch(plain)), None)


def _drop_end(lines: list[str], organ: str) -> None:
    """Without the name and the date that stand under the last part."""
    while lines and (_DATED.fullmatch(lines[-1]) or (organ and lines[-1] == organ)):
        lines.pop()


def _plain(line: str) -> str:
    said = _CHINESE_YEAR.sub(lambda match: "20" + "".join(_DIGITS[one] for one in match[1]), line)
    return _BLANKS.sub("", said)
