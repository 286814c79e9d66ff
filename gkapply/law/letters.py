"""The kinds of letters (文书): what each is called, rests on, who approves it, and what it does to the case."""

from dataclasses import dataclass
from enum import StrEnum


class Ladder(StrEnum):
    """The approval ladder (审批层级) of a letter."""

    REPLY = "reply"
    """Author, then reviewer, then signer: decisions on somebody's rights, and what the organ answers for before others."""
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
    OTHER_ORGAN = "other_organ"
    REVIEW_AUTHORITY = "review_authority"
    COURT = "court"


class RemedyRule(StrEnum):
    """Which remedies a letter tells of."""

    BY_ITEMS = "by_items"
    """By the grounds of all items answered (``remedies.variant``)."""
    A = "A"
    """Review or suit, as the reader chooses."""
    E = "E"
    """A fee: no remedy of its own, only against what follows when it is not paid (国办函〔2020〕109号)."""


@dataclass(frozen=True, slots=True)
class _Row:
    number: str
    label: str
    basis: str
    ladder: Ladder
    addressee: Addressee = Addressee.APPLICANT
    ends_case: bool = False
    remedies: RemedyRule | None = None
    numbered: bool = True


def _reply(number: str, label: str, basis: str) -> _Row:
    return _Row(number, label, basis, Ladder.REPLY, ends_case=True, remedies=RemedyRule.BY_ITEMS)


def _notice(
    number: str,
    label: str,
    basis: str,
    addressee: Addressee = Addressee.APPLICANT,
    *,
    remedies: RemedyRule | None = None,
) -> _Row:
    return _Row(number, label, basis, Ladder.NOTICE, addressee, remedies=remedies)


def _record(number: str, label: str) -> _Row:
    return _Row(number, label, "条例第四十一条", Ladder.REPLY, ends_case=True, remedies=RemedyRule.A)


class LetterKind(StrEnum):
    """One kind of letter; the value is its code, and the name of its template.

    ``label`` is the title as printed, ``basis`` the article it rests on. ``remedies`` is None for a step on the way,
    against which there is no remedy of its own. A kind that is not ``numbered`` carries the request number alone; the
    others get a 文号 when they are signed (``law.letter_numbers``). ``row`` is its number in the catalogue of letters (文书目录),
    empty for a kind that the catalogue does not list; kinds that share a row are the outcomes of one letter.
    """

    row: str
    label: str
    basis: str
    ladder: Ladder
    addressee: Addressee
    ends_case: bool
    remedies: RemedyRule | None
    numbered: bool

    # The star: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, code: str, *rows: _Row) -> "LetterKind":
        (its,) = rows
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.row = its.number
        kind.label = its.label
        kind.basis = its.basis
        kind.ladder = its.ladder
        kind.addressee = its.addressee
        kind.ends_case = its.ends_case
        kind.remedies = its.remedies
        kind.numbered = its.numbered
        return kind

    RECEIPT = "receipt", _Row("1", "收件回执", "条例第三十一条、第四十五条", Ladder.NONE, numbered=False)
    CORRECTION_NOTICE = "correction_notice", _notice("2", "补正告知书", "条例第三十条")
    EXTENSION_NOTICE = "extension_notice", _Row("4", "延期答复告知书", "条例第三十三条第二款", Ladder.EXTENSION)
    THIRD_PARTY_INQUIRY = (
        "third_party_inquiry",
        _notice("6", "第三方意见征求书", "条例第三十二条", Addressee.THIRD_PARTY),
    )
    INQUIRY_NOTICE = "inquiry_notice", _notice("7", "征求意见告知书", "条例第三十二条、第三十三条第三款")
    # Tells a third party that its information will be disclosed: a decision on its rights, approved like a reply.
    DISCLOSURE_NOTICE = (
        "disclosure_notice",
        _Row("10", "决定公开告知书", "条例第三十二条", Ladder.REPLY, Addressee.THIRD_PARTY, remedies=RemedyRule.A),
    )
    REPLY_PUBLIC = "reply_public", _reply("12", "予以公开（已主动公开）告知书", "条例第三十六条第一项")
    REPLY_DISCLOSED = "reply_disclosed", _reply("13", "予以公开告知书", "条例第三十六条第二项、第四十条")
    REPLY_PARTIAL = "reply_partial", _reply("14", "部分公开告知书", "条例第三十七条")
    REPLY_REFUSED = "reply_refused", _reply("15", "不予公开告知书", "条例第三十六条第三项")
    REPLY_NOT_EXISTING = "reply_not_existing", _reply("16", "政府信息不存在告知书", "条例第三十六条第四项")
    REPLY_NOT_OURS = "reply_not_ours", _reply("17", "非本机关负责公开告知书", "条例第三十六条第五项、第十条")
    REPLY_NOT_INFORMATION = "reply_not_information", _reply("33", "非政府信息告知书", "条例第二条")
    REPLY_REPEATED = "reply_repeated", _reply("18", "不予重复处理告知书", "条例第三十六条第六项")
    REPLY_SPECIAL_RULE = "reply_special_rule", _reply("19", "依照特别规定办理告知书", "条例第三十六条第七项")
    REPLY_NO_PROCESSING = "reply_no_processing", _reply("20", "需加工分析不予提供告知书", "条例第三十八条")
    REPLY_STILL_UNCLEAR = "reply_still_unclear", _reply("21", "补正后仍不明确告知书", "条例第三十条、第三十六条")
    REPLY_PETITION = "reply_petition", _reply("22", "不作为政府信息公开申请处理告知书", "条例第三十九条第一款")
    REPLY_PUBLICATION = "reply_publication", _reply("23", "公开出版物告知书", "条例第三十九条第二款")
    REPLY_EXCESSIVE = "reply_excessive", _reply("24", "不予处理告知书", "条例第三十五条")
    # The Regulation has no article of its own for it: nothing new is asked for (第二条), and the earlier 文号 says so.
    REPLY_ALREADY_OBTAINED = "reply_already_obtained", _reply("25", "确认或重新出具类不予处理告知书", "条例第二条")
    REPLY_ARCHIVES = "reply_archives", _reply("29", "档案信息告知书", "国办公开办函〔2019〕14号")
    REPLY_ENQUIRY = "reply_enquiry", _reply("34", "咨询答复", "条例第二条")
    # Several numbered requests of one applicant in one letter: every number listed, each answered.
    REPLY_COMBINED = "reply_combined", _reply("35", "一并答复", "条例第三十六条")
    # Answered on the spot: the registrar's record, which the applicant signs, is the reply.
    ON_THE_SPOT_RECORD = (
        "on_the_spot_record",
        _Row(
            "",
            "当场答复记录",
            "条例第三十三条第一款",
            Ladder.NONE,
            ends_case=True,
            remedies=RemedyRule.BY_ITEMS,
            numbered=False,
        ),
    )
    EXPLANATION_NOTICE = "explanation_notice", _notice("3", "说明理由告知书", "条例第三十五条")
    DELAY_NOTICE = "delay_notice", _Row("5", "延迟答复告知书", "条例第三十五条", Ladder.EXTENSION)
    FEE_NOTICE = (
        "fee_notice",
        _notice("11", "收费通知书", "条例第四十二条、国办函〔2020〕109号", remedies=RemedyRule.E),
    )
    LAPSE_NOTICE = (
        "lapse_notice",
        _notice("26", "不再处理告知书", "条例第三十条、国办函〔2020〕109号", remedies=RemedyRule.A),
    )
    WITHDRAWAL_NOTICE = "withdrawal_notice", _notice("27", "终止办理告知书", "条例第四十五条")
    ENTRUSTMENT_NOTICE = "entrustment_notice", _notice("42", "委托办理告知书", "国办公开办函〔2014〕67号")
    SPLIT_NOTICE = "split_notice", _notice("", "拆分办理告知书", "条例第四十五条")
    CO_PRODUCER_INQUIRY = (
        "co_producer_inquiry",
        _notice("8", "征求意见书（共同制作机关）", "条例第三十四条", Addressee.OTHER_ORGAN),
    )
    ASSISTANCE_LETTER = "assistance_letter", _notice("9", "协办函", "条例第十一条", Addressee.OTHER_ORGAN)
    TRANSFER_NOTICE = "transfer_notice", _notice("41", "移送函", "条例第四十五条", Addressee.OTHER_ORGAN)
    RECORD_CORRECTED = "record_corrected", _record("28", "更正告知书")
    RECORD_NOT_CORRECTED = "record_not_corrected", _record("28", "不予更正告知书")
    RECORD_FORWARDED = "record_forwarded", _record("28", "转送告知书")
    # Approved like a reply, because the organ answers for them before others; they end no case.
    REVIEW_DEFENCE = (
        "review_defence",
        _Row("36", "行政复议答复书", "《行政复议法》第四十八条、第五十四条", Ladder.REPLY, Addressee.REVIEW_AUTHORITY),
    )
    SUIT_DEFENCE = (
        "suit_defence",
        _Row("37", "行政诉讼答辩状", "《行政诉讼法》第六十七条", Ladder.REPLY, Addressee.COURT),
    )


INQUIRIES = (LetterKind.THIRD_PARTY_INQUIRY, LetterKind.CO_PRODUCER_INQUIRY)
"""The letters that ask somebody for an opinion: they go to the party of a question."""
