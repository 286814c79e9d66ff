"""The letter check: kind, addressee, 文号, 落款 and date (GB/T 9704-2012)."""

import re
from collections.abc import Mapping
from datetime import date

from gkapply.law.letters import Ladder, LetterKind
from gkapply.law.workdays import national_calendar
from gkapply.letters.finding import Findings, Point, error, warning
from gkapply.letters.known import Known
from gkapply.letters.notation import chinese_date
from gkapply.letters.reading import DATE, Reading
from gkapply.letters.titles import squeezed

STANDARD = "GB/T 9704-2012"
_NUMBER = re.compile(r"([^\W\d_]{2,20})〔([1-9]\d{3})〕([1-9]\d{0,5})号")
_STRICT_DATE = re.compile(r"([1-9]\d{3})年([1-9]|1[0-2])月([1-9]|[12]\d|3[01])日")


def check_kind(letter: Reading, known: Known | None) -> Findings:
    """The title says what the letter is."""
    if not letter.kinds:
        yield error(
            Point.KIND,
            letter.title,
            "认不出文书的标题" if letter.title else "没有文书标题",
            "请恢复标准文本的标题，例如《政府信息公开告知书》",
        )
    elif known is not None and known.kind not in letter.kinds:
        label = LetterKind(known.kind).label
        yield error(Point.KIND, letter.title, f"标题与本件应当使用的《{label}》不一致", f"请使用《{label}》的标准文本")


def check_addressee(letter: Reading, known: Known | None) -> Findings:
    """Somebody is addressed, and it is the right one."""
    written = (letter.addressee or "").rstrip("：: \t\n")
    if not written:
        yield error(
            Point.ADDRESSEE, letter.addressee or letter.title, "没有主送", "请写明收文人的姓名或者全称，后加冒号"
        )
    elif not (letter.addressee or "").rstrip().endswith(("：", ":")):
        yield error(Point.ADDRESSEE, letter.addressee or "", "主送后面没有冒号", "请在收文人之后加全角冒号", STANDARD)
    elif known is not None and squeezed(written) != squeezed(known.addressee):
        yield error(
            Point.ADDRESSEE, letter.addressee or "", "主送与案卷登记的收文人不一致", f"应为“{known.addressee}：”"
        )


def check_number(letter: Reading, kind: LetterKind | None, known: Known | None) -> Findings:
    """The 文号: its form, its year, the series of the signing name; the slip repeats it."""
    if kind is not None and not kind.numbered:
        return
    if known is not None and not known.is_signed:
        return
    written = squeezed(letter.number or "")
    if not written:
        yield error(Point.NUMBER, letter.title, "没有文号", "请写明文号，形如“安府公开〔2026〕12号”", STANDARD)
        return
    form = _NUMBER.fullmatch(written)
    if form is None:
        yield error(Point.NUMBER, letter.number or "", *_fault_of_number(written), STANDARD)
        return
    year = _year_of(letter)
    if year is not None and year != int(form.group(2)):
        yield error(
            Point.NUMBER, letter.number or "", f"文号的年份与成文日期（{year}年）不一致", "请核对文号的年份", STANDARD
        )
    for row in letter.rows:
        if len(row) > 1 and squeezed(row[0]).endswith("文号") and squeezed(row[1]) != written:
            yield error(Point.NUMBER, "：".join(row[:2]), "回执上的文号与文书的文号不一致", f"应为“{written}”")
    if known is not None and known.number is not None and written != known.number:
        yield error(Point.SERIES, letter.number or "", "文号与编号登记不一致", f"应为“{known.number}”")
    elif known is not None and form.group(1) != known.code_word:
        yield error(
            Point.SERIES,
            letter.number or "",
            f"文号的机关代字不是落款名义“{known.signing_name}”的代字",
            f"应使用“{known.code_word}”系列的文号",
        )


def _fault_of_number(written: str) -> tuple[str, str]:
    if re.search(r"[\[［(（【]\s*\d+\s*[\]］)）】]", written):
        return "文号的年份没有用六角括号", "请用六角括号“〔〕”括入年份"
    if "第" in written:
        return "文号的顺序号前加了“第”字", "请去掉“第”字"
    if re.search(r"〕0\d*号", written):
        return "文号的顺序号编了虚位", "请去掉顺序号前面的0，例如“012号”改为“12号”"
    if re.search(r"〔(\d{1,3}|\d{5,})〕", written):
        return "文号的年份不是四位全称", "请写四位年份，例如“〔2026〕”"
    return "文号的写法不对", "请写成“机关代字〔年份〕顺序号号”，形如“安府公开〔2026〕12号”"


def _year_of(letter: Reading) -> int | None:
    found = DATE.fullmatch(letter.date_text or "")
    return int(found.group(1)) if found else None


def check_signature(letter: Reading, known: Known | None) -> Findings:
    """The organ signs under its full name, the same as in the head."""
    written = squeezed(letter.signature or "")
    if not written:
        yield error(
            Point.SIGNATURE, letter.date_text or "", "没有落款的机关名称", "请在成文日期之上写明机关全称", STANDARD
        )
        return
    if known is not None and written != squeezed(known.signing_name):
        yield error(
            Point.SIGNATURE,
            letter.signature or "",
            "落款与选定的落款名义不一致",
            f"应为“{known.signing_name}”",
            STANDARD,
        )
    elif letter.organ and written != letter.organ:
        yield error(
            Point.SIGNATURE,
            letter.signature or "",
            f"落款与标题、红头中的机关名称“{letter.organ}”不一致",
            "请核对机关全称",
            STANDARD,
        )


def check_date(letter: Reading, kind: LetterKind | None, known: Known | None) -> Findings:
    """The date: Arabic, without leading zeros, a day that exists, not before the request; a rest day is a warning."""
    if known is not None and not known.is_signed:
        return
    written = letter.date_text or ""
    if not written:
        yield error(Point.DATE, letter.signature or letter.title, "没有成文日期", "请写明签发之日", STANDARD)
        return
    day = _day(written)
    if day is None:
        yield error(Point.DATE, written, *_fault_of_date(written), STANDARD)
        return
    if known is not None and day != known.signed_on:
        assert known.signed_on is not None
        yield error(Point.LEDGER, written, "成文日期不是签发之日", f"应为“{chinese_date(known.signed_on)}”")
    received = [one for line in letter.said[:3] if "收到" in line.text and (one := first_day(line.text))]
    if received and day < received[0]:
        yield error(Point.DATE, written, "成文日期早于收到申请的日期", "请核对成文日期和收到申请的日期")
    if kind is not None and kind.ladder is Ladder.NONE:
        return
    calendar = (known.calendar if known else None) or national_calendar()
    if calendar.published_from <= day <= calendar.published_until and not calendar.is_workday(day):
        yield warning(Point.DATE, written, "成文日期是休息日", "请核对；确在休息日签发的，可以不改")


def check_term(letter: Reading, kind: LetterKind | None, known: Known | None) -> Findings:
    """Signed inside the reply term; a late reply goes out all the same."""
    if known is None or known.signed_on is None or kind is None:
        return
    if not (kind.ends_case or kind.ladder is Ladder.EXTENSION):
        return
    for request in known.requests:
        if request.due_on is not None and known.signed_on > request.due_on:
            yield warning(
                Point.TERM,
                letter.date_text or "",
                f"{request.number}号申请的答复期限已于{chinese_date(request.due_on)}届满",
                "逾期也应当答复，请尽快发出并报公开机构负责人",
                "条例第三十三条",
            )


def first_day(text: str) -> date | None:
    """The first date of the text; None when there is none, or it is no day of the calendar."""
    found = DATE.search(text)
    return _as_day(found.groups()) if found else None


def _day(written: str) -> date | None:
    found = _STRICT_DATE.fullmatch(written.strip())
    return _as_day(found.groups()) if found else None


def _as_day(parts: tuple[str | None, ...]) -> date | None:
    try:
        year, month, day = (int(part or 0) for part in parts)
        return date(year, month, day)
    except ValueError:
        return None


_FAULTS: Mapping[str, tuple[str, str]] = {
    r"[〇零一二三四五六七八九十]": ("成文日期用了汉字数字", "请用阿拉伯数字，例如“2026年3月2日”"),
    r"年0|月0": ("成文日期的月、日编了虚位", "请去掉月、日前面的0，例如“03月02日”改为“3月2日”"),
}


def _fault_of_date(written: str) -> tuple[str, str]:
    for pattern, fault in _FAULTS.items():
        if re.search(pattern, written):
            return fault
    return "成文日期的写法不对，或者没有这一天", "请写明签发之日，形如“2026年3月2日”"
