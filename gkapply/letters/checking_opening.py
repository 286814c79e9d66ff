"""The letter check: that the request was received, when, under which number, and what it asks for, as applied.

With the case at hand the words are compared with the request and the days with its ledger.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import date

from gkapply.law.letters import LetterKind
from gkapply.letters.checking_head import first_day
from gkapply.letters.finding import Finding, Findings, Point, error
from gkapply.letters.known import Known, KnownRequest
from gkapply.letters.notation import chinese_date
from gkapply.letters.quotation import requests_quoted
from gkapply.letters.reading import Reading
from gkapply.letters.titles import squeezed

ARTICLE = "条例第三十一条、第四十五条"
DO = "请按标准文本恢复：本机关于某日收到申请（登记编号），申请公开“……”"
_NUMBER = re.compile(r"编号[：:为]?\s*([^\s，。；：）)“”]*\d[^\s，。；：）)“”]*)")
_PADDED = re.compile(r"年0\d|月0\d日")
NUMBER_ONLY = frozenset(
    {
        LetterKind.THIRD_PARTY_INQUIRY,
        LetterKind.CO_PRODUCER_INQUIRY,
        LetterKind.ASSISTANCE_LETTER,
        LetterKind.REVIEW_DEFENCE,
        LetterKind.SUIT_DEFENCE,
    }
)
"""Letters that name the request by its number and say nothing of its wording."""
WITHOUT = frozenset({LetterKind.DISCLOSURE_NOTICE})
"""Letters in which a third party is told of the information alone."""
_TABLE: Mapping[str, str] = {
    "登记编号": "登记编号",
    "收到申请日期": "收到申请的日期",
    "申请人": "申请人",
    "申请内容": "申请内容",
    "收到的材料": "收到的材料",
    "查询方式": "查询方式",
}
"""Rows of the 收件回执."""


def check_receipt(letter: Reading, kind: LetterKind) -> Findings:
    """The receipt is told: the day, the number, the request in its own words."""
    if kind in WITHOUT:
        return
    if kind is LetterKind.RECEIPT:
        yield from _table(letter)
    elif kind is LetterKind.REPLY_COMBINED:
        yield from _combined(letter)
    elif kind in NUMBER_ONLY:
        if not any(_NUMBER.search(line.text) for line in letter.said[:3]):
            yield error(Point.RECEIPT, _first(letter), "没有写明申请的登记编号", "请写明“（登记编号：……）”", ARTICLE)
    else:
        opening = next((line.text for line in letter.said[:3] if "收到" in line.text and "申请" in line.text), None)
        if opening is None:
            yield error(Point.RECEIPT, _first(letter), "没有写明收到申请的情况", DO, ARTICLE)
        else:
            yield from _sentence(opening, numbered=True)


def _sentence(opening: str, *, numbered: bool) -> Iterator[Finding]:
    before = opening.split("收到")[0]
    if first_day(before) is None:
        yield error(Point.RECEIPT, opening, "没有写明收到申请的日期，或者没有这一天", DO, ARTICLE)
    elif _PADDED.search(before):
        yield error(Point.RECEIPT, opening, "收到申请的日期编了虚位", "请去掉月、日前面的0", "GB/T 9704-2012")
    if numbered and not _NUMBER.search(opening):
        yield error(Point.RECEIPT, opening, "没有写明申请的登记编号", "请写明“（登记编号：……）”", ARTICLE)
    quoted = [opening[start:end] for start, end in requests_quoted(opening)]
    if not quoted or not quoted[0].strip():
        yield error(Point.RECEIPT, opening, "没有引用申请的内容", "请按申请原文引用：申请公开“……”", ARTICLE)


def _table(letter: Reading) -> Iterator[Finding]:
    told = {squeezed(row[0]): row[1].strip() for row in letter.rows if len(row) > 1}
    for label, name in _TABLE.items():
        if not told.get(label):
            yield error(Point.RECEIPT, label, f"回执没有写明{name}", f"请填写“{label}”一栏", ARTICLE)
    if told.get("收到申请日期") and first_day(told["收到申请日期"]) is None:
        yield error(Point.RECEIPT, told["收到申请日期"], "收到申请的日期写法不对", "请写成“2026年3月2日”", ARTICLE)


def _combined(letter: Reading) -> Iterator[Finding]:
    openings = [line.text for line in letter.said if "收到" in line.text and "申请公开“" in line.text]
    numbers = [line.text for line in letter.said if re.match(r"\d+[.．、]\s*登记编号", line.text)]
    if not openings:
        yield error(Point.RECEIPT, _first(letter), "没有写明收到各件申请的情况", DO, ARTICLE)
    if len(openings) != len(numbers):
        yield error(
            Point.RECEIPT,
            (numbers or [_first(letter)])[-1],
            f"列明登记编号的申请有{len(numbers)}件，写明收到情况的有{len(openings)}件",
            "请逐件写明登记编号、收到日期和申请内容",
            ARTICLE,
        )
    for opening in openings:
        yield from _sentence(opening, numbered=False)
    for heading in numbers:
        if not _NUMBER.search(heading):
            yield error(Point.RECEIPT, heading, "没有写明申请的登记编号", "请写明登记编号", ARTICLE)
    announced = re.search(r"(\d+)件政府信息公开申请", letter.said[0].text) if letter.said else None
    if announced and int(announced.group(1)) != len(numbers):
        yield error(
            Point.ITEMS,
            letter.said[0].text,
            "所列申请的件数与开头所写不一致",
            "请逐件列明登记编号并答复",
            "条例第三十六条",
        )


def check_request(letter: Reading, kind: LetterKind, known: Known) -> Findings:
    """The request is the one of the case: number, words and days agree with the file."""
    if kind in WITHOUT:
        return
    whole = squeezed("\n".join([*(line.text for line in letter.said), *("：".join(row) for row in letter.rows)]))
    for request in known.requests:
        if squeezed(request.number) not in whole:
            yield error(Point.LEDGER, _first(letter), "登记编号与案卷不一致", f"应为“{request.number}”", ARTICLE)
        if kind in NUMBER_ONLY:
            continue
        if squeezed(request.quote) not in whole:
            yield error(
                Point.QUOTE,
                _first(letter),
                "引用的申请内容与申请原文不一致",
                f"请按原文引用：“{request.quote}”",
                ARTICLE,
            )
        yield from _days(letter, kind, request)


def _days(letter: Reading, kind: LetterKind, request: KnownRequest) -> Iterator[Finding]:
    if kind is LetterKind.RECEIPT:
        lines = [
            "收到申请日期：" + row[1] for row in letter.rows if len(row) > 1 and squeezed(row[0]) == "收到申请日期"
        ]
        pattern = r"收到申请日期：(?P<day>\d{4}年\d+月\d+日)"
    else:
        lines = [line.text for line in letter.said if "收到" in line.text]
        pattern = r"(?P<day>\d{4}年\d+月\d+日)[^，。]{0,3}收到(?!补正)"
    if len(letter.kinds) == 1 and letter.kinds[0] is LetterKind.REPLY_COMBINED:
        lines = _of_request(letter, request)
    yield from _compare(lines, pattern, request.received_on, "收到申请的日期")
    yield from _compare(
        lines, r"(?P<day>\d{4}年\d+月\d+日)告知(您|贵单位)补正", request.correction_asked_on, "告知补正的日期"
    )
    yield from _compare(lines, r"(?P<day>\d{4}年\d+月\d+日)收到补正", request.correction_received_on, "收到补正的日期")
    yield from _compare(
        lines, r"(?P<day>\d{4}年\d+月\d+日)告知(您|贵单位)延期", request.extension_told_on, "告知延期的日期"
    )


def _of_request(letter: Reading, request: KnownRequest) -> list[str]:
    """The paragraphs of one request of a 一并答复."""
    found: list[str] = []
    mine = False
    for line in letter.said:
        if re.match(r"\d+[.．、]\s*登记编号", line.text):
            mine = request.number in line.text
        elif mine:
            found.append(line.text)
    return found


def _compare(lines: list[str], pattern: str, expected: date | None, what: str) -> Iterator[Finding]:
    for line in lines:
        found = re.search(pattern, line)
        if found is None:
            continue
        if expected is None:
            yield error(
                Point.LEDGER, line, f"台账中没有{what}，文书却写了{found['day']}", "请核对台账", "条例第四十五条"
            )
        elif found["day"] != chinese_date(expected):
            yield error(
                Point.LEDGER,
                line,
                f"{what}与台账不一致",
                f"应为“{chinese_date(expected)}”，请核对后更正",
                "条例第四十五条",
            )
        return


def _first(letter: Reading) -> str:
    return letter.said[0].text if letter.said else letter.title
