"""Every statutory number of the program: its name, amount, unit, article, and the day since which it holds.

An amendment of the law adds a row with a later ``since``; a case keeps the rules of its own day of receipt. Terms
that an office chooses itself are settings and do not stand here.
"""

from bisect import bisect_right
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import lru_cache


class Unit(StrEnum):
    """What a term is counted in; the value is the word that a letter prints."""

    WORKING_DAYS = "个工作日"
    DAYS = "日"
    MONTHS = "个月"


class PeriodName(StrEnum):
    """The terms by name."""

    REPLY = "reply"
    EXTENSION = "extension"
    CORRECTION_NOTICE = "correction_notice"
    THIRD_PARTY_OPINION = "third_party_opinion"
    CO_PRODUCER_OPINION = "co_producer_opinion"
    PAYMENT = "payment"
    REVIEW = "review"
    SUIT = "suit"
    SUIT_AFTER_REVIEW = "suit_after_review"
    REVIEW_ANSWER = "review_answer"
    REVIEW_ANSWER_SIMPLE = "review_answer_simple"
    SUIT_ANSWER = "suit_answer"
    APPEAL_JUDGMENT = "appeal_judgment"
    APPEAL_RULING = "appeal_ruling"


@dataclass(frozen=True, slots=True)
class Period:
    """One term as one edition of the law fixes it; for an extension the amount is the most that is allowed."""

    name: PeriodName
    label: str
    amount: int
    unit: Unit
    article: str
    since: date

    def __str__(self) -> str:
        return f"{self.amount}{self.unit}"


REGULATION_SINCE = date(2019, 5, 15)
"""Day since which 《政府信息公开条例》 (国务院令第711号) is in force."""
FEE_RULES_SINCE = date(2021, 1, 1)
"""Day since which 《政府信息公开信息处理费管理办法》 (国办函〔2020〕109号) is in force."""
_REVIEW_LAW_SINCE = date(2024, 1, 1)
_LITIGATION_LAW_SINCE = date(2015, 5, 1)

PERIODS: tuple[Period, ...] = (
    Period(PeriodName.REPLY, "答复期限", 20, Unit.WORKING_DAYS, "条例第三十三条第二款", REGULATION_SINCE),
    Period(PeriodName.EXTENSION, "延长答复期限", 20, Unit.WORKING_DAYS, "条例第三十三条第二款", REGULATION_SINCE),
    Period(PeriodName.CORRECTION_NOTICE, "补正告知期限", 7, Unit.WORKING_DAYS, "条例第三十条", REGULATION_SINCE),
    Period(
        PeriodName.THIRD_PARTY_OPINION, "第三方提出意见期限", 15, Unit.WORKING_DAYS, "条例第三十二条", REGULATION_SINCE
    ),
    Period(
        PeriodName.CO_PRODUCER_OPINION,
        "共同制作机关提出意见期限",
        15,
        Unit.WORKING_DAYS,
        "条例第三十四条",
        REGULATION_SINCE,
    ),
    Period(PeriodName.PAYMENT, "缴费期限", 20, Unit.WORKING_DAYS, "国办函〔2020〕109号", FEE_RULES_SINCE),
    Period(PeriodName.REVIEW, "申请行政复议期限", 60, Unit.DAYS, "《行政复议法》第二十条第一款", _REVIEW_LAW_SINCE),
    Period(PeriodName.SUIT, "直接起诉期限", 6, Unit.MONTHS, "《行政诉讼法》第四十六条第一款", _LITIGATION_LAW_SINCE),
    Period(
        PeriodName.SUIT_AFTER_REVIEW, "复议后起诉期限", 15, Unit.DAYS, "《行政诉讼法》第四十五条", _LITIGATION_LAW_SINCE
    ),
    Period(
        PeriodName.REVIEW_ANSWER,
        "复议答复举证期限（普通程序）",
        10,
        Unit.WORKING_DAYS,
        "《行政复议法》第四十八条",
        _REVIEW_LAW_SINCE,
    ),
    Period(
        PeriodName.REVIEW_ANSWER_SIMPLE,
        "复议答复举证期限（简易程序）",
        5,
        Unit.WORKING_DAYS,
        "《行政复议法》第五十四条第一款",
        _REVIEW_LAW_SINCE,
    ),
    Period(
        PeriodName.SUIT_ANSWER,
        "诉讼答辩举证期限",
        15,
        Unit.DAYS,
        "《行政诉讼法》第六十七条第一款",
        _LITIGATION_LAW_SINCE,
    ),
    Period(
        PeriodName.APPEAL_JUDGMENT, "判决上诉期限", 15, Unit.DAYS, "《行政诉讼法》第八十五条", _LITIGATION_LAW_SINCE
    ),
    Period(PeriodName.APPEAL_RULING, "裁定上诉期限", 10, Unit.DAYS, "《行政诉讼法》第八十五条", _LITIGATION_LAW_SINCE),
)


def period(name: str, on: date) -> Period:
    """The row of that term which holds on that day; the earliest row for an older day.

    Whether so old a request may be entered at all is asked at the register (``guards.check_received_on``), not here.
    Raises KeyError for a name that is no ``PeriodName``.
    """
    rows = _ROWS[name]
    return rows[max(bisect_right(rows, on, key=_since) - 1, 0)]


@dataclass(frozen=True, slots=True)
class Terms:
    """The terms that the clocks of one case run by, all as of its day of receipt."""

    reply: Period
    extension: Period
    correction_notice: Period
    third_party_opinion: Period
    co_producer_opinion: Period
    payment: Period


@lru_cache(maxsize=4096)
def terms_on(on: date) -> Terms:
    """The terms of a case received on that day."""
    return Terms(
        reply=period(PeriodName.REPLY, on),
        extension=period(PeriodName.EXTENSION, on),
        correction_notice=period(PeriodName.CORRECTION_NOTICE, on),
        third_party_opinion=period(PeriodName.THIRD_PARTY_OPINION, on),
        co_producer_opinion=period(PeriodName.CO_PRODUCER_OPINION, on),
        payment=period(PeriodName.PAYMENT, on),
    )


def _since(row: Period) -> date:
    return row.since


_ROWS: dict[str, list[Period]] = {
    name: sorted((row for row in PERIODS if row.name is name), key=_since) for name in PeriodName
}
