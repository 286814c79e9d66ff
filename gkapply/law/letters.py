"""The kinds of letters (文书): what each is called, rests on, who approves it, and what it does to the case."""

from dataclasses import dataclass
from enum import StrEnum

NUMBER_SERIES = "公开"
"""Series word of the 文号 after the signing name's 代字, as in 「安府公开〔2026〕12号」: one series for all letters."""


class Ladder(StrEnum):
    """The approval ladder (审批层级) of a letter."""

    REPLY = "reply"
    """Author, then reviewer, then signer."""
    EXTENSION = "extension"
    """Author, then the head of the disclosure office (条例第三十三条第二款)."""
    NOTICE = "notice"
    """Author, then reviewer or head."""
    NONE = "none"
    """Issued by the registrar at once."""


class Addressee(StrEnum):
    """Whom a letter is for."""

    APPLICANT = "applicant"
    THIRD_PARTY = "third_party"


class RemedyRule(StrEnum):
    """Which remedies a letter tells of."""

    BY_ITEMS = "by_items"
    """By the grounds of all items answered (``remedies.variant``)."""
    A = "A"
    """Review or suit, as the reader chooses."""


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    basis: str
    ladder: Ladder
    addressee: Addressee = Addressee.APPLICANT
    ends_case: bool = False
    remedies: RemedyRule | None = None
    numbered: bool = True


def _reply(label: str, basis: str) -> _Row:
    return _Row(label, basis, Ladder.REPLY, ends_case=True, remedies=RemedyRule.BY_ITEMS)


def _notice(label: str, basis: str, addressee: Addressee = Addressee.APPLICANT) -> _Row:
    return _Row(label, basis, Ladder.NOTICE, addressee)


class LetterKind(StrEnum):
    """One kind of letter; the value is its code, and the name of its template.

    ``label`` is the title as printed, ``basis`` the article it rests on. ``remedies`` is None for a step on the way,
    against which there is no remedy of its own. A kind that is not ``numbered`` carries the request number alone; the
    others get a 文号 of the series ``series`` when they are signed.
    """

    label: str
    basis: str
    ladder: Ladder
    addressee: Addressee
    ends_case: bool
    remedies: RemedyRule | None
    numbered: bool
    series: str | None

    # The star: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, code: str, *rows: _Row) -> "LetterKind":
        (row,) = rows
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.label = row.label
        kind.basis = row.basis
        kind.ladder = row.ladder
        kind.addressee = row.addressee
        kind.ends_case = row.ends_case
        kind.remedies = row.remedies
        kind.numbered = row.numbered
        kind.series = NUMBER_SERIES if row.numbered else None
        return kind

    RECEIPT = "receipt", _Row("收件回执", "条例第三十一条、第四十五条", Ladder.NONE, numbered=False)
    CORRECTION_NOTICE = "correction_notice", _notice("补正告知书", "条例第三十条")
    EXTENSION_NOTICE = "extension_notice", _Row("延期答复告知书", "条例第三十三条第二款", Ladder.EXTENSION)
    THIRD_PARTY_INQUIRY = (
        "third_party_inquiry",
        _notice("第三方意见征求书", "条例第三十二条", Addressee.THIRD_PARTY),
    )
    INQUIRY_NOTICE = "inquiry_notice", _notice("征求意见告知书", "条例第三十二条、第三十三条第三款")
    # Tells a third party that its information will be disclosed: a decision on its rights, approved like a reply.
    DISCLOSURE_NOTICE = (
        "disclosure_notice",
        _Row("决定公开告知书", "条例第三十二条", Ladder.REPLY, Addressee.THIRD_PARTY, remedies=RemedyRule.A),
    )
    REPLY_PUBLIC = "reply_public", _reply("予以公开（已主动公开）告知书", "条例第三十六条第一项")
    REPLY_DISCLOSED = "reply_disclosed", _reply("予以公开告知书", "条例第三十六条第二项、第四十条")
    REPLY_PARTIAL = "reply_partial", _reply("部分公开告知书", "条例第三十七条")
    REPLY_REFUSED = "reply_refused", _reply("不予公开告知书", "条例第三十六条第三项")
    REPLY_NOT_EXISTING = "reply_not_existing", _reply("政府信息不存在告知书", "条例第三十六条第四项")
    REPLY_NOT_OURS = "reply_not_ours", _reply("非本机关负责公开告知书", "条例第三十六条第五项、第十条")
    REPLY_NOT_INFORMATION = "reply_not_information", _reply("非政府信息告知书", "条例第二条")
    REPLY_REPEATED = "reply_repeated", _reply("不予重复处理告知书", "条例第三十六条第六项")
