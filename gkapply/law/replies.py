"""The one table of reply kinds (答复类型): what each is called, rests on, must prove, and counts as.

Forms, letters, checks and statistics read it; nothing repeats it. A kind belongs to an item (项) of a request; one
letter answers all items.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from enum import StrEnum

from gkapply.law import annual_rows
from gkapply.law import evidence as proof
from gkapply.law.evidence import Evidence
from gkapply.law.letters import LetterKind
from gkapply.law.refusal import Refusal

_ART_14 = "条例第三十六条第三项、第十四条"
_ART_15 = "条例第三十六条第三项、第十五条"
_ART_16_1 = "条例第三十六条第三项、第十六条第一款"
_ART_16_2 = "条例第三十六条第三项、第十六条第二款"
# Whoever refuses owes the reason, and must have thought of giving a part.
_REFUSING = (proof.reason("条例第三十六条第三项"), proof.SEPARATION)
_REFUSED = LetterKind.REPLY_REFUSED


@dataclass(frozen=True, slots=True)
class _Row:
    label: str
    article: str
    words: str
    letter: LetterKind
    row: str
    evidence: tuple[Evidence, ...]
    ground: str | None = None


class ReplyKind(StrEnum):
    """One kind of reply; the value is its code.

    ``article`` is its exact provision and ``words`` the words of it that a letter quotes. ``letter`` is the letter of a
    request that has only such items, ``row`` its row in table 三 of the annual report. ``ground`` is the article of
    refusal (14, 15 or 16) that decides on the remedies, None for every other kind.
    """

    label: str
    article: str
    words: str
    letter: LetterKind
    row: str
    evidence: tuple[Evidence, ...]
    ground: str | None

    # The star: to a type checker, looking a kind up by its code is this call with the code alone.
    def __new__(cls, code: str, *data: _Row) -> "ReplyKind":
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

    DISCLOSED_PUBLIC = (
        "disclosed_public",
        _Row(
            "予以公开（已主动公开）",
            "条例第三十六条第一项",
            "所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径",
            LetterKind.REPLY_PUBLIC,
            "3.1",
            (proof.WHERE_TO_FIND,),
        ),
    )
    DISCLOSED = (
        "disclosed",
        _Row(
            "予以公开",
            "条例第三十六条第二项",
            "所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府信息的方式、途径和时间",
            LetterKind.REPLY_DISCLOSED,
            "3.1",
            (proof.ENCLOSURES, proof.RELEASE_REVIEW, proof.FORM_REASON),
        ),
    )
    PARTIAL = (
        "partial",
        _Row(
            "部分公开",
            "条例第三十七条",
            "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开"
            "的政府信息内容，并对不予公开的内容说明理由",
            LetterKind.REPLY_PARTIAL,
            "3.2",
            (proof.WITHHELD_PARTS, proof.ENCLOSURES, proof.RELEASE_REVIEW, proof.FORM_REASON),
        ),
    )
    REFUSED_STATE_SECRET = (
        "refused_state_secret",
        _Row(
            "不予公开（国家秘密）",
            _ART_14,
            "依法确定为国家秘密的政府信息，……不予公开",
            _REFUSED,
            "3.3.1",
            (proof.SECRET_REFERENCE, *_REFUSING),
            "14",
        ),
    )
    REFUSED_LAW_FORBIDS = (
        "refused_law_forbids",
        _Row(
            "不予公开（法律、行政法规禁止公开）",
            _ART_14,
            "法律、行政法规禁止公开的政府信息，……不予公开",
            _REFUSED,
            "3.3.2",
            (proof.LAW_NAMED, *_REFUSING),
            "14",
        ),
    )
    REFUSED_SECURITY = (
        "refused_security",
        _Row(
            "不予公开（危及“三安全一稳定”）",
            _ART_14,
            "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开",
            _REFUSED,
            "3.3.3",
            (proof.DANGER_NAMED, *_REFUSING),
            "14",
        ),
    )
    REFUSED_THIRD_PARTY = (
        "refused_third_party",
        _Row(
            "不予公开（第三方合法权益）",
            _ART_15,
            "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开",
            _REFUSED,
            "3.3.4",
            (proof.THIRD_PARTY_RECORD, *_REFUSING),
            "15",
        ),
    )
    REFUSED_INTERNAL = (
        "refused_internal",
        _Row(
            "不予公开（内部事务信息）",
            _ART_16_1,
            "行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开",
            _REFUSED,
            "3.3.5",
            (proof.DISCRETION, *_REFUSING),
            "16",
        ),
    )
    REFUSED_PROCESS = (
        "refused_process",
        _Row(
            "不予公开（过程性信息）",
            _ART_16_2,
            "讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开",
            _REFUSED,
            "3.3.6",
            (proof.DISCRETION, proof.NO_DUTY, *_REFUSING),
            "16",
        ),
    )
    REFUSED_ENFORCEMENT = (
        "refused_enforcement",
        _Row(
            "不予公开（行政执法案卷）",
            _ART_16_2,
            "讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开",
            _REFUSED,
            "3.3.7",
            (proof.DISCRETION, proof.NO_DUTY, *_REFUSING),
            "16",
        ),
    )
    NOT_EXISTING = (
        "not_existing",
        _Row(
            "政府信息不存在",
            "条例第三十六条第四项",
            "经检索没有所申请公开信息的，告知申请人该政府信息不存在",
            LetterKind.REPLY_NOT_EXISTING,
            "3.4.1",
            (proof.SEARCH_RECORD,),
        ),
    )
    NOT_OURS = (
        "not_ours",
        _Row(
            "非本机关负责公开",
            "条例第三十六条第五项",
            "所申请公开信息不属于本行政机关负责公开的，告知申请人并说明理由；能够确定负责公开该政府信息的行政机关的，"
            "告知申请人该行政机关的名称、联系方式",
            LetterKind.REPLY_NOT_OURS,
            "3.4.1",
            (proof.reason("条例第三十六条第五项"), proof.COMPETENT_ORGAN),
        ),
    )
    NOT_GOVERNMENT_INFORMATION = (
        "not_government_information",
        _Row(
            "非政府信息",
            "条例第二条",
            "本条例所称政府信息，是指行政机关在履行行政管理职能过程中制作或者获取的，以一定形式记录、保存的信息",
            LetterKind.REPLY_NOT_INFORMATION,
            "3.6.3",
            (proof.reason("条例第二条"), proof.GOVERNING_RULE),
        ),
    )
    REPEATED = (
        "repeated",
        _Row(
            "不予重复处理",
            "条例第三十六条第六项",
            "行政机关已就申请人提出的政府信息公开申请作出答复、申请人重复申请公开相同政府信息的，告知申请人不予重复处理",
            LetterKind.REPLY_REPEATED,
            "3.5.2",
            (proof.EARLIER_NUMBER, proof.EARLIER_ON),
        ),
    )

    @property
    def discloses(self) -> bool:
        """Whether the applicant gets the whole of what the item asks for."""
        return self.row == annual_rows.DISCLOSED


REFUSALS: tuple[ReplyKind, ...] = tuple(kind for kind in ReplyKind if kind.ground is not None)
"""The refusals of 条例第十四条 to 第十六条: on no other basis may government information be withheld (第十三条)."""
WITHHOLDING: tuple[ReplyKind, ...] = (*REFUSALS, ReplyKind.NOT_GOVERNMENT_INFORMATION)
"""What a part of an item may be held back as when the rest is given (条例第三十七条)."""


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
    table 三 (不予公开, 无法提供, 不予处理, 其他处理). Raises Refusal when there is no item.
    """
    answered = list(kinds)
    if not answered:
        raise Refusal("没有可以答复的事项", "条例第三十六条", do="先逐项确定答复类型", field="items")
    leading = min(answered, key=_place)
    if all(kind.letter is leading.letter for kind in answered):
        return leading.letter
    if all(kind.discloses for kind in answered):
        return LetterKind.REPLY_DISCLOSED
    if any(kind.discloses or kind is ReplyKind.PARTIAL for kind in answered):
        return LetterKind.REPLY_PARTIAL
    return leading.letter


def _place(kind: ReplyKind) -> int:
    return annual_rows.weight(kind.row)
