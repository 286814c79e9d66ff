"""The one table of reply kinds (答复类型): what each is called, rests on, must prove, and counts as.

Forms, letters, checks and statistics read it; nothing repeats it. A kind belongs to an item (项) of a request; one
letter answers all items.
"""

from collections.abc import Collection, Iterable
from enum import StrEnum

from gkapply.law import annual_rows
from gkapply.law import rows_of_disclosure as given
from gkapply.law import rows_of_other_answers as ungiven
from gkapply.law.case_kinds import CaseKind
from gkapply.law.evidence import Evidence
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal
from gkapply.law.reply_row import ReplyRow


class ReplyKind(StrEnum):
    """One kind of reply; the value is its code.

    ``article`` is its exact provision and ``words`` the words of it that a letter quotes. ``letter`` is the letter of a
    request that has only such items, ``row`` its row in table 三 of the annual report, None where the table does not count it
    (更正, 条例第四十一条). ``ground`` is the article of refusal (14, 15 or 16) that decides on the remedies, None for every other
    kind.
    """

    label: str
    article: str
    words: str
    letter: LetterKind
    row: str | None
    evidence: tuple[Evidence, ...]
    ground: str | None

    # The star: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, code: str, *data: ReplyRow) -> "ReplyKind":
        (one,) = data
        kind = str.__new__(cls, code)
        kind._value_ = code
        kind.label = one.label
        kind.article = one.article
        kind.words = one.words
        kind.letter = one.letter
        kind.row = one.row
        kind.evidence = one.evidence
        kind.ground = one.ground
        return kind

    DISCLOSED_PUBLIC = "disclosed_public", given.DISCLOSED_PUBLIC
    DISCLOSED = "disclosed", given.DISCLOSED
    PARTIAL = "partial", given.PARTIAL
    REFUSED_STATE_SECRET = "refused_state_secret", given.REFUSED_STATE_SECRET
    REFUSED_LAW_FORBIDS = "refused_law_forbids", given.REFUSED_LAW_FORBIDS
    REFUSED_SECURITY = "refused_security", given.REFUSED_SECURITY
    REFUSED_THIRD_PARTY = "refused_third_party", given.REFUSED_THIRD_PARTY
    REFUSED_INTERNAL = "refused_internal", given.REFUSED_INTERNAL
    REFUSED_PROCESS = "refused_process", given.REFUSED_PROCESS
    REFUSED_ENFORCEMENT = "refused_enforcement", given.REFUSED_ENFORCEMENT
    NOT_EXISTING = "not_existing", ungiven.NOT_EXISTING
    NOT_OURS = "not_ours", ungiven.NOT_OURS
    NOT_GOVERNMENT_INFORMATION = "not_government_information", ungiven.NOT_GOVERNMENT_INFORMATION
    REPEATED = "repeated", ungiven.REPEATED
    SPECIAL_RULE = "special_rule", ungiven.SPECIAL_RULE
    NO_PROCESSING = "no_processing", ungiven.NO_PROCESSING
    STILL_UNCLEAR = "still_unclear", ungiven.STILL_UNCLEAR
    PETITION = "petition", ungiven.PETITION
    PUBLICATION = "publication", ungiven.PUBLICATION
    EXCESSIVE = "excessive", ungiven.EXCESSIVE
    ALREADY_OBTAINED = "already_obtained", ungiven.ALREADY_OBTAINED
    ARCHIVES = "archives", ungiven.ARCHIVES
    ENQUIRY = "enquiry", ungiven.ENQUIRY
    RECORD_CORRECTED = "record_corrected", ungiven.RECORD_CORRECTED
    RECORD_NOT_CORRECTED = "record_not_corrected", ungiven.RECORD_NOT_CORRECTED
    RECORD_FORWARDED = "record_forwarded", ungiven.RECORD_FORWARDED

    @property
    def for_records(self) -> bool:
        """Whether it answers a request to correct records (更正申请, 条例第四十一条), which table 三 does not count."""
        return self.row is None

    @property
    def discloses(self) -> bool:
        """Whether the applicant gets the whole of what the item asks for."""
        return self.row == annual_rows.DISCLOSED


REFUSALS: tuple[ReplyKind, ...] = tuple(kind for kind in ReplyKind if kind.ground is not None)
"""The refusals of 条例第十四条 to 第十六条: on no other basis may government information be withheld (第十三条)."""
WITHHOLDING: tuple[ReplyKind, ...] = (*REFUSALS, ReplyKind.NOT_GOVERNMENT_INFORMATION)
"""What a part of an item may be held back as when the rest is given (条例第三十七条)."""

RECORDS: tuple[ReplyKind, ...] = tuple(kind for kind in ReplyKind if kind.for_records)
"""What a request to correct records may come to, the weightiest first (条例第四十一条)."""


def kinds_for(case_kind: CaseKind) -> tuple[ReplyKind, ...]:
    """The kinds of reply that a case of that kind can come to."""
    records = case_kind is CaseKind.RECORD_CORRECTION
    return tuple(kind for kind in ReplyKind if kind.for_records is records)


def by_result(kinds: Iterable[ReplyKind]) -> list[tuple[str, list[ReplyKind]]]:
    """The kinds under what they come to in the annual report, in the order of table 三; those outside of it last."""
    groups: dict[str, list[ReplyKind]] = {}
    for kind in sorted(kinds, key=lambda kind: (kind.for_records, _place(kind))):
        groups.setdefault(_result(kind), []).append(kind)
    return list(groups.items())


def _result(kind: ReplyKind) -> str:
    if kind.row is None:
        return "更正申请"
    row = annual_rows.result_row(kind.row)
    return "（一）予以公开、（二）部分公开" if row.group == annual_rows.RESULT_GROUP else str(row.group)


def reply_kind(code: str) -> ReplyKind:
    """The reply kind by its code, as a form sends it. Raises Refusal for an unknown one."""
    try:
        return ReplyKind(code)
    except ValueError:
        raise Refusal(
            "请选择答复类型", "条例第三十六条", do=f"没有代码为「{code}」的答复类型", field="outcome"
        ) from None


def grounds(kind: ReplyKind, withheld: Collection[ReplyKind] = ()) -> frozenset[str | None]:
    """The grounds of the parts of an item so answered, as ``remedies`` reads them; None stands for a part without one.

    ``withheld`` says as what the parts of a partly disclosed item are held back, and is empty for every other kind.
    Raises Refusal when a partial disclosure withholds nothing, or something for a reason that is none (条例第三十七条).
    """
    article = ReplyKind.PARTIAL.article
    if kind is not ReplyKind.PARTIAL:
        if withheld:
            raise Refusal(f"“{kind.label}”不作区分处理，不能另有不予公开的部分", article, field="withheld")
        return frozenset({kind.ground})
    if not withheld:
        raise Refusal("部分公开应当说明不予公开的内容和理由", article, field="withheld")
    for part in withheld:
        if part not in WITHHOLDING:
            raise Refusal(f"“{part.label}”不能作为部分公开中不提供内容的理由", article, field="withheld")
    return frozenset({None, *(part.ground for part in withheld)})


def letter_for(kinds: Iterable[ReplyKind]) -> LetterKind:
    """The letter that answers all items of a request, given the kind of each.

    All items by the same letter: that one. Everything disclosed, some of it public already: 予以公开. Something
    disclosed and something not, or any item in part: 部分公开. Nothing disclosed: the letter of the item that leads in
    table 三 (不予公开, 无法提供, 不予处理, 其他处理). Items of a request to correct records: 更正 before 不予更正 before 转送.
    Raises Refusal when there is no item, or when items of both sorts of request are mixed.
    """
    answered = list(kinds)
    if not answered:
        raise Refusal("没有可以答复的事项", "条例第三十六条", do="先逐项确定答复类型", field="items")
    if len({kind.for_records for kind in answered}) > 1:
        raise Refusal("更正申请与政府信息公开申请不能在同一件申请中答复", "条例第四十一条", field="items")
    leading = min(answered, key=_place)
    if all(kind.letter is leading.letter for kind in answered):
        return leading.letter
    if all(kind.discloses for kind in answered):
        return LetterKind.REPLY_DISCLOSED
    if any(kind.discloses or kind is ReplyKind.PARTIAL for kind in answered):
        return LetterKind.REPLY_PARTIAL
    return leading.letter


def _place(kind: ReplyKind) -> int:
    """How much the kind weighs among the others of its request: the least leads."""
    return RECORDS.index(kind) if kind.row is None else annual_rows.weight(kind.row)
