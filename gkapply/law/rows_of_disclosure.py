"""Rows of the table of reply kinds: information is given, given in part, or refused (条例第三十六条第一项至第三项)."""

from gkapply.law import evidence as proof
from gkapply.law.letters import LetterKind
from gkapply.law.reply_row import ReplyRow

_ART_14 = "条例第三十六条第三项、第十四条"
_ART_15 = "条例第三十六条第三项、第十五条"
_ART_16_1 = "条例第三十六条第三项、第十六条第一款"
_ART_16_2 = "条例第三十六条第三项、第十六条第二款"
# Whoever refuses owes the reason, and must have thought of giving a part.
_REFUSING = (proof.reason("条例第三十六条第三项"), proof.SEPARATION)
_REFUSED = LetterKind.REPLY_REFUSED

DISCLOSED_PUBLIC = ReplyRow(
    "予以公开（已主动公开）",
    "条例第三十六条第一项",
    "所申请公开信息已经主动公开的，告知申请人获取该政府信息的方式、途径",
    LetterKind.REPLY_PUBLIC,
    "3.1",
    (proof.WHERE_TO_FIND,),
)
DISCLOSED = ReplyRow(
    "予以公开",
    "条例第三十六条第二项",
    "所申请公开信息可以公开的，向申请人提供该政府信息，或者告知申请人获取该政府信息的方式、途径和时间",
    LetterKind.REPLY_DISCLOSED,
    "3.1",
    (proof.ENCLOSURES, proof.RELEASE_REVIEW, proof.GIVEN_FORM, proof.FORM_REASON, proof.PUBLIC_INTEREST),
)
PARTIAL = ReplyRow(
    "部分公开",
    "条例第三十七条",
    "申请公开的信息中含有不应当公开或者不属于政府信息的内容，但是能够作区分处理的，行政机关应当向申请人提供可以公开"
    "的政府信息内容，并对不予公开的内容说明理由",
    LetterKind.REPLY_PARTIAL,
    "3.2",
    (
        proof.WITHHELD_PARTS,
        proof.ENCLOSURES,
        proof.RELEASE_REVIEW,
        proof.GIVEN_FORM,
        proof.FORM_REASON,
        proof.PUBLIC_INTEREST,
    ),
)
REFUSED_STATE_SECRET = ReplyRow(
    "不予公开（国家秘密）",
    _ART_14,
    "依法确定为国家秘密的政府信息，……不予公开",
    _REFUSED,
    "3.3.1",
    (proof.SECRET_REFERENCE, *_REFUSING),
    "14",
)
REFUSED_LAW_FORBIDS = ReplyRow(
    "不予公开（法律、行政法规禁止公开）",
    _ART_14,
    "法律、行政法规禁止公开的政府信息，……不予公开",
    _REFUSED,
    "3.3.2",
    (proof.LAW_NAMED, *_REFUSING),
    "14",
)
REFUSED_SECURITY = ReplyRow(
    "不予公开（危及“三安全一稳定”）",
    _ART_14,
    "公开后可能危及国家安全、公共安全、经济安全、社会稳定的政府信息，不予公开",
    _REFUSED,
    "3.3.3",
    (proof.DANGER_NAMED, *_REFUSING),
    "14",
)
REFUSED_THIRD_PARTY = ReplyRow(
    "不予公开（第三方合法权益）",
    _ART_15,
    "涉及商业秘密、个人隐私等公开会对第三方合法权益造成损害的政府信息，行政机关不得公开",
    _REFUSED,
    "3.3.4",
    (proof.THIRD_PARTY_RECORD, *_REFUSING),
    "15",
)
REFUSED_INTERNAL = ReplyRow(
    "不予公开（内部事务信息）",
    _ART_16_1,
    "行政机关的内部事务信息，包括人事管理、后勤管理、内部工作流程等方面的信息，可以不予公开",
    _REFUSED,
    "3.3.5",
    (proof.DISCRETION, *_REFUSING),
    "16",
)
REFUSED_PROCESS = ReplyRow(
    "不予公开（过程性信息）",
    _ART_16_2,
    "讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开",
    _REFUSED,
    "3.3.6",
    (proof.DISCRETION, proof.NO_DUTY, *_REFUSING),
    "16",
)
REFUSED_ENFORCEMENT = ReplyRow(
    "不予公开（行政执法案卷）",
    _ART_16_2,
    "讨论记录、过程稿、磋商信函、请示报告等过程性信息以及行政执法案卷信息，可以不予公开",
    _REFUSED,
    "3.3.7",
    (proof.DISCRETION, proof.NO_DUTY, *_REFUSING),
    "16",
)
