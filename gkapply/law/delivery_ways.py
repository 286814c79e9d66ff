"""The ways in which a letter is delivered (送达方式), and what may become of one attempt.

国办公开办函〔2016〕235号 names delivery in person, through another organ, and by post; leaving a letter with a recipient who will not sign
(留置) and public announcement (公告) follow 《民事诉讼法》第八十九条、第九十五条 by analogy.
"""

from dataclasses import dataclass
from enum import StrEnum

from gkapply.law.refusal import Refusal

ARTICLE = "国办公开办函〔2016〕235号"


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    basis: str = ARTICLE
    at_once: bool = False
    numbered: bool = False
    witnessed: bool = False


class DeliveryWay(StrEnum):
    """One way; the value is its code.

    ``at_once``: the day of handing over is the day of delivery (以签收之日为准). ``numbered``: the post gives a number.
    ``witnessed``: its proof has to be in the file at once, for nobody signs.
    """

    label: str
    basis: str
    at_once: bool
    numbered: bool
    witnessed: bool

    def __new__(cls, code: str, *rows: _Row) -> "DeliveryWay":
        """A member is its code."""
        (row,) = rows
        way = str.__new__(cls, code)
        way._value_ = code
        way.label = row.label
        way.basis = row.basis
        way.at_once = row.at_once
        way.numbered = row.numbered
        way.witnessed = row.witnessed
        return way

    POST = "post", _Row("邮寄（邮政）", numbered=True)
    HAND = "hand", _Row("当面送达", at_once=True)
    ONLINE = "online", _Row("网上送达", "条例第四十条")
    ENTRUSTED = "entrusted", _Row("委托其他行政机关送达", at_once=True)
    LEFT = "left", _Row("留置送达", "参照《民事诉讼法》第八十九条", at_once=True, witnessed=True)
    ANNOUNCED = "announced", _Row("公告送达", "参照《民事诉讼法》第九十五条", witnessed=True)


def way_of(code: str) -> DeliveryWay:
    """The way with that code. Raises Refusal: only 邮政企业 may carry an organ's letters (《邮政法》第五十五条)."""
    if code not in set(DeliveryWay):
        raise Refusal("送达方式只能是邮寄（邮政）、当面、委托、网上等法定方式", "《邮政法》第五十五条", field="way")
    return DeliveryWay(code)


class Outcome(StrEnum):
    """What became of one attempt; an attempt without any is still on its way (在途)."""

    label: str
    came_back: bool

    def __new__(cls, code: str, label: str = "", came_back: bool = False) -> "Outcome":
        """A member is its code."""
        outcome = str.__new__(cls, code)
        outcome._value_ = code
        outcome.label = label
        outcome.came_back = came_back
        return outcome

    DELIVERED = "delivered", "已送达"
    RETURNED = "returned", "退回", True
    REFUSED = "refused", "拒收", True
    UNDELIVERABLE = "undeliverable", "无法送达", True
    MISTAKEN = "mistaken", "登记有误"
    """What was entered before did not happen: the attempt is on its way again."""


ENTERED = tuple(outcome for outcome in Outcome if outcome is not Outcome.MISTAKEN)
"""Outcomes that somebody enters; that one was a mistake is said by taking it back."""
CAME_BACK = tuple(outcome for outcome in Outcome if outcome.came_back)
"""Outcomes after which the recipient still has to be reached."""
