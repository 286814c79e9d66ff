"""The remedies paragraphs (救济告知) of a letter: chosen by the grounds of everything answered, never typed.

Since the revised 《行政复议法》 the applicant must go to review first against a refusal under 条例第十四条 to 第十六条 (第二十三条
第一款第四项); against everything else, and before, review and suit are open alike. A wrong paragraph loses the review.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from gkapply.law.numerals import ordinal
from gkapply.law.periods import PeriodName, period
from gkapply.law.refusal import Refusal

REFUSING = frozenset({"14", "15", "16"})
"""The articles under which government information is refused (条例第十三条)."""
FEE_REMEDY = (
    "对收取信息处理费的决定有异议的，不能单独就该决定申请行政复议或者提起行政诉讼；缴费期满后，可以就本机关不再处理该申请的行为"
    "依法申请行政复议或者提起行政诉讼。"
)
"""Variant E: no remedy against the fee alone (国办函〔2020〕109号)."""
REVIEW_FIRST_SINCE = date(2024, 1, 1)
"""Day since which the revised 《行政复议法》 is in force: review first (第二十三条), the online channel (第二十二条第二款)."""
COMPLAINT = (
    "认为本机关在政府信息公开工作中侵犯其合法权益的，也可以依照《中华人民共和国政府信息公开条例》第五十一条的规定，向上一级行政机关"
    "或者政府信息公开工作主管部门投诉、举报。"
)
"""Told besides where the office has chosen so (条例第五十一条)."""
REVIEW_FIRST = "《中华人民共和国行政复议法》第二十三条第一款第四项"


class Variant(StrEnum):
    """Which remedies a letter tells of."""

    A = "A"
    """Review or suit, as the applicant chooses."""
    B = "B"
    """Review first, then suit."""
    C = "C"
    """B for what is refused, A for the rest."""


@dataclass(frozen=True, slots=True)
class AnsweredItem:
    """An item of the request with the grounds of its parts (``replies.grounds``); ``ordinal`` counts from 1."""

    ordinal: int
    grounds: frozenset[str | None]
    name: str = ""
    """How the letter names it; 「第一项」 and so on when empty."""
    without_remedy: bool = False
    """Whether no remedy is told against its answer."""


def variant(grounds: Iterable[str | None], on: date) -> Variant:
    """The variant for these grounds of all parts answered: none of 14–16 → A, all → B, both kinds → C.

    ``on`` is the day of signing; before REVIEW_FIRST_SINCE it is always A.
    """
    found = set(grounds)
    refused = found - {None}
    if not refused or on < REVIEW_FIRST_SINCE:
        return Variant.A
    return Variant.C if None in found else Variant.B


def paragraphs(
    items: Sequence[AnsweredItem],
    *,
    review_authority: str,
    court: str,
    on: date,
    delivered_online: bool = False,
    online_review: str | None = None,
    complaint: bool = False,
) -> tuple[str, ...]:
    """The remedies paragraphs of a reply that answers these items.

    ``review_authority`` and ``court`` belong to the signing name; ``online_review`` is the address or platform that
    takes applications for review, obligatory when the letter is ``delivered_online``. ``on`` is the day of signing, by
    which law and terms are chosen. ``complaint``: the office tells of 投诉、举报 as well. Nothing is told of items without
    remedy; where all are such, there are no paragraphs. Raises Refusal when the authority, the court or that channel is
    missing.
    """
    open_to = [item for item in items if not item.without_remedy]
    if items and not open_to:
        return ()
    places = _Places(review_authority, court, on)
    found = variant((ground for item in open_to for ground in item.grounds), on)
    if found is Variant.A:
        told = [places.either("本答复", "本答复")]
    elif found is Variant.B and all(item.grounds <= REFUSING for item in open_to):
        told = [places.review_first("本不予公开决定", "本决定")]
    elif found is Variant.B:
        told = [places.review_first("本答复", "本答复")]
    else:
        told = [
            places.review_first(_refused_part(open_to, alone=len(items) == 1), "本答复"),
            places.either("本答复的其他内容", "本答复"),
        ]
    return (*told, *_online(delivered_online, online_review, on), *((COMPLAINT,) if complaint else ()))


def decision_paragraphs(
    *,
    review_authority: str,
    court: str,
    on: date,
    against: str = "本决定",
    letter: str = "本决定",
    delivered_online: bool = False,
    online_review: str | None = None,
) -> tuple[str, ...]:
    """The remedies paragraphs of a decision outside a reply (variant A): against what, in the words of which letter.

    Other arguments as for ``paragraphs``.
    """
    places = _Places(review_authority, court, on)
    return (places.either(against, letter), *_online(delivered_online, online_review, on))


class _Places:
    """Where to turn, and within which terms."""

    def __init__(self, review_authority: str, court: str, on: date):
        for name, field, value in (
            ("行政复议机关", "review_authority", review_authority),
            ("管辖法院", "court", court),
        ):
            if not value.strip():
                raise Refusal(
                    f"落款名称没有设置{name}，不能生成救济告知",
                    "《行政复议法》第二十三条第二款",
                    do="请系统管理员在落款名称中补齐",
                    field=field,
                )
        self.authority = review_authority
        self.court = court
        self.review = period(PeriodName.REVIEW, on)
        self.suit = period(PeriodName.SUIT, on)
        self.suit_after_review = period(PeriodName.SUIT_AFTER_REVIEW, on)

    def either(self, against: str, letter: str) -> str:
        """Variant A: against what, within terms that run from the receipt of which letter."""
        return (
            f"如对{against}不服，可以自收到{letter}之日起{self.review}内向{self.authority}申请行政复议，"
            f"或者自收到{letter}之日起{self.suit}内向{self.court}提起行政诉讼。"
        )

    def review_first(self, against: str, letter: str) -> str:
        """Variant B."""
        return (
            f"如对{against}不服，依照{REVIEW_FIRST}的规定，应当自收到{letter}之日起{self.review}内先向{self.authority}"
            f"申请行政复议；对行政复议决定不服的，可以自收到行政复议决定书之日起{self.suit_after_review}内"
            f"向{self.court}提起行政诉讼。"
        )


def _refused_part(items: Sequence[AnsweredItem], *, alone: bool) -> str:
    """What is refused, with the items that it concerns, where the letter answers more than one."""
    if alone:
        return "其中不予公开的部分"
    named = []
    for item in items:
        if item.grounds - {None}:
            whole = None not in item.grounds
            named.append((item.name or f"{ordinal(item.ordinal)}项") + ("" if whole else "中不予公开的内容"))
    return f"其中不予公开的部分（{'、'.join(named)}）"


def _online(delivered_online: bool, online_review: str | None, on: date) -> tuple[str, ...]:
    if not delivered_online or on < REVIEW_FIRST_SINCE:
        return ()
    if online_review is None or not online_review.strip():
        raise Refusal(
            "通过互联网送达的，应当同时告知提交行政复议申请书的互联网渠道，落款名称尚未设置该渠道",
            "《行政复议法》第二十二条第二款",
            do="请系统管理员在落款名称中补齐，或者改用邮寄、当面送达",
            field="online_review",
        )
    return (f"行政复议申请也可以通过{online_review}在线提交。",)
